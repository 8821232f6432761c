/** Gathers preview 1's cases about what is open: reading, writing, positions, rights, attributes. */

import type { ConformanceCase } from '../../harness/contracts/suite.ts';

export const descriptorsP1: ConformanceCase[] = [];
