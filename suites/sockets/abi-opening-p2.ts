/** Owns how the canonical ABI's cases come by preview 2's sockets, lookups and datagram streams. */

import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import {
  CREATE_TCP,
  CREATE_UDP,
  KIND,
  NETWORK,
  POLL,
  RESOLVE,
  SUBSCRIBE_DURATION,
  UDP,
} from './functions-p2.ts';

export const SOCKETS_P2 = { guest: 'probe-p2-sockets', world: { network: true } } as const;

export const network = (s: ScriptBuilder): Slot => s.call(NETWORK).value;
export const tcp = (s: ScriptBuilder): Slot => s.let(s.call(CREATE_TCP, 'ipv4').value);
export const udp = (s: ScriptBuilder): Slot => s.let(s.call(CREATE_UDP, 'ipv4').value);
export const lookup = (s: ScriptBuilder): Slot => s.let(s.call(RESOLVE, network(s), '127.0.0.1').value);

const LOOPBACK = [127, 0, 0, 1];

/** A UDP socket at a port that the system chose. */
export function bound(s: ScriptBuilder): Slot {
  const socket = udp(s);
  s.call(UDP.startBind, socket, network(s), { tag: 'ipv4', value: { port: 0, address: LOOPBACK } });
  const ready = s.call(UDP.subscribe, socket).value;
  s.call('wasi:io/poll#[method]pollable.block', ready);
  s.drop(KIND.pollable, ready);
  s.call(UDP.finishBind, socket);
  return socket;
}

interface Streams {
  incoming: Slot;
  outgoing: Slot;
}

function streams(s: ScriptBuilder, socket: Slot): Streams {
  const { area } = s.call(UDP.stream, socket, null);
  return { incoming: s.let(at`u32[${area} + 4]`), outgoing: s.let(at`u32[${area} + 8]`) };
}

export const inStream = (s: ScriptBuilder): Slot => streams(s, bound(s)).incoming;

/** One of which it is known how much may be sent. */
export function outStream(s: ScriptBuilder): Slot {
  const { outgoing } = streams(s, bound(s));
  s.call(UDP.checkSend, outgoing);
  return outgoing;
}

/** Two sockets that have each sent a datagram to themselves; a call receives that of the next. */
export function received(s: ScriptBuilder): () => Step {
  const waiting = [0, 1].map(() => {
    const socket = bound(s);
    const { area } = s.call(UDP.localAddress, socket);
    // In the result's address: behind the result's and the variant's cases, 4 bytes each.
    const port = s.let(at`u16[${area} + 8]`);
    const { incoming, outgoing } = streams(s, socket);
    s.call(UDP.checkSend, outgoing);
    const remote = { tag: 'ipv4', value: { port, address: LOOPBACK } };
    s.call(UDP.send, outgoing, [{ data: new Uint8Array([1, 2, 3]), 'remote-address': remote }]);
    const ready = s.call(UDP.incomingSubscribe, incoming).value;
    const late = s.call(SUBSCRIBE_DURATION, 1_000_000_000n).value;
    s.call(POLL, [ready, late]);
    s.drop(KIND.pollable, ready);
    return incoming;
  });
  return () => s.call(UDP.receive, waiting.shift() ?? 0, 1n);
}
