/** Owns the sockets suite: preview 1's four functions, on a listener handed in and where there is no socket. */

import { withAbiTraps } from '../../harness/contracts/abiInventory.ts';
import { defineSuite } from '../../harness/contracts/suite.ts';
import { abiP2 } from './abi-p2.ts';
import { acceptP1 } from './accept-p1.ts';
import { inventory } from './inventory.ts';
import { inventoryAbiP2 } from './inventory-abi-p2.ts';
import { noSocketsP1 } from './no-sockets-p1.ts';
import { receiveP1 } from './receive-p1.ts';
import { sendP1 } from './send-p1.ts';
import { shutdownP1 } from './shutdown-p1.ts';

export default defineSuite({
  id: 'sockets',
  title: 'Sockets',
  inventory: withAbiTraps(inventory, inventoryAbiP2),
  conformance: [...noSocketsP1, ...acceptP1, ...receiveP1, ...sendP1, ...shutdownP1, ...abiP2],
  performance: [],
});
