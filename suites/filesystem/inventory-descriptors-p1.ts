/** Owns the ways in which preview 1's functions on descriptors can end. */

import type { InventoryPair } from '../../harness/contracts/suite.ts';

export const descriptorPairsP1: InventoryPair[] = [];
