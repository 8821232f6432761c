/** Owns the peers of preview 2's benchmarks, and the sockets that they make before or in their cycles. */

import { portOf } from '../../harness/contracts/peer.ts';
import { at, type Slot, type WasiValue } from '../../harness/contracts/script.ts';
import type { BenchBuilder, BenchWorld, CycleBuilder } from '../../harness/contracts/suite.ts';
import { loopback } from './addresses-p2.ts';
import { CREATE_TCP, CREATE_UDP, KIND, NETWORK, TCP, UDP } from './functions-p2.ts';

export const BLOCK = 'wasi:io/poll#[method]pollable.block';
export const WRITE = 'wasi:io/streams#[method]output-stream.blocking-write-and-flush';
export const BLOCKING_READ = 'wasi:io/streams#[method]input-stream.blocking-read';
export const ECHOED = 64;

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
export function wait(c: CycleBuilder, subscribe: string, handle: Slot): void {
  const pollable = c.call(subscribe, handle);
  c.call(BLOCK, pollable.value);
  c.drop(KIND.pollable, pollable.value);
}

export const network = (s: BenchBuilder): Slot => s.let(s.call(NETWORK).value);
export const tcpSocket = (s: BenchBuilder): Slot => s.let(s.call(CREATE_TCP, 'ipv4').value);

/** A connection that is made before, to one of the peers. */
export function connected(s: BenchBuilder, peer: string): { socket: Slot; input: Slot; output: Slot } {
  const socket = tcpSocket(s);
  s.call(TCP.startConnect, socket, network(s), loopback('ipv4', portOf(peer)));
  s.call(BLOCK, s.call(TCP.subscribe, socket).value);
  const { area } = s.call(TCP.finishConnect, socket);
  return { socket, input: s.let(at`u32[${area} + 4]`), output: s.let(at`u32[${area} + 8]`) };
}

export function bound(s: BenchBuilder): Slot {
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

/** Creates a socket and binds it to a free port, in a cycle or before; `ready` waits until it can go on. */
function bind(
  c: Calls,
  net: Slot,
  { create, startBind, finishBind }: { create: string; startBind: string; finishBind: string },
  ready: (socket: Slot) => void,
): Slot {
  const socket = c.call(create, 'ipv4').value;
  c.call(startBind, socket, net, loopback('ipv4'));
  ready(socket);
  c.call(finishBind, socket);
  return socket;
}

const TCP_SOCKET = { create: CREATE_TCP, kind: KIND.tcp, ...TCP };
const UDP_SOCKET = { create: CREATE_UDP, kind: KIND.udp, ...UDP };

/** Times the shortest life of a socket that is bound. */
export function timeBind(s: BenchBuilder, of: 'tcp' | 'udp'): void {
  const socket = of === 'tcp' ? TCP_SOCKET : UDP_SOCKET;
  const net = network(s);
  s.cycle((c) =>
    c.drop(
      socket.kind,
      bind(c, net, socket, (made) => wait(c, socket.subscribe, made)),
    ),
  );
}

/** Binds a fresh socket and has it listen, in a cycle or before. */
export function listening(c: Calls, net: Slot, ready: (socket: Slot) => void): Slot {
  const socket = bind(c, net, TCP_SOCKET, ready);
  c.call(TCP.startListen, socket);
  ready(socket);
  c.call(TCP.finishListen, socket);
  return socket;
}

/** The shortest life of a connection: made, and its streams and socket dropped. `between` goes on while it stands. */
export function connection(c: CycleBuilder, net: Slot, to: WasiValue, between = (_socket: Slot) => {}): void {
  const socket = c.call(CREATE_TCP, 'ipv4').value;
  c.call(TCP.startConnect, socket, net, to);
  wait(c, TCP.subscribe, socket);
  const { area } = c.call(TCP.finishConnect, socket);
  between(socket);
  c.drop(KIND.input, at`u32[${area} + 4]`);
  c.drop(KIND.output, at`u32[${area} + 8]`);
  c.drop(KIND.tcp, socket);
}
