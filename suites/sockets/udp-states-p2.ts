/** Owns UDP sockets before and after binding: what each function comes to, which addresses can be bound, the options. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import {
  address,
  FAMILIES,
  type Family,
  FOREIGN,
  isAddress,
  loopback,
  MAPPED_LOOPBACK,
  otherFamily,
  type Seen,
  UNSPECIFIED,
} from './addresses-p2.ts';
import { KIND, UDP, UDP_OPTIONS } from './functions-p2.ts';
import { ABI_DROP, NETWORK_SPEC, README, UDP_SPEC } from './spec.ts';
import { must, network, networked } from './tcp-opening-p2.ts';
import { bindUdp, boundUdp, connectedUdp, createUdp, dropStreams, openUdp } from './udp-opening-p2.ts';
import { awaitReady, operationFails } from './waiting-p2.ts';

type StateId = 'unbound' | 'bind-in-progress' | 'bound' | 'streaming' | 'connected';

const STATES_OF_UDP: readonly { id: StateId; open(s: ScriptBuilder): Slot }[] = [
  { id: 'unbound', open: (s) => createUdp(s) },
  {
    id: 'bind-in-progress',
    open: (s) => {
      const socket = createUdp(s);
      must(s, UDP.startBind, socket, network(s), loopback('ipv4'));
      return socket;
    },
  },
  { id: 'bound', open: (s) => boundUdp(s).socket },
  { id: 'streaming', open: (s) => openUdp(s).socket },
  { id: 'connected', open: (s) => connectedUdp(s).one.socket },
];

const WRONG = err('invalid-state');
const BUSY = oneOf(
  'start-bind has invalid-state for a socket "already bound", the error codes concurrency-conflict for what "is incompatible with another asynchronous operation that is already in progress"',
  WRONG,
  err('concurrency-conflict'),
);
const isBound = (state: StateId) => !['unbound', 'bind-in-progress'].includes(state);
const is = (wanted: WasiValue): Expectation => ok(String(wanted), (value) => value === wanted);

interface Row {
  method: string;
  name: string;
  spec: string;
  states?: readonly StateId[];
  expected(state: StateId): Expectation;
  args?(s: ScriptBuilder): WasiValue[];
}

const ROWS: readonly Row[] = [
  {
    method: 'start-bind',
    name: UDP.startBind,
    spec: UDP_SPEC.bind,
    states: ['bind-in-progress', 'bound', 'streaming', 'connected'],
    expected: (state) => (isBound(state) ? WRONG : BUSY),
    args: (s) => [network(s), loopback('ipv4')],
  },
  {
    method: 'finish-bind',
    name: UDP.finishBind,
    spec: UDP_SPEC.bind,
    states: ['unbound', 'bound', 'streaming', 'connected'],
    expected: () => err('not-in-progress'),
  },
  {
    method: 'stream',
    name: UDP.stream,
    spec: UDP_SPEC.stream,
    states: ['unbound', 'bind-in-progress'],
    expected: () => WRONG,
    args: () => [null],
  },
  {
    method: 'local-address',
    name: UDP.localAddress,
    spec: UDP_SPEC.localAddress,
    expected: (state) => (isBound(state) ? isAddress('ipv4') : WRONG),
  },
  {
    method: 'remote-address',
    name: UDP.remoteAddress,
    spec: UDP_SPEC.remoteAddress,
    expected: (state) => (state === 'connected' ? isAddress('ipv4') : WRONG),
  },
  {
    method: 'address-family',
    name: UDP.addressFamily,
    spec: UDP_SPEC.addressFamily,
    expected: () => is('ipv4'),
  },
];

const calls = ROWS.flatMap(({ method, name, spec, states, expected, args }) =>
  STATES_OF_UDP.filter(({ id }) => !states || states.includes(id)).map(({ id, open }): ConformanceCase => {
    const expectation = expected(id);
    return networked({
      id: `udp-socket.${method}/when-${id}`,
      title: `Of a socket that is ${id} ${method} comes to ${expectation.describe}`,
      spec,
      script: (s) => s.expect(s.call(name, open(s), ...(args?.(s) ?? [])), expectation),
    });
  }),
);

const VALUES: readonly (readonly [keyof typeof UDP_OPTIONS, WasiValue])[] = [
  ['hopLimit', 42],
  ['receiveBufferSize', 16_384n],
  ['sendBufferSize', 16_384n],
];

const inEach = STATES_OF_UDP.flatMap(({ id, open }): ConformanceCase[] => [
  networked({
    id: `udp-socket.options/when-${id}`,
    title: `Every option of a socket that is ${id} can be set and read`,
    spec: UDP_SPEC.bufferSize,
    script: (s) => {
      const socket = open(s);
      for (const [option, value] of VALUES) {
        s.expect(s.call(UDP_OPTIONS[option].set, socket, value), ok());
        s.expect(s.call(UDP_OPTIONS[option].get, socket), option === 'hopLimit' ? is(value) : ok());
      }
    },
  }),
  networked({
    id: `udp-socket.subscribe/when-${id}`,
    title: `A pollable of a socket that is ${id} becomes ready`,
    spec: UDP_SPEC.subscribe,
    script: (s) => {
      const socket = open(s);
      s.expect(
        s.call(UDP.subscribe, socket),
        ok('a handle', (value) => Number(value) > 0),
      );
      awaitReady(s, UDP.subscribe, socket);
    },
  }),
]);

const positive = ok('more than 0', (value) => (value as number | bigint) > 0);
const MOST_U64 = 2n ** 64n - 1n;

const options = (
  [
    ['hopLimit', UDP_SPEC.hopLimit, 0, [1, 64, 255]],
    ['receiveBufferSize', UDP_SPEC.bufferSize, 0n, [1n, 65_536n, 2n ** 31n, 2n ** 32n + 1n, MOST_U64]],
    ['sendBufferSize', UDP_SPEC.bufferSize, 0n, [1n, 65_536n, 2n ** 31n, 2n ** 32n + 1n, MOST_U64]],
  ] as const
).flatMap(([option, spec, zero, taken]): ConformanceCase[] => {
  const { get, set } = UDP_OPTIONS[option];
  const name = get.split('.').at(-1)!;
  const bothWays: readonly [string, (s: ScriptBuilder, family: Family) => Slot][] = [
    ['unbound', createUdp],
    ['bound', (s, family) => boundUdp(s, family).socket],
  ];
  return [
    networked({
      id: `udp-socket.set-${name}/0`,
      title: `A ${name} of 0 is refused with invalid-argument, and what was set before stays`,
      spec,
      script: (s) => {
        for (const family of FAMILIES) {
          const { socket } = boundUdp(s, family);
          must(s, set, socket, taken[1]);
          const before = s.call(get, socket);
          s.expect(s.call(set, socket, zero), err('invalid-argument'));
          const after = s.call(get, socket);
          s.check('the value stays', [before, after], ({ values: [a, b] }) =>
            a?.kind === 'ok' && b?.kind === 'ok' && a.value === b.value ? true : 'it changed',
          );
        }
      },
    }),
    ...bothWays.flatMap(([state, open]) =>
      taken.map((value) =>
        networked({
          id: `udp-socket.set-${name}/${value}-${state}`,
          title: `A ${name} of ${value} of a socket that is ${state} causes no error and reads as ${option === 'hopLimit' ? 'that' : 'something more than 0'}`,
          spec,
          script: (s) => {
            for (const family of FAMILIES) {
              const socket = open(s, family);
              s.expect(s.call(set, socket, value), ok());
              s.expect(s.call(get, socket), option === 'hopLimit' ? is(value) : positive);
            }
          },
        }),
      ),
    ),
    networked({
      id: `udp-socket.${name}/before-set`,
      title: `A new socket of either family has a ${name}, which is more than 0, and keeps it when bound`,
      spec,
      script: (s) => {
        for (const family of FAMILIES) {
          const socket = createUdp(s, family);
          s.expect(s.call(get, socket), positive);
          bindUdp(s, socket, loopback(family));
          s.expect(s.call(get, socket), positive);
        }
      },
    }),
    networked({
      id: `udp-socket.set-${name}/kept-when-bound`,
      title: `A ${name} that is set before binding is set afterwards`,
      spec,
      script: (s) => {
        const socket = createUdp(s);
        must(s, set, socket, taken[1]);
        const before = s.call(get, socket);
        bindUdp(s, socket, loopback('ipv4'));
        const after = s.call(get, socket);
        s.check('it is the same', [before, after], ({ values: [a, b] }) =>
          a?.kind === 'ok' && b?.kind === 'ok' && a.value === b.value ? true : 'it changed',
        );
      },
    }),
  ];
});

const bindFails = (s: ScriptBuilder, socket: Slot, local: WasiValue, code: string) => {
  const net = network(s);
  operationFails(
    s,
    UDP.subscribe,
    socket,
    () => s.call(UDP.startBind, socket, net, local),
    () => s.call(UDP.finishBind, socket),
    code,
  );
};

const binding: ConformanceCase[] = [
  ...FAMILIES.flatMap((family) => [
    networked({
      id: `udp-socket.start-bind/loopback-${family}`,
      title: `An ${family} socket bound to the loopback address and port 0 gets that address and some port`,
      spec: UDP_SPEC.bind,
      script: (s) => {
        const socket = createUdp(s, family);
        s.expect(s.call(UDP.startBind, socket, network(s), loopback(family)), ok());
        awaitReady(s, UDP.subscribe, socket);
        s.expect(s.call(UDP.finishBind, socket), ok());
        s.expect(s.call(UDP.localAddress, socket), isAddress(family));
        s.expect(s.call(UDP.addressFamily, socket), is(family));
      },
    }),
    networked({
      id: `udp-socket.start-bind/unspecified-${family}`,
      title: `An ${family} socket can be bound to the unspecified address and gets a port`,
      spec: UDP_SPEC.bind,
      script: (s) => {
        const socket = createUdp(s, family);
        bindUdp(s, socket, address(family, UNSPECIFIED[family], 0));
        s.expect(
          s.call(UDP.localAddress, socket),
          ok(`an ${family} address with a port`, (value) => {
            const seen = value as unknown as Seen;
            return seen.tag === family && seen.value.port > 0;
          }),
        );
      },
    }),
    networked({
      id: `udp-socket.start-bind/wrong-family-${family}`,
      title: `Binding an ${family} socket to an ${otherFamily(family)} address fails with invalid-argument`,
      spec: UDP_SPEC.bind,
      script: (s) => bindFails(s, createUdp(s, family), loopback(otherFamily(family)), 'invalid-argument'),
    }),
    networked({
      id: `udp-socket.start-bind/foreign-${family}`,
      title: `Binding an ${family} socket to an address that this machine does not have fails with address-not-bindable`,
      spec: UDP_SPEC.bind,
      script: (s) =>
        bindFails(s, createUdp(s, family), address(family, FOREIGN[family], 0), 'address-not-bindable'),
    }),
    networked({
      id: `udp-socket.start-bind/in-use-${family}`,
      title: `Binding an ${family} socket to a port that another has fails with address-in-use`,
      spec: UDP_SPEC.bind,
      script: (s) => {
        const { port } = boundUdp(s, family);
        bindFails(s, createUdp(s, family), loopback(family, port), 'address-in-use');
      },
    }),
    networked({
      id: `udp-socket.start-bind/again-after-failure-${family}`,
      title: `An ${family} socket whose binding has failed is not bound, so that it can be bound to another address`,
      // "invalid-state: The socket is already bound": after a failure it is not.
      spec: UDP_SPEC.bind,
      script: (s) => {
        const { port } = boundUdp(s, family);
        const socket = createUdp(s, family);
        bindFails(s, socket, loopback(family, port), 'address-in-use');
        bindUdp(s, socket, loopback(family));
        s.expect(s.call(UDP.localAddress, socket), isAddress(family));
      },
    }),
    networked({
      id: `udp-socket.start-bind/after-drop-${family}`,
      title: `The port of an ${family} socket can be bound by another at once when it is dropped`,
      spec: UDP_SPEC.bind,
      script: (s) => {
        const { socket, port } = boundUdp(s, family);
        s.expect(s.drop(KIND.udp, socket), ok());
        bindUdp(s, createUdp(s, family), loopback(family, port));
      },
    }),
  ]),
  networked({
    id: 'udp-socket.start-bind/mapped',
    title: 'An IPv6 socket can’t be bound to an IPv4-mapped address, as it is never dual-stack',
    // "On IPv6 sockets, IPV6_V6ONLY is enabled by default and can't be configured otherwise."
    spec: NETWORK_SPEC.createUdp,
    script: (s) => {
      const socket = createUdp(s, 'ipv6');
      const net = network(s);
      operationFails(
        s,
        UDP.subscribe,
        socket,
        () => s.call(UDP.startBind, socket, net, address('ipv6', MAPPED_LOOPBACK, 0)),
        () => s.call(UDP.finishBind, socket),
        'invalid-argument',
        'address-not-bindable',
      );
    },
  }),
  networked({
    id: 'udp-socket.start-bind/both-families-one-port',
    title: 'After an IPv6 socket on the unspecified address, an IPv4 socket can have the same port',
    spec: NETWORK_SPEC.createUdp,
    script: (s) => {
      const socket = createUdp(s, 'ipv6');
      bindUdp(s, socket, address('ipv6', UNSPECIFIED.ipv6, 0));
      const { area } = must(s, UDP.localAddress, socket);
      const port = { expression: `u16[${area.expression}+8]` };
      bindUdp(s, createUdp(s, 'ipv4'), loopback('ipv4', port));
    },
  }),
  networked({
    id: 'udp-socket.finish-bind/at-once',
    title: 'Finishing a bind at once succeeds or comes to would-block; after that it is finished only once',
    spec: README.asynchronous,
    script: (s) => {
      const socket = createUdp(s);
      must(s, UDP.startBind, socket, network(s), loopback('ipv4'));
      const open = '"its corresponding `finish-*` function can be called until it returns something other"';
      s.expect(s.call(UDP.finishBind, socket), oneOf(open, ok(), err('would-block')));
      awaitReady(s, UDP.subscribe, socket);
      s.expect(s.call(UDP.finishBind, socket), oneOf(open, ok(), err('not-in-progress')));
      s.expect(s.call(UDP.finishBind, socket), err('not-in-progress'));
    },
  }),
  networked({
    id: 'udp-socket.drop/streams-first',
    title: 'Streams can be dropped and after them the socket, whose port is free then',
    spec: ABI_DROP,
    script: (s) => {
      const own = openUdp(s);
      dropStreams(s, own);
      s.expect(s.drop(KIND.udp, own.socket), ok());
      bindUdp(s, createUdp(s), loopback('ipv4', own.port));
    },
  }),
  networked({
    id: 'udp-socket.drop/socket-first',
    title: 'A socket can be dropped before its streams, of which no text says that they are its children',
    spec: UDP_SPEC.stream,
    script: (s) => {
      const own = openUdp(s);
      s.expect(s.drop(KIND.udp, own.socket), ok());
      dropStreams(s, own);
    },
  }),
];

export const udpStatesP2: ConformanceCase[] = [...calls, ...inEach, ...options, ...binding];
