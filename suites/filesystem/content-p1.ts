/** Owns preview 1's buffers with canaries, reading and writing with them, and how what comes back is compared with what a case expects. */

import { type Expectation, type Observed, ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import { readable } from './content.ts';

export const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;

/** Stands in buffers before the call: no case's content holds it. */
export const CANARY = 0xa5;

/** A buffer full of canaries. */
export function buffer(s: ScriptBuilder, size: number): Slot {
  const block = s.alloc(size);
  s.fill(block, size, CANARY);
  return block;
}

/** Text in memory, as a vector to write from. */
export function vector(s: ScriptBuilder, text: string): { buf: Slot; buf_len: number } {
  const place = s.alloc(Math.max(text.length, 1), 1);
  if (text !== '') s.put(place, text);
  return { buf: place, buf_len: Buffer.byteLength(text) };
}

/** Expects success with that very number. */
export function returns(value: number | bigint): Expectation {
  return ok(String(value), (got) => BigInt(got as number | bigint) === BigInt(value));
}

/** The number a step returned; -1 for anything else. */
export function countOf(observed: Observed | undefined): number {
  if (observed?.kind !== 'ok') return -1;
  const { value } = observed;
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : -1;
}

/** The bytes of a show step, none where it did not come to that. */
export function shownBytes(observed: Observed | undefined): Uint8Array {
  return observed?.kind === 'ok' && observed.value instanceof Uint8Array ? observed.value : new Uint8Array();
}

/** States that a buffer now begins with `text`, and holds canaries from there on. */
export function expectBuffer(s: ScriptBuilder, block: Slot, size: number, text: string): void {
  s.check(`the buffer holds '${text}' and nothing else`, [s.show(block, size)], ({ values }) =>
    beginsWith(shownBytes(values[0]), size, text),
  );
}

/** True when `bytes` are `text` and then canaries up to `size`. */
export function beginsWith(bytes: Uint8Array, size: number, text: string): true | string {
  const wanted = Buffer.alloc(size, CANARY);
  wanted.write(text, 'latin1');
  return wanted.equals(bytes) || `it holds ${readable(bytes)}`;
}

/** Reads `size` bytes from a descriptor's own position, which must give exactly `text`. */
export function expectRead(s: ScriptBuilder, fd: Slot | number, size: number, text: string): Step {
  const block = buffer(s, size);
  const step = s.call('fd_read', fd, [{ buf: block, buf_len: size }]);
  s.expect(step, returns(text.length));
  expectBuffer(s, block, size, text);
  return step;
}

/** Writes a text at a descriptor's own position, all of it. */
export function write(s: ScriptBuilder, fd: Slot | number, text: string): Step {
  const step = s.call('fd_write', fd, [vector(s, text)]);
  s.expect(step, returns(text.length));
  return step;
}

/** States where a descriptor stands. */
export function expectPosition(s: ScriptBuilder, fd: Slot | number, position: number | bigint): void {
  s.expect(s.call('fd_tell', fd), returns(position));
}
