/** Gathers preview 2's cases about names: opening, directories, links, renaming, removing. */

import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { directoriesP2 } from './directories-p2.ts';
import { errorCodesP2 } from './error-codes-p2.ts';
import { linksP2 } from './links-p2.ts';
import { oddNamesP2 } from './odd-names-p2.ts';
import { openFlagsP2 } from './open-flags-p2.ts';
import { openKindsP2 } from './open-kinds-p2.ts';
import { pathFifosP2 } from './path-fifos-p2.ts';
import { pathHashP2 } from './path-hash-p2.ts';
import { pathStatP2 } from './path-stat-p2.ts';
import { pathTimesP2 } from './path-times-p2.ts';
import { preopensP2 } from './preopens-p2.ts';
import { readDirectoryDropsP2 } from './read-directory-drops-p2.ts';
import { readDirectoryP2 } from './read-directory-p2.ts';
import { readlinkP2 } from './readlink-p2.ts';
import { relativeToP2 } from './relative-to-p2.ts';
import { renameP2 } from './rename-p2.ts';
import { resolutionP2 } from './resolution-p2.ts';
import { symlinksP2 } from './symlinks-p2.ts';
import { unlinkP2 } from './unlink-p2.ts';
import { unresolvedP2 } from './unresolved-p2.ts';

export const pathsP2: ConformanceCase[] = [
  ...directoriesP2,
  ...linksP2,
  ...openFlagsP2,
  ...pathFifosP2,
  ...pathHashP2,
  ...pathStatP2,
  ...pathTimesP2,
  ...readDirectoryP2,
  ...readDirectoryDropsP2,
  ...readlinkP2,
  ...relativeToP2,
  ...renameP2,
  ...resolutionP2,
  ...symlinksP2,
  ...unlinkP2,
  ...unresolvedP2,
  ...openKindsP2,
  ...oddNamesP2,
  ...preopensP2,
  ...errorCodesP2,
];
