/** Checks the midmean on worked samples, and that it is steadier than the lower quartile. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { midmean } from './midmean.ts';
import { lowerQuartileOfSorted, quantile } from './quantile.ts';
import { randomFrom } from './random.ts';

test('small samples, worked by hand', () => {
  assert.equal(midmean([7]), 7);
  assert.equal(midmean([1, 2]), 1.5);
  assert.equal(midmean([1, 2, 30]), 11);
  assert.equal(midmean([1, 2, 3, 4, 50]), 3);
});

test('of twenty neither the five lowest count nor the five highest', () => {
  const samples = [
    1,
    1,
    1,
    1,
    1,
    ...Array.from({ length: 10 }, () => 100),
    ...Array.from({ length: 5 }, () => 900),
  ];
  assert.equal(midmean(samples), 100);
  assert.equal(midmean([1, ...samples.slice(0, -1)]), (1 + 9 * 100) / 10);
  assert.equal(midmean([...samples.slice(1), 900]), (9 * 100 + 900) / 10);
});

const steadiness = {
  'a slow twentieth': (unit: () => number) => (unit() < 0.05 ? 40 : 0),
  'a quick tenth': (unit: () => number) => (unit() < 0.1 ? -10 : 0),
};

for (const [name, tail] of Object.entries(steadiness))
  test(`of twenty samples with ${name} it spreads less than the lower quartile does`, (context) => {
    const { nextUnit } = randomFrom(7);
    const arm = () =>
      Array.from({ length: 20 }, () => 100 + 2 * (nextUnit() + nextUnit()) + tail(nextUnit)).toSorted(
        (a, b) => a - b,
      );
    const arms = Array.from({ length: 400 }, arm);
    const spread = (figure: (sorted: readonly number[]) => number) => {
      const figures = arms.map(figure);
      return quantile(figures, 0.95) - quantile(figures, 0.05);
    };
    const share = spread(midmean) / spread(lowerQuartileOfSorted);
    context.diagnostic(`its spread is ${share.toFixed(2)} of the quartile's`);
    assert.ok(share < 1, `${share}`);
  });
