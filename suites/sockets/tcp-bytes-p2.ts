/** Owns sending and receiving over a TCP connection's streams, piece by piece, with waiting beside a clock. */

import { type Expectation, err, ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step, WasiValue } from '../../harness/contracts/script.ts';
import { INPUT, OUTPUT } from './functions-p2.ts';
import { awaitReady } from './waiting-p2.ts';

/** The stream's end: everything has been read, or nothing can be written any more. */
export const CLOSED: Expectation = {
  ...err('closed'),
  test: (seen) => seen.kind === 'err' && (seen.error as { tag?: string })?.tag === 'closed',
};

/** The connection broke. */
export const BROKEN: Expectation = {
  ...err('last-operation-failed'),
  test: (seen) => seen.kind === 'err' && (seen.error as { tag?: string })?.tag === 'last-operation-failed',
};

const textOf = (value: WasiValue): string | undefined =>
  value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : undefined;

/** Waits until the stream takes bytes, and writes these. */
export function sendText(s: ScriptBuilder, output: Slot, text: string): Step {
  awaitReady(s, OUTPUT.subscribe, output);
  s.expect(
    s.call(OUTPUT.checkWrite, output),
    ok('a permit', (value) => (value as bigint) >= BigInt(text.length)),
  );
  const step = s.call(OUTPUT.write, output, text);
  s.expect(step, ok());
  s.expect(s.call(OUTPUT.flush, output), ok());
  return step;
}

/** Waits until something has come and reads it. */
export function receive(s: ScriptBuilder, input: Slot, atMost: bigint): Step {
  awaitReady(s, INPUT.subscribe, input);
  return s.call(INPUT.read, input, atMost);
}

/** Receives exactly this text, which was sent in one piece. */
export function expectText(s: ScriptBuilder, input: Slot, text: string): Step {
  const step = receive(s, input, 1024n);
  s.expect(
    step,
    ok(`'${text}'`, (value) => textOf(value) === text),
  );
  return step;
}

/**
 * Receives the stream's end. A host may tell once more that it is ready with what was read before; that it does so for nothing is
 * the business of the streams' own cases.
 */
export function expectEnd(s: ScriptBuilder, input: Slot): Step {
  const first = receive(s, input, 1024n);
  s.check(
    'no bytes come before the end',
    [first],
    ({ values: [seen] }) =>
      seen?.kind !== 'ok' || textOf(seen.value) === '' || `'${textOf(seen.value)}' came`,
  );
  const step = receive(s, input, 1024n);
  s.expect(step, CLOSED);
  return step;
}
