/** Owns the sockets suite: preview 1's four functions and preview 2's `wasi:sockets`. */

import { withAbiTraps } from '../../harness/contracts/abiInventory.ts';
import { defineSuite } from '../../harness/contracts/suite.ts';
import { abiP2 } from './abi-p2.ts';
import { acceptP1 } from './accept-p1.ts';
import { dropsP2 } from './drops-p2.ts';
import { eachOwnP2 } from './each-own-p2.ts';
import { inventory } from './inventory.ts';
import { inventoryAbiP2 } from './inventory-abi-p2.ts';
import { inventoryP2 } from './inventory-p2.ts';
import { lookupP2 } from './lookup-p2.ts';
import { networkP2 } from './network-p2.ts';
import { noSocketsP1 } from './no-sockets-p1.ts';
import { performanceP2, untimed } from './performance-p2.ts';
import { receiveP1 } from './receive-p1.ts';
import { sendP1 } from './send-p1.ts';
import { shutdownP1 } from './shutdown-p1.ts';
import { tcpBindP2 } from './tcp-bind-p2.ts';
import { tcpConnectP2 } from './tcp-connect-p2.ts';
import { tcpListenP2 } from './tcp-listen-p2.ts';
import { tcpOptionsP2 } from './tcp-options-p2.ts';
import { tcpPeersP2 } from './tcp-peers-p2.ts';
import { tcpPortsP2 } from './tcp-ports-p2.ts';
import { tcpStatesP2 } from './tcp-states-p2.ts';
import { tcpStreamsP2 } from './tcp-streams-p2.ts';
import { throughputP2 } from './throughput-p2.ts';
import { udpBindP2 } from './udp-bind-p2.ts';
import { udpDatagramsP2 } from './udp-datagrams-p2.ts';
import { udpOptionsP2 } from './udp-options-p2.ts';
import { udpPeersP2 } from './udp-peers-p2.ts';
import { udpSendingP2 } from './udp-sending-p2.ts';
import { udpStatesP2 } from './udp-states-p2.ts';
import { udpStreamsP2 } from './udp-streams-p2.ts';

export default defineSuite({
  id: 'sockets',
  title: 'Sockets',
  inventory: withAbiTraps([...inventory, ...inventoryP2], inventoryAbiP2),
  conformance: [
    ...noSocketsP1,
    ...acceptP1,
    ...receiveP1,
    ...sendP1,
    ...shutdownP1,
    ...tcpStatesP2,
    ...tcpBindP2,
    ...tcpPortsP2,
    ...tcpConnectP2,
    ...tcpListenP2,
    ...tcpOptionsP2,
    ...tcpStreamsP2,
    ...tcpPeersP2,
    ...udpStatesP2,
    ...udpOptionsP2,
    ...udpBindP2,
    ...udpDatagramsP2,
    ...udpSendingP2,
    ...udpStreamsP2,
    ...udpPeersP2,
    ...lookupP2,
    ...networkP2,
    ...dropsP2,
    ...eachOwnP2,
    ...abiP2,
  ],
  performance: [...performanceP2, ...throughputP2],
  untimed,
});
