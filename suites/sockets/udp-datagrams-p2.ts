/** Owns datagrams: their sizes, where they go and come from, their order, permits to send, and errors. */

import { type Expectation, err, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import {
  at,
  type ScriptBuilder,
  type Slot,
  type Step,
  type WasiValue,
} from '../../harness/contracts/script.ts';
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
  UNSPECIFIED,
} from './addresses-p2.ts';
import { UDP } from './functions-p2.ts';
import { UDP_SPEC } from './spec.ts';
import { must, networked } from './tcp-opening-p2.ts';
import {
  boundUdp,
  connectedUdp,
  datagram,
  dropStreams,
  expectTexts,
  incomingOf,
  openUdp,
  permit,
  receive,
  sameSource,
  send,
  sendAll,
  sent,
  stream,
  texts,
} from './udp-opening-p2.ts';
import { awaitNothing, pause } from './waiting-p2.ts';

const INVALID = err('invalid-argument');

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
  networked({
    id: 'incoming-datagram-stream.receive/max-results',
    title: 'Of five datagrams that have come at most two are received at once, all in order',
    spec: UDP_SPEC.receive,
    script: (s) => {
      const { one, other } = connectedUdp(s);
      for (const text of ['a', 'b', 'c', 'd', 'e']) sendAll(s, one.outgoing, [datagram(text)]);
      pause(s, 20);
      s.expect(receive(s, other.incoming, 2n), texts('a', 'b'));
      s.expect(receive(s, other.incoming, 2n), texts('c', 'd'));
      s.expect(receive(s, other.incoming, 2n), texts('e'));
    },
  }),
  networked({
    id: 'incoming-datagram-stream.receive/more-than-there-are',
    title: 'Asking for 2^64 - 1 datagrams gives those that have come',
    spec: UDP_SPEC.receive,
    script: (s) => {
      const { one, other } = connectedUdp(s);
      for (const text of ['a', 'b', 'c']) sendAll(s, one.outgoing, [datagram(text)]);
      pause(s, 20);
      s.expect(receive(s, other.incoming, 2n ** 64n - 1n), texts('a', 'b', 'c'));
    },
  }),
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
      s.expect(
        s.call(UDP.incomingSubscribe, other.incoming),
        ok('a handle', (value) => Number(value) > 0),
      );
      awaitNothing(s, UDP.incomingSubscribe, other.incoming);
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

const permits: ConformanceCase[] = [
  networked({
    id: 'outgoing-datagram-stream.check-send/permits',
    title: 'A socket that has sent nothing permits at least one datagram, and its pollable is ready',
    spec: UDP_SPEC.checkSend,
    script: (s) => {
      const { outgoing } = openUdp(s);
      s.expect(
        s.call(UDP.outgoingSubscribe, outgoing),
        ok('a handle', (value) => Number(value) > 0),
      );
      s.expect(permit(s, outgoing), ok());
      permit(s, outgoing);
    },
  }),
  networked({
    id: 'outgoing-datagram-stream.send/without-check',
    title: 'Sending traps when check-send was not called before',
    spec: UDP_SPEC.send,
    script: (s) => {
      const { one } = connectedUdp(s);
      s.expect(s.call(UDP.send, one.outgoing, [datagram('x')]), trap('check-send was not called'));
    },
  }),
  networked({
    id: 'outgoing-datagram-stream.send/second-without-check',
    title: 'A permit is for one call of send: the next without another check-send traps',
    // "Each call to `send` must be permitted by a preceding `check-send`."
    spec: UDP_SPEC.send,
    script: (s) => {
      const { one } = connectedUdp(s);
      sendAll(s, one.outgoing, [datagram('x')]);
      s.expect(s.call(UDP.send, one.outgoing, [datagram('y')]), trap('its check-send is used up'));
    },
  }),
  networked({
    id: 'outgoing-datagram-stream.send/more-than-permitted',
    title: 'Sending one datagram more than check-send permitted traps',
    spec: UDP_SPEC.send,
    script: (s) => {
      const MOST = 2_000n;
      const { one } = connectedUdp(s);
      const checked = s.call(UDP.checkSend, one.outgoing);
      // The list of empty datagrams must be there, or else the call would trap for that.
      s.expect(
        checked,
        ok(`1 to ${MOST}`, (value) => (value as bigint) >= 1n && (value as bigint) <= MOST),
      );
      const list = s.alloc(44 * Number(MOST + 1n), 4);
      s.expect(
        s.raw(UDP.send, [one.outgoing, list, at`${checked.value} + 1`, s.alloc(16)]),
        trap('it is one more than permitted'),
      );
    },
  }),
];

