/** Owns moving bytes through a descriptor in loops, since a call may read or write fewer than were asked for. */

import { type Expectation, ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';

export interface Moved {
  /** The u64 numbers of bytes moved and the sum of the errnos. */
  numbers: Slot;
  /** Shows both. */
  show(): Step;
}

/**
 * Calls `fd_read` or `fd_write` on one stretch of memory `rounds` times, each time for what is still left of it, at most
 * `pieceBytes`. Bytes of an iovec's end are those of the stretch's end: whoever moves more has not kept to it.
 */
export function move(
  s: ScriptBuilder,
  name: 'fd_read' | 'fd_write',
  fd: number,
  {
    place,
    sizeBytes,
    rounds,
    pieceBytes,
  }: { place: Slot; sizeBytes: number; rounds: number; pieceBytes?: number },
): Moved {
  const numbers = s.alloc(16);
  const iovec = s.alloc(8, 4);
  const count = s.alloc(4, 4);
  const done = at`u64[${numbers}]`;
  s.loop(rounds, () => {
    const left = at`${sizeBytes} - ${done}`;
    s.store('u32', iovec, at`${place} + ${done}`);
    const piece = pieceBytes ?? sizeBytes;
    s.store('u32', at`${iovec} + 4`, at`${left} - (${left} > ${piece}) * (${left} - ${piece})`);
    s.store('u32', count, 0);
    const { result } = s.raw(name, [fd, iovec, 1n, count]);
    s.store('u64', numbers, at`${done} + u32[${count}]`);
    s.store('u64', at`${numbers} + 8`, at`u64[${numbers} + 8] + ${result}`);
  });
  return { numbers, show: () => s.show(numbers, 16) };
}

/** So many bytes were moved, and no call returned an error. */
export function movedAll(sizeBytes: number): Expectation {
  return ok(`${sizeBytes} bytes without an error`, (value) => {
    if (!(value instanceof Uint8Array)) return false;
    const bytes = Buffer.from(value);
    return bytes.readBigUInt64LE(0) === BigInt(sizeBytes) && bytes.readBigUInt64LE(8) === 0n;
  });
}

/** FNV-1a of 64 bits in hex, as the probe's digest gives it. */
export function fnv(bytes: Uint8Array): string {
  // In two halves: bigints would take seconds for ten megabytes.
  let [high, low] = [0xcbf29ce4, 0x84222325];
  for (const byte of bytes) {
    low = (low ^ byte) >>> 0;
    // The prime is 2^40 + 0x1b3.
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.floor(product / 2 ** 32) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

/** Bytes in which each stretch differs from every other: a run of counters. */
export function pattern(sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index + 4 <= sizeBytes; index += 4)
    view.setUint32(index, Math.imul(index, 0x9e3779b1), true);
  return bytes;
}

/** Blocks of a mebibyte and more are written from one place, each stamped with its own offset. */
const BLOCK_BYTES = 8192;

/** Writes `sizeBytes` (a multiple of the block's size) by `fd_write`, so many calls at most. */
export function writeBlocks(s: ScriptBuilder, fd: number, sizeBytes: number, rounds: number): Moved {
  const place = s.alloc(BLOCK_BYTES);
  const [numbers, iovec, count] = [s.alloc(16), s.alloc(8, 4), s.alloc(4, 4)];
  s.put(place, '????????begin');
  s.put(at`${place} + ${BLOCK_BYTES - 3}`, 'end');
  const done = at`u64[${numbers}]`;
  s.loop(rounds, () => {
    const inside = at`${done} & ${BLOCK_BYTES - 1}`;
    s.store('u64', place, at`${done} - (${inside})`);
    s.store('u32', iovec, at`${place} + (${inside})`);
    s.store('u32', at`${iovec} + 4`, at`(${done} < ${sizeBytes}) * (${BLOCK_BYTES} - (${inside}))`);
    s.store('u32', count, 0);
    const { result } = s.raw('fd_write', [fd, iovec, 1n, count]);
    s.store('u64', numbers, at`${done} + u32[${count}]`);
    s.store('u64', at`${numbers} + 8`, at`u64[${numbers} + 8] + ${result}`);
  });
  return { numbers, show: () => s.show(numbers, 16) };
}

/** The bytes that `writeBlocks` writes. */
export function blocks(sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  for (let offset = 0; offset < sizeBytes; offset += BLOCK_BYTES) {
    bytes.writeBigUInt64LE(BigInt(offset), offset);
    bytes.write('begin', offset + 8);
    bytes.write('end', offset + BLOCK_BYTES - 3);
  }
  return bytes;
}

/** Each word of a `pattern` follows from its offset. */
const FACTOR = 0x9e3779b1;

/**
 * Reads to the end into one place of 64 KiB, so many calls at most. Besides the bytes read and the errnos it counts the calls
 * whose first whole word is not the one that `pattern` has there.
 */
export function readPattern(s: ScriptBuilder, fd: number, rounds: number): Moved & { wrong: Slot } {
  const place = s.alloc(65_536);
  const [numbers, iovec, count] = [s.alloc(24), s.alloc(8, 4), s.alloc(4, 4)];
  const done = at`u64[${numbers}]`;
  const wrong = at`${numbers} + 16`;
  s.store('u32', iovec, place);
  s.store('u32', at`${iovec} + 4`, 65_536);
  s.loop(rounds, () => {
    s.store('u32', count, 0);
    const { result } = s.raw('fd_read', [fd, iovec, 1n, count]);
    s.store('u64', at`${numbers} + 8`, at`u64[${numbers} + 8] + ${result}`);
    const skip = at`(0 - ${done}) & 3`;
    const expected = at`((${done} + (${skip})) * ${FACTOR}) & 0xffffffff`;
    const differs = at`u32[${place} + (${skip})] == (${expected})`;
    s.store('u64', wrong, at`u64[${wrong}] + (u32[${count}] > 7) * (1 - (${differs}))`);
    s.store('u64', numbers, at`${done} + u32[${count}]`);
  });
  return { numbers, wrong, show: () => s.show(numbers, 16) };
}
