/** Reads what `fd_readdir` wrote: entries in a buffer, and the statements that go on behind them. */

import type { Observed } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import { open } from './opening-p1.ts';

/** An entry begins with 24 bytes, its name follows at once. */
export const HEADER_BYTES = 24;

export interface Dirent {
  next: bigint;
  ino: bigint;
  /** UTF-8; bytes that are none as U+FFFD. */
  name: string;
  type: string;
}

const TYPES = [
  'unknown',
  'block_device',
  'character_device',
  'directory',
  'regular_file',
  'socket_dgram',
  'socket_stream',
  'symbolic_link',
];

/** The first preopen opened by its name in itself: a runtime may list what it opened, and not what it was given. */
export function openedAgain(s: ScriptBuilder): Slot {
  return s.let(open(s, '.', { oflags: ['directory'], rights: ['fd_readdir'] }).value);
}

/** The bytes that a shown block held. */
export function shownBytes(seen: Observed | undefined): Buffer {
  return seen?.kind === 'ok' && seen.value instanceof Uint8Array ? Buffer.from(seen.value) : Buffer.alloc(0);
}

/** The entries that are whole in the first `used` bytes. */
export function direntsIn(bytes: Buffer, used: number): Dirent[] {
  const found: Dirent[] = [];
  for (let offset = 0; offset + HEADER_BYTES <= used; ) {
    const end = offset + HEADER_BYTES + bytes.readUInt32LE(offset + 16);
    if (end > used) break;
    found.push({
      next: bytes.readBigUInt64LE(offset),
      ino: bytes.readBigUInt64LE(offset + 8),
      name: bytes.toString('utf8', offset + HEADER_BYTES, end),
      type: TYPES[bytes.readUInt8(offset + 20)] ?? 'none',
    });
    offset = end;
  }
  return found;
}

/** The entries besides `.` and `..`, which POSIX does not demand. */
export const named = (entries: readonly Dirent[]): Dirent[] =>
  entries.filter(({ name }) => name !== '.' && name !== '..');

/**
 * A cell that holds the cookie behind the last whole entry of a buffer whose rest is zeros, or what it held before where there
 * is none; the probe walks over `most` entries at most.
 */
export function cookieBehind(s: ScriptBuilder, cookie: Slot, buffer: Slot, used: Slot, most: number): void {
  const offset = s.alloc(8);
  const next = s.alloc(8);
  const fits = s.alloc(8);
  s.loop(most, () => {
    const here = at`${buffer} + u64[${offset}]`;
    s.store('u64', next, at`u64[${offset}] + ${HEADER_BYTES} + u32[${here} + 16]`);
    s.store('u64', fits, at`u64[${next}] < (${used} + 1)`);
    s.store('u64', cookie, at`u64[${cookie}] * (1 - u64[${fits}]) + u64[${here}] * u64[${fits}]`);
    s.store('u64', offset, at`u64[${offset}] * (1 - u64[${fits}]) + u64[${next}] * u64[${fits}]`);
  });
}
