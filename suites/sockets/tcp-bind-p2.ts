/** Owns binding TCP sockets: which addresses can be bound, which are refused and how, and binding again. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import {
  address,
  FAMILIES,
  type Family,
  FOREIGN,
  isAddress,
  LOOPBACK,
  loopback,
  MAPPED_LOOPBACK,
  otherFamily,
  portIn,
  type Seen,
  UNSPECIFIED,
  v6,
} from './addresses-p2.ts';
import { KIND, TCP } from './functions-p2.ts';
import { NETWORK_SPEC, README, STATES, TCP_SPEC } from './spec.ts';
import {
  bind,
  bound,
  connectedPair,
  create,
  listen,
  listening,
  must,
  network,
  networked,
} from './tcp-opening-p2.ts';
import { awaitReady, operationFails } from './waiting-p2.ts';

export const bindFails = (s: ScriptBuilder, socket: Slot, local: WasiValue, ...codes: string[]): void => {
  const net = network(s);
  operationFails(
    s,
    TCP.subscribe,
    socket,
    () => s.call(TCP.startBind, socket, net, local),
    () => s.call(TCP.finishBind, socket),
    ...codes,
  );
};

const bindable = FAMILIES.flatMap((family): ConformanceCase[] => [
  networked({
    id: `tcp-socket.start-bind/loopback-${family}`,
    title: `An ${family} socket bound to the loopback address and port 0 gets that address and some port`,
    spec: TCP_SPEC.bind,
    script: (s) => {
      const socket = create(s, family);
      s.expect(s.call(TCP.startBind, socket, network(s), loopback(family)), ok());
      awaitReady(s, TCP.subscribe, socket);
      s.expect(s.call(TCP.finishBind, socket), ok());
      s.expect(s.call(TCP.localAddress, socket), isAddress(family));
      s.expect(s.call(TCP.localAddress, socket), isAddress(family));
    },
  }),
  networked({
    id: `tcp-socket.start-bind/unspecified-${family}`,
    title: `An ${family} socket can be bound to the unspecified address, "left to the implementation", and gets a port`,
    spec: TCP_SPEC.bind,
    script: (s) => {
      const socket = create(s, family);
      bind(s, socket, address(family, UNSPECIFIED[family], 0));
      s.expect(
        s.call(TCP.localAddress, socket),
        ok(`an ${family} address with a port`, (value) => {
          const seen = value as unknown as Seen;
          return seen.tag === family && seen.value.port > 0;
        }),
      );
    },
  }),
  networked({
    id: `tcp-socket.start-bind/chosen-port-${family}`,
    title: `An ${family} socket can be bound to a port of the guest's choice that is free, and then has it`,
    spec: TCP_SPEC.bind,
    script: (s) => {
      const first = bound(s, family);
      s.drop(KIND.tcp, first.socket);
      const socket = create(s, family);
      bind(s, socket, loopback(family, first.port));
      const step = s.call(TCP.localAddress, socket);
      s.expect(step, isAddress(family));
      const port = s.alloc(8);
      s.store('u32', port, portIn(step));
      s.store('u32', { expression: `${port.expression}+4` }, first.port);
      s.expect(
        s.show(port, 8),
        ok('the same port twice', (value) => {
          const [a = 0, b = 0, , , c = 0, d = 0] = value as Uint8Array;
          return a === c && b === d;
        }),
      );
    },
  }),
]);

/** Addresses that must be refused, with the error that the text has for them. */
const REFUSED: readonly { id: string; family: Family; words: string; local: WasiValue; code: string }[] = [
  ...FAMILIES.flatMap((family) => {
    const other = otherFamily(family);
    return [
      {
        id: `wrong-family-${family}`,
        family,
        words: `an ${other} address`,
        local: loopback(other),
        code: 'invalid-argument',
      },
      {
        id: `foreign-${family}`,
        family,
        words: 'an address that this machine does not have',
        local: address(family, FOREIGN[family], 0),
        code: 'address-not-bindable',
      },
    ];
  }),
  ...[
    ['multicast', [224, 0, 0, 1], 'a multicast address'],
    ['multicast-last', [239, 255, 255, 250], 'a multicast address of the last block'],
    ['broadcast', [255, 255, 255, 255], 'the broadcast address'],
  ].map(([id, parts, words]) => ({
    id: `${id as string}-ipv4`,
    family: 'ipv4' as const,
    words: words as string,
    local: address('ipv4', parts as number[], 0),
    code: 'invalid-argument',
  })),
  {
    id: 'multicast-ipv6',
    family: 'ipv6',
    words: 'a multicast address',
    local: address('ipv6', [0xff02, 0, 0, 0, 0, 0, 0, 1], 0),
    code: 'invalid-argument',
  },
  {
    id: 'mapped-ipv6',
    family: 'ipv6',
    words: 'an IPv4-mapped address',
    local: address('ipv6', MAPPED_LOOPBACK, 0),
    code: 'invalid-argument',
  },
];

