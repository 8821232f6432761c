/** Owns the list of ways in which preview 2's socket functions can end, by their documentation. */

import { dropOf } from '../../harness/contracts/script.ts';
import type { InventoryPair } from '../../harness/contracts/suite.ts';
import {
  CREATE_TCP,
  CREATE_UDP,
  KIND,
  NETWORK,
  RESOLVE,
  RESOLVE_NEXT,
  RESOLVE_SUBSCRIBE,
  TCP,
  TCP_OPTIONS,
  UDP,
  UDP_OPTIONS,
} from './functions-p2.ts';
import { ABI_DROP, LOOKUP_SPEC, NETWORK_SPEC, TCP_SPEC, UDP_SPEC } from './spec.ts';

const p2 = (name: string, spec: string, ...outcomes: string[]): InventoryPair[] =>
  outcomes.map((outcome) => ({ wasi: 'p2', function: name, outcome, spec }));

/** Pairs that no case can assert, and why. */
const excluded = (name: string, spec: string, reason: string, ...outcomes: string[]): InventoryPair[] =>
  p2(name, spec, ...outcomes).map((pair) => ({ ...pair, excluded: reason }));

const LIMIT = 'the host’s limit of sockets is far away, and using it up would hit whatever else it does';
const BOTH_FAMILIES = 'a host without one of the two families can’t be had on demand';
const NO_WAY = 'on the loopback every address is reachable, and a case must not go beyond it';
const SLOW = 'a connection times out only after minutes of no answer, which nothing on the loopback gives';
const NO_PORTS = 'the host’s ephemeral ports would have to be used up';
const NO_RESET =
  'between start and finish a connection on the loopback is made or refused: nobody can break it in time';

const tcp: InventoryPair[] = [
  ...p2(TCP.startBind, TCP_SPEC.bind, 'ok', 'invalid-argument', 'invalid-state', 'address-in-use'),
  ...p2(TCP.startBind, TCP_SPEC.bind, 'address-not-bindable'),
  ...p2(TCP.startBind, NETWORK_SPEC.errors, 'access-denied', 'concurrency-conflict', 'unknown'),
  ...p2(TCP.finishBind, TCP_SPEC.bind, 'ok', 'invalid-argument', 'address-in-use', 'address-not-bindable'),
  ...p2(TCP.finishBind, TCP_SPEC.bind, 'not-in-progress', 'would-block'),
  ...p2(TCP.finishBind, TCP_SPEC.socket, 'invalid-state'),
  ...p2(TCP.finishBind, NETWORK_SPEC.errors, 'unknown'),
  ...p2(TCP.startConnect, TCP_SPEC.connect, 'ok', 'invalid-argument', 'invalid-state', 'connection-refused'),
  ...p2(TCP.startConnect, NETWORK_SPEC.errors, 'access-denied', 'concurrency-conflict'),
  ...excluded(TCP.startConnect, TCP_SPEC.connect, NO_WAY, 'remote-unreachable'),
  ...excluded(TCP.startConnect, TCP_SPEC.connect, NO_PORTS, 'address-in-use'),
  ...p2(TCP.finishConnect, TCP_SPEC.connect, 'ok', 'invalid-argument', 'connection-refused'),
  ...p2(TCP.finishConnect, TCP_SPEC.connect, 'not-in-progress', 'would-block'),
  ...p2(TCP.finishConnect, TCP_SPEC.socket, 'invalid-state'),
  ...excluded(TCP.finishConnect, TCP_SPEC.connect, NO_WAY, 'remote-unreachable'),
  ...excluded(TCP.finishConnect, TCP_SPEC.connect, SLOW, 'timeout'),
  ...excluded(TCP.finishConnect, TCP_SPEC.connect, NO_RESET, 'connection-reset', 'connection-aborted'),
  ...excluded(TCP.finishConnect, TCP_SPEC.connect, NO_PORTS, 'address-in-use'),
  ...p2(TCP.startListen, TCP_SPEC.listen, 'ok', 'invalid-state'),
  ...p2(TCP.startListen, NETWORK_SPEC.errors, 'concurrency-conflict'),
  ...p2(TCP.finishListen, TCP_SPEC.listen, 'ok', 'not-in-progress', 'would-block'),
  ...p2(TCP.finishListen, TCP_SPEC.socket, 'invalid-state'),
  ...excluded(TCP.finishListen, TCP_SPEC.listen, NO_PORTS, 'address-in-use'),
  ...p2(TCP.accept, TCP_SPEC.accept, 'ok', 'invalid-state', 'would-block', 'connection-aborted'),
  ...excluded(TCP.accept, TCP_SPEC.accept, LIMIT, 'new-socket-limit'),
  ...p2(TCP.localAddress, TCP_SPEC.localAddress, 'ok', 'invalid-state'),
  ...p2(TCP.remoteAddress, TCP_SPEC.remoteAddress, 'ok', 'invalid-state'),
  ...p2(TCP.isListening, TCP_SPEC.isListening, 'ok'),
  ...p2(TCP.addressFamily, TCP_SPEC.addressFamily, 'ok'),
  ...p2(TCP.setBacklog, TCP_SPEC.backlog, 'ok', 'not-supported', 'invalid-argument', 'invalid-state'),
  ...p2(TCP.subscribe, TCP_SPEC.subscribe, 'ok'),
  ...p2(TCP.shutdown, TCP_SPEC.shutdown, 'ok', 'invalid-state'),
  ...p2(dropOf(KIND.tcp), ABI_DROP, 'ok'),
];

