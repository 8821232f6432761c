/** Owns the filesystem suite: descriptors, paths, directories. */

import { withAbiTraps } from '../../harness/contracts/abiInventory.ts';
import { defineSuite } from '../../harness/contracts/suite.ts';
import { abiP2 } from './abi-p2.ts';
import { descriptorsP1 } from './descriptors-p1.ts';
import { descriptorsP2 } from './descriptors-p2.ts';
import { inventory } from './inventory.ts';
import { inventoryAbiP2 } from './inventory-abi-p2.ts';
import { pathsP1 } from './paths-p1.ts';
import { pathsP2 } from './paths-p2.ts';
import { performanceP1 } from './performance-p1.ts';
import { performanceP2, untimedP2 } from './performance-p2.ts';
import { throughput } from './throughput.ts';

export default defineSuite({
  id: 'filesystem',
  title: 'Files and directories',
  inventory: withAbiTraps(inventory, inventoryAbiP2),
  conformance: [...descriptorsP1, ...pathsP1, ...descriptorsP2, ...pathsP2, ...abiP2],
  performance: [...performanceP1, ...performanceP2, ...throughput],
  untimed: untimedP2,
});
