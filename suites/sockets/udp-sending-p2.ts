/** Owns the permits to send datagrams, and the addresses to which none can be sent. */

import { err, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import { at, type Slot, type WasiValue } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import {
  address,
  FAMILIES,
  type Family,
  loopback,
  MAPPED_LOOPBACK,
  NOBODY,
  otherFamily,
  UNSPECIFIED,
} from './addresses-p2.ts';
import { UDP } from './functions-p2.ts';
import { UDP_SPEC } from './spec.ts';
import { networked } from './tcp-opening-p2.ts';
import {
  boundUdp,
  connectedUdp,
  datagram,
  expectTexts,
  openUdp,
  permit,
  send,
  sendAll,
  sent,
  texts,
} from './udp-opening-p2.ts';
import { awaitNothing, awaitReady, expectPollable, pause } from './waiting-p2.ts';

const INVALID = err('invalid-argument');

const permits: ConformanceCase[] = [
  networked({
    id: 'outgoing-datagram-stream.check-send/permits',
    title: 'A socket that has sent nothing permits at least one datagram, and its pollable is ready',
    spec: UDP_SPEC.checkSend,
    script: (s) => {
      const { outgoing } = openUdp(s);
      expectPollable(s, UDP.outgoingSubscribe, outgoing);
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
      awaitReady(s, UDP.outgoingSubscribe, one.outgoing);
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

export const udpSendingP2: ConformanceCase[] = [...permits, ...wrong];