const refused = REFUSED.map(
  ({ id, family, words, local, code }): ConformanceCase =>
    networked({
      id: `tcp-socket.start-bind/${id}`,
      title: `Binding an ${family} socket to ${words} fails with ${code}; it can be bound to another then`,
      spec: TCP_SPEC.bind,
      script: (s) => {
        const socket = create(s, family);
        bindFails(s, socket, local, code);
        // "Bind can be attempted multiple times on the same socket, […] only as long as the previous bind failed."
        bind(s, socket, loopback(family));
        s.expect(s.call(TCP.localAddress, socket), isAddress(family));
      },
    }),
);

const more: ConformanceCase[] = [
  ...FAMILIES.map((family) =>
    networked({
      id: `tcp-socket.start-bind/in-use-${family}`,
      title: `Binding an ${family} socket where another listens fails with address-in-use; another port can be bound then`,
      spec: TCP_SPEC.bind,
      script: (s) => {
        const other = listening(s, family);
        const socket = create(s, family);
        bindFails(s, socket, loopback(family, other.port), 'address-in-use');
        bind(s, socket, loopback(family));
        s.expect(s.call(TCP.localAddress, socket), isAddress(family));
      },
    }),
  ),
  networked({
    id: 'tcp-socket.start-bind/ephemeral-ports-differ',
    title: 'Eight sockets bound to port 0 get eight different ports',
    spec: TCP_SPEC.bind,
    script: (s) => {
      const steps = Array.from({ length: 8 }, () => s.call(TCP.localAddress, bound(s).socket));
      s.check('eight ports', steps, ({ values }) => {
        const ports = values.map((one) =>
          one.kind === 'ok' ? (one.value as unknown as Seen).value.port : 0,
        );
        return (new Set(ports).size === 8 && !ports.includes(0)) || ports.join();
      });
    },
  }),
  networked({
    id: 'tcp-socket.start-bind/after-time-wait',
    title: 'A port whose connection was just closed by the listening side can be bound and listened on again',
    // "this bind operation shouldn't be affected by the TIME_WAIT state of a recently closed socket".
    spec: TCP_SPEC.bind,
    script: (s) => {
      const { listener, client, server } = connectedPair(s);
      for (const end of [server, client]) {
        s.drop(KIND.input, end.input);
        s.drop(KIND.output, end.output);
        s.drop(KIND.tcp, end.socket);
      }
      s.drop(KIND.tcp, listener.socket);
      const socket = create(s);
      bind(s, socket, loopback('ipv4', listener.port));
      listen(s, socket);
      s.expect(s.call(TCP.localAddress, socket), isAddress('ipv4'));
    },
  }),
  networked({
    id: 'tcp-socket.start-bind/not-dual-stack',
    title: 'An IPv6 socket listening on the unspecified address does not take IPv4 connections',
    // "On IPv6 sockets, IPV6_V6ONLY is enabled by default and can't be configured otherwise."
    spec: NETWORK_SPEC.createTcp,
    script: (s) => {
      const six = create(s, 'ipv6');
      bind(s, six, address('ipv6', UNSPECIFIED.ipv6, 0));
      listen(s, six);
      const port = s.let(portIn(must(s, TCP.localAddress, six)));
      const client = create(s, 'ipv4');
      const net = network(s);
      operationFails(
        s,
        TCP.subscribe,
        client,
        () => s.call(TCP.startConnect, client, net, loopback('ipv4', port)),
        () => s.call(TCP.finishConnect, client),
        'connection-refused',
      );
    },
  }),
  networked({
    id: 'tcp-socket.start-bind/both-families-one-port',
    title: 'After an IPv6 socket on the unspecified address, an IPv4 socket can have the same port',
    spec: NETWORK_SPEC.createTcp,
    script: (s) => {
      const six = create(s, 'ipv6');
      bind(s, six, address('ipv6', UNSPECIFIED.ipv6, 0));
      listen(s, six);
      const port = s.let(portIn(must(s, TCP.localAddress, six)));
      const four = create(s, 'ipv4');
      bind(s, four, loopback('ipv4', port));
      listen(s, four);
      s.expect(
        s.call(TCP.isListening, four),
        ok('true', (value) => value === true),
      );
    },
  }),
  networked({
    id: 'tcp-socket.start-bind/scope-of-no-interface',
    title: 'A link-local address in the scope of an interface that there is none of can’t be bound',
    spec: TCP_SPEC.bind,
    script: (s) => {
      const socket = create(s, 'ipv6');
      const local = v6([0xfe80, 0, 0, 0, 0, 0, 0, 1], 0, { scopeId: 999_999 });
      bindFails(s, socket, local, 'address-not-bindable', 'invalid-argument', 'unknown');
    },
  }),
  networked({
    id: 'tcp-socket.start-bind/scope-and-flow-of-loopback',
    title: 'A loopback address comes back without scope and flow information, as it was given',
    spec: NETWORK_SPEC.errors,
    script: (s) => {
      const socket = create(s, 'ipv6');
      bind(s, socket, v6(LOOPBACK.ipv6, 0, { flowInfo: 0, scopeId: 0 }));
      s.expect(s.call(TCP.localAddress, socket), isAddress('ipv6'));
    },
  }),
  networked({
    id: 'tcp-socket.finish-bind/at-once',
    title: 'Finishing a bind at once succeeds or comes to would-block; after that it is finished only once',
    spec: README.asynchronous,
    script: (s) => {
      const socket = create(s);
      must(s, TCP.startBind, socket, network(s), loopback('ipv4'));
      const open = '"its corresponding `finish-*` function can be called until it returns something other"';
      s.expect(s.call(TCP.finishBind, socket), oneOf(open, ok(), err('would-block')));
      awaitReady(s, TCP.subscribe, socket);
      s.expect(s.call(TCP.finishBind, socket), oneOf(open, ok(), err('not-in-progress')));
      s.expect(s.call(TCP.finishBind, socket), err('not-in-progress'));
    },
  }),
  networked({
    id: 'tcp-socket.start-bind/bound-does-not-listen',
    title: 'A socket that is bound but does not listen refuses connections',
    spec: STATES.transitions,
    script: (s) => {
      const { port } = bound(s);
      const client = create(s);
      const net = network(s);
      operationFails(
        s,
        TCP.subscribe,
        client,
        () => s.call(TCP.startConnect, client, net, loopback('ipv4', port)),
        () => s.call(TCP.finishConnect, client),
        'connection-refused',
      );
    },
  }),
  networked({
    id: 'tcp-socket.start-bind/dropped-in-progress',
    title: 'A socket can be dropped while it is being bound, and its port then be bound by another',
    spec: STATES.transitions,
    script: (s) => {
      const first = bound(s);
      s.expect(s.drop(KIND.tcp, first.socket), ok());
      const socket = create(s);
      must(s, TCP.startBind, socket, network(s), loopback('ipv4', first.port));
      s.expect(s.drop(KIND.tcp, socket), ok());
      const again = create(s);
      bind(s, again, loopback('ipv4', first.port));
    },
  }),
];

export const tcpBindP2: ConformanceCase[] = [...bindable, ...refused, ...more];
