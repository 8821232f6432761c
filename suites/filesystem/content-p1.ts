/** Owns worlds of one file, buffers with canaries, and how both are compared with what a case expects. */

import { type Expectation, type Observed, ok, type Seen } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import type { FileSpec, FileTree, HostEntry, World } from '../../harness/contracts/world.ts';

export const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;

/** Ten bytes of which no two are alike, so that any shift shows. */
export const LETTERS = 'abcdefghij';

/** Stands in buffers before the call: no case's content holds it. */
export const CANARY = 0xa5;

/** A world of one preopened directory with `file` in it, and what else is given. */
export function holding(file: FileSpec = LETTERS, others: FileTree = {}): World {
  return { preopens: [{ guest: '/', entries: { file, ...others } }] };
}

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

/** An entry of the first preopen as the host sees it in the end. */
export function entryIn(seen: Seen, path = 'file'): HostEntry | undefined {
  return seen.after[0]?.preopens[0]?.find((entry) => entry.path === path);
}

/** States what the host finds in a file in the end (of 4 KiB at most). */
export function expectFile(s: ScriptBuilder, text: string, path = 'file'): void {
  s.after(`${path} holds ${JSON.stringify(text)}`, [], (seen) => fileHolds(seen, text, path));
}

/** True when the host finds exactly `text` in the file. */
export function fileHolds(seen: Seen, text: string, path = 'file'): true | string {
  const entry = entryIn(seen, path);
  if (entry?.kind !== 'file') return 'there is no such file';
  const content = Buffer.from(entry.head ?? '', 'base64');
  const wanted = Buffer.from(text, 'latin1');
  if (entry.sizeBytes === wanted.length && content.equals(wanted)) return true;
  return `${entry.sizeBytes} bytes, which begin with ${readable(content)}`;
}

/** States how long a file is in the end. */
export function expectSize(s: ScriptBuilder, sizeBytes: number, path = 'file'): void {
  s.after(`${path} has ${sizeBytes} bytes`, [], (seen) => {
    const found = entryIn(seen, path)?.sizeBytes;
    return found === sizeBytes || `it has ${found ?? 'no'}`;
  });
}

function readable(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
}
