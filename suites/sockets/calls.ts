/** Owns calling preview 1's socket functions with buffers made for them. */

import { type Expectation, ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step, WasiValue } from '../../harness/contracts/script.ts';

type Fd = number | Slot;

const CANARY = 0xa5;

/** A buffer that holds a text. */
export function stored(s: ScriptBuilder, text: string): { buf: Slot; buf_len: number } {
  const bytes = new TextEncoder().encode(text);
  const buf = s.alloc(Math.max(1, bytes.length), 1);
  if (bytes.length > 0) s.put(buf, bytes);
  return { buf, buf_len: bytes.length };
}

/** A host may hand in a listener that does not block; then accepting does not wait for who connects. */
export function makeBlocking(s: ScriptBuilder, fd: Fd): void {
  s.expect(s.call('fd_fdstat_set_flags', fd, []), ok());
}

export const accept = (s: ScriptBuilder, fd: Fd, flags: string[] = []): Step =>
  s.call('sock_accept', fd, flags);

/** Accepts a connection, which must succeed, and returns its descriptor. */
export function accepted(s: ScriptBuilder, fd: Fd, flags: string[] = []): Slot {
  makeBlocking(s, fd);
  const step = accept(s, fd, flags);
  s.expect(step, ok());
  return s.let(step.value);
}

export const send = (s: ScriptBuilder, fd: Fd, ...texts: string[]): Step =>
  s.call(
    'sock_send',
    fd,
    texts.map((text) => stored(s, text)),
    0,
  );

export interface Received {
  step: Step;
  /** Where the bytes lie. */
  place: Slot;
}

/** Receives at most `sizeBytes` into canaries. */
export function receive(s: ScriptBuilder, fd: Fd, sizeBytes: number, flags: string[] = []): Received {
  const place = s.alloc(sizeBytes);
  s.fill(place, sizeBytes, CANARY);
  return { step: s.call('sock_recv', fd, [{ buf: place, buf_len: sizeBytes }], flags), place };
}

/** So many bytes, none of them cut off. */
export function bytes(count: number): Expectation {
  return ok(`${count} bytes and no flags`, (value) => {
    const [stored, flags] = value as [WasiValue, WasiValue[]];
    return stored === count && flags.length === 0;
  });
}

export const sent = (count: number): Expectation => ok(`${count} bytes`, (value) => value === count);

/** Receives exactly that text, and nothing is written behind it. */
export function expectText(s: ScriptBuilder, fd: Fd, text: string, flags: string[] = []): void {
  const { step, place } = receive(s, fd, text.length + 8, flags);
  s.expect(step, bytes(text.length));
  const expected = Buffer.concat([Buffer.from(text), Buffer.alloc(8, CANARY)]);
  s.expect(
    s.show(place, text.length + 8),
    ok(`'${text}' and nothing behind`, (value) => value instanceof Uint8Array && expected.equals(value)),
  );
}

/** Waits, for a second at most, until a descriptor is readable: data, an end or an error has come. */
export function awaitReadable(s: ScriptBuilder, fd: Fd): Step {
  const list = s.alloc(96, 8);
  const field = (offset: number): Slot => ({ expression: `${list.expression}+${offset}` });
  s.store('u8', field(8), 1);
  s.store('u32', field(16), fd);
  s.store('u64', field(48), 1);
  s.store('u32', field(64), 1);
  s.store('u64', field(72), 1_000_000_000n);
  const [out, count] = [s.alloc(64, 8), s.alloc(4, 4)];
  const step = s.raw(
    'poll_oneoff',
    [list, out, 2n, count],
    [
      [count, 4],
      [out, 64],
    ],
  );
  // The descriptor's event has the userdata 0, the timeout's 1.
  s.expect(
    step,
    ok('readable', (value) => {
      const [events = 0, , , , ...rest] = value instanceof Uint8Array ? value : [];
      return Array.from({ length: events }, (_, index) => rest[index * 32]).includes(0);
    }),
  );
  return step;
}
