/** Owns the list of socket functions that trap by the canonical ABI: all that take or return what can be wrong. */

import { abiTraps } from '../../harness/contracts/abiInventory.ts';

const ON_BOTH = [
  'start-bind finish-bind local-address remote-address address-family subscribe',
  'receive-buffer-size set-receive-buffer-size send-buffer-size set-send-buffer-size',
].flatMap((line) => line.split(' '));
const ON_TCP = [
  'start-connect finish-connect start-listen finish-listen accept is-listening set-listen-backlog-size shutdown',
  'keep-alive-enabled set-keep-alive-enabled keep-alive-idle-time set-keep-alive-idle-time keep-alive-interval',
  'set-keep-alive-interval keep-alive-count set-keep-alive-count hop-limit set-hop-limit',
].flatMap((line) => line.split(' '));
const ON_UDP = ['stream', 'unicast-hop-limit', 'set-unicast-hop-limit'];

const methods = (resource: string, names: readonly string[]) =>
  names.map((name) => `[method]${resource}.${name}`);

export const inventoryAbiP2 = [
  ...abiTraps('wasi:sockets/network', ['[resource-drop]network']),
  ...abiTraps('wasi:sockets/ip-name-lookup', [
    'resolve-addresses',
    ...methods('resolve-address-stream', ['resolve-next-address', 'subscribe']),
    '[resource-drop]resolve-address-stream',
  ]),
  ...abiTraps('wasi:sockets/tcp-create-socket', ['create-tcp-socket']),
  ...abiTraps('wasi:sockets/tcp', [
    ...methods('tcp-socket', [...ON_BOTH, ...ON_TCP]),
    '[resource-drop]tcp-socket',
  ]),
  ...abiTraps('wasi:sockets/udp-create-socket', ['create-udp-socket']),
  ...abiTraps('wasi:sockets/udp', [
    ...methods('udp-socket', [...ON_BOTH, ...ON_UDP]),
    ...methods('incoming-datagram-stream', ['receive', 'subscribe']),
    ...methods('outgoing-datagram-stream', ['check-send', 'send', 'subscribe']),
    '[resource-drop]udp-socket',
    '[resource-drop]incoming-datagram-stream',
    '[resource-drop]outgoing-datagram-stream',
  ]),
];
