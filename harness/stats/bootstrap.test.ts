/** Checks the bootstrap: worked values, properties, and its coverage on skewed, partly disturbed samples. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { bootstrapInterval, type Interval, ratioOf } from './bootstrap.ts';
import { lowerQuartileOfSorted } from './quantile.ts';
import { type Random, randomFrom } from './random.ts';

const ofQuartile = (samples: readonly number[], seed = 1): Interval =>
  bootstrapInterval(samples, lowerQuartileOfSorted, { random: randomFrom(seed) });

/** Skewed as minima of timings are: a floor and an exponential tail of 1%; one in five lands in the slow mode, x1.4. */
function disturbedSample(random: Random): number {
  const quiet = 100 * (1 - 0.01 * Math.log(1 - random.nextUnit()));
  return random.nextUnit() < 0.2 ? quiet * 1.4 : quiet;
}
const disturbedSamples = (size: number, random: Random) =>
  Array.from({ length: size }, () => disturbedSample(random));

test('the minimum of 0 and 1: three draws of four hold the 0, and one in four is all ones', () => {
  const options = { random: randomFrom(4), confidence: 0.4 };
  assert.deepEqual(
    bootstrapInterval([1, 0], (sorted) => sorted[0]!, options),
    { value: 0, low: 0, high: 0 },
  );
  const wider = { random: randomFrom(4), confidence: 0.6 };
  assert.deepEqual(
    bootstrapInterval([1, 0], (sorted) => sorted[0]!, wider),
    { value: 0, low: 0, high: 1 },
  );
});

test('the interval of a mean is close to the normal one for many samples', () => {
  const random = randomFrom(9);
  const samples = Array.from({ length: 400 }, random.nextUnit);
  const mean = (sorted: readonly number[]) => sorted.reduce((sum, sample) => sum + sample, 0) / sorted.length;
  const { value, low, high } = bootstrapInterval(samples, mean, { random });
  const variance = samples.reduce((sum, sample) => sum + (sample - value) ** 2, 0) / samples.length;
  const half = 1.96 * Math.sqrt(variance / samples.length);
  assert.ok(Math.abs(high - value - half) < 0.15 * half, `${high - value} for ${half}`);
  assert.ok(Math.abs(value - low - half) < 0.15 * half, `${value - low} for ${half}`);
});

test('the interval holds the estimate and stays within the samples', () => {
  const random = randomFrom(21);
  for (let size = 1; size <= 60; size++) {
    const samples = disturbedSamples(size, random);
    const { value, low, high } = ofQuartile(samples, size);
    assert.ok(low <= value && value <= high, `${low} ${value} ${high} for ${size} samples`);
    assert.ok(low >= Math.min(...samples) && high <= Math.max(...samples));
  }
});

test('one sample, or equal ones, leave no width', () => {
  assert.deepEqual(ofQuartile([5]), { value: 5, low: 5, high: 5 });
  assert.deepEqual(ofQuartile([3, 3, 3]), { value: 3, low: 3, high: 3 });
});

test('doubling the samples doubles the interval; their order does not matter; the seed does', () => {
  const samples = disturbedSamples(20, randomFrom(6));
  const interval = ofQuartile(samples);
  const doubled = ofQuartile(samples.map((sample) => sample * 2));
  assert.deepEqual(doubled, { value: interval.value * 2, low: interval.low * 2, high: interval.high * 2 });
  assert.deepEqual(ofQuartile(samples.toReversed()), interval);
  assert.notDeepEqual(ofQuartile(samples, 2), interval);
});

test('the ratio of arms: to itself, scaled, and turned round', () => {
  const samples = disturbedSamples(20, randomFrom(8));
  const slower = samples.map((sample) => sample * 1.5);
  const ratio = (baseline: number[], candidate: number[]) =>
    ratioOf(lowerQuartileOfSorted, baseline, candidate, { random: randomFrom(1) }) as Interval;
  const same = ratio(samples, samples);
  assert.equal(same.value, 1);
  assert.ok(same.low < 1 && same.high > 1);
  const scaled = ratio(samples, slower);
  for (const end of ['value', 'low', 'high'] as const) {
    assert.ok(Math.abs(scaled[end] - 1.5 * same[end]) < 1e-9);
  }
  const turned = ratio(slower, samples);
  assert.ok(Math.abs(turned.value - 1 / 1.5) < 1e-9);
});

test('what has no ratio or no figure is said, not computed', () => {
  const random = randomFrom(1);
  assert.equal(ratioOf(lowerQuartileOfSorted, [0, 1], [1, 2], { random }), undefined);
  assert.equal(ratioOf(lowerQuartileOfSorted, [], [1], { random }), undefined);
  assert.equal(ratioOf(lowerQuartileOfSorted, [1], [Number.NaN], { random }), undefined);
  assert.equal(ratioOf(lowerQuartileOfSorted, [1], [0], { random })?.value, 0);
  assert.throws(() => ofQuartile([]), RangeError);
  assert.throws(() => ofQuartile([1, Number.POSITIVE_INFINITY]), RangeError);
});

test('coverage of the 95% interval on skewed samples, one in five of them disturbed', (context) => {
  // The quantile that the estimator aims at: 0.8 F(x) = 1/4 for F exponential above the floor of 100.
  const truth = 100 * (1 - 0.01 * Math.log(1 - 0.25 / 0.8));
  for (const size of [10, 20, 40]) {
    const random = randomFrom(100 + size);
    const rounds = 400;
    let covered = 0;
    for (let round = 0; round < rounds; round++) {
      const samples = disturbedSamples(size, random);
      const { low, high } = bootstrapInterval(samples, lowerQuartileOfSorted, { random, resamples: 500 });
      if (low <= truth && truth <= high) covered++;
    }
    const share = covered / rounds;
    context.diagnostic(
      `${size} processes: the interval holds the true quartile in ${(100 * share).toFixed(1)}%`,
    );
    assert.ok(share > 0.85 && share < 0.99, `${share} for ${size} samples`);
  }
});
