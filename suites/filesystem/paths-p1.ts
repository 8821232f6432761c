/** Gathers preview 1's cases about names: opening, directories, links, renaming, removing. */

import type { ConformanceCase } from '../../harness/contracts/suite.ts';

export const pathsP1: ConformanceCase[] = [];
