/** Owns opening preview 2's streams: on files, on both ends of a connection of the guest's own, and the standard ones. */

import { ok } from '../../harness/contracts/expect.ts';
import { portOf } from '../../harness/contracts/peer.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import type { World } from '../../harness/contracts/world.ts';
import {
  BLOCK,
  BLOCKING_WRITE,
  INPUT_STREAM,
  OUTPUT_STREAM,
  POLL,
  POLLABLE,
  SUBSCRIBE_DURATION,
  SUBSCRIBE_INPUT,
  SUBSCRIBE_OUTPUT,
  TCP_SOCKET,
} from './functions-p2.ts';

const NS_PER_MS = 1_000_000n;
/** Ends what would otherwise be waited for for ever; a host that does as it should needs nothing of it. */
const LATE = 500n * NS_PER_MS;
/** As long as a peer on a busy machine may take at most; twice of it is less than the time a case has. */
const PATIENCE = 4_000n * NS_PER_MS;
export const HOUR = 3_600_000n * NS_PER_MS;

/** What inputs give. */
export const HELLO = 'hello';
/** What the file that is appended to held before. */
export const BEFORE = 'was ';

/** What every case with files finds. */
export const FILES: World = {
  preopens: [{ guest: '/', entries: { source: HELLO, empty: '', target: '', log: BEFORE } }],
};
export const NETWORK: World = { network: true };

const DESCRIPTOR = 'wasi:filesystem/types#[method]descriptor.';
const TCP = 'wasi:sockets/tcp#[method]tcp-socket.';

const opened = (s: ScriptBuilder, step: Step): Slot => {
  s.expect(step, ok());
  return s.let(step.value);
};

/** A descriptor of a file in the preopen. */
export function open(s: ScriptBuilder, path: string, ...flags: ('read' | 'write')[]): Slot {
  const { area } = s.call('wasi:filesystem/preopens#get-directories');
  return opened(s, s.call(`${DESCRIPTOR}open-at`, at`u32[u32[${area}]]`, [], path, [], flags));
}

export const readFrom = (s: ScriptBuilder, descriptor: Slot, offset = 0n): Slot =>
  opened(s, s.call(`${DESCRIPTOR}read-via-stream`, descriptor, offset));
export const writeTo = (s: ScriptBuilder, descriptor: Slot, offset = 0n): Slot =>
  opened(s, s.call(`${DESCRIPTOR}write-via-stream`, descriptor, offset));
export const appendTo = (s: ScriptBuilder, descriptor: Slot): Slot =>
  opened(s, s.call(`${DESCRIPTOR}append-via-stream`, descriptor));

/** One end of a connection. */
export interface End {
  socket: Slot;
  input: Slot;
  output: Slot;
}

const theNetwork = (s: ScriptBuilder) => s.call('wasi:sockets/instance-network#instance-network').value;
const create = (s: ScriptBuilder) =>
  opened(s, s.call('wasi:sockets/tcp-create-socket#create-tcp-socket', 'ipv4'));
const address = (port: number | Slot) => ({ tag: 'ipv4', value: { port, address: [127, 0, 0, 1] } });

function connectTo(s: ScriptBuilder, port: Slot): End {
  const socket = create(s);
  s.expect(s.call(`${TCP}start-connect`, socket, theNetwork(s), address(port)), ok());
  const connected = s.let(s.call(`${TCP}subscribe`, socket).value);
  s.call(BLOCK, connected);
  s.drop(POLLABLE, connected);
  const streams = s.call(`${TCP}finish-connect`, socket);
  s.expect(streams, ok());
  return { socket, input: s.let(streams.value), output: s.let(at`u32[${streams.area} + 8]`) };
}

