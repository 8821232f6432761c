/** Owns listening on TCP sockets and accepting: the queue of connections, its length, and what accepted sockets inherit. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { Step, WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { address, allSame, FAMILIES, isAddress, loopback, portIn, UNSPECIFIED } from './addresses-p2.ts';
import { KIND, POLL, READY, SUBSCRIBE_DURATION, TCP, TCP_OPTIONS } from './functions-p2.ts';
import { README, STATES, TCP_SPEC } from './spec.ts';
import { expectText, sendText } from './tcp-bytes-p2.ts';
import {
  accept,
  bind,
  bound,
  connect,
  connectedPair,
  create,
  listen,
  listening,
  must,
  network,
  networked,
} from './tcp-opening-p2.ts';
import { awaitReady, pause } from './waiting-p2.ts';

const is = (wanted: WasiValue) => ok(String(wanted), (value) => value === wanted);

const listenCases: ConformanceCase[] = [
  ...FAMILIES.map((family) =>
    networked({
      id: `tcp-socket.finish-listen/${family}`,
      title: `A bound ${family} socket listens after start-listen and finish-listen, at the address that it had`,
      spec: TCP_SPEC.listen,
      script: (s) => {
        const { socket } = bound(s, family);
        const before = s.call(TCP.localAddress, socket);
        s.expect(s.call(TCP.startListen, socket), ok());
        awaitReady(s, TCP.subscribe, socket);
        s.expect(s.call(TCP.finishListen, socket), ok());
        const after = s.call(TCP.localAddress, socket);
        s.expect(after, isAddress(family));
        s.check('the address is the same', [before, after], ({ values }) => allSame(values));
        s.expect(s.call(TCP.isListening, socket), is(true));
      },
    }),
  ),
  networked({
    id: 'tcp-socket.finish-listen/at-once',
    title: 'Finishing a listen at once succeeds or comes to would-block; after that it is finished only once',
    spec: README.asynchronous,
    script: (s) => {
      const { socket } = bound(s);
      must(s, TCP.startListen, socket);
      const open = '"its corresponding `finish-*` function can be called until it returns something other"';
      s.expect(s.call(TCP.finishListen, socket), oneOf(open, ok(), err('would-block')));
      // Once it listens its pollable is about connections.
      pause(s, 20);
      s.expect(s.call(TCP.finishListen, socket), oneOf(open, ok(), err('not-in-progress')));
      s.expect(s.call(TCP.finishListen, socket), err('not-in-progress'));
    },
  }),
  networked({
    id: 'tcp-socket.start-listen/dropped',
    title: 'When a listener is dropped new connections are refused, and what it accepted goes on',
    spec: STATES.transitions,
    script: (s) => {
      // By chance somebody else listens at that port by then: of three that were dropped one must refuse.
      const steps = [0, 1, 2].flatMap(() => {
        const { listener, client, server } = connectedPair(s);
        s.expect(s.drop(KIND.tcp, listener.socket), ok());
        const socket = create(s);
        const started = s.call(TCP.startConnect, socket, network(s), loopback('ipv4', listener.port));
        awaitReady(s, TCP.subscribe, socket);
        const finished = s.call(TCP.finishConnect, socket);
        sendText(s, client.output, 'still');
        expectText(s, server.input, 'still');
        return [started, finished];
      });
      s.check('a connection is refused', steps, ({ values }) =>
        values.some((seen) => seen.kind === 'err' && seen.error === 'connection-refused')
          ? true
          : values.map(({ kind }) => kind).join(),
      );
    },
  }),
  networked({
    id: 'tcp-socket.set-listen-backlog-size/0',
    title: 'A backlog of 0 is refused with invalid-argument',
    spec: TCP_SPEC.backlog,
    script: (s) => s.expect(s.call(TCP.setBacklog, create(s), 0n), err('invalid-argument')),
  }),
  ...[1n, 128n, 2n ** 31n, 2n ** 32n + 1n, 2n ** 64n - 1n].map((size) =>
    networked({
      id: `tcp-socket.set-listen-backlog-size/${size}`,
      title: `A backlog of ${size} causes no error, and the socket listens with it`,
      // "Any other value will never cause an error, but it might be silently clamped and/or rounded."
      spec: TCP_SPEC.backlog,
      script: (s) => {
        const socket = create(s);
        s.expect(s.call(TCP.setBacklog, socket, size), ok());
        bind(s, socket, loopback('ipv4'));
        listen(s, socket);
        const port = s.let(portIn(must(s, TCP.localAddress, socket)));
        connect(s, create(s), loopback('ipv4', port));
        accept(s, socket);
      },
    }),
  ),
  networked({
    id: 'tcp-socket.set-listen-backlog-size/overflow',
    title: 'When more connect than the backlog holds, those in it are accepted and the guest goes on',
    spec: TCP_SPEC.backlog,
    script: (s) => {
      const listener = listening(s, 'ipv4', (socket) => void must(s, TCP.setBacklog, socket, 1n));
      const clients = Array.from({ length: 6 }, () => create(s));
      for (const client of clients)
        must(s, TCP.startConnect, client, network(s), loopback('ipv4', listener.port));
      // A host may leave the connecting itself to when it is waited for.
      awaitReady(s, TCP.subscribe, clients[0]!);
      accept(s, listener.socket);
      awaitReady(s, TCP.subscribe, clients[1]!);
      accept(s, listener.socket);
      s.expect(s.call(TCP.isListening, listener.socket), is(true));
    },
  }),
];

const INHERITED: readonly (readonly [keyof typeof TCP_OPTIONS, WasiValue])[] = [
  ['keepAliveEnabled', true],
  ['keepAliveIdleTime', 42_000_000_000n],
  ['keepAliveInterval', 7_000_000_000n],
  ['keepAliveCount', 5],
  ['hopLimit', 42],
  ['receiveBufferSize', 32_768n],
  ['sendBufferSize', 32_768n],
];

/** Of the others the text says that they may be rounded. */
const READ_AS_SET: readonly (keyof typeof TCP_OPTIONS)[] = ['keepAliveEnabled', 'hopLimit'];

