/** Gathers preview 2's cases about names: opening, directories, links, renaming, removing. */

import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { openFlagsP2 } from './open-flags-p2.ts';

export const pathsP2: ConformanceCase[] = [...openFlagsP2];
