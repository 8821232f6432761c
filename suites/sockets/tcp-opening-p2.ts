/** Owns how cases come to TCP sockets in each state, all on the loopback and without anybody at the other end but the guest. */

import { ok } from '../../harness/contracts/expect.ts';
import {
  at,
  type ScriptBuilder,
  type Slot,
  type Step,
  type WasiValue,
} from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { type Family, loopback, NOBODY, portIn } from './addresses-p2.ts';
import { type Attempt, oneSucceeds } from './attempts-p2.ts';
import { CREATE_TCP, NETWORK, TCP } from './functions-p2.ts';
import { awaitReady } from './waiting-p2.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-sockets', world: { network: true } } as const;

/** A case of the sockets' probe with the network granted, unless its world says otherwise. */
export const networked = (
  one: Pick<ConformanceCase, 'id' | 'title' | 'spec'> & {
    world?: ConformanceCase['world'];
    script(s: ScriptBuilder): void;
  },
): ConformanceCase => ({ ...P2, ...one });

/** Calls what must succeed for the case to get anywhere. */
export function must(s: ScriptBuilder, name: string, ...args: WasiValue[]): Step {
  const step = s.call(name, ...args);
  s.expect(step, ok());
  return step;
}

export const network = (s: ScriptBuilder): Slot => s.let(s.call(NETWORK).value);

export const create = (s: ScriptBuilder, family: Family = 'ipv4'): Slot =>
  s.let(must(s, CREATE_TCP, family).value);

/** Begins an operation and ends it when it is ready. */
export function bind(s: ScriptBuilder, socket: Slot, local: WasiValue): Step {
  must(s, TCP.startBind, socket, network(s), local);
  awaitReady(s, TCP.subscribe, socket);
  return must(s, TCP.finishBind, socket);
}

/** Binds a socket to a port that `free` has just given up, in up to three attempts: others may be given it in between. */
export const rebind = (
  s: ScriptBuilder,
  free: () => Slot,
  family: Family = 'ipv4',
): Pick<Attempt, 'handle' | 'port'> =>
  oneSucceeds(
    s,
    TCP.subscribe,
    [0, 1, 2].map(() => {
      const port = free();
      const [handle, net] = [create(s, family), network(s)];
      return {
        handle,
        port,
        start: () => s.call(TCP.startBind, handle, net, loopback(family, port)),
        finish: () => s.call(TCP.finishBind, handle),
      };
    }),
  );

export function listen(s: ScriptBuilder, socket: Slot): Step {
  must(s, TCP.startListen, socket);
  awaitReady(s, TCP.subscribe, socket);
  return must(s, TCP.finishListen, socket);
}

/** A socket with the port it is bound to. */
export interface Bound {
  socket: Slot;
  port: Slot;
}

const withPort = (s: ScriptBuilder, socket: Slot): Bound => ({
  socket,
  port: s.let(portIn(must(s, TCP.localAddress, socket))),
});

export function bound(s: ScriptBuilder, family: Family = 'ipv4'): Bound {
  const socket = create(s, family);
  bind(s, socket, loopback(family));
  return withPort(s, socket);
}

export function listening(
  s: ScriptBuilder,
  family: Family = 'ipv4',
  before: (socket: Slot) => void = () => {},
): Bound {
  const socket = create(s, family);
  before(socket);
  bind(s, socket, loopback(family));
  listen(s, socket);
  return withPort(s, socket);
}

export interface Streams {
  input: Slot;
  output: Slot;
}

export interface Connected extends Streams {
  socket: Slot;
}

/** Connects a socket and returns its streams. */
export function connect(s: ScriptBuilder, socket: Slot, remote: WasiValue): Connected {
  must(s, TCP.startConnect, socket, network(s), remote);
  awaitReady(s, TCP.subscribe, socket);
  const { area } = must(s, TCP.finishConnect, socket);
  return { socket, input: s.let(at`u32[${area} + 4]`), output: s.let(at`u32[${area} + 8]`) };
}

/** Accepts the connection that is pending. */
export function accept(s: ScriptBuilder, listener: Slot): Connected {
  awaitReady(s, TCP.subscribe, listener);
  const { area } = must(s, TCP.accept, listener);
  return {
    socket: s.let(at`u32[${area} + 4]`),
    input: s.let(at`u32[${area} + 8]`),
    output: s.let(at`u32[${area} + 12]`),
  };
}

export interface Pair {
  listener: Bound;
  client: Connected;
  server: Connected;
}

/** Two ends of one connection. */
export function connectedPair(
  s: ScriptBuilder,
  family: Family = 'ipv4',
  before: { listener?: (socket: Slot) => void; client?: (socket: Slot) => void } = {},
): Pair {
  const listener = listening(s, family, before.listener);
  const socket = create(s, family);
  before.client?.(socket);
  const client = connect(s, socket, loopback(family, listener.port));
  return { listener, client, server: accept(s, listener.socket) };
}

/** A socket whose connection attempt has failed. */
export function closed(s: ScriptBuilder, family: Family = 'ipv4'): Slot {
  const socket = create(s, family);
  s.call(TCP.startConnect, socket, network(s), loopback(family, NOBODY));
  awaitReady(s, TCP.subscribe, socket);
  s.call(TCP.finishConnect, socket);
  return socket;
}
