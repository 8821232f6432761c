/** Owns the association of a UDP socket with a peer: made, changed and ended by its streams. */

import { err, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { allSame, isAddress, LOOPBACK, loopback, type Seen, sameParts } from './addresses-p2.ts';
import { KIND, UDP } from './functions-p2.ts';
import { UDP_SPEC } from './spec.ts';
import { must, networked } from './tcp-opening-p2.ts';
import {
  boundUdp,
  datagram,
  dropStreams,
  expectTexts,
  openUdp,
  rebindUdp,
  receive,
  sendAll,
  stream,
  texts,
} from './udp-opening-p2.ts';
import { pause } from './waiting-p2.ts';

const PSEUDO_CODE =
  'the text’s pseudo-code has `connect(s, AF_UNSPEC)` where there was an association before, by which Linux gives up a port that it chose itself';

/** The local address of a socket whose association has changed. That its port is another is worth a note. */
function localAfter(s: ScriptBuilder, socket: Slot, before: Step): void {
  const after = s.call(UDP.localAddress, socket);
  const portless = ok('127.0.0.1 with port 0', (value) => {
    const seen = value as unknown as Seen;
    return sameParts(seen, 'ipv4', LOOPBACK.ipv4) && seen.value.port === 0;
  });
  s.expect(after, oneOf(PSEUDO_CODE, isAddress('ipv4'), portless));
  s.check('the local address is the same', [before, after], ({ values }) =>
    allSame(values) === true ? true : { holds: 'its port is another now' },
  );
}

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
      const [a, b] = [openUdp(s), openUdp(s)];
      // A port that the guest has chosen, not the system.
      const { handle: socket, port } = rebindUdp(s, () => {
        const free = boundUdp(s);
        s.drop(KIND.udp, free.socket);
        return free.port;
      });
      dropStreams(s, stream(s, socket, loopback('ipv4', a.port)));
      const open = stream(s, socket);
      s.expect(s.call(UDP.remoteAddress, socket), err('invalid-state'));
      s.expect(s.call(UDP.localAddress, socket), isAddress('ipv4'));
      sendAll(s, b.outgoing, [datagram('from b', loopback('ipv4', port))]);
      expectTexts(s, open.incoming, 'from b');
      sendAll(s, open.outgoing, [datagram('to b', loopback('ipv4', b.port))]);
      expectTexts(s, b.incoming, 'to b');
    },
  }),
  networked({
    id: 'udp-socket.stream/disconnect-keeps-port',
    title: 'A socket whose port the system chose has a local address still when its association is ended',
    spec: UDP_SPEC.stream,
    script: (s) => {
      const [own, peer] = [boundUdp(s), boundUdp(s)];
      const before = s.call(UDP.localAddress, own.socket);
      dropStreams(s, stream(s, own.socket, loopback('ipv4', peer.port)));
      s.expect(s.call(UDP.stream, own.socket, null), ok());
      localAfter(s, own.socket, before);
    },
  }),
  networked({
    id: 'udp-socket.stream/to-another-keeps-port',
    title:
      'A socket whose port the system chose has a local address still when it is associated with another peer',
    spec: UDP_SPEC.stream,
    script: (s) => {
      const [own, a, b] = [boundUdp(s), boundUdp(s), boundUdp(s)];
      const before = s.call(UDP.localAddress, own.socket);
      dropStreams(s, stream(s, own.socket, loopback('ipv4', a.port)));
      stream(s, own.socket, loopback('ipv4', b.port));
      localAfter(s, own.socket, before);
    },
  }),
  networked({
    id: 'udp-socket.stream/before-drop',
    title: 'Calling stream again before the first streams are dropped gives new ones, or traps',
    spec: UDP_SPEC.stream,
    script: (s) => {
      const own = boundUdp(s);
      stream(s, own.socket);
      const why =
        '"Implementations may trap if the streams returned by a previous invocation haven\'t been dropped yet"';
      const again = s.call(UDP.stream, own.socket, null);
      s.expect(again, oneOf(why, ok(), trap('the first streams are still there')));
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

export const udpStreamsP2: ConformanceCase[] = streams;