/** What is no address to send to. */
const NO_ADDRESSES: readonly { id: string; words: string; family: Family; to(port: Slot): WasiValue }[] = [
  ...FAMILIES.flatMap((family) => [
    {
      id: `unspecified-${family}`,
      words: 'the unspecified address',
      family,
      to: (port: Slot) => address(family, UNSPECIFIED[family], port),
    },
    { id: `port-0-${family}`, words: 'port 0', family, to: () => loopback(family, 0) },
    {
      id: `wrong-family-${family}`,
      words: `an ${otherFamily(family)} address`,
      family,
      to: (port: Slot) => loopback(otherFamily(family), port),
    },
  ]),
];

const wrong: ConformanceCase[] = [
  ...NO_ADDRESSES.flatMap(({ id, words, family, to }) => [
    networked({
      id: `outgoing-datagram-stream.send/${id}`,
      title: `Sending from an ${family} socket to ${words} fails with invalid-argument`,
      spec: UDP_SPEC.send,
      script: (s) => {
        const from = openUdp(s, family);
        const { port } = boundUdp(s, family);
        s.expect(send(s, from.outgoing, [datagram('x', to(port))]), INVALID);
      },
    }),
    networked({
      id: `udp-socket.stream/${id}`,
      title: `An ${family} socket’s stream to ${words} fails with invalid-argument`,
      spec: UDP_SPEC.stream,
      script: (s) => {
        const { socket } = boundUdp(s, family);
        const { port } = boundUdp(s, family);
        s.expect(s.call(UDP.stream, socket, to(port)), INVALID);
      },
    }),
  ]),
  networked({
    id: 'udp-socket.stream/mapped',
    title: 'An IPv6 socket’s stream to an IPv4-mapped address fails, as it is never dual-stack',
    spec: UDP_SPEC.stream,
    script: (s) => {
      const { socket } = boundUdp(s, 'ipv6');
      const why = 'no text says which error: it is of the wrong family, or can’t be reached';
      s.expect(
        s.call(UDP.stream, socket, address('ipv6', MAPPED_LOOPBACK, NOBODY)),
        oneOf(why, INVALID, err('remote-unreachable')),
      );
    },
  }),
  networked({
    id: 'outgoing-datagram-stream.send/without-remote',
    title: 'Sending without an address from a socket that has no remote address fails with invalid-argument',
    spec: UDP_SPEC.send,
    script: (s) => s.expect(send(s, openUdp(s).outgoing, [datagram('x')]), INVALID),
  }),
  networked({
    id: 'outgoing-datagram-stream.send/other-remote',
    title:
      'Sending to another than the socket’s remote address fails with invalid-argument, and nothing comes',
    spec: UDP_SPEC.send,
    script: (s) => {
      const { one } = connectedUdp(s);
      const third = openUdp(s);
      s.expect(send(s, one.outgoing, [datagram('x', loopback('ipv4', third.port))]), INVALID);
      awaitNothing(s, UDP.incomingSubscribe, third.incoming);
    },
  }),
  networked({
    id: 'outgoing-datagram-stream.send/nobody-there',
    title: 'Sending to a port that nobody has succeeds; that it was refused may be told later',
    spec: UDP_SPEC.receive,
    script: (s) => {
      const own = openUdp(s, 'ipv4', loopback('ipv4', NOBODY));
      sendAll(s, own.outgoing, [datagram('x')]);
      pause(s, 5);
      const why = '"connection-refused: The connection was refused": whether a host is told so is not said';
      s.expect(s.call(UDP.receive, own.incoming, 1n), oneOf(why, texts(), err('connection-refused')));
      s.expect(send(s, own.outgoing, [datagram('y')]), oneOf(why, sent(1), err('connection-refused')));
      s.expect(s.call(UDP.remoteAddress, own.socket), ok());
    },
  }),
  networked({
    id: 'outgoing-datagram-stream.send/one-peer-is-gone',
    title: 'That one peer is not there does not keep a socket without remote address from sending to another',
    spec: UDP_SPEC.send,
    script: (s) => {
      const [from, to] = [openUdp(s), openUdp(s)];
      sendAll(s, from.outgoing, [datagram('lost', loopback('ipv4', NOBODY))]);
      pause(s, 5);
      sendAll(s, from.outgoing, [datagram('found', loopback('ipv4', to.port))]);
      expectTexts(s, to.incoming, 'found');
      s.expect(s.call(UDP.receive, from.incoming, 1n), texts());
    },
  }),
];

