/** From observations to figures: what gets one, what does not and why, and what the figures say of themselves. */

import assert from 'node:assert/strict';
import test from 'node:test';
import type { Observation } from '../contracts/observation.ts';
import type { Plan } from '../contracts/plan.ts';
import { measure } from './measure.ts';
import { block, QUIET_NS, timedProcess } from './recordedBlock.ts';

const ROUNDS = [0, 1, 2, 3, 4, 5];

function measured(observations: Observation[]) {
  const plan = { seed: 1, blocks: [block(ROUNDS.length, 'a')] } as unknown as Plan;
  return measure(plan, observations);
}

test('a benchmark that each process got through has a figure', () => {
  const { performance, notMeasured } = measured(ROUNDS.map((round) => timedProcess('a', round, QUIET_NS)));
  assert.deepEqual(notMeasured, []);
  // (500,000 - 1,000 ns) / 10 calls
  assert.deepEqual(
    performance.map(({ value, rounds, flags }) => ({ value, rounds, flags })),
    [{ value: 49_900, rounds: 6, flags: [] }],
  );
});

test('a call that fails each time has none, one that fails at times is flagged', () => {
  const always = measured(ROUNDS.map((round) => timedProcess('a', round, QUIET_NS, { failed: 1 })));
  assert.deepEqual(always.performance, []);
  assert.match(always.notMeasured[0]?.reason ?? '', /returned an error each time/);
  const once = measured(
    ROUNDS.map((round) => timedProcess('a', round, QUIET_NS, { failed: round === 0 ? 1 : 0 })),
  );
  assert.deepEqual(once.performance[0]?.flags, ['call-fails']);
});

test('a benchmark that a process did not get through has none', () => {
  const { performance, notMeasured } = measured(
    ROUNDS.map((round) => timedProcess('a', round, QUIET_NS, { passes: round === 0 ? 1 : 5 })),
  );
  assert.deepEqual(performance, []);
  assert.match(notMeasured[0]?.reason ?? '', /^only 5 of 6 processes gave a figure/);
});

test('processes kept on one CPU say so', () => {
  const { performance } = measured(
    ROUNDS.map((round) => ({ ...timedProcess('a', round, QUIET_NS), cpu: round % 2 })),
  );
  assert.deepEqual(performance[0]?.flags, ['one-cpu']);
});
