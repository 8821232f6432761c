/** Checks the estimator on worked records and on a bimodal machine: equal arms look equal, a planted 3% is seen. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { ratioOf } from '../stats/bootstrap.ts';
import { midmean } from '../stats/midmean.ts';
import { quantile } from '../stats/quantile.ts';
import { type Random, randomFrom } from '../stats/random.ts';
import type { BenchRecord } from './benchRecord.ts';
import { benchFigures, ESTIMATOR } from './estimator.ts';
import { type Machine, simulateMachine, simulateProcess } from './simulatedMachine.ts';

/** A process whose quickest call costs so much, on a clock of nanoseconds. */
function recordOf(callNs: number, change: Partial<BenchRecord> = {}): BenchRecord {
  const batchNs = 1000 * callNs + 300;
  return {
    key: 1,
    calls: 1000,
    batchesNs: [batchNs, batchNs, batchNs, batchNs * 2],
    emptyNs: [300, 310, 310, 310],
    controlNs: new Array(5).fill(20_000),
    loops: 1000,
    tickNs: 1,
    failed: false,
    ...change,
  };
}
const processes = [500, 400, 300, 200, 100].map((callNs) => [recordOf(callNs)]);
const random = () => randomFrom(1);

test('a latency: the midmean of processes, samples in the order measured', () => {
  assert.equal(ESTIMATOR, 'midmean-of-quiet/3');
  const { value, ciLow, ciHigh, p99, samples, rounds, flags } = benchFigures({ processes, random: random() });
  assert.equal(value, 300);
  assert.deepEqual(samples, [500, 400, 300, 200, 100]);
  assert.deepEqual([rounds, flags], [5, []]);
  assert.ok(ciLow >= 100 && ciLow <= 300 && ciHigh >= 300 && ciHigh <= 500);
  assert.ok(p99! > 900 && p99! <= 1000.3, `${p99}`);
});

test('processes without a quiet batch do not count, unless too few had one', () => {
  const slow = Array.from({ length: 5 }, () => [recordOf(50, { controlNs: new Array(5).fill(28_000) })]);
  const among = benchFigures({ processes: [...slow, ...processes], random: random() });
  assert.equal(among.value, 300);
  assert.deepEqual([among.samples.length, among.rounds, among.flags], [5, 10, []]);
  const few = benchFigures({ processes: [...slow, ...processes.slice(1)], random: random() });
  assert.equal(few.value, 50);
  assert.deepEqual([few.samples.length, few.flags], [9, ['contaminated']]);
});

test('a throughput is the latency inverted, its interval turned round', () => {
  const latency = benchFigures({ processes, random: random() });
  const throughput = benchFigures({ processes, random: random(), bytesPerCall: 4096 });
  assert.equal(throughput.value, (4096 * 1e9) / 300);
  assert.equal(throughput.ciLow, (4096 * 1e9) / latency.ciHigh);
  assert.equal(throughput.ciHigh, (4096 * 1e9) / latency.ciLow);
  assert.ok(throughput.ciLow < throughput.value && throughput.value < throughput.ciHigh);
  assert.equal(throughput.p99, (4096 * 1e9) / latency.p99!);
  assert.equal(throughput.samples[0], (4096 * 1e9) / 500);
  assert.throws(() => benchFigures({ processes, random: random(), bytesPerCall: 0 }), RangeError);
});

test('a call too cheap to see costs nothing, moves a finite number of bytes, and is flagged', () => {
  const free = { processes: Array.from({ length: 5 }, () => [recordOf(0)]), random: random() };
  assert.equal(benchFigures(free).value, 0);
  const { value, flags } = benchFigures({ ...free, bytesPerCall: 1 });
  assert.equal(value, 1e12);
  assert.deepEqual(flags, ['coarse-clock']);
});

test('flags say what makes the figure less than it seems', () => {
  const flagsOf = (change: Partial<BenchRecord>, more = {}) =>
    benchFigures({ processes: [...processes, [recordOf(100, change)]], random: random(), ...more }).flags;
  assert.deepEqual(flagsOf({}), []);
  assert.deepEqual(flagsOf({ failed: true }), ['call-fails']);
  assert.deepEqual(flagsOf({ tickNs: 101 }), []);
  assert.deepEqual(flagsOf({ tickNs: 201 }), ['coarse-clock']);
  assert.deepEqual(flagsOf({ tickNs: 0 }), ['coarse-clock']);
  assert.deepEqual(flagsOf({}, { clock: 'coarse' }), ['coarse-clock']);
  assert.deepEqual(flagsOf({}, { clock: 'disagrees' }), ['clock-disagrees']);
  assert.deepEqual(flagsOf({}, { reference: new Map([[1000, { quickestNs: 14, typicalNs: 14 }]]) }), [
    'contaminated',
  ]);
});

test('no process, no figure', () => {
  assert.throws(() => benchFigures({ processes: [], random: random() }), RangeError);
});

/** Two interleaved arms of 20 processes, the candidate's call slower by a factor. */
function trial(machine: Machine, random: Random, factor: number) {
  const baseline: BenchRecord[] = [];
  const candidate: BenchRecord[] = [];
  for (let round = 0; round < 20; round++) {
    baseline.push(simulateProcess({ machine, random, callNs: 150 }));
    candidate.push(simulateProcess({ machine, random, callNs: 150 * factor }));
  }
  const samplesOf = (arm: BenchRecord[]) =>
    benchFigures({ processes: arm.map((record) => [record]), random }).samples;
  return ratioOf(midmean, samplesOf(baseline), samplesOf(candidate), { random, resamples: 400 })!;
}

test('on a bimodal machine equal arms look equal and a slowdown of 3% is seen', (context) => {
  const random = randomFrom(2026);
  const trials = (factor: number) =>
    Array.from({ length: 50 }, () => trial(simulateMachine({ random, quietShare: 0.8 }), random, factor));
  const equal = trials(1).map(({ value }) => value);
  const [low, high] = [quantile(equal, 0.025), quantile(equal, 0.975)];
  context.diagnostic(`A/A ratios, 95% range: ${low.toFixed(4)}..${high.toFixed(4)}`);
  assert.ok(low > 0.988 && high < 1.012, `${low}..${high}`);
  const slower = trials(1.03);
  const seen = slower.filter((ratio) => ratio.low > 1.01).length;
  context.diagnostic(`a planted 3%: found beyond 1% with its whole interval in ${seen} of 50 trials`);
  assert.ok(seen >= 45, `${seen} of 50`);
  const middle = quantile(
    slower.map(({ value }) => value),
    0.5,
  );
  assert.ok(Math.abs(middle - 1.03) < 0.002, `${middle}`);
});
