/** Owns connecting TCP sockets: the addresses of both ends, refusals, and what is no address to connect to. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import {
  address,
  allSame,
  FAMILIES,
  type Family,
  isAddress,
  loopback,
  MAPPED_LOOPBACK,
  NOBODY,
  otherFamily,
  portIn,
  UNSPECIFIED,
} from './addresses-p2.ts';
import { INPUT, KIND, TCP } from './functions-p2.ts';
import { README, STATES, TCP_SPEC } from './spec.ts';
import {
  accept,
  bound,
  closed,
  connect,
  connectedPair,
  create,
  listening,
  must,
  network,
  networked,
} from './tcp-opening-p2.ts';
import { awaitReady, connectionFails } from './waiting-p2.ts';

const connectFails = (s: ScriptBuilder, socket: Slot, remote: WasiValue, ...codes: string[]): void => {
  const net = network(s);
  connectionFails(
    s,
    TCP.subscribe,
    socket,
    () => s.call(TCP.startConnect, socket, net, remote),
    () => s.call(TCP.finishConnect, socket),
    ...codes,
  );
};

const connecting = FAMILIES.flatMap((family): ConformanceCase[] => [
  networked({
    id: `tcp-socket.finish-connect/${family}`,
    title: `A connection over ${family} has a pair of streams and at each end the addresses of both ends`,
    spec: TCP_SPEC.connect,
    script: (s) => {
      const { listener, client, server } = connectedPair(s, family);
      const sides = [
        [s.call(TCP.localAddress, client.socket), s.call(TCP.remoteAddress, server.socket)],
        [
          s.call(TCP.remoteAddress, client.socket),
          s.call(TCP.localAddress, server.socket),
          s.call(TCP.localAddress, listener.socket),
        ],
      ];
      for (const steps of sides) {
        for (const step of steps) s.expect(step, isAddress(family));
        s.check('both ends have the same address for it', steps, ({ values }) => allSame(values));
      }
      for (const end of [client, server]) s.expect(s.call(INPUT.read, end.input, 1n), ok());
    },
  }),
  networked({
    id: `tcp-socket.finish-connect/from-bound-${family}`,
    title: `A bound ${family} socket connects from the address that it is bound to`,
    spec: TCP_SPEC.connect,
    script: (s) => {
      const listener = listening(s, family);
      const { socket } = bound(s, family);
      const before = s.call(TCP.localAddress, socket);
      connect(s, socket, loopback(family, listener.port));
      const after = s.call(TCP.localAddress, socket);
      const server = accept(s, listener.socket);
      const seen = s.call(TCP.remoteAddress, server.socket);
      for (const step of [before, after, seen]) s.expect(step, isAddress(family));
      s.check('it is the same address', [before, after, seen], ({ values }) => allSame(values));
    },
  }),
  networked({
    id: `tcp-socket.finish-connect/refused-${family}`,
    title: `Connecting over ${family} where nobody listens fails with connection-refused`,
    spec: TCP_SPEC.connect,
    script: (s) => connectFails(s, create(s, family), loopback(family, NOBODY), 'connection-refused'),
  }),
]);

/** What is no address to connect to. */
const INVALID: readonly { id: string; family: Family; words: string; parts?: readonly number[] }[] = [
  ...FAMILIES.flatMap((family) => [
    { id: `unspecified-${family}`, family, words: 'the unspecified address', parts: UNSPECIFIED[family] },
    { id: `wrong-family-${family}`, family, words: `an ${otherFamily(family)} address` },
  ]),
  { id: 'multicast-ipv4', family: 'ipv4', words: 'a multicast address', parts: [224, 0, 0, 1] },
  {
    id: 'multicast-last-ipv4',
    family: 'ipv4',
    words: 'a multicast address of the last block',
    parts: [239, 255, 255, 250],
  },
  { id: 'broadcast-ipv4', family: 'ipv4', words: 'the broadcast address', parts: [255, 255, 255, 255] },
  {
    id: 'multicast-ipv6',
    family: 'ipv6',
    words: 'a multicast address',
    parts: [0xff02, 0, 0, 0, 0, 0, 0, 1],
  },
  { id: 'mapped-ipv6', family: 'ipv6', words: 'an IPv4-mapped address', parts: MAPPED_LOOPBACK },
];

const invalid = [
  ...INVALID.map(({ id, family, words, parts }) =>
    networked({
      id: `tcp-socket.start-connect/${id}`,
      title: `Connecting an ${family} socket to ${words} fails with invalid-argument`,
      spec: TCP_SPEC.connect,
      script: (s) => {
        // The port is one where a connection could be made, so that only the address is wrong.
        const { port } = listening(s, parts ? family : otherFamily(family));
        const remote = parts ? address(family, parts, port) : loopback(otherFamily(family), port);
        connectFails(s, create(s, family), remote, 'invalid-argument');
      },
    }),
  ),
  ...FAMILIES.map((family) =>
    networked({
      id: `tcp-socket.start-connect/port-0-${family}`,
      title: `Connecting an ${family} socket to port 0 fails with invalid-argument`,
      spec: TCP_SPEC.connect,
      script: (s) => connectFails(s, create(s, family), loopback(family, 0), 'invalid-argument'),
    }),
  ),
];

