/** Owns the cli suite: arguments, environment, standard streams, exit and signals. */

import { withAbiTraps } from '../../harness/contracts/abiInventory.ts';
import { defineSuite } from '../../harness/contracts/suite.ts';
import { abiP2 } from './abi-p2.ts';
import { argumentsP1 } from './arguments-p1.ts';
import { environmentP2 } from './environment-p2.ts';
import { exitP1 } from './exit-p1.ts';
import { exitP2 } from './exit-p2.ts';
import { inventory } from './inventory.ts';
import { inventoryAbiP2 } from './inventory-abi-p2.ts';
import { inventoryP2 } from './inventory-p2.ts';
import { performance, untimed } from './performance.ts';
import { pointersP1 } from './pointers-p1.ts';
import { stdinP1 } from './stdin-p1.ts';
import { stdinP2 } from './stdin-p2.ts';
import { stdoutP1 } from './stdout-p1.ts';
import { stdoutP2 } from './stdout-p2.ts';
import { terminalP2 } from './terminal-p2.ts';
import { throughput } from './throughput.ts';

export default defineSuite({
  id: 'cli',
  title: 'Arguments, environment, streams, exit',
  inventory: withAbiTraps([...inventory, ...inventoryP2], inventoryAbiP2),
  conformance: [
    ...argumentsP1,
    ...pointersP1,
    ...exitP1,
    ...stdinP1,
    ...stdoutP1,
    ...environmentP2,
    ...exitP2,
    ...stdinP2,
    ...stdoutP2,
    ...terminalP2,
    ...abiP2,
  ],
  performance: [...performance, ...throughput],
  untimed,
});
