/** Owns moving bytes through preview 2's streams in loops, since a call may read fewer than were asked for. */

import { type Expectation, ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import { BLOCKING_READ, WRITE_AND_FLUSH } from './functions-p2.ts';

const PIECE_BYTES = 65_536;
/** Each word of a `pattern` follows from its offset. */
const FACTOR = 0x9e3779b1;
/** `blocking-write-and-flush` takes no more. */
const BLOCK_BYTES = 4096;

/** A value that steps saw, as a stream's error: `closed` or `last-operation-failed`. */
const tagOf = (error: unknown) => (error as { tag?: string } | null)?.tag;

/** Expects the stream to be closed. */
export const closed: Expectation = {
  describe: 'closed',
  test: (seen) => seen.kind === 'err' && tagOf(seen.error) === 'closed',
  asserts: 'closed',
};

/** Expects the operation to fail, with an error to look at. */
export const failed: Expectation = {
  describe: 'last-operation-failed',
  test: (seen) => seen.kind === 'err' && tagOf(seen.error) === 'last-operation-failed',
  asserts: 'last-operation-failed',
};

export interface MovedPieces {
  show(): Step;
}

/**
 * Reads to the end by `blocking-read`, so many calls at most. Counted are the bytes, the errors, and the pieces whose first or last whole word is not
 * the one that `pattern` has there.
 */
export function readPattern(s: ScriptBuilder, stream: Slot, rounds: number): MovedPieces {
  const numbers = s.alloc(24);
  const area = s.alloc(12, 4);
  const done = at`u64[${numbers}]`;
  const [errors, wrong] = [at`${numbers} + 8`, at`${numbers} + 16`];
  const [place, length] = [at`u32[${area} + 4]`, at`u32[${area} + 8]`];
  s.loop(rounds, () => {
    s.raw(BLOCKING_READ, [stream, PIECE_BYTES, area]);
    const isRead = at`u8[${area}] == 0`;
    s.store('u64', errors, at`u64[${errors}] + 1 - (${isRead})`);
    // An error has no list: it counts as one of no bytes, whose words are not looked at.
    s.store('u32', at`${area} + 8`, at`(${isRead}) * ${length}`);
    s.store('u32', at`${area} + 4`, at`(${isRead}) * ${place}`);
    const hasWord = at`${length} > 7`;
    const first = at`(0 - ${done}) & 3`;
    const last = at`(${hasWord}) * (${length} - 4 - ((${done} + ${length}) & 3))`;
    for (const offset of [first, last]) {
      const expected = at`((${done} + (${offset})) * ${FACTOR}) & 0xffffffff`;
      const isRight = at`u32[${place} + (${offset})] == (${expected})`;
      s.store('u64', wrong, at`u64[${wrong}] + (${hasWord}) * (1 - (${isRight}))`);
    }
    s.store('u64', numbers, at`${done} + ${length}`);
  });
  return { show: () => s.show(numbers, 24) };
}

/** So many bytes came, each piece the one that belongs there, and then at least once the end. */
export function readAll(sizeBytes: number): Expectation {
  return ok(`${sizeBytes} bytes as they were given, then the end`, (value) => {
    if (!(value instanceof Uint8Array)) return false;
    const bytes = Buffer.from(value);
    const [done, errors, wrong] = [0, 8, 16].map((offset) => bytes.readBigUInt64LE(offset));
    return done === BigInt(sizeBytes) && errors! > 0n && wrong === 0n;
  });
}

/** Writes `sizeBytes` (a multiple of 4096) by `blocking-write-and-flush`, block by block, each stamped with its offset. */
export function writeBlocks(s: ScriptBuilder, stream: Slot, sizeBytes: number): MovedPieces {
  const block = s.alloc(BLOCK_BYTES);
  const errors = s.alloc(8);
  const area = s.alloc(12, 4);
  s.put(block, '????????begin');
  s.put(at`${block} + ${BLOCK_BYTES - 3}`, 'end');
  s.loop(sizeBytes / BLOCK_BYTES, (index) => {
    s.store('u64', block, at`${index} * ${BLOCK_BYTES}`);
    s.raw(WRITE_AND_FLUSH, [stream, block, BLOCK_BYTES, area]);
    s.store('u64', errors, at`u64[${errors}] + u8[${area}]`);
  });
  return { show: () => s.show(errors, 8) };
}

/** No call returned an error. */
export const noErrors: Expectation = ok(
  'no error',
  (value) => value instanceof Uint8Array && value.every((byte) => byte === 0),
);

/** The bytes that `writeBlocks` writes. */
export function blocksOf(sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  for (let offset = 0; offset < sizeBytes; offset += BLOCK_BYTES) {
    bytes.writeBigUInt64LE(BigInt(offset), offset);
    bytes.write('begin', offset + 8);
    bytes.write('end', offset + BLOCK_BYTES - 3);
  }
  return bytes;
}
