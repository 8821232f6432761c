/** Owns several attempts at what others may be in the way of, of which one must succeed. */

import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import { awaitReady } from './waiting-p2.ts';

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
