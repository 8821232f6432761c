/** Owns the cli suite: arguments, environment, standard streams, exit and signals. */

import { withAbiTraps } from '../../harness/contracts/abiInventory.ts';
import { defineSuite } from '../../harness/contracts/suite.ts';
import { abiP2 } from './abi-p2.ts';
import { argumentsP1 } from './arguments-p1.ts';
import { exitP1 } from './exit-p1.ts';
import { inventory } from './inventory.ts';
import { inventoryAbiP2 } from './inventory-abi-p2.ts';
import { pointersP1 } from './pointers-p1.ts';
import { stdinP1 } from './stdin-p1.ts';
import { stdoutP1 } from './stdout-p1.ts';

export default defineSuite({
  id: 'cli',
  title: 'Arguments, environment, streams, exit',
  inventory: withAbiTraps(inventory, inventoryAbiP2),
  conformance: [...argumentsP1, ...pointersP1, ...exitP1, ...stdinP1, ...stdoutP1, ...abiP2],
  performance: [],
});
