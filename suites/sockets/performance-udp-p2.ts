/** Owns what UDP sockets and datagrams cost, and looking up names. */

import { portOf } from '../../harness/contracts/peer.ts';
import { at } from '../../harness/contracts/script.ts';
import type { Bench } from '../../harness/contracts/suite.ts';
import { loopback } from './addresses-p2.ts';
import { bound, datagrams, ECHOED, network, timeBind, wait } from './bench-opening-p2.ts';
import { KIND, RESOLVE, RESOLVE_NEXT, RESOLVE_SUBSCRIBE, UDP } from './functions-p2.ts';

export const udp: Bench[] = [
  {
    id: 'udp-socket.start-bind',
    title: 'Creating a UDP socket, binding it to a free port, dropping it',
    bench: (s) => timeBind(s, 'udp'),
  },
  {
    id: 'udp-socket.stream',
    title: 'Making the streams of a bound socket and dropping them',
    bench: (s) => {
      const socket = bound(s);
      s.cycle((c) => {
        const { area } = c.call(UDP.stream, socket, null);
        c.drop(KIND.incoming, at`u32[${area} + 4]`);
        c.drop(KIND.outgoing, at`u32[${area} + 8]`);
      });
    },
  },
  {
    id: 'udp-socket.local-address',
    title: 'Asking a bound socket for its own address',
    bench: (s) => s.time(UDP.localAddress, [bound(s)]),
  },
  {
    id: 'udp-socket.remote-address',
    title: "Asking a socket that is tied to a peer for the peer's address",
    bench: (s) => s.time(UDP.remoteAddress, [datagrams(s, loopback('ipv4', portOf('udp'))).socket]),
  },
  {
    id: 'udp-socket.address-family',
    title: 'Asking a UDP socket for its address family',
    bench: (s) => s.time(UDP.addressFamily, [bound(s)]),
  },
  {
    id: 'udp-socket.subscribe',
    title: 'Making and dropping the pollable of a UDP socket',
    bench: (s) => s.time(UDP.subscribe, [bound(s)], { drop: true }),
  },
  {
    id: 'incoming-datagram-stream.subscribe',
    title: 'Making and dropping the pollable of incoming datagrams',
    bench: (s) => s.time(UDP.incomingSubscribe, [datagrams(s, null).incoming], { drop: true }),
  },
  {
    id: 'outgoing-datagram-stream.subscribe',
    title: 'Making and dropping the pollable of outgoing datagrams',
    bench: (s) => s.time(UDP.outgoingSubscribe, [datagrams(s, null).outgoing], { drop: true }),
  },
  {
    id: 'outgoing-datagram-stream.check-send',
    title: 'Asking how many datagrams may be sent',
    bench: (s) => s.time(UDP.checkSend, [datagrams(s, null).outgoing]),
  },
  {
    id: 'outgoing-datagram-stream.send',
    title: `Sending a datagram of ${ECHOED} bytes and waiting for it to come back from a peer that echoes`,
    parameters: { bytes: ECHOED },
    bench: (s) => {
      const { incoming, outgoing } = datagrams(s, loopback('ipv4', portOf('udp')));
      s.cycle((c) => {
        wait(c, UDP.outgoingSubscribe, outgoing);
        c.call(UDP.checkSend, outgoing);
        c.call(UDP.send, outgoing, [{ data: new Uint8Array(ECHOED), 'remote-address': null }]);
        wait(c, UDP.incomingSubscribe, incoming);
        c.call(UDP.receive, incoming, 1n);
      });
    },
  },
  {
    id: 'incoming-datagram-stream.receive',
    title: 'Receiving where no datagram has come',
    bench: (s) => s.time(UDP.receive, [datagrams(s, null).incoming, 1n]),
  },
];

export const lookup: Bench[] = [
  {
    id: 'resolve-addresses',
    title: 'Resolving an address that is written out, to its one answer',
    bench: (s) => {
      const net = network(s);
      s.cycle((c) => {
        const stream = c.call(RESOLVE, net, '127.0.0.1').value;
        wait(c, RESOLVE_SUBSCRIBE, stream);
        c.call(RESOLVE_NEXT, stream);
        c.drop(KIND.resolver, stream);
      });
    },
  },
];