/** Two ends of a connection over the loopback, both the guest's. */
export function connect(s: ScriptBuilder): [End, End] {
  const listener = create(s);
  const event = s.let(s.call(`${TCP}subscribe`, listener).value);
  const done = (step: Step) => {
    s.expect(step, ok());
    s.call(BLOCK, event);
  };
  done(s.call(`${TCP}start-bind`, listener, theNetwork(s), address(0)));
  s.expect(s.call(`${TCP}finish-bind`, listener), ok());
  done(s.call(`${TCP}start-listen`, listener));
  s.expect(s.call(`${TCP}finish-listen`, listener), ok());
  const port = s.let(at`u16[${s.call(`${TCP}local-address`, listener).area} + 8]`);

  const one = connectTo(s, port);
  s.call(BLOCK, event);
  const accepted = s.call(`${TCP}accept`, listener);
  s.expect(accepted, ok());
  s.drop(POLLABLE, event);
  const field = (offset: number) => s.let(at`u32[${accepted.area} + ${offset}]`);
  return [one, { socket: field(4), input: field(8), output: field(12) }];
}

/** Ends a connection from that side, in good order where all that came to it was read. */
export function leave(s: ScriptBuilder, { socket, input, output }: End): void {
  s.expect(s.drop(OUTPUT_STREAM, output), ok());
  s.expect(s.drop(INPUT_STREAM, input), ok());
  s.expect(s.drop(TCP_SOCKET, socket), ok());
}

/** This end of a connection to the peer of the world. */
export const connectToPeer = (s: ScriptBuilder): End => connectTo(s, portOf('peer'));

/** A peer that vanishes when the guest has said something. */
export const VANISHING: World = {
  network: true,
  peers: [{ protocol: 'tcp', listensOn: 'peer', steps: [{ do: 'await-bytes', count: 1 }, { do: 'reset' }] }],
};

/** A peer that takes what comes until the end. */
export const LISTENING: World = {
  network: true,
  peers: [{ protocol: 'tcp', listensOn: 'peer', steps: [{ do: 'await-end' }] }],
};

/** This end of a connection that its peer has reset. */
export function connectAndReset(s: ScriptBuilder): End {
  const end = connectToPeer(s);
  s.expect(s.call(BLOCKING_WRITE, end.output, '!'), ok());
  const pollable = s.let(s.call(SUBSCRIBE_INPUT, end.input).value);
  const patience = s.let(s.call(SUBSCRIBE_DURATION, PATIENCE).value);
  s.expect(
    s.call(POLL, [pollable, patience]),
    ok('[0]: the reset is told', (value) => Array.isArray(value) && value[0] === 0),
  );
  s.drop(POLLABLE, pollable);
  s.drop(POLLABLE, patience);
  return end;
}

/** Closes an output stream: "The `output-stream` associated with this socket will be closed". */
export function shutDown(s: ScriptBuilder, { socket }: End): void {
  s.expect(s.call(`${TCP}shutdown`, socket, 'send'), ok());
}

/** A pollable that becomes ready in half a second. */
export const late = (s: ScriptBuilder): Slot => s.let(s.call(SUBSCRIBE_DURATION, LATE).value);

/** Waits until a stream is ready, or half a second where it never is. Its pollable is dropped again. */
export function waitFor(s: ScriptBuilder, stream: Slot, subscribe: string = SUBSCRIBE_INPUT): void {
  const pollable = s.let(s.call(subscribe, stream).value);
  const end = late(s);
  s.call(POLL, [pollable, end]);
  s.drop(POLLABLE, pollable);
  s.drop(POLLABLE, end);
}

/** A handle is kept in a name of the script, as it is used after other calls. */
export const subscribe = (s: ScriptBuilder, stream: Slot, name: string = SUBSCRIBE_INPUT): Slot => {
  const step = s.call(name, stream);
  s.expect(
    step,
    ok('a handle', (value) => typeof value === 'number' && value > 0),
  );
  return s.let(step.value);
};

/** What is left over would be the host's to clean up, in an order of its own. */
export function dropPollables(s: ScriptBuilder, ...pollables: readonly Slot[]): void {
  for (const one of pollables) s.expect(s.drop(POLLABLE, one), ok());
}

export const subscribeOutput = (s: ScriptBuilder, stream: Slot) => subscribe(s, stream, SUBSCRIBE_OUTPUT);

/** Where no file system has a byte: what is written there fails when it is tried. */
const FAR = 2n ** 63n - 1n;

export const farOutput = (s: ScriptBuilder): Slot => writeTo(s, open(s, 'target', 'write'), FAR);
