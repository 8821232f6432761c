/** Owns what preview 2's socket functions cost on the loopback, each by itself or in the shortest cycle that can be repeated. */

import { portOf } from '../../harness/contracts/peer.ts';
import { at, type Slot, type WasiValue } from '../../harness/contracts/script.ts';
import type { BenchBuilder, BenchWorld, CycleBuilder, LatencyCase } from '../../harness/contracts/suite.ts';
import { loopback } from './addresses-p2.ts';
import {
  CREATE_TCP,
  CREATE_UDP,
  INPUT,
  KIND,
  NETWORK,
  RESOLVE,
  RESOLVE_NEXT,
  RESOLVE_SUBSCRIBE,
  TCP,
  TCP_OPTIONS,
  UDP,
  UDP_OPTIONS,
} from './functions-p2.ts';

const BLOCK = 'wasi:io/poll#[method]pollable.block';
const WRITE = 'wasi:io/streams#[method]output-stream.blocking-write-and-flush';
const BLOCKING_READ = 'wasi:io/streams#[method]input-stream.blocking-read';
const ECHOED = 64;

export const PEERS: BenchWorld = {
  id: 'loopback',
  network: true,
  peers: [
    { protocol: 'tcp', serves: 'echo', listensOn: 'echo' },
    { protocol: 'tcp', serves: 'sink', listensOn: 'sink' },
    { protocol: 'tcp', serves: 'zeros', listensOn: 'zeros' },
    { protocol: 'udp', echoes: true, listensOn: 'udp' },
    { protocol: 'udp', listensOn: 'taken' },
  ],
};

/** What setups and cycles have in common. */
type Calls = {
  call(name: string, ...args: WasiValue[]): { value: Slot; area: Slot };
};

/** Waits for what a subscription is about; within a cycle the pollable is dropped again. */
function wait(c: CycleBuilder, subscribe: string, handle: Slot): void {
  const pollable = c.call(subscribe, handle);
  c.call(BLOCK, pollable.value);
  c.drop(KIND.pollable, pollable.value);
}

const network = (s: BenchBuilder): Slot => s.let(s.call(NETWORK).value);
const tcpSocket = (s: BenchBuilder): Slot => s.let(s.call(CREATE_TCP, 'ipv4').value);

/** A connection that is made before, to one of the peers. */
export function connected(s: BenchBuilder, peer: string): { socket: Slot; input: Slot; output: Slot } {
  const socket = tcpSocket(s);
  s.call(TCP.startConnect, socket, network(s), loopback('ipv4', portOf(peer)));
  s.call(BLOCK, s.call(TCP.subscribe, socket).value);
  const { area } = s.call(TCP.finishConnect, socket);
  return { socket, input: s.let(at`u32[${area} + 4]`), output: s.let(at`u32[${area} + 8]`) };
}

function bound(s: BenchBuilder): Slot {
  const socket = s.let(s.call(CREATE_UDP, 'ipv4').value);
  s.call(UDP.startBind, socket, network(s), loopback('ipv4'));
  s.call(BLOCK, s.call(UDP.subscribe, socket).value);
  s.call(UDP.finishBind, socket);
  return socket;
}

/** A bound socket's streams, to one peer or to anybody. */
export function datagrams(
  s: BenchBuilder,
  remote: WasiValue,
): { socket: Slot; incoming: Slot; outgoing: Slot } {
  const socket = bound(s);
  const { area } = s.call(UDP.stream, socket, remote);
  return { socket, incoming: s.let(at`u32[${area} + 4]`), outgoing: s.let(at`u32[${area} + 8]`) };
}

/** Binds a fresh socket and has it listen, in a cycle or before. */
function listening(c: Calls & Partial<CycleBuilder>, net: Slot, ready: (socket: Slot) => void): Slot {
  const socket = c.call(CREATE_TCP, 'ipv4').value;
  c.call(TCP.startBind, socket, net, loopback('ipv4'));
  ready(socket);
  c.call(TCP.finishBind, socket);
  c.call(TCP.startListen, socket);
  ready(socket);
  c.call(TCP.finishListen, socket);
  return socket;
}

