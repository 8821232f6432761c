/** Owns how the canonical ABI's cases come by preview 2's sockets, lookups and datagram streams. */

import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';

export const SOCKETS_P2 = { guest: 'probe-p2-sockets', world: { network: true } } as const;

export const NETWORK = 'wasi:sockets/network#network';
export const TCP_SOCKET = 'wasi:sockets/tcp#tcp-socket';
export const UDP_SOCKET = 'wasi:sockets/udp#udp-socket';
export const LOOKUP = 'wasi:sockets/ip-name-lookup#resolve-address-stream';
export const IN_STREAM = 'wasi:sockets/udp#incoming-datagram-stream';
export const OUT_STREAM = 'wasi:sockets/udp#outgoing-datagram-stream';

const UDP = 'wasi:sockets/udp#[method]udp-socket.';

export const network = (s: ScriptBuilder): Slot =>
  s.call('wasi:sockets/instance-network#instance-network').value;
export const tcp = (s: ScriptBuilder): Slot =>
  s.let(s.call('wasi:sockets/tcp-create-socket#create-tcp-socket', 'ipv4').value);
export const udp = (s: ScriptBuilder): Slot =>
  s.let(s.call('wasi:sockets/udp-create-socket#create-udp-socket', 'ipv4').value);
export const lookup = (s: ScriptBuilder): Slot =>
  s.let(s.call('wasi:sockets/ip-name-lookup#resolve-addresses', network(s), '127.0.0.1').value);

const LOOPBACK = [127, 0, 0, 1];

/** A UDP socket at a port that the system chose. */
export function bound(s: ScriptBuilder): Slot {
  const socket = udp(s);
  s.call(`${UDP}start-bind`, socket, network(s), { tag: 'ipv4', value: { port: 0, address: LOOPBACK } });
  const ready = s.call(`${UDP}subscribe`, socket).value;
  s.call('wasi:io/poll#[method]pollable.block', ready);
  s.drop('wasi:io/poll#pollable', ready);
  s.call(`${UDP}finish-bind`, socket);
  return socket;
}

interface Streams {
  incoming: Slot;
  outgoing: Slot;
}

function streams(s: ScriptBuilder, socket: Slot): Streams {
  const { area } = s.call(`${UDP}stream`, socket, null);
  return { incoming: s.let(at`u32[${area} + 4]`), outgoing: s.let(at`u32[${area} + 8]`) };
}

export const inStream = (s: ScriptBuilder): Slot => streams(s, bound(s)).incoming;

/** One of which it is known how much may be sent. */
export function outStream(s: ScriptBuilder): Slot {
  const { outgoing } = streams(s, bound(s));
  s.call('wasi:sockets/udp#[method]outgoing-datagram-stream.check-send', outgoing);
  return outgoing;
}

/** Two sockets that have each sent a datagram to themselves; a call receives that of the next. */
export function received(s: ScriptBuilder): () => Step {
  const waiting = [0, 1].map(() => {
    const socket = bound(s);
    const { area } = s.call(`${UDP}local-address`, socket);
    // In the result's address: behind the result's and the variant's cases, 4 bytes each.
    const port = s.let(at`u16[${area} + 8]`);
    const { incoming, outgoing } = streams(s, socket);
    s.call('wasi:sockets/udp#[method]outgoing-datagram-stream.check-send', outgoing);
    const remote = { tag: 'ipv4', value: { port, address: LOOPBACK } };
    s.call('wasi:sockets/udp#[method]outgoing-datagram-stream.send', outgoing, [
      { data: new Uint8Array([1, 2, 3]), 'remote-address': remote },
    ]);
    const ready = s.call('wasi:sockets/udp#[method]incoming-datagram-stream.subscribe', incoming).value;
    const late = s.call('wasi:clocks/monotonic-clock#subscribe-duration', 1_000_000_000n).value;
    s.call('wasi:io/poll#poll', [ready, late]);
    s.drop('wasi:io/poll#pollable', ready);
    return incoming;
  });
  return () => s.call('wasi:sockets/udp#[method]incoming-datagram-stream.receive', waiting.shift() ?? 0, 1n);
}