const more: ConformanceCase[] = [
  networked({
    id: 'tcp-socket.start-connect/refused-argument-closes',
    title: 'After start-connect has failed for its argument the socket is closed: it can’t be bound any more',
    // The diagram: "Unbound --> Closed: start-connect()\n#error".
    spec: STATES.transitions,
    script: (s) => {
      const socket = create(s);
      connectFails(s, socket, loopback('ipv4', 0), 'invalid-argument');
      s.expect(s.call(TCP.startBind, socket, network(s), loopback('ipv4')), err('invalid-state'));
    },
  }),
  networked({
    id: 'tcp-socket.start-connect/after-refusal',
    title: 'After a refused connection the socket is closed: connecting it again fails with invalid-state',
    spec: TCP_SPEC.connect,
    script: (s) => {
      const { port } = listening(s);
      const socket = closed(s);
      s.expect(s.call(TCP.startConnect, socket, network(s), loopback('ipv4', port)), err('invalid-state'));
      s.expect(s.drop(KIND.tcp, socket), ok());
    },
  }),
  networked({
    id: 'tcp-socket.finish-connect/at-once',
    title:
      'Finishing a connect at once succeeds or comes to would-block; after that it is finished only once',
    spec: README.asynchronous,
    script: (s) => {
      const { port } = listening(s);
      const socket = create(s);
      must(s, TCP.startConnect, socket, network(s), loopback('ipv4', port));
      const open = '"its corresponding `finish-*` function can be called until it returns something other"';
      s.expect(s.call(TCP.finishConnect, socket), oneOf(open, ok(), err('would-block')));
      awaitReady(s, TCP.subscribe, socket);
      s.expect(s.call(TCP.finishConnect, socket), oneOf(open, ok(), err('not-in-progress')));
      s.expect(s.call(TCP.finishConnect, socket), err('not-in-progress'));
    },
  }),
  networked({
    id: 'tcp-socket.start-connect/implicit-bind',
    title:
      'Connecting binds an unbound socket: while it is in progress it has a local address or says invalid-state',
    spec: TCP_SPEC.localAddress,
    script: (s) => {
      const { port } = listening(s);
      const socket = create(s);
      must(s, TCP.startConnect, socket, network(s), loopback('ipv4', port));
      awaitReady(s, TCP.subscribe, socket);
      const open =
        '"bound" means `connect-in-progress` too, but when "an implicit bind" is performed is not said';
      s.expect(s.call(TCP.localAddress, socket), oneOf(open, isAddress('ipv4'), err('invalid-state')));
      must(s, TCP.finishConnect, socket);
      s.expect(s.call(TCP.localAddress, socket), isAddress('ipv4'));
    },
  }),
  networked({
    id: 'tcp-socket.start-connect/other-family-only',
    title: 'Where only an IPv4 socket listens, a connection over IPv6 is refused',
    spec: TCP_SPEC.connect,
    script: (s) => {
      const { port } = listening(s, 'ipv4');
      connectFails(s, create(s, 'ipv6'), loopback('ipv6', port), 'connection-refused');
    },
  }),
  networked({
    id: 'tcp-socket.start-connect/two-network-handles',
    title: 'Two handles of the instance’s network are the same network: one can bind and the other connect',
    // "The `network` passed to `connect` must be identical to the one passed to `bind`."
    spec: TCP_SPEC.connect,
    script: (s) => {
      const { port } = listening(s);
      const { socket } = bound(s);
      must(s, TCP.startConnect, socket, network(s), loopback('ipv4', port));
      awaitReady(s, TCP.subscribe, socket);
      s.expect(s.call(TCP.finishConnect, socket), ok());
    },
  }),
  networked({
    id: 'tcp-socket.start-connect/dropped-in-progress',
    title: 'A socket can be dropped while it connects, and the listener goes on taking others',
    spec: STATES.transitions,
    script: (s) => {
      const listener = listening(s);
      const socket = create(s);
      must(s, TCP.startConnect, socket, network(s), loopback('ipv4', listener.port));
      s.expect(s.drop(KIND.tcp, socket), ok());
      const other = connect(s, create(s), loopback('ipv4', listener.port));
      awaitReady(s, TCP.subscribe, listener.socket);
      const why =
        'accept has connection-aborted for a connection "terminated by the client before this listener could accept it"';
      s.expect(s.call(TCP.accept, listener.socket), oneOf(why, ok(), err('connection-aborted')));
      s.expect(s.call(TCP.remoteAddress, other.socket), isAddress('ipv4'));
    },
  }),
  networked({
    id: 'tcp-socket.finish-connect/several',
    title: 'Four sockets connect to one listener at once, each from a port of its own',
    spec: TCP_SPEC.connect,
    script: (s) => {
      const listener = listening(s);
      const sockets = Array.from({ length: 4 }, () => create(s));
      for (const socket of sockets)
        must(s, TCP.startConnect, socket, network(s), loopback('ipv4', listener.port));
      for (const socket of sockets) {
        awaitReady(s, TCP.subscribe, socket);
        must(s, TCP.finishConnect, socket);
      }
      const places = s.alloc(32);
      const ends = [
        ...sockets.map((socket) => must(s, TCP.localAddress, socket)),
        ...sockets.map(() => must(s, TCP.remoteAddress, accept(s, listener.socket).socket)),
      ];
      ends.forEach((step, index) => {
        s.store('u32', at`${places} + ${index * 4}`, portIn(step));
      });
      s.expect(
        s.show(places, 32),
        ok('four ports, which the listener sees too', (value) => {
          const bytes = Buffer.from(value as Uint8Array);
          const ports = Array.from({ length: 8 }, (_, index) => bytes.readUInt32LE(index * 4));
          const [own, seen] = [ports.slice(0, 4), ports.slice(4)].map((half) => half.toSorted().join());
          return own === seen && new Set(ports).size === 4;
        }),
      );
    },
  }),
];

export const tcpConnectP2: ConformanceCase[] = [...connecting, ...invalid, ...more];