const streams: ConformanceCase[] = [
  networked({
    id: 'udp-socket.stream/with-remote',
    title:
      'With a remote address stream makes it the socket’s, and the local address has the port that it had',
    spec: UDP_SPEC.stream,
    script: (s) => {
      const [own, peer] = [boundUdp(s), boundUdp(s)];
      const before = s.call(UDP.localAddress, own.socket);
      s.expect(s.call(UDP.stream, own.socket, loopback('ipv4', peer.port)), ok());
      const remote = [s.call(UDP.remoteAddress, own.socket), s.call(UDP.localAddress, peer.socket)];
      s.expect(remote[0]!, isAddress('ipv4'));
      s.check('it is the peer’s address', remote, ({ values }) => allSame(values));
      const after = s.call(UDP.localAddress, own.socket);
      s.check('the own one stays', [before, after], ({ values }) => allSame(values));
    },
  }),
  networked({
    id: 'udp-socket.stream/to-another',
    title: 'After the streams are dropped, stream changes the association to another peer',
    spec: UDP_SPEC.stream,
    script: (s) => {
      const [own, a, b] = [boundUdp(s), openUdp(s), openUdp(s)];
      const first = stream(s, own.socket, loopback('ipv4', a.port));
      sendAll(s, first.outgoing, [datagram('to a')]);
      expectTexts(s, a.incoming, 'to a');
      dropStreams(s, first);
      const second = stream(s, own.socket, loopback('ipv4', b.port));
      sendAll(s, second.outgoing, [datagram('to b')]);
      expectTexts(s, b.incoming, 'to b');
      const remote = [s.call(UDP.remoteAddress, own.socket), s.call(UDP.localAddress, b.socket)];
      s.check('the remote address is the new one', remote, ({ values }) => allSame(values));
    },
  }),
  networked({
    id: 'udp-socket.stream/disconnect',
    title: 'Without a remote address stream ends an association: the socket sends to and receives from all',
    spec: UDP_SPEC.stream,
    script: (s) => {
      const [own, a, b] = [boundUdp(s), openUdp(s), openUdp(s)];
      dropStreams(s, stream(s, own.socket, loopback('ipv4', a.port)));
      const open = stream(s, own.socket);
      s.expect(s.call(UDP.remoteAddress, own.socket), err('invalid-state'));
      s.expect(s.call(UDP.localAddress, own.socket), isAddress('ipv4'));
      sendAll(s, b.outgoing, [datagram('from b', loopback('ipv4', own.port))]);
      expectTexts(s, open.incoming, 'from b');
      sendAll(s, open.outgoing, [datagram('to b', loopback('ipv4', b.port))]);
      expectTexts(s, b.incoming, 'to b');
    },
  }),
  networked({
    id: 'udp-socket.stream/before-drop',
    title: 'Calling stream again before the first streams are dropped gives streams that work, or traps',
    spec: UDP_SPEC.stream,
    script: (s) => {
      const [own, peer] = [boundUdp(s), openUdp(s)];
      stream(s, own.socket);
      const why =
        '"Implementations may trap if the streams returned by a previous invocation haven\'t been dropped yet"';
      const again = s.call(UDP.stream, own.socket, null);
      s.expect(again, oneOf(why, ok(), trap('the first streams are still there')));
      const outgoing = at`u32[${again.area} + 8]`;
      sendAll(s, outgoing, [datagram('x', loopback('ipv4', peer.port))]);
      expectTexts(s, peer.incoming, 'x');
    },
  }),
  networked({
    id: 'udp-socket.stream/kept-while-streaming',
    title: 'What came between binding and streaming is received by a stream without remote address',
    spec: UDP_SPEC.stream,
    script: (s) => {
      const [own, from] = [boundUdp(s), openUdp(s)];
      sendAll(s, from.outgoing, [datagram('early', loopback('ipv4', own.port))]);
      pause(s, 5);
      const { incoming } = stream(s, own.socket);
      sendAll(s, from.outgoing, [datagram('late', loopback('ipv4', own.port))]);
      const first = receive(s, incoming);
      const why = 'UDP may lose datagrams, and no text says that a socket takes any before it has streams';
      s.expect(first, oneOf(why, texts('early'), texts('late')));
      must(s, UDP.addressFamily, own.socket);
    },
  }),
];

export const udpDatagramsP2: ConformanceCase[] = [
  ...delivery,
  ...sizes,
  ...order,
  ...permits,
  ...wrong,
  ...streams,
];
