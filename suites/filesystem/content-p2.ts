/** Reads and writes files in preview 2, and owns how what comes back is compared with what a case expects. */

import { type Expectation, type Observed, ok, oneOf } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import { READ, WRITE } from './functions-p2.ts';

/** The bytes of a list as text; undefined for what is none. */
export const textOf = (value: unknown): string | undefined =>
  value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : undefined;

/** Any value as text, in which numbers of all sizes can be told apart. */
export const asText = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));

const quoted = (text: string) => JSON.stringify(text);

export const END_REACHED =
  'the bool, "when true, indicates that the end of the file was reached": a call that returns the last byte has reached it, and another one finds it out by reading nothing; what false says is not told';

/** Expects `descriptor.read` to give that text, with the bool where it is known. */
export function bytes(text: string, end?: boolean): Expectation {
  if (end === undefined) return oneOf(END_REACHED, bytes(text, true), bytes(text, false));
  return ok(`${quoted(text)}, ${end ? 'the end' : 'not the end'}`, (value) => {
    const [list, seenEnd] = value as unknown as [Uint8Array, boolean];
    return textOf(list) === text && seenEnd === end;
  });
}

/** Expects that many bytes to have been written. */
export const wrote = (count: number): Expectation => ok(`${count}`, (value) => value === BigInt(count));

export const isTrue = ok('true', (value) => value === true);
export const isFalse = ok('false', (value) => value === false);

/** Reads what is there from `offset` on (16 bytes at most), which must be `text`. */
export function expectRead(s: ScriptBuilder, descriptor: Slot, text: string, offset = 0n): Step {
  const step = s.call(READ, descriptor, 16n, offset);
  s.expect(step, bytes(text, text === '' ? true : undefined));
  return step;
}

/** Writes a text, all of it. */
export function write(s: ScriptBuilder, descriptor: Slot, text: string, offset: bigint): Step {
  const step = s.call(WRITE, descriptor, text, offset);
  s.expect(step, wrote(text.length));
  return step;
}

/** The handle that a call returned, or where it was refused another one, so that the script can go on either way. */
export function orElse(s: ScriptBuilder, step: Step, fallback: Slot): Slot {
  return s.let(at`${step.value} * (u8[${step.area}] == 0) + ${fallback} * (u8[${step.area}] == 1)`);
}

export const succeeded = (observed: Observed | undefined): boolean => observed?.kind === 'ok';
