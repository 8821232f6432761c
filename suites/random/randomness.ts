/** Owns what the checks ask of random bytes, each so weak that good data fails less than once in 10^12 runs. */

import type { Observed } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';

/** A run of as many zero bytes: once in 2^128 per place where it could begin. */
const TOO_LONG_RUN = 16;

/** The bytes of a step, none where it did not come to bytes. */
export function bytesOf(observed: Observed | undefined): Uint8Array {
  return observed?.kind === 'ok' && observed.value instanceof Uint8Array ? observed.value : new Uint8Array();
}

/** True for a digest of as many bytes without a long run of zeros: none were left out. */
export function isFilled(observed: Observed | undefined, length: number): true | string {
  if (observed?.kind !== 'digest') return `no digest but ${observed?.kind}`;
  if (observed.length !== length) return `${observed.length} bytes, not ${length}`;
  return observed.run < TOO_LONG_RUN || `a run of ${observed.run} zero bytes`;
}

/** True when the two are of that length and differ; 16 bytes are equal by chance once in 2^128. */
export function differ(one: Uint8Array, other: Uint8Array, length: number): true | string {
  if (one.length !== length || other.length !== length) return `${one.length} and ${other.length} bytes`;
  return one.some((byte, index) => byte !== other[index]) || `both are ${Buffer.from(one).toString('hex')}`;
}

/** Calls a function that fills a buffer as often, and adds up the last byte: 0 once in 256^calls if it is written. */
export function sumOfLastBytes(s: ScriptBuilder, calls: number, lastByteOf: () => Slot): Step {
  const sum = s.alloc(8);
  s.loop(calls, () => {
    const last = lastByteOf();
    s.store('u64', sum, at`u64[${sum}] + u8[${last}]`);
  });
  return s.show(sum, 8);
}

const SAMPLE_BITS = 65_536 * 8;
/** More than eight standard deviations of 362 bits: once in 10^15. */
const MOST_SURPLUS_BITS = 3_000;
/** Of 256 expected; Chernoff's bound gives less than 10^-20 for each of the 256 values. */
const FEWEST_OF_A_VALUE = 96;
const MOST_OF_A_VALUE = 448;
const BLOCK_BYTES = 16;

/** True when 64 KiB look random: as many ones as zeros, every byte value about as often, no block of 16 bytes twice. */
export function looksRandom(bytes: Uint8Array): true | string {
  if (bytes.length * 8 !== SAMPLE_BITS) return `${bytes.length} bytes`;
  let ones = 0;
  const counts = new Array<number>(256).fill(0);
  for (const byte of bytes) {
    counts[byte]! += 1;
    for (let rest = byte; rest !== 0; rest &= rest - 1) ones += 1;
  }
  if (Math.abs(ones - SAMPLE_BITS / 2) > MOST_SURPLUS_BITS) return `${ones} of ${SAMPLE_BITS} bits are ones`;
  const odd = counts.findIndex((count) => count < FEWEST_OF_A_VALUE || count > MOST_OF_A_VALUE);
  if (odd >= 0) return `the byte ${odd} occurs ${counts[odd]} times, expected are 256`;
  const blocks = new Set<string>();
  for (let start = 0; start < bytes.length; start += BLOCK_BYTES)
    blocks.add(Buffer.from(bytes.subarray(start, start + BLOCK_BYTES)).toString('hex'));
  return blocks.size === bytes.length / BLOCK_BYTES || 'a block of 16 bytes occurs twice';
}

/** True when as many words are all different and each of the 64 bits is set in some and clear in others. */
export function wordsVary(bytes: Uint8Array, count: number): true | string {
  if (bytes.length !== count * 8) return `${bytes.length} bytes`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = Array.from({ length: count }, (_, index) => view.getBigUint64(index * 8, true));
  if (new Set(words).size !== count) return 'a word occurs twice';
  const stuck = words.reduce((set, word) => set & word, 2n ** 64n - 1n);
  if (stuck !== 0n) return `bits 0x${stuck.toString(16)} are set in all words`;
  const never = ~words.reduce((set, word) => set | word, 0n) & (2n ** 64n - 1n);
  return never === 0n || `bits 0x${never.toString(16)} are clear in all words`;
}