/** The shortest life of a connection: made, and its streams and socket dropped. `between` goes on while it stands. */
function connection(c: CycleBuilder, net: Slot, to: WasiValue, between = (_socket: Slot) => {}): void {
  const socket = c.call(CREATE_TCP, 'ipv4').value;
  c.call(TCP.startConnect, socket, net, to);
  wait(c, TCP.subscribe, socket);
  const { area } = c.call(TCP.finishConnect, socket);
  between(socket);
  c.drop(KIND.input, at`u32[${area} + 4]`);
  c.drop(KIND.output, at`u32[${area} + 8]`);
  c.drop(KIND.tcp, socket);
}

interface Bench {
  id: string;
  title: string;
  headline?: true;
  parameters?: Record<string, string | number>;
  native?: string;
  bench(s: BenchBuilder): void;
}

const made: Bench[] = [
  {
    id: 'instance-network',
    title: 'Asking for the network and dropping it',
    bench: (s) => s.time(NETWORK, [], { drop: true }),
  },
  {
    id: 'create-tcp-socket',
    title: 'Creating and dropping a TCP socket',
    native: 'tcp-socket v4',
    bench: (s) => s.time(CREATE_TCP, ['ipv4'], { drop: true }),
  },
  {
    id: 'create-udp-socket',
    title: 'Creating and dropping a UDP socket',
    native: 'udp-socket v4',
    bench: (s) => s.time(CREATE_UDP, ['ipv4'], { drop: true }),
  },
];

const tcp: Bench[] = [
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
      ...(id === 'local-address' ? { native: 'getsockname' } : {}),
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
    bench: (s) => {
      const net = network(s);
      s.cycle((c) => {
        const socket = c.call(CREATE_TCP, 'ipv4').value;
        c.call(TCP.startBind, socket, net, loopback('ipv4'));
        wait(c, TCP.subscribe, socket);
        c.call(TCP.finishBind, socket);
        c.drop(KIND.tcp, socket);
      });
    },
  },
  {
    id: 'tcp-socket.start-listen',
    title: 'Creating a TCP socket, binding it, having it listen, dropping it',
    native: 'bind-listen v4',
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
    headline: true,
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
    native: 'tcp-connect v4',
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
    native: `tcp-echo ${ECHOED}`,
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

const VALUES: Readonly<Record<string, WasiValue>> = {
  keepAliveEnabled: true,
  keepAliveIdleTime: 60_000_000_000n,
  keepAliveInterval: 10_000_000_000n,
  keepAliveCount: 5,
  hopLimit: 64,
  receiveBufferSize: 65_536n,
  sendBufferSize: 65_536n,
};

const shortOf = (name: string) => name.slice(name.lastIndexOf('.') + 1);

const options: Bench[] = [
  ...Object.entries(TCP_OPTIONS).map(([key, option]) => ({
    socket: 'tcp-socket',
    make: tcpSocket,
    key,
    ...option,
  })),
  ...Object.entries(UDP_OPTIONS).map(([key, option]) => ({
    socket: 'udp-socket',
    make: bound,
    key,
    ...option,
  })),
].flatMap(({ socket, make, key, get, set }): Bench[] => {
  const words = shortOf(get).replaceAll('-', ' ');
  const kind = socket === 'tcp-socket' ? 'TCP' : 'UDP';
  return [
    {
      id: `${socket}.${shortOf(get)}`,
      title: `Asking a ${kind} socket for its ${words}`,
      bench: (s) => s.time(get, [make(s)]),
    },
    {
      id: `${socket}.${shortOf(set)}`,
      title: `Setting the ${words} of a ${kind} socket`,
      bench: (s) => s.time(set, [make(s), VALUES[key] as WasiValue]),
    },
  ];
});

const udp: Bench[] = [
  {
    id: 'udp-socket.start-bind',
    title: 'Creating a UDP socket, binding it to a free port, dropping it',
    bench: (s) => {
      const net = network(s);
      s.cycle((c) => {
        const socket = c.call(CREATE_UDP, 'ipv4').value;
        c.call(UDP.startBind, socket, net, loopback('ipv4'));
        wait(c, UDP.subscribe, socket);
        c.call(UDP.finishBind, socket);
        c.drop(KIND.udp, socket);
      });
    },
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
    native: `udp-echo ${ECHOED}`,
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

const lookup: Bench[] = [
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

export const performanceP2: LatencyCase[] = [...made, ...tcp, ...options, ...udp, ...lookup].map((one) => ({
  ...one,
  wasi: 'p2',
  guest: 'probe-p2-sockets',
  world: PEERS,
  metric: 'latency',
}));
