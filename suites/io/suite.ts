/** Owns the io suite: preview 1's `poll_oneoff`, preview 2's streams with their errors and pollables. */

import { withAbiTraps } from '../../harness/contracts/abiInventory.ts';
import { defineSuite } from '../../harness/contracts/suite.ts';
import { abiP2 } from './abi-p2.ts';
import { budgetP2 } from './budget-p2.ts';
import { clocksP1 } from './clocks-p1.ts';
import { dropsP2 } from './drops-p2.ts';
import { errorsP2 } from './errors-p2.ts';
import { failuresP2 } from './failures-p2.ts';
import { filesP1 } from './files-p1.ts';
import { inputP2 } from './input-p2.ts';
import { inventory } from './inventory.ts';
import { inventoryAbiP2 } from './inventory-abi-p2.ts';
import { outputP2 } from './output-p2.ts';
import { performance, untimed } from './performance.ts';
import { pointersP1 } from './pointers-p1.ts';
import { pollablesP2 } from './pollables-p2.ts';
import { spliceP2 } from './splice-p2.ts';
import { spliceSelfP2 } from './splice-self-p2.ts';
import { streamsP1 } from './streams-p1.ts';
import { waitingP2 } from './waiting-p2.ts';
import { wideP2 } from './wide-p2.ts';

export default defineSuite({
  id: 'io',
  title: 'Streams and polling',
  inventory: withAbiTraps(inventory, inventoryAbiP2),
  conformance: [
    ...clocksP1,
    ...filesP1,
    ...streamsP1,
    ...pointersP1,
    ...inputP2,
    ...outputP2,
    ...budgetP2,
    ...spliceP2,
    ...spliceSelfP2,
    ...failuresP2,
    ...errorsP2,
    ...pollablesP2,
    ...dropsP2,
    ...waitingP2,
    ...wideP2,
    ...abiP2,
  ],
  performance,
  untimed,
});
