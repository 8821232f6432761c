/** Owns waiting in preview 2: always with a clock beside, so that nothing that never comes is waited for without end. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import {
  at,
  type ScriptBuilder,
  type Slot,
  type Step,
  type WasiValue,
} from '../../harness/contracts/script.ts';
import { KIND, POLL, SUBSCRIBE_DURATION } from './functions-p2.ts';

const NS_PER_MS = 1_000_000n;
/** Much longer than anything on the loopback takes, much shorter than the time a case has. */
const PATIENCE = 2_000n * NS_PER_MS;

const isFirst = (value: WasiValue): boolean => Array.isArray(value) && value[0] === 0;

/** Polls what `subscribe` gives of a handle beside a clock; it must become ready. Both pollables are dropped again. */
export function awaitReady(s: ScriptBuilder, subscribe: string, handle: Slot): Step {
  const own = s.let(s.call(subscribe, handle).value);
  const clock = s.let(s.call(SUBSCRIBE_DURATION, PATIENCE).value);
  const step = s.call(POLL, [own, clock]);
  s.expect(step, ok('[0]: it is ready, and the clock not', isFirst));
  s.drop(KIND.pollable, own);
  s.drop(KIND.pollable, clock);
  return step;
}

/** Waits a little for what must not come: of the two pollables only the clock becomes ready. */
export function awaitNothing(s: ScriptBuilder, subscribe: string, handle: Slot, forMs = 20): Step {
  const own = s.let(s.call(subscribe, handle).value);
  const clock = s.let(s.call(SUBSCRIBE_DURATION, BigInt(forMs) * NS_PER_MS).value);
  const step = s.call(POLL, [own, clock]);
  s.expect(
    step,
    ok('[1]: only the clock is ready', (value) => Array.isArray(value) && value.join() === '1'),
  );
  s.drop(KIND.pollable, own);
  s.drop(KIND.pollable, clock);
  return step;
}

/** That there is a pollable. It is dropped: what is left behind can end a host that takes it away in its own order. */
export function expectPollable(s: ScriptBuilder, subscribe: string, handle: Slot): void {
  const step = s.call(subscribe, handle);
  s.expect(
    step,
    ok('a handle', (value) => Number(value) > 0),
  );
  s.drop(KIND.pollable, step.value);
}

/** Lets something happen for which there is no pollable. */
export function pause(s: ScriptBuilder, forMs: number): void {
  const clock = s.let(s.call(SUBSCRIBE_DURATION, BigInt(forMs) * NS_PER_MS).value);
  s.call(POLL, [clock]);
  s.drop(KIND.pollable, clock);
}

export const EITHER =
  'README: "The documented error codes can be returned from either the `start-*` function or the `finish-*` function. Both are equally correct."';

type Failing = [
  s: ScriptBuilder,
  subscribe: string,
  handle: Slot,
  start: () => Step,
  finish: () => Step,
  ...codes: string[],
];

/** An asynchronous operation that must fail with one of these errors, be it at its start or its finish. */
export const operationFails = (...failing: Failing): void => fails([err('not-in-progress')], ...failing);

/** A connection that must fail. Where its start has, the socket is closed, when methods "may always return `error(invalid-state)`". */
export const connectionFails = (...failing: Failing): void =>
  fails([err('not-in-progress'), err('invalid-state')], ...failing);

/** `over` is what the finish comes to where the start has failed. */
function fails(
  over: readonly Expectation[],
  ...[s, subscribe, handle, start, finish, ...codes]: Failing
): void {
  const started = start();
  s.expect(started, oneOf(EITHER, ...codes.map(err), ok()));
  awaitReady(s, subscribe, handle);
  const finished = finish();
  s.expect(finished, oneOf(EITHER, ...codes.map(err), ...over));
  s.check(`it fails with ${codes.join(' or ')}`, [started, finished], ({ values: [begun, ended] }) => {
    const failed = begun?.kind === 'err' ? begun : ended;
    return (failed?.kind === 'err' && codes.includes(String(failed.error))) || 'neither of both steps does';
  });
}

export interface Attempt {
  handle: Slot;
  port: Slot;
  start(): Step;
  finish(): Step;
}

/**
 * A port that is free in one family may by chance be somebody else's in the other, and one that was just given up somebody else's
 * already: of three attempts one must succeed. Returns the first that does.
 */
export function oneSucceeds(
  s: ScriptBuilder,
  subscribe: string,
  attempts: readonly Attempt[],
): Pick<Attempt, 'handle' | 'port'> {
  let chosen: Pick<Attempt, 'handle' | 'port'> | undefined;
  let taken: Slot | undefined;
  const steps = attempts.flatMap(({ handle, port, start, finish }) => {
    const started = start();
    awaitReady(s, subscribe, handle);
    const finished = finish();
    const fine = s.let(at`u8[${finished.area}] == 0`);
    // Until one has succeeded the next is the choice.
    const before: Slot | undefined = taken;
    const choose = (mine: Slot, others: Slot | undefined): Slot =>
      before && others ? s.let(at`${before} * ${others} + (${before} == 0) * ${mine}`) : mine;
    chosen = { handle: choose(handle, chosen?.handle), port: choose(port, chosen?.port) };
    taken = before ? s.let(at`${before} + ${fine} > 0`) : fine;
    return [started, finished];
  });
  s.check('one of them succeeds', steps, ({ values }) => {
    const fine = values.some((seen, index) => index % 2 === 1 && seen.kind === 'ok');
    return fine || 'none of them does';
  });
  return chosen as Pick<Attempt, 'handle' | 'port'>;
}
