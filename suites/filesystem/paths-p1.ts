/** Gathers preview 1's cases about names: opening, directories, links, renaming, removing. */

import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { directoriesP1 } from './directories-p1.ts';
import { linksP1 } from './links-p1.ts';
import { oddNamesP1 } from './odd-names-p1.ts';
import { openFlagsP1 } from './open-flags-p1.ts';
import { openKindsP1 } from './open-kinds-p1.ts';
import { openRightsP1 } from './open-rights-p1.ts';
import { pathPointersP1 } from './path-pointers-p1.ts';
import { pathStatP1 } from './path-stat-p1.ts';
import { pathTimesP1 } from './path-times-p1.ts';
import { readdirBuffersP1 } from './readdir-buffers-p1.ts';
import { readdirP1 } from './readdir-p1.ts';
import { readlinkP1 } from './readlink-p1.ts';
import { relativeToP1 } from './relative-to-p1.ts';
import { renameP1 } from './rename-p1.ts';
import { renameRefusedP1 } from './rename-refused-p1.ts';
import { resolutionP1 } from './resolution-p1.ts';
import { symlinksP1 } from './symlinks-p1.ts';
import { unlinkP1 } from './unlink-p1.ts';
import { unresolvedP1 } from './unresolved-p1.ts';

export const pathsP1: ConformanceCase[] = [
  ...directoriesP1,
  ...linksP1,
  ...oddNamesP1,
  ...openFlagsP1,
  ...openKindsP1,
  ...openRightsP1,
  ...pathPointersP1,
  ...pathStatP1,
  ...pathTimesP1,
  ...readdirBuffersP1,
  ...readdirP1,
  ...readlinkP1,
  ...relativeToP1,
  ...renameP1,
  ...renameRefusedP1,
  ...resolutionP1,
  ...symlinksP1,
  ...unlinkP1,
  ...unresolvedP1,
];
