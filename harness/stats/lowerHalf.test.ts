/** Checks the lower half's mean on worked samples, and that it is steadier than the lower quartile. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { lowerHalfMean } from './lowerHalf.ts';
import { lowerQuartileOfSorted, quantile } from './quantile.ts';
import { randomFrom } from './random.ts';

test('small samples, worked by hand', () => {
  assert.equal(lowerHalfMean([7]), 7);
  assert.equal(lowerHalfMean([1, 2]), 1);
  assert.equal(lowerHalfMean([1, 2, 30]), 1);
  assert.equal(lowerHalfMean([1, 2, 3, 4, 5]), 1.5);
});

test('of twenty the lowest does not count, nor do the ten highest', () => {
  const samples = [1, ...Array.from({ length: 9 }, () => 100), ...Array.from({ length: 10 }, () => 900)];
  assert.equal(lowerHalfMean(samples), 100);
  assert.equal(lowerHalfMean([1, 1, ...samples.slice(2)]), (1 + 8 * 100) / 9);
});

test('of twenty samples with a slow tail it spreads less than the lower quartile does', (context) => {
  const { nextUnit } = randomFrom(7);
  const arm = () =>
    Array.from(
      { length: 20 },
      () => 100 + 2 * (nextUnit() + nextUnit()) + (nextUnit() < 0.2 ? 40 : 0),
    ).toSorted((a, b) => a - b);
  const arms = Array.from({ length: 400 }, arm);
  const spread = (figure: (sorted: readonly number[]) => number) => {
    const figures = arms.map(figure);
    return quantile(figures, 0.95) - quantile(figures, 0.05);
  };
  const share = spread(lowerHalfMean) / spread(lowerQuartileOfSorted);
  context.diagnostic(`its spread is ${share.toFixed(2)} of the quartile's`);
  assert.ok(share < 1, `${share}`);
});
