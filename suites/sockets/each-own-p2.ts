/** Owns what is asked of several sockets in turn: each has values of its own, whatever was answered before. */

import { ok } from '../../harness/contracts/expect.ts';
import { at, type Slot, type WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { FAMILIES, loopback } from './addresses-p2.ts';
import {
  KIND,
  type Option,
  READY,
  RESOLVE,
  RESOLVE_SUBSCRIBE,
  TCP,
  TCP_OPTIONS,
  UDP,
  UDP_OPTIONS,
} from './functions-p2.ts';
import { LOOKUP_SPEC, TCP_SPEC, UDP_SPEC } from './spec.ts';
import { create, listening, must, network, networked } from './tcp-opening-p2.ts';
import {
  boundUdp,
  connectedUdp,
  createUdp,
  datagram,
  receive,
  sendAll,
  stream,
  texts,
} from './udp-opening-p2.ts';
import { awaitReady } from './waiting-p2.ts';

const SECOND = 1_000_000_000n;
const is = (wanted: WasiValue) => ok(String(wanted), (value) => value === wanted);

const tcp = { kind: 'tcp', make: create } as const;
const udp = { kind: 'udp', make: createUdp } as const;

/** Two values that no rounding makes one. */
const OPTIONS: readonly [typeof tcp | typeof udp, Option, string, WasiValue, WasiValue][] = [
  [tcp, TCP_OPTIONS.keepAliveIdleTime, TCP_SPEC.keepAliveIdleTime, 42n * SECOND, 700n * SECOND],
  [tcp, TCP_OPTIONS.keepAliveInterval, TCP_SPEC.keepAliveInterval, 42n * SECOND, 700n * SECOND],
  [tcp, TCP_OPTIONS.keepAliveCount, TCP_SPEC.keepAliveCount, 3, 77],
  [tcp, TCP_OPTIONS.receiveBufferSize, TCP_SPEC.bufferSize, 16_384n, 65_536n],
  [tcp, TCP_OPTIONS.sendBufferSize, TCP_SPEC.bufferSize, 16_384n, 65_536n],
  [udp, UDP_OPTIONS.hopLimit, UDP_SPEC.hopLimit, 11, 22],
  [udp, UDP_OPTIONS.receiveBufferSize, UDP_SPEC.bufferSize, 16_384n, 65_536n],
  [udp, UDP_OPTIONS.sendBufferSize, UDP_SPEC.bufferSize, 16_384n, 65_536n],
];

const options = OPTIONS.map(([{ kind, make }, { get, set }, spec, small, large]): ConformanceCase => {
  const name = get.split('.').at(-1)!;
  return networked({
    id: `${kind}-socket.${name}/each-its-own`,
    title: `Two sockets with far different values of ${name} tell each its own, as often as they are asked`,
    spec,
    script: (s) => {
      const [one, other] = [make(s), make(s)];
      must(s, set, one, small);
      must(s, set, other, large);
      const steps = [one, other, one].map((socket) => must(s, get, socket));
      s.check('the first tells the same again, and less than the second', steps, ({ values }) => {
        const [first, second, again] = values.map((seen) => (seen.kind === 'ok' ? Number(seen.value) : 0));
        return (first === again && first! < second!) || `${first}, ${second}, ${again}`;
      });
    },
  });
});

const BOTH = ['tcp', 'udp'] as const;

const families = BOTH.map(
  (kind): ConformanceCase =>
    networked({
      id: `${kind}-socket.address-family/each-its-own`,
      title: 'Two sockets of different families tell each its own',
      spec: kind === 'tcp' ? TCP_SPEC.addressFamily : UDP_SPEC.addressFamily,
      script: (s) => {
        const sockets = FAMILIES.map((family) => (kind === 'tcp' ? create(s, family) : createUdp(s, family)));
        const get = kind === 'tcp' ? TCP.addressFamily : UDP.addressFamily;
        sockets.forEach((socket, nth) => {
          s.expect(s.call(get, socket), is(FAMILIES[nth]!));
        });
      },
    }),
);

/** As much as 32 bits hold, and one more: taken for 0 it would be refused. */
const BEYOND = 2n ** 32n;

const wide = (
  [
    ['tcp', TCP.setBacklog, TCP_SPEC.backlog, create],
    ['tcp', TCP_OPTIONS.receiveBufferSize.set, TCP_SPEC.bufferSize, create],
    ['tcp', TCP_OPTIONS.sendBufferSize.set, TCP_SPEC.bufferSize, create],
    ['udp', UDP_OPTIONS.receiveBufferSize.set, UDP_SPEC.bufferSize, createUdp],
    ['udp', UDP_OPTIONS.sendBufferSize.set, UDP_SPEC.bufferSize, createUdp],
  ] as const
).map(([kind, set, spec, make]): ConformanceCase => {
  const name = set.split('.').at(-1)!;
  return networked({
    id: `${kind}-socket.${name}/2-to-32`,
    title: `${name} takes 2^32, which is not 0`,
    spec,
    script: (s) => s.expect(s.call(set, make(s), BEYOND), ok()),
  });
});

const RECORD_BYTES = 44;

const others: ConformanceCase[] = [
  networked({
    id: 'tcp-socket.is-listening/each-its-own',
    title: 'Of two sockets only the one that listens says so',
    spec: TCP_SPEC.isListening,
    script: (s) => {
      const [listener, idle] = [listening(s).socket, create(s)];
      s.expect(s.call(TCP.isListening, listener), is(true));
      s.expect(s.call(TCP.isListening, idle), is(false));
    },
  }),
  networked({
    id: 'udp-socket.remote-address/each-its-own',
    title: 'Two sockets that send to two others tell each the address it sends to',
    spec: UDP_SPEC.remoteAddress,
    script: (s) => {
      const ends = [1, 2].map(() => ({ to: boundUdp(s).port, socket: boundUdp(s).socket }));
      for (const { to, socket } of ends) stream(s, socket, loopback('ipv4', to));
      const told = ends.flatMap(({ to, socket }) => [s.call(UDP.remoteAddress, socket), portOf(to)]);
      s.check('each its own', told, ({ values }) => {
        const texts = values.map((seen) =>
          JSON.stringify(seen.kind === 'ok' ? portIn(seen.value) : seen.kind),
        );
        return (texts[0] === texts[1] && texts[2] === texts[3]) || texts.join();
      });

      function portOf(port: Slot) {
        const place = s.alloc(8, 8);
        s.store('u64', place, port);
        return s.show(place, 2);
      }
    },
  }),
  networked({
    id: 'outgoing-datagram-stream.send/each-its-own',
    title: 'Each call of send tells how many datagrams it has sent itself',
    spec: UDP_SPEC.send,
    script: (s) => {
      const { one } = connectedUdp(s);
      sendAll(s, one.outgoing, [datagram('a'), datagram('b')]);
      sendAll(s, one.outgoing, [datagram('c')]);
    },
  }),
  networked({
    id: 'outgoing-datagram-stream.send/all-permitted',
    title: 'As many datagrams as were permitted can be sent in one call',
    spec: UDP_SPEC.checkSend,
    script: (s) => {
      const { one } = connectedUdp(s);
      awaitReady(s, UDP.outgoingSubscribe, one.outgoing);
      const permitted = s.let(must(s, UDP.checkSend, one.outgoing).value);
      // Zeros are a datagram without data for the one that the stream is connected to.
      const list = s.alloc(4096 * RECORD_BYTES, 4);
      const area = s.alloc(16, 8);
      s.raw(UDP.send, [one.outgoing, list, permitted, area], [[area, 16]]);
      const [outcome, count] = [s.show(area, 1), s.show(at`${area} + 8`, 8)];
      s.check('it is no error, and some are sent', [outcome, count], ({ values }) => {
        const [tag, sent] = values.map((seen) =>
          seen.kind === 'ok' ? Number((seen.value as Uint8Array)[0]) : 255,
        );
        return (tag === 0 && sent! > 0) || `${tag}, ${sent}`;
      });
    },
  }),
  networked({
    id: 'incoming-datagram-stream.receive/2-to-32',
    title: 'Who receives at most 2^32 datagrams gets the one that has come',
    spec: UDP_SPEC.receive,
    script: (s) => {
      const { one, other } = connectedUdp(s);
      sendAll(s, one.outgoing, [datagram('here')]);
      s.expect(receive(s, other.incoming, BEYOND), texts('here'));
    },
  }),
  networked({
    id: 'resolve-address-stream.subscribe/each-its-own',
    title: 'Each lookup has a pollable of its own, which outlives that of another',
    spec: LOOKUP_SPEC.subscribe,
    script: (s) => {
      const names = ['127.0.0.1', '::1'];
      const streams = names.map((name) => s.let(must(s, RESOLVE, network(s), name).value));
      const pollables = streams.map((one) => s.let(s.call(RESOLVE_SUBSCRIBE, one).value));
      s.expect(s.drop(KIND.pollable, pollables[1]!), ok());
      s.expect(s.call(READY, pollables[0]!), ok());
      s.expect(s.drop(KIND.pollable, pollables[0]!), ok());
    },
  }),
];

/** The port of an address, or of the two bytes that hold one. */
function portIn(value: WasiValue): number {
  if (value instanceof Uint8Array) return value[0]! + 256 * value[1]!;
  return (value as { value: { port: number } }).value.port;
}

export const eachOwnP2: ConformanceCase[] = [...options, ...families, ...wide, ...others];
