/** Drains and fills the streams of preview 2's files, for cases about where they read and write. */

import { type Expectation, err, type Observed, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import { asText, orElse, textOf } from './content-p2.ts';
import {
  APPEND_VIA_STREAM,
  BLOCKING_READ,
  BLOCKING_WRITE,
  READ_VIA_STREAM,
  WRITE_VIA_STREAM,
} from './functions-p2.ts';

/** Expects a stream's operation to end in that way: `closed` or `last-operation-failed`. */
function streamError(tag: 'closed' | 'last-operation-failed'): Expectation {
  return {
    describe: tag,
    test: (seen) => seen.kind === 'err' && (seen.error as { tag?: string } | null)?.tag === tag,
    asserts: tag,
  };
}

export const closed = streamError('closed');
export const failed = streamError('last-operation-failed');

/** Expects a list of at least one byte with which `text` begins. */
export const beginning = (text: string): Expectation =>
  ok(`the first of ${JSON.stringify(text)}`, (value) => {
    const got = textOf(value);
    return got !== undefined && got !== '' && text.startsWith(got);
  });

/** A stream that reads from an offset, which must be there. */
export function reader(s: ScriptBuilder, file: Slot, offset = 0n): Slot {
  const step = s.call(READ_VIA_STREAM, file, offset);
  s.expect(step, ok());
  return s.let(step.value);
}

/** A stream that writes from an offset on. */
export function writer(s: ScriptBuilder, file: Slot, offset = 0n): Slot {
  const step = s.call(WRITE_VIA_STREAM, file, offset);
  s.expect(step, ok());
  return s.let(step.value);
}

/** A stream that appends. */
export function appender(s: ScriptBuilder, file: Slot): Slot {
  const step = s.call(APPEND_VIA_STREAM, file);
  s.expect(step, ok());
  return s.let(step.value);
}

/** Calls that may give nothing: whether one that blocks may is the business of a case of its own. */
const SPARE = 6;

/** Reads until the stream has ended, in as many calls as `text` may take. */
export function expectRest(s: ScriptBuilder, stream: Slot, text: string, length = 16n): void {
  const steps = Array.from({ length: text.length + SPARE }, () => s.call(BLOCKING_READ, stream, length));
  s.check(
    `the rest is ${JSON.stringify(text)}, then the stream is closed and stays so`,
    steps,
    ({ values }) => isRest(values, text, Number(length)),
  );
}

function isRest(values: readonly Observed[], text: string, length: number): true | string {
  const end = values.findIndex(({ kind }) => kind !== 'ok');
  if (end < 0) return 'it does not end';
  const parts = values.slice(0, end).map((seen) => (seen.kind === 'ok' ? textOf(seen.value) : '') ?? '');
  const longer = parts.find((part) => part.length > length);
  if (longer !== undefined) return `a call of up to ${length} bytes gave ${longer.length}`;
  if (parts.join('') !== text) return `it gave ${JSON.stringify(parts.join(''))}`;
  const open = values.slice(end).find((seen) => !closed.test(seen));
  return open === undefined || `after the end: ${asText(open)}`;
}

/** Writes a text by a stream and waits until it is there. */
export function put(s: ScriptBuilder, stream: Slot, text: string): Step {
  const step = s.call(BLOCKING_WRITE, stream, text);
  s.expect(step, ok());
  return step;
}

const REFUSED_EARLY_OR_LATE =
  'the file can\'t be read or written so: the call "may fail with an error-code describing why", or the stream that it returns fails at its first operation';

/**
 * What can't be read or written may be refused when the stream is made, with one of `codes`, or when it is used first. `fallback` is
 * a stream that works as expected of `use`, so that the script goes on either way.
 */
export function expectRefused(
  s: ScriptBuilder,
  made: Step,
  codes: readonly string[],
  fallback: Slot,
  use: (stream: Slot) => Step,
  why = REFUSED_EARLY_OR_LATE,
): void {
  s.expect(made, oneOf(why, ...codes.map((code) => err(code)), ok('a stream that fails')));
  const used = use(orElse(s, made, fallback));
  s.check('where there is a stream, it fails', [made, used], ({ values: [first, second] }) => {
    if (first?.kind !== 'ok' || (second && (failed.test(second) || closed.test(second)))) return true;
    return `it gave ${second ? asText(second) : 'nothing'}`;
  });
}
