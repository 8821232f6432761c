/** Checks that the noise rule flags the arms whose figures wander, and lets pass those whose figures stand. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { quantile } from '../stats/quantile.ts';
import { type Random, randomFrom } from '../stats/random.ts';
import type { BenchRecord } from './benchRecord.ts';
import { benchFigures } from './estimator.ts';
import { noiseOf, quietBatches, referenceControls, slownessOf } from './noise.ts';
import { simulateMachine, simulateProcess } from './simulatedMachine.ts';

const QUIET_NS = 20_000;
const SLOW_NS = 28_000;

function recordOf(controlNs: number[], loops = 1000): BenchRecord {
  const batches = controlNs.length - 1;
  const same = (durationNs: number) => new Array<number>(batches).fill(durationNs);
  return {
    key: 1,
    calls: 10,
    batchesNs: same(500_000),
    emptyNs: same(100),
    controlNs,
    loops,
    tickNs: 1,
    failed: false,
  };
}

/** So many processes of one pass each. */
const processes = (count: number, record: BenchRecord) => Array.from({ length: count }, () => [record]);
const REFERENCE = new Map([[1000, { quickestNs: QUIET_NS / 1000, typicalNs: QUIET_NS / 1000 }]]);

test('a process is quiet when one batch stood between two quiet controls', () => {
  const quiet = recordOf([SLOW_NS, QUIET_NS, QUIET_NS * 1.04, SLOW_NS]);
  const alternating = recordOf([QUIET_NS, SLOW_NS, QUIET_NS, SLOW_NS]);
  assert.deepEqual(quietBatches(quiet, REFERENCE), [false, true, false]);
  const noise = noiseOf([...processes(5, quiet), ...processes(5, alternating)]);
  assert.deepEqual(noise, { quietShare: 0.5, quietProcesses: 0.5, verdict: 'quiet' });
});

test('five quiet processes are enough, four are not, however many there are in all', () => {
  const quiet = recordOf([QUIET_NS, QUIET_NS]);
  const slow = recordOf([SLOW_NS, SLOW_NS]);
  assert.equal(noiseOf([...processes(5, quiet), ...processes(95, slow)]).verdict, 'quiet');
  assert.equal(noiseOf([...processes(4, quiet), ...processes(1, slow)]).verdict, 'contaminated');
});

test('controls of other lengths are not compared: reading the clock is another share of them', () => {
  const long = recordOf([1.9 * QUIET_NS, 1.9 * QUIET_NS], 2000);
  const both = referenceControls([long, recordOf([QUIET_NS, QUIET_NS])]);
  assert.deepEqual(
    [...both],
    [
      [2000, { quickestNs: 19, typicalNs: 19 }],
      [1000, { quickestNs: 20, typicalNs: 20 }],
    ],
  );
  assert.equal(noiseOf([[recordOf([QUIET_NS, QUIET_NS])], [long]]).quietShare, 1);
});

test('an arm that was slow throughout shows against the rest of the run', () => {
  const slow = processes(5, recordOf([SLOW_NS, SLOW_NS]));
  assert.equal(noiseOf(slow).verdict, 'quiet');
  assert.equal(noiseOf(slow, REFERENCE).verdict, 'contaminated');
});

test('a core that is in another state after a call is allowed for, the slow mode never passes', () => {
  const after = recordOf([QUIET_NS * 1.1, QUIET_NS * 1.1, QUIET_NS * 1.12]);
  assert.equal(noiseOf(processes(5, after), REFERENCE).verdict, 'quiet');
  const slow = recordOf([1.29 * QUIET_NS, 1.29 * QUIET_NS, SLOW_NS]);
  assert.equal(noiseOf(processes(5, slow), REFERENCE).verdict, 'contaminated');
});

test('one lucky control of a hundred does not make the others look slow', () => {
  const usual = recordOf(Array.from({ length: 150 }, (_, control) => QUIET_NS * (control === 70 ? 0.8 : 1)));
  assert.equal(referenceControls([usual]).get(1000)?.quickestNs, QUIET_NS / 1000);
});

test('a process is told to be slower than typical by its quiet controls only', () => {
  const reference = new Map([[1000, { quickestNs: 20, typicalNs: 20.5 }]]);
  const wandering = recordOf([21_000, 21_000, SLOW_NS, 22_000]);
  assert.ok(Math.abs(slownessOf([wandering], reference) - 64 / 3 / 20.5) < 1e-9);
  assert.equal(slownessOf([recordOf([SLOW_NS, SLOW_NS])], reference), 1);
  assert.equal(slownessOf([recordOf([0, 0])], new Map([[1000, { quickestNs: 0, typicalNs: 0 }]])), 1);
});

test('controls too quick for the clock to see leave no verdict but quiet', () => {
  assert.equal(noiseOf(processes(5, recordOf([0, 0, 0]))).verdict, 'quiet');
});

/** A clock as JavaScript hosts have it: some microseconds, skewed. */
const costlyClock = (random: Random) => () =>
  1000 + 3000 * Math.exp(random.nextUnit() + random.nextUnit() - 1);

for (const host of ['native', 'JavaScript'] as const) {
  test(`A/A on a bimodal machine, ${host} host: unflagged arms agree, wandering ones are flagged`, (context) => {
    const calm: number[] = [];
    const flagged: number[] = [];
    for (const quietShare of [0.02, 0.1, 0.3, 0.5, 0.7, 0.95]) {
      const random = randomFrom(7, host, String(quietShare));
      let contaminated = 0;
      for (let trial = 0; trial < 60; trial++) {
        const machine = simulateMachine({ random, quietShare });
        const clock = host === 'native' ? {} : { clockNs: costlyClock(random) };
        const traits = { machine, random, callNs: host === 'native' ? 150 : 15_000, ...clock };
        const arms: [BenchRecord[][], BenchRecord[][]] = [[], []];
        for (let round = 0; round < 20; round++) for (const arm of arms) arm.push([simulateProcess(traits)]);
        const reference = referenceControls(arms.flat(2));
        const noisy = arms.some((arm) => noiseOf(arm, reference).verdict === 'contaminated');
        const [before, after] = arms.map(
          (arm) => benchFigures({ processes: arm, reference, random }).value,
        ) as [number, number];
        (noisy ? flagged : calm).push(after / before);
        if (noisy) contaminated++;
      }
      context.diagnostic(`quiet ${100 * quietShare}% of the time: ${contaminated} of 60 trials flagged`);
      if (quietShare === 0.95)
        assert.ok(contaminated <= 3, `${contaminated} of 60 flagged on a quiet machine`);
    }
    const range = (ratios: number[]) => [quantile(ratios, 0.005), quantile(ratios, 0.995)] as const;
    const [low, high] = range(calm);
    context.diagnostic(`A/A ratio unflagged ${low.toFixed(3)}..${high.toFixed(3)} (${calm.length} trials)`);
    const [lowFlagged, highFlagged] = range(flagged);
    context.diagnostic(
      `flagged ${lowFlagged.toFixed(3)}..${highFlagged.toFixed(3)} (${flagged.length} trials)`,
    );
    assert.ok(low > 0.99 && high < 1.01, `${low}..${high}`);
    assert.ok(highFlagged > 1.1 || lowFlagged < 0.9, 'the machine was to be bad enough to hurt');
  });
}
