/** Owns what stream calls may come to, and what several of them give together. */

import { type Expectation, type Observed, ok } from '../../harness/contracts/expect.ts';
import type { WasiValue } from '../../harness/contracts/script.ts';

const tagOf = (error: WasiValue): unknown => (error as { tag?: unknown } | null)?.tag;

const streamError = (tag: string): Expectation => ({
  describe: tag,
  test: (seen) => seen.kind === 'err' && tagOf(seen.error) === tag,
  asserts: tag,
});

/** `stream-error` is a variant, one case of which owns an error. */
export const closed = streamError('closed');
export const failed = streamError('last-operation-failed');

export const isReady = ok('true', (value) => value === true);
export const notReady = ok('false', (value) => value === false);

export const textOf = (bytes: WasiValue): string =>
  bytes instanceof Uint8Array ? Buffer.from(bytes).toString('latin1') : '?';

/** A list of just these bytes. */
export const bytes = (text: string): Expectation =>
  ok(text === '' ? 'no bytes' : JSON.stringify(text), (value) => textOf(value) === text);

/** A list of at least one and at most so many bytes. */
export const someBytes = (most: number): Expectation =>
  ok(
    `1 to ${most} bytes`,
    (value) => value instanceof Uint8Array && value.length > 0 && value.length <= most,
  );

/** How many bytes were skipped, spliced or permitted. */
export const count = (wanted: bigint): Expectation => ok(`${wanted}`, (value) => value === wanted);

export const atMost = (most: bigint): Expectation =>
  ok(`1 to ${most}`, (value) => typeof value === 'bigint' && value > 0n && value <= most);

export const positive = ok('more than 0', (value) => typeof value === 'bigint' && value > 0n);

export const numberOf = (seen: Observed | undefined): bigint =>
  seen?.kind === 'ok' && typeof seen.value === 'bigint' ? seen.value : 0n;

/** Says what is wrong with successive reads or skips that should have come to `wanted` and then to the end, for good. */
export function endsAfter(wanted: string): (seen: { values: Observed[] }) => true | string {
  return ({ values }) => {
    let text = '';
    let skipped = 0n;
    let ended = false;
    for (const seen of values) {
      if (closed.test(seen)) ended = true;
      else if (seen.kind !== 'ok') return `a call came to ${seen.kind}`;
      else if (ended) return 'a call succeeded after the end was told';
      else if (typeof seen.value === 'bigint') skipped += seen.value;
      else text += textOf(seen.value);
    }
    if (skipped > 0n && skipped !== BigInt(wanted.length)) return `${skipped} bytes were skipped`;
    if (skipped === 0n && text !== wanted) return `what came is ${JSON.stringify(text)}`;
    return ended || 'the end was never told';
  };
}

/** Where what comes after an error is not said. Guests import 0.2.0, and the later text was not theirs. */
export const AFTER_A_FAILURE =
  'whether a stream whose operation failed is closed from then on, the text of 0.2.0 leaves open; that of 0.2.12 says it: "After this, the stream will be closed"';

/** The indices that a poll returned: some of those that may, none of those that must not. */
export const indicesAmong = (...may: number[]): Expectation =>
  ok(`some of [${may.join(', ')}]`, (value) => {
    if (!Array.isArray(value) || value.length === 0) return false;
    return value.every((index) => may.includes(index as number)) && new Set(value).size === value.length;
  });
