/** Owns the io suite: preview 1's `poll_oneoff`. */

import { withAbiTraps } from '../../harness/contracts/abiInventory.ts';
import { defineSuite } from '../../harness/contracts/suite.ts';
import { abiP2 } from './abi-p2.ts';
import { clocksP1 } from './clocks-p1.ts';
import { filesP1 } from './files-p1.ts';
import { inventory } from './inventory.ts';
import { inventoryAbiP2 } from './inventory-abi-p2.ts';
import { pointersP1 } from './pointers-p1.ts';
import { streamsP1 } from './streams-p1.ts';

export default defineSuite({
  id: 'io',
  title: 'Polling',
  inventory: withAbiTraps(inventory, inventoryAbiP2),
  conformance: [...clocksP1, ...filesP1, ...streamsP1, ...pointersP1, ...abiP2],
  performance: [],
});
