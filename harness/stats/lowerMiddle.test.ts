/** Checks the lower middle's mean on worked samples, and that it is steadier than the lower quartile. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { lowerMiddleMean } from './lowerMiddle.ts';
import { lowerQuartileOfSorted, quantile } from './quantile.ts';
import { randomFrom } from './random.ts';

test('small samples, worked by hand', () => {
  assert.equal(lowerMiddleMean([7]), 7);
  assert.equal(lowerMiddleMean([1, 2]), 1.5);
  assert.equal(lowerMiddleMean([1, 2, 30]), 1.5);
  assert.equal(lowerMiddleMean([1, 2, 3, 4, 5]), 2.5);
});

test('of twenty the four lowest do not count, nor do the eight highest', () => {
  const samples = [
    1,
    1,
    1,
    1,
    ...Array.from({ length: 8 }, () => 100),
    ...Array.from({ length: 8 }, () => 900),
  ];
  assert.equal(lowerMiddleMean(samples), 100);
  assert.equal(lowerMiddleMean([1, ...samples.slice(0, -1)]), (1 + 7 * 100) / 8);
  assert.equal(lowerMiddleMean([...samples.slice(1), 900]), (7 * 100 + 900) / 8);
});

const steadiness = {
  'a slow tail': (unit: () => number) => (unit() < 0.2 ? 40 : 0),
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
    const share = spread(lowerMiddleMean) / spread(lowerQuartileOfSorted);
    context.diagnostic(`its spread is ${share.toFixed(2)} of the quartile's`);
    assert.ok(share < 1, `${share}`);
  });
