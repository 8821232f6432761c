/** Owns sending and receiving over a TCP connection's streams, piece by piece, with waiting beside a clock. */

import { type Expectation, err, ok } from '../../harness/contracts/expect.ts';
import {
  at,
  dropOf,
  type ScriptBuilder,
  type Slot,
  type Step,
  type WasiValue,
} from '../../harness/contracts/script.ts';
import { INPUT, KIND, OUTPUT, POLL, SUBSCRIBE_DURATION } from './functions-p2.ts';
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

/** Receives exactly this text: in one piece or in two, as a read "may return fewer than requested". */
export function expectText(s: ScriptBuilder, input: Slot, text: string): Step {
  const step = receive(s, input, 1024n);
  s.expect(
    step,
    ok(`'${text}', or its beginning`, (value) => text.startsWith(textOf(value) || '?')),
  );
  const [rest, list, ready] = [s.alloc(16), s.alloc(8), s.alloc(8)];
  s.loop(at`(u8[${step.area}] == 0) * (u32[${step.area} + 8] < ${text.length})`, () => {
    const pollables = [
      s.raw(INPUT.subscribe, [input]).result,
      s.raw(SUBSCRIBE_DURATION, [2_000_000_000n]).result,
    ];
    pollables.forEach((one, index) => {
      s.store('u32', at`${list} + ${index * 4}`, one);
    });
    s.raw(POLL, [list, pollables.length, ready]);
    for (const one of pollables) s.raw(dropOf(KIND.pollable), [one]);
    s.raw(INPUT.read, [input, 1024n, rest]);
  });
  const fine = at`u8[${rest}] == 0`;
  const more = s.show(at`u32[${rest} + 4] * (${fine})`, at`u32[${rest} + 8] * (${fine})`);
  s.check(`'${text}' comes`, [step, more], ({ values }) => {
    const came = values.map((seen) => (seen.kind === 'ok' ? textOf(seen.value) : seen.kind)).join('');
    return came === text || `'${came}' does`;
  });
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
