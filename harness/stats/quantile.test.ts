/** Checks the quantile against worked values of Hyndman and Fan's definition 7. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { lowerQuartile, lowerQuartileOfSorted, quantile } from './quantile.ts';
import { randomFrom } from './random.ts';

test('small samples, worked by hand', () => {
  assert.equal(lowerQuartile([7]), 7);
  assert.equal(lowerQuartile([8, 4]), 5);
  assert.equal(lowerQuartile([30, 10, 20]), 15);
  assert.equal(lowerQuartile([4, 1, 3, 2]), 1.75);
  assert.equal(lowerQuartile([5, 4, 3, 2, 1]), 2);
});

test('Python gives the same: statistics.quantiles([3, 6, 7, 8, 8, 10, 13, 15, 16, 20], n=4, method="inclusive")', () => {
  const samples = [20, 3, 16, 6, 15, 7, 13, 8, 10, 8];
  const found = [0, 0.25, 0.5, 0.75, 1].map((probability) => quantile(samples, probability));
  assert.deepEqual(found, [3, 7.25, 9, 14.5, 20]);
});

test('the order of the samples does not matter, and they are left alone', () => {
  const { nextUnit } = randomFrom(2);
  for (let size = 1; size <= 40; size++) {
    const samples = Object.freeze(Array.from({ length: size }, nextUnit));
    const sorted = samples.toSorted((left, right) => left - right);
    assert.equal(lowerQuartile(samples), lowerQuartileOfSorted(sorted));
    assert.ok(lowerQuartile(samples) >= sorted[0]!);
    assert.ok(lowerQuartile(samples) <= quantile(samples, 0.5));
  }
});

test('six of twenty hold the quartile, five do not', () => {
  const disturbed = (quiet: number) => Array.from({ length: 20 }, (_, index) => (index < quiet ? 100 : 140));
  assert.equal(lowerQuartile(disturbed(6)), 100);
  assert.equal(lowerQuartile(disturbed(5)), 130);
});
