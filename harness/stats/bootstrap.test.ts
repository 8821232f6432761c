/** Checks the bootstrap: worked values, properties, and its coverage on skewed, partly disturbed samples. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { mean } from 'simple-statistics';
import { bootstrapInterval, type Interval, ratioOf } from './bootstrap.ts';
import { midmean } from './midmean.ts';
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
  // Of two samples Student's t is the Cauchy quantile: at 20% the tail is that beyond √2 tan(18°), 0.32; at 40% beyond √2 tan(36°), 0.15.
  const options = { random: randomFrom(4), confidence: 0.2 };
  assert.deepEqual(
    bootstrapInterval([1, 0], (sorted) => sorted[0]!, options),
    { value: 0, low: 0, high: 0 },
  );
  const wider = { random: randomFrom(4), confidence: 0.4 };
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

/** The midmean of a distribution, from its quantile function by the midpoint rule. */
function midmeanOf(quantileAt: (probability: number) => number): number {
  const points = 2000;
  return mean(
    Array.from({ length: points }, (_, index) => quantileAt(0.25 + (0.5 * (index + 0.5)) / points)),
  );
}

/** One in five samples is disturbed in each; `quantileAt` is of the whole mixture, below the 80th percentile at least. */
const skewed = {
  // All quiet samples but e^-33 of them lie below the slow mode.
  'a tail of 1%, disturbed ones 1.4 times as slow': {
    sample: disturbedSample,
    quantileAt: (probability: number) => 100 * (1 - 0.01 * Math.log(1 - probability / 0.8)),
  },
  'a tail of 10%, disturbed ones later by such a tail of 40%': {
    sample: (random: Random) => {
      const tail = (share: number) => -share * Math.log(1 - random.nextUnit());
      return 100 * (1 + tail(0.1) + (random.nextUnit() < 0.2 ? tail(0.4) : 0));
    },
    // A sum of two exponentials has the density (e^(-x/0.4) - e^(-x/0.1)) / 0.3; found by halving.
    quantileAt: (probability: number) => {
      let [low, high] = [0, 4];
      for (let halving = 0; halving < 50; halving += 1) {
        const x = (low + high) / 2;
        const beyond = (share: number) => Math.exp(-x / share);
        const above = 0.8 * beyond(0.1) + (0.2 * (0.4 * beyond(0.4) - 0.1 * beyond(0.1))) / 0.3;
        if (1 - above < probability) low = x;
        else high = x;
      }
      return 100 * (1 + low);
    },
  },
};

for (const [name, { sample, quantileAt }] of Object.entries(skewed))
  for (const size of [20, 40])
    test(`the 95% interval of the midmean of ${size} holds the true one in 93% to 97%: ${name}`, (context) => {
      const truth = midmeanOf(quantileAt);
      const random = randomFrom(100 + size);
      const rounds = 2000;
      let covered = 0;
      for (let round = 0; round < rounds; round += 1) {
        const samples = Array.from({ length: size }, () => sample(random));
        const { low, high } = bootstrapInterval(samples, midmean, { random, resamples: 500 });
        if (low <= truth && truth <= high) covered += 1;
      }
      const share = covered / rounds;
      context.diagnostic(`${(100 * share).toFixed(1)}% hold ${truth.toFixed(3)}`);
      assert.ok(share >= 0.93 && share <= 0.97, `${share}`);
    });

test('five samples, the fewest that count: the interval holds the true midmean in 90% or more, by plain percentiles it would not', () => {
  const { sample, quantileAt } = skewed['a tail of 10%, disturbed ones later by such a tail of 40%'];
  const truth = midmeanOf(quantileAt);
  const random = randomFrom(105);
  const rounds = 2000;
  let covered = 0;
  for (let round = 0; round < rounds; round += 1) {
    const samples = Array.from({ length: 5 }, () => sample(random));
    const { low, high } = bootstrapInterval(samples, midmean, { random, resamples: 500 });
    if (low <= truth && truth <= high) covered += 1;
  }
  assert.ok(covered / rounds >= 0.915, `${covered / rounds}`);
});

test("turned over, the interval is that of the inverse: a throughput has its latency's", () => {
  const samples = disturbedSamples(20, randomFrom(12));
  const nearest = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)]!;
  const latency = bootstrapInterval(samples.slice(1), nearest, { random: randomFrom(1) });
  const inverse = (value: number) => 1e9 / value;
  const throughput = bootstrapInterval(samples.slice(1).map(inverse), nearest, { random: randomFrom(1) });
  assert.equal(throughput.value, inverse(latency.value));
  // The draws differ, for the inverse of the samples lies in the other order; the ends hardly do.
  assert.ok(Math.abs(throughput.low / inverse(latency.high) - 1) < 0.01);
  assert.ok(Math.abs(throughput.high / inverse(latency.low) - 1) < 0.01);
});

test('the lower quartile, which startup is told by: on skewed samples, one in five of them disturbed', (context) => {
  // The quantile that it aims at: 0.8 F(x) = 1/4 for F exponential above the floor of 100.
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
    assert.ok(share > 0.9 && share < 0.99, `${share} for ${size} samples`);
  }
});
