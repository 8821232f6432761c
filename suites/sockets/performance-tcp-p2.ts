/** Owns what making sockets costs, and what TCP sockets and connections do. */

import { portOf } from '../../harness/contracts/peer.ts';
import { at } from '../../harness/contracts/script.ts';
import type { Bench } from '../../harness/contracts/suite.ts';
import { loopback } from './addresses-p2.ts';
import {
  BLOCK,
  BLOCKING_READ,
  connected,
  connection,
  ECHOED,
  listening,
  network,
  tcpSocket,
  timeBind,
  WRITE,
  wait,
} from './bench-opening-p2.ts';
import { CREATE_TCP, CREATE_UDP, INPUT, KIND, NETWORK, TCP } from './functions-p2.ts';

export const made: Bench[] = [
  {
    id: 'instance-network',
    title: 'Asking for the network and dropping it',
    bench: (s) => s.time(NETWORK, [], { drop: true }),
  },
  {
    id: 'create-tcp-socket',
    title: 'Creating and dropping a TCP socket',
    bench: (s) => s.time(CREATE_TCP, ['ipv4'], { drop: true }),
  },
  {
    id: 'create-udp-socket',
    title: 'Creating and dropping a UDP socket',
    bench: (s) => s.time(CREATE_UDP, ['ipv4'], { drop: true }),
  },
];

export const tcp: Bench[] = [
  ...[
    { id: 'local-address', name: TCP.localAddress, words: 'Asking a connected socket for its own address' },
    {
      id: 'remote-address',
      name: TCP.remoteAddress,
      words: "Asking a connected socket for its peer's address",
    },
    { id: 'is-listening', name: TCP.isListening, words: 'Asking a socket whether it listens' },
    { id: 'address-family', name: TCP.addressFamily, words: 'Asking a socket for its address family' },
  ].map(
    ({ id, name, words }): Bench => ({
      id: `tcp-socket.${id}`,
      title: words,
      bench: (s) => s.time(name, [connected(s, 'sink').socket]),
    }),
  ),
  {
    id: 'tcp-socket.subscribe',
    title: 'Making and dropping the pollable of a socket',
    bench: (s) => s.time(TCP.subscribe, [connected(s, 'sink').socket], { drop: true }),
  },
  {
    id: 'tcp-socket.set-listen-backlog-size',
    title: 'Setting the backlog of a socket that does not listen yet',
    bench: (s) => s.time(TCP.setBacklog, [tcpSocket(s), 16n]),
  },
  {
    id: 'tcp-socket.start-bind',
    title: 'Creating a TCP socket, binding it to a free port, dropping it',
    bench: (s) => timeBind(s, 'tcp'),
  },
  {
    id: 'tcp-socket.start-listen',
    title: 'Creating a TCP socket, binding it, having it listen, dropping it',
    bench: (s) => {
      const net = network(s);
      s.cycle((c) =>
        c.drop(
          KIND.tcp,
          listening(c, net, (socket) => wait(c, TCP.subscribe, socket)),
        ),
      );
    },
  },
  {
    id: 'tcp-socket.start-connect',
    title: 'Connecting to a peer that listens, and dropping the connection',
    bench: (s) => {
      const net = network(s);
      s.cycle((c) => connection(c, net, loopback('ipv4', portOf('sink'))));
    },
  },
  {
    id: 'tcp-socket.shutdown',
    title: 'Connecting to a peer, shutting the connection down both ways, and dropping it',
    bench: (s) => {
      const net = network(s);
      s.cycle((c) =>
        connection(c, net, loopback('ipv4', portOf('sink')), (socket) =>
          c.call(TCP.shutdown, socket, 'both'),
        ),
      );
    },
  },
  {
    id: 'tcp-socket.accept',
    title: 'Connecting to a listener of its own, accepting that, and dropping both ends',
    bench: (s) => {
      const net = network(s);
      const listener = s.let(
        listening(s, net, (socket) => void s.call(BLOCK, s.call(TCP.subscribe, socket).value)),
      );
      const port = s.let(at`u16[${s.call(TCP.localAddress, listener).area} + 8]`);
      s.cycle((c) =>
        connection(c, net, loopback('ipv4', port), () => {
          wait(c, TCP.subscribe, listener);
          const { area } = c.call(TCP.accept, listener);
          c.drop(KIND.input, at`u32[${area} + 8]`);
          c.drop(KIND.output, at`u32[${area} + 12]`);
          c.drop(KIND.tcp, at`u32[${area} + 4]`);
        }),
      );
    },
  },
  {
    id: 'tcp-socket.echo',
    title: `Sending ${ECHOED} bytes over a connection and reading them back from a peer that echoes`,
    parameters: { bytes: ECHOED },
    bench: (s) => {
      const { input, output } = connected(s, 'echo');
      s.cycle((c) => {
        c.call(WRITE, output, new Uint8Array(ECHOED));
        c.call(BLOCKING_READ, input, BigInt(ECHOED));
      });
    },
  },
  {
    id: 'tcp-socket.read-nothing',
    title: 'Reading from a connection on which nothing has come',
    bench: (s) => s.time(INPUT.read, [connected(s, 'echo').input, 64n]),
  },
];
