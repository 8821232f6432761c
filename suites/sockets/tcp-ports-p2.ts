/** Owns ports of TCP sockets: in use, free again, of both families, and what a bound socket is not. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import {
  address,
  FAMILIES,
  isAddress,
  LOOPBACK,
  loopback,
  portIn,
  type Seen,
  UNSPECIFIED,
  v6,
} from './addresses-p2.ts';
import { oneSucceeds } from './attempts-p2.ts';
import { KIND, TCP } from './functions-p2.ts';
import { bindFails, connectFails } from './operations-p2.ts';
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
  rebind,
} from './tcp-opening-p2.ts';
import { awaitReady } from './waiting-p2.ts';

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
      const { handle } = rebind(s, () => {
        const { listener, client, server } = connectedPair(s);
        for (const end of [server, client]) {
          s.drop(KIND.input, end.input);
          s.drop(KIND.output, end.output);
          s.drop(KIND.tcp, end.socket);
        }
        s.drop(KIND.tcp, listener.socket);
        return listener.port;
      });
      listen(s, handle);
      s.expect(s.call(TCP.localAddress, handle), isAddress('ipv4'));
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
      connectFails(s, create(s, 'ipv4'), loopback('ipv4', port), 'connection-refused');
    },
  }),
  networked({
    id: 'tcp-socket.start-bind/both-families-one-port',
    title: 'After an IPv6 socket on the unspecified address, an IPv4 socket can have the same port',
    spec: NETWORK_SPEC.createTcp,
    script: (s) => {
      const attempts = [0, 1, 2].map(() => {
        const six = create(s, 'ipv6');
        bind(s, six, address('ipv6', UNSPECIFIED.ipv6, 0));
        listen(s, six);
        const port = s.let(portIn(must(s, TCP.localAddress, six)));
        const [handle, net] = [create(s, 'ipv4'), network(s)];
        return {
          handle,
          port,
          start: () => s.call(TCP.startBind, handle, net, loopback('ipv4', port)),
          finish: () => s.call(TCP.finishBind, handle),
        };
      });
      oneSucceeds(s, TCP.subscribe, attempts);
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
      connectFails(s, create(s), loopback('ipv4', port), 'connection-refused');
    },
  }),
  networked({
    id: 'tcp-socket.start-bind/dropped-in-progress',
    title: 'A socket can be dropped while it is being bound, and its port then be bound by another',
    spec: STATES.transitions,
    script: (s) => {
      rebind(s, () => {
        const first = bound(s);
        s.expect(s.drop(KIND.tcp, first.socket), ok());
        const socket = create(s);
        // By chance somebody else may have that port by now, which a bind may tell at its start.
        s.call(TCP.startBind, socket, network(s), loopback('ipv4', first.port));
        s.expect(s.drop(KIND.tcp, socket), ok());
        return first.port;
      });
    },
  }),
];

export const tcpPortsP2: ConformanceCase[] = more;
