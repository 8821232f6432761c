/** Owns the list of ways in which the filesystem functions can end, by their documentation. */

import type { InventoryPair } from '../../harness/contracts/suite.ts';
import { descriptorPairsP1 } from './inventory-descriptors-p1.ts';
import { descriptorPairsP2 } from './inventory-descriptors-p2.ts';
import { pathPairsP1 } from './inventory-paths-p1.ts';
import { pathPairsP2 } from './inventory-paths-p2.ts';

export const inventory: InventoryPair[] = [
  ...descriptorPairsP1,
  ...pathPairsP1,
  ...descriptorPairsP2,
  ...pathPairsP2,
];
