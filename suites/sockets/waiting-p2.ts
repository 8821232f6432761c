/** Owns waiting in preview 2: always with a clock beside, so that nothing that never comes is waited for without end. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step, WasiValue } from '../../harness/contracts/script.ts';
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