const OPTION_SPECS: Readonly<Record<keyof typeof TCP_OPTIONS, string>> = {
  keepAliveEnabled: TCP_SPEC.keepAliveEnabled,
  keepAliveIdleTime: TCP_SPEC.keepAliveIdleTime,
  keepAliveInterval: TCP_SPEC.keepAliveInterval,
  keepAliveCount: TCP_SPEC.keepAliveCount,
  hopLimit: TCP_SPEC.hopLimit,
  receiveBufferSize: TCP_SPEC.bufferSize,
  sendBufferSize: TCP_SPEC.bufferSize,
};

/** On a closed socket every method "may always return `error(invalid-state)`". */
const tcpOptions = Object.entries(OPTION_SPECS).flatMap(([option, spec]) => {
  const { get, set } = TCP_OPTIONS[option as keyof typeof TCP_OPTIONS];
  return [
    ...p2(get, spec, 'ok'),
    ...p2(get, TCP_SPEC.socket, 'invalid-state'),
    ...p2(set, spec, 'ok', ...(option === 'keepAliveEnabled' ? [] : ['invalid-argument'])),
    ...p2(set, TCP_SPEC.socket, 'invalid-state'),
  ];
});

const udp: InventoryPair[] = [
  ...p2(UDP.startBind, UDP_SPEC.bind, 'ok', 'invalid-argument', 'invalid-state', 'address-in-use'),
  ...p2(UDP.startBind, UDP_SPEC.bind, 'address-not-bindable'),
  ...p2(UDP.startBind, NETWORK_SPEC.errors, 'access-denied', 'concurrency-conflict'),
  ...p2(UDP.finishBind, UDP_SPEC.bind, 'ok', 'invalid-argument', 'address-in-use', 'address-not-bindable'),
  ...p2(UDP.finishBind, UDP_SPEC.bind, 'not-in-progress', 'would-block'),
  ...p2(UDP.stream, UDP_SPEC.stream, 'ok', 'invalid-argument', 'invalid-state', 'trap', 'remote-unreachable'),
  ...excluded(UDP.stream, UDP_SPEC.stream, NO_PORTS, 'address-in-use'),
  ...excluded(
    UDP.stream,
    UDP_SPEC.stream,
    'it "does not generate any network traffic", so that nobody can refuse',
    'connection-refused',
  ),
  ...p2(UDP.localAddress, UDP_SPEC.localAddress, 'ok', 'invalid-state'),
  ...p2(UDP.remoteAddress, UDP_SPEC.remoteAddress, 'ok', 'invalid-state'),
  ...p2(UDP.addressFamily, UDP_SPEC.addressFamily, 'ok'),
  ...p2(UDP.subscribe, UDP_SPEC.subscribe, 'ok'),
  ...Object.entries(UDP_OPTIONS).flatMap(([option, { get, set }]) => {
    const spec = option === 'hopLimit' ? UDP_SPEC.hopLimit : UDP_SPEC.bufferSize;
    return [...p2(get, spec, 'ok'), ...p2(set, spec, 'ok', 'invalid-argument')];
  }),
  ...p2(UDP.receive, UDP_SPEC.receive, 'ok', 'connection-refused'),
  ...excluded(UDP.receive, UDP_SPEC.receive, NO_WAY, 'remote-unreachable'),
  ...p2(UDP.incomingSubscribe, UDP_SPEC.incomingSubscribe, 'ok'),
  ...p2(UDP.checkSend, UDP_SPEC.checkSend, 'ok'),
  ...p2(
    UDP.send,
    UDP_SPEC.send,
    'ok',
    'invalid-argument',
    'connection-refused',
    'datagram-too-large',
    'trap',
  ),
  ...excluded(UDP.send, UDP_SPEC.send, NO_WAY, 'remote-unreachable'),
  ...p2(UDP.outgoingSubscribe, UDP_SPEC.outgoingSubscribe, 'ok'),
  ...p2(dropOf(KIND.udp), ABI_DROP, 'ok'),
  ...p2(dropOf(KIND.incoming), ABI_DROP, 'ok'),
  ...p2(dropOf(KIND.outgoing), ABI_DROP, 'ok'),
];

const others: InventoryPair[] = [
  ...p2(NETWORK, NETWORK_SPEC.instance, 'ok'),
  ...p2(dropOf(KIND.network), ABI_DROP, 'ok'),
  ...(
    [
      [CREATE_TCP, NETWORK_SPEC.createTcp],
      [CREATE_UDP, NETWORK_SPEC.createUdp],
    ] as const
  ).flatMap(([create, spec]) => [
    ...p2(create, spec, 'ok'),
    ...p2(create, NETWORK_SPEC.errors, 'access-denied'),
    ...excluded(create, spec, BOTH_FAMILIES, 'not-supported'),
    ...excluded(create, spec, LIMIT, 'new-socket-limit'),
  ]),
  ...p2(RESOLVE, LOOKUP_SPEC.resolve, 'ok', 'invalid-argument', 'permanent-resolver-failure'),
  ...p2(RESOLVE, NETWORK_SPEC.errors, 'access-denied'),
  ...p2(RESOLVE_NEXT, LOOKUP_SPEC.next, 'ok', 'name-unresolvable', 'would-block'),
  ...p2(RESOLVE_NEXT, LOOKUP_SPEC.next, 'temporary-resolver-failure', 'permanent-resolver-failure'),
  ...p2(RESOLVE_SUBSCRIBE, LOOKUP_SPEC.subscribe, 'ok'),
  ...p2(dropOf(KIND.resolver), ABI_DROP, 'ok'),
];

export const inventoryP2: InventoryPair[] = [...tcp, ...tcpOptions, ...udp, ...others];
