/** Owns the ways in which preview 2's functions on paths can end. */

import type { InventoryPair } from '../../harness/contracts/suite.ts';

export const pathPairsP2: InventoryPair[] = [];