const acceptCases: ConformanceCase[] = [
  ...FAMILIES.map((family) =>
    networked({
      id: `tcp-socket.accept/${family}`,
      title: `A connection accepted over ${family} is a socket of that family in the state connected`,
      spec: TCP_SPEC.accept,
      script: (s) => {
        const { server } = connectedPair(s, family);
        s.expect(s.call(TCP.addressFamily, server.socket), is(family));
        s.expect(s.call(TCP.isListening, server.socket), is(false));
        s.expect(s.call(TCP.remoteAddress, server.socket), isAddress(family));
        s.expect(s.call(TCP.startListen, server.socket), err('invalid-state'));
      },
    }),
  ),
  ...INHERITED.map(([option, value]) => {
    const { get, set } = TCP_OPTIONS[option];
    const name = get.split('.').at(-1)!;
    return networked({
      id: `tcp-socket.accept/inherits-${name}`,
      title: `An accepted socket inherits the listener's ${name}`,
      spec: TCP_SPEC.accept,
      script: (s) => {
        const told: Step[] = [];
        const { server } = connectedPair(s, 'ipv4', {
          listener: (socket) => {
            must(s, set, socket, value);
            // The listener's, as it was read then.
            told.push(must(s, get, socket));
          },
        });
        told.push(must(s, get, server.socket));
        if (READ_AS_SET.includes(option)) for (const step of told) s.expect(step, is(value));
        s.check('both have the same', told, ({ values }) =>
          allSame(values.map((one) => (one.kind === 'ok' ? { ...one, value: String(one.value) } : one))),
        );
      },
    });
  }),
  networked({
    id: 'tcp-socket.accept/would-block-again',
    title: 'A listener whose only connection has been accepted comes to would-block again',
    spec: TCP_SPEC.accept,
    script: (s) => {
      const { listener } = connectedPair(s);
      s.expect(s.call(TCP.accept, listener.socket), err('would-block'));
      s.expect(s.call(TCP.accept, listener.socket), err('would-block'));
    },
  }),
  networked({
    id: 'tcp-socket.accept/in-order',
    title: 'Connections are accepted in the order in which they were made, each with its own bytes',
    spec: TCP_SPEC.accept,
    script: (s) => {
      const listener = listening(s);
      const texts = ['one', 'two', 'three'];
      for (const text of texts)
        sendText(s, connect(s, create(s), loopback('ipv4', listener.port)).output, text);
      for (const text of texts) expectText(s, accept(s, listener.socket).input, text);
    },
  }),
  networked({
    id: 'tcp-socket.accept/on-unspecified',
    title: 'A listener on the unspecified address accepts with the address that was connected to',
    spec: TCP_SPEC.localAddress,
    script: (s) => {
      const socket = create(s);
      bind(s, socket, address('ipv4', UNSPECIFIED.ipv4, 0));
      listen(s, socket);
      const port = s.let(portIn(must(s, TCP.localAddress, socket)));
      connect(s, create(s), loopback('ipv4', port));
      s.expect(s.call(TCP.localAddress, accept(s, socket).socket), isAddress('ipv4'));
    },
  }),
  networked({
    id: 'tcp-socket.accept/client-gone',
    title: 'A connection whose client has gone is accepted, or told as connection-aborted',
    spec: TCP_SPEC.accept,
    script: (s) => {
      const listener = listening(s);
      const client = connect(s, create(s), loopback('ipv4', listener.port));
      s.drop(KIND.input, client.input);
      s.drop(KIND.output, client.output);
      s.drop(KIND.tcp, client.socket);
      awaitReady(s, TCP.subscribe, listener.socket);
      const why =
        '"An incoming connection was pending, but was terminated by the client before this listener could accept it"; an orderly end is no abort to some systems';
      s.expect(s.call(TCP.accept, listener.socket), oneOf(why, ok(), err('connection-aborted')));
    },
  }),
  networked({
    id: 'tcp-socket.subscribe/another-pending',
    title:
      'Of two connections that are pending one is accepted: the listener is ready still, and then no more',
    // `listening(s) => s.has-pending-items`
    spec: STATES.readiness,
    script: (s) => {
      const listener = listening(s);
      for (let count = 0; count < 2; count++) connect(s, create(s), loopback('ipv4', listener.port));
      accept(s, listener.socket);
      accept(s, listener.socket);
      const pollable = s.let(s.call(TCP.subscribe, listener.socket).value);
      s.expect(s.call(READY, pollable), is(false));
      s.drop(KIND.pollable, pollable);
    },
  }),
  networked({
    id: 'tcp-socket.subscribe/once-for-life',
    title:
      'One pollable serves a socket for its life: bound, listening, when somebody connects, and after that',
    // "`subscribe` only has to be called once per socket and can then be (re)used for the remainder of the socket's lifetime".
    spec: STATES.readiness,
    script: (s) => {
      const socket = create(s);
      const pollable = s.let(s.call(TCP.subscribe, socket).value);
      s.expect(s.call(READY, pollable), is(true));
      bind(s, socket, loopback('ipv4'));
      s.expect(s.call(READY, pollable), is(true));
      listen(s, socket);
      s.expect(s.call(READY, pollable), is(false));
      const port = s.let(portIn(must(s, TCP.localAddress, socket)));
      connect(s, create(s), loopback('ipv4', port));
      const clock = s.let(s.call(SUBSCRIBE_DURATION, 3_000_000_000n).value);
      s.expect(
        s.call(POLL, [pollable, clock]),
        ok('[0]', (value) => Array.isArray(value) && value[0] === 0),
      );
      must(s, TCP.accept, socket);
      s.expect(s.call(READY, pollable), is(false));
      for (const one of [pollable, clock]) s.drop(KIND.pollable, one);
    },
  }),
];

export const tcpListenP2: ConformanceCase[] = [...listenCases, ...acceptCases];
