/** Owns datagrams: their sizes, where they go and come from, and their order. */

import { type Expectation, err, ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { FAMILIES, loopback } from './addresses-p2.ts';
import { UDP } from './functions-p2.ts';
import { UDP_SPEC } from './spec.ts';
import { networked } from './tcp-opening-p2.ts';
import {
  connectedUdp,
  datagram,
  expectTexts,
  incomingOf,
  openUdp,
  permit,
  receive,
  sameSource,
  send,
  sendAll,
  sent,
  texts,
  textsOf,
} from './udp-opening-p2.ts';
import { awaitNothing, expectPollable, pause } from './waiting-p2.ts';

const delivery = FAMILIES.flatMap((family): ConformanceCase[] => [
  networked({
    id: `outgoing-datagram-stream.send/to-${family}`,
    title: `A datagram sent over ${family} to an address comes to it with the sender's address`,
    spec: UDP_SPEC.send,
    script: (s) => {
      const [from, to] = [openUdp(s, family), openUdp(s, family)];
      sendAll(s, from.outgoing, [datagram('hello', loopback(family, to.port))]);
      const [received] = expectTexts(s, to.incoming, 'hello');
      sameSource(s, s.call(UDP.localAddress, from.socket), received!);
    },
  }),
  networked({
    id: `outgoing-datagram-stream.send/connected-${family}`,
    title: `Over ${family} two sockets with each other as remote address send without one, or with just that one`,
    spec: UDP_SPEC.send,
    script: (s) => {
      const { one, other } = connectedUdp(s, family);
      sendAll(s, one.outgoing, [datagram('ping')]);
      expectTexts(s, other.incoming, 'ping');
      sendAll(s, other.outgoing, [datagram('pong', loopback(family, one.port))]);
      const [received] = expectTexts(s, one.incoming, 'pong');
      sameSource(s, s.call(UDP.remoteAddress, one.socket), received!);
    },
  }),
]);

/** A list of one datagram of so many bytes without address: too large a text for a script, so it is made of zeros. */
function zeros(s: ScriptBuilder, length: number): Slot {
  const place = s.alloc(44, 4);
  const data = s.alloc(length);
  s.store('u8', data, 1);
  s.store('u8', at`${data} + ${length - 1}`, 2);
  s.store('u32', place, data);
  s.store('u32', at`${place} + 4`, length);
  return place;
}

const DATAGRAM_TOO_LARGE = 17;

const rawResult = (code: 'ok' | 'datagram-too-large'): Expectation => ({
  ...(code === 'ok' ? ok('1 sent') : err(code)),
  test: (seen) => {
    if (seen.kind !== 'ok' || !(seen.value instanceof Uint8Array)) return false;
    const bytes = Buffer.from(seen.value);
    return code === 'ok'
      ? bytes[0] === 0 && bytes.readBigUInt64LE(8) === 1n
      : bytes[0] === 1 && bytes[8] === DATAGRAM_TOO_LARGE;
  },
});

function sendZeros(s: ScriptBuilder, outgoing: Slot, length: number): Step {
  permit(s, outgoing);
  const area = s.alloc(16);
  return s.raw(UDP.send, [outgoing, zeros(s, length), 1n, area], [[area, 16]]);
}

const sizes: ConformanceCase[] = [
  networked({
    id: 'outgoing-datagram-stream.send/0-bytes',
    title: 'A datagram of 0 bytes is sent and comes as one of 0 bytes, before the next',
    spec: UDP_SPEC.send,
    script: (s) => {
      const { one, other } = connectedUdp(s);
      sendAll(s, one.outgoing, [datagram('')]);
      expectTexts(s, other.incoming, '');
      sendAll(s, one.outgoing, [datagram('x')]);
      expectTexts(s, other.incoming, 'x');
    },
  }),
  ...[1_472, 9_000, 65_507].map((length) =>
    networked({
      id: `outgoing-datagram-stream.send/${length}-bytes`,
      title: `A datagram of ${length} bytes comes whole as one datagram`,
      spec: UDP_SPEC.send,
      script: (s) => {
        const { one, other } = connectedUdp(s);
        s.expect(sendZeros(s, one.outgoing, length), rawResult('ok'));
        s.expect(
          receive(s, other.incoming, 4n),
          ok(`one datagram of ${length} bytes`, (value) => {
            const [first, ...more] = incomingOf(value);
            return (
              more.length === 0 &&
              first?.data.length === length &&
              first.data[0] === 1 &&
              first.data[length - 1] === 2
            );
          }),
        );
      },
    }),
  ),
  ...[65_508, 65_536, 100_000].map((length) =>
    networked({
      id: `outgoing-datagram-stream.send/${length}-bytes`,
      title: `A datagram of ${length} bytes, more than UDP over IPv4 carries, fails with datagram-too-large`,
      spec: UDP_SPEC.send,
      script: (s) => {
        const { one, other } = connectedUdp(s);
        s.expect(sendZeros(s, one.outgoing, length), rawResult('datagram-too-large'));
        sendAll(s, one.outgoing, [datagram('next')]);
        expectTexts(s, other.incoming, 'next');
      },
    }),
  ),
];

const order: ConformanceCase[] = [
  networked({
    id: 'outgoing-datagram-stream.send/several',
    title: 'Several datagrams of one call go to their addresses in order, and their number is returned',
    spec: UDP_SPEC.send,
    script: (s) => {
      const [from, a, b] = [openUdp(s), openUdp(s), openUdp(s)];
      const [toA, toB] = [loopback('ipv4', a.port), loopback('ipv4', b.port)];
      sendAll(s, from.outgoing, [
        datagram('1', toA),
        datagram('2', toB),
        datagram('3', toA),
        datagram('4', toA),
      ]);
      expectTexts(s, a.incoming, '1', '3', '4');
      expectTexts(s, b.incoming, '2');
    },
  }),
  networked({
    id: 'outgoing-datagram-stream.send/none',
    title: 'Sending an empty list returns 0, and nothing comes',
    spec: UDP_SPEC.send,
    script: (s) => {
      const { one, other } = connectedUdp(s);
      permit(s, one.outgoing);
      s.expect(s.call(UDP.send, one.outgoing, []), sent(0));
      awaitNothing(s, UDP.incomingSubscribe, other.incoming);
    },
  }),
  networked({
    id: 'outgoing-datagram-stream.send/error-after-one',
    title: 'When the second of two datagrams can’t be sent, the call returns 1 and no error',
    // "If at least one datagram has been sent successfully, this function never returns an error."
    spec: UDP_SPEC.send,
    script: (s) => {
      const [from, to] = [openUdp(s), openUdp(s)];
      const good = datagram('good', loopback('ipv4', to.port));
      s.expect(send(s, from.outgoing, [good, datagram('bad', loopback('ipv4', 0))]), sent(1));
      expectTexts(s, to.incoming, 'good');
    },
  }),
  ...(
    [
      ['max-results', 2n, 'at most two are received at once'],
      ['more-than-there-are', 2n ** 64n - 1n, 'no more than those are received, however many are asked for'],
    ] as const
  ).map(([id, atMost, words]) =>
    networked({
      id: `incoming-datagram-stream.receive/${id}`,
      title: `Of five datagrams that have come ${words}, in order and each once`,
      // "The returned list may contain fewer elements than requested, but never more."
      spec: UDP_SPEC.receive,
      script: (s) => {
        const { one, other } = connectedUdp(s);
        for (const text of ['a', 'b', 'c', 'd', 'e']) sendAll(s, one.outgoing, [datagram(text)]);
        const steps = [receive(s, other.incoming, atMost)];
        while (steps.length < 6) {
          pause(s, 3);
          steps.push(s.call(UDP.receive, other.incoming, atMost));
        }
        for (const step of steps)
          s.expect(
            step,
            ok(`at most ${atMost}`, (value) => Array.isArray(value) && BigInt(value.length) <= atMost),
          );
        s.check('they come in order, each once', steps, ({ values }) => {
          const all = values.flatMap((seen) => (seen.kind === 'ok' ? textsOf(seen.value) : [])).join('');
          return all === 'abcde' || `they came as '${all}'`;
        });
      },
    }),
  ),
  networked({
    id: 'incoming-datagram-stream.receive/max-results-0',
    title: 'Receiving at most 0 gives an empty list and leaves what has come',
    spec: UDP_SPEC.receive,
    script: (s) => {
      const { one, other } = connectedUdp(s);
      s.expect(s.call(UDP.receive, other.incoming, 0n), texts());
      sendAll(s, one.outgoing, [datagram('kept')]);
      pause(s, 20);
      s.expect(s.call(UDP.receive, other.incoming, 0n), texts());
      expectTexts(s, other.incoming, 'kept');
    },
  }),
  networked({
    id: 'incoming-datagram-stream.receive/nothing-there',
    title:
      'While nothing has come receiving gives an empty list, never would-block, and the pollable is not ready',
    spec: UDP_SPEC.receive,
    script: (s) => {
      const { incoming } = openUdp(s);
      s.expect(s.call(UDP.receive, incoming, 8n), texts());
      awaitNothing(s, UDP.incomingSubscribe, incoming);
      s.expect(s.call(UDP.receive, incoming, 8n), texts());
    },
  }),
  networked({
    id: 'incoming-datagram-stream.subscribe/empty-again',
    title: 'When all that came has been received, the pollable is not ready any more',
    spec: UDP_SPEC.incomingSubscribe,
    script: (s) => {
      const { one, other } = connectedUdp(s);
      sendAll(s, one.outgoing, [datagram('x')]);
      expectTexts(s, other.incoming, 'x');
      s.expect(s.call(UDP.receive, other.incoming, 8n), texts());
      expectPollable(s, UDP.incomingSubscribe, other.incoming);
      awaitNothing(s, UDP.incomingSubscribe, other.incoming);
    },
  }),
  networked({
    id: 'incoming-datagram-stream.subscribe/another-there',
    title: 'When one of two datagrams that came has been received, the pollable is ready still',
    spec: UDP_SPEC.incomingSubscribe,
    script: (s) => {
      const { one, other } = connectedUdp(s);
      for (const text of ['x', 'y']) sendAll(s, one.outgoing, [datagram(text)]);
      expectTexts(s, other.incoming, 'x', 'y');
    },
  }),
  networked({
    id: 'incoming-datagram-stream.receive/many-peers',
    title: 'A socket without remote address receives from each of four peers, with the address of each',
    spec: UDP_SPEC.receive,
    script: (s) => {
      const to = openUdp(s);
      for (const text of ['a', 'b', 'c', 'd']) {
        const from = openUdp(s);
        sendAll(s, from.outgoing, [datagram(text, loopback('ipv4', to.port))]);
        const [received] = expectTexts(s, to.incoming, text);
        sameSource(s, s.call(UDP.localAddress, from.socket), received!);
      }
    },
  }),
  networked({
    id: 'incoming-datagram-stream.receive/only-from-remote',
    title: 'A socket with a remote address receives from it and nothing of what others send',
    spec: UDP_SPEC.stream,
    script: (s) => {
      const { one, other } = connectedUdp(s);
      const stranger = openUdp(s);
      sendAll(s, stranger.outgoing, [datagram('strange', loopback('ipv4', other.port))]);
      awaitNothing(s, UDP.incomingSubscribe, other.incoming);
      sendAll(s, one.outgoing, [datagram('known')]);
      expectTexts(s, other.incoming, 'known');
    },
  }),
];

export const udpDatagramsP2: ConformanceCase[] = [...delivery, ...sizes, ...order];
