/** Owns how cases come to UDP sockets on the loopback, and sending and receiving datagrams with them. */

import { type Expectation, ok } from '../../harness/contracts/expect.ts';
import {
  at,
  type ScriptBuilder,
  type Slot,
  type Step,
  type WasiValue,
} from '../../harness/contracts/script.ts';
import { type Family, loopback, portIn, type Seen } from './addresses-p2.ts';
import { type Attempt, oneSucceeds } from './attempts-p2.ts';
import { CREATE_UDP, KIND, POLL, SUBSCRIBE_DURATION, UDP } from './functions-p2.ts';
import { must, network } from './tcp-opening-p2.ts';
import { awaitReady, pause } from './waiting-p2.ts';

export const createUdp = (s: ScriptBuilder, family: Family = 'ipv4'): Slot =>
  s.let(must(s, CREATE_UDP, family).value);

export function bindUdp(s: ScriptBuilder, socket: Slot, local: WasiValue): void {
  must(s, UDP.startBind, socket, network(s), local);
  awaitReady(s, UDP.subscribe, socket);
  must(s, UDP.finishBind, socket);
}

export interface BoundUdp {
  socket: Slot;
  port: Slot;
}

export function boundUdp(s: ScriptBuilder, family: Family = 'ipv4'): BoundUdp {
  const socket = createUdp(s, family);
  bindUdp(s, socket, loopback(family));
  return { socket, port: s.let(portIn(must(s, UDP.localAddress, socket))) };
}

/** Binds a socket to a port that `free` has just given up, in up to three attempts: others may be given it in between. */
export const rebindUdp = (
  s: ScriptBuilder,
  free: () => Slot,
  family: Family = 'ipv4',
): Pick<Attempt, 'handle' | 'port'> =>
  oneSucceeds(
    s,
    UDP.subscribe,
    [0, 1, 2].map(() => {
      const port = free();
      const [handle, net] = [createUdp(s, family), network(s)];
      return {
        handle,
        port,
        start: () => s.call(UDP.startBind, handle, net, loopback(family, port)),
        finish: () => s.call(UDP.finishBind, handle),
      };
    }),
  );

export interface DatagramStreams {
  incoming: Slot;
  outgoing: Slot;
}

/** The streams that a call of `stream` gave. */
const streamsIn = (s: ScriptBuilder, { area }: Step): DatagramStreams => ({
  incoming: s.let(at`u32[${area} + 4]`),
  outgoing: s.let(at`u32[${area} + 8]`),
});

export const stream = (s: ScriptBuilder, socket: Slot, remote: WasiValue = null): DatagramStreams =>
  streamsIn(s, must(s, UDP.stream, socket, remote));

export interface OpenUdp extends BoundUdp, DatagramStreams {}

/** A bound socket with its streams; with `remote` for that peer only. */
export function openUdp(s: ScriptBuilder, family: Family = 'ipv4', remote: WasiValue = null): OpenUdp {
  const own = boundUdp(s, family);
  return { ...own, ...stream(s, own.socket, remote) };
}

/** Two sockets that send to each other only. */
export function connectedUdp(s: ScriptBuilder, family: Family = 'ipv4'): { one: OpenUdp; other: OpenUdp } {
  const [a, b] = [boundUdp(s, family), boundUdp(s, family)];
  return {
    one: { ...a, ...stream(s, a.socket, loopback(family, b.port)) },
    other: { ...b, ...stream(s, b.socket, loopback(family, a.port)) },
  };
}

export function dropStreams(s: ScriptBuilder, streams: DatagramStreams): void {
  s.expect(s.drop(KIND.incoming, streams.incoming), ok());
  s.expect(s.drop(KIND.outgoing, streams.outgoing), ok());
}

export const datagram = (data: WasiValue, to: WasiValue = null): WasiValue => ({
  data,
  'remote-address': to,
});

/** Waits for a permit, takes it, and sends. */
export function send(s: ScriptBuilder, outgoing: Slot, datagrams: WasiValue[]): Step {
  permit(s, outgoing, BigInt(datagrams.length));
  return s.call(UDP.send, outgoing, datagrams);
}

export function permit(s: ScriptBuilder, outgoing: Slot, atLeast = 1n): Step {
  awaitReady(s, UDP.outgoingSubscribe, outgoing);
  const step = s.call(UDP.checkSend, outgoing);
  s.expect(
    step,
    ok(`a permit for ${atLeast} at least`, (value) => (value as bigint) >= atLeast),
  );
  return step;
}

export const sent = (count: number): Expectation => ok(`${count} sent`, (value) => value === BigInt(count));

/** Sends datagrams, which must all go. */
export function sendAll(s: ScriptBuilder, outgoing: Slot, datagrams: WasiValue[]): Step {
  const step = send(s, outgoing, datagrams);
  s.expect(step, sent(datagrams.length));
  return step;
}

interface Incoming {
  data: Uint8Array;
  'remote-address': Seen;
}

export const incomingOf = (value: unknown): Incoming[] => (Array.isArray(value) ? (value as Incoming[]) : []);
export const textsOf = (value: unknown): string[] =>
  incomingOf(value).map(({ data }) => Buffer.from(data).toString('latin1'));

/** Exactly these datagrams, in this order. */
export const texts = (...wanted: string[]): Expectation =>
  ok(
    `[${wanted.map((text) => `'${text}'`).join(', ')}]`,
    (value) => Array.isArray(value) && JSON.stringify(textsOf(value)) === JSON.stringify(wanted),
  );

/** Waits until a datagram has come and receives at most so many. */
export function receive(s: ScriptBuilder, incoming: Slot, atMost = 1n): Step {
  awaitReady(s, UDP.incomingSubscribe, incoming);
  return s.call(UDP.receive, incoming, atMost);
}

/** Receives datagrams one after the other. */
export function expectTexts(s: ScriptBuilder, incoming: Slot, ...wanted: string[]): Step[] {
  return wanted.map((text) => {
    awaitReady(s, UDP.incomingSubscribe, incoming);
    // A pollable that stays ready when all has been received has a case of its own: it must not be the fault of others.
    pause(s, 2);
    const step = s.call(UDP.receive, incoming, 1n);
    s.expect(step, texts(text));
    return step;
  });
}

/** How long is waited for what is still to come, one time after the other. */
const PAUSES_MS = [5, 5, 10, 20, 40, 80, 160, 300, 600, 600];

/** Receives until these datagrams have come, from a peer that takes its time: at most two seconds after the first. */
export function gatherTexts(s: ScriptBuilder, incoming: Slot, ...wanted: string[]): Step[] {
  awaitReady(s, UDP.incomingSubscribe, incoming);
  let came: Slot = { expression: '0' };
  const steps = [...PAUSES_MS, 0].map((forMs) => {
    const step = s.call(UDP.receive, incoming, 8n);
    came = s.let(at`${came} + u32[${step.area} + 8] * (u8[${step.area}] == 0)`);
    // When all are there it is looked once more for one too many, and no more waited.
    const still = at`(${came} < ${wanted.length}) * ${forMs * 1_000_000} + 1000`;
    const clock = s.let(s.call(SUBSCRIBE_DURATION, still).value);
    s.call(POLL, [clock]);
    s.drop(KIND.pollable, clock);
    return step;
  });
  s.check('these datagrams come, in order', steps, ({ values }) => {
    const all = values.flatMap((seen) => (seen.kind === 'ok' ? textsOf(seen.value) : [seen.kind]));
    return JSON.stringify(all) === JSON.stringify(wanted) || `it came to ${JSON.stringify(all)}`;
  });
  return steps;
}

/** The address that a step gave is that from which the only datagram of another came. */
export function sameSource(s: ScriptBuilder, address: Step, received: Step): void {
  s.check('it came from that address', [address, received], ({ values: [own, got] }) => {
    const from = got?.kind === 'ok' ? incomingOf(got.value)[0]?.['remote-address'] : undefined;
    const wanted = own?.kind === 'ok' ? own.value : undefined;
    return JSON.stringify(from) === JSON.stringify(wanted) || `from ${JSON.stringify(from)}`;
  });
}
