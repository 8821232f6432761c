/** Checks the median absolute deviation against worked values and R's. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { mad, scaledMad } from './mad.ts';
import { randomFrom } from './random.ts';

test('worked by hand: the distances of 1 1 2 2 4 6 9 from 2 are 0 0 1 1 2 4 7', () => {
  assert.equal(mad([1, 1, 2, 2, 4, 6, 9]), 1);
  assert.equal(mad([9, 6, 4, 2, 2, 1, 1]), 1);
  assert.equal(mad([5]), 0);
});

test("the examples of R's mad: mad(1:9) is 2.9652, and with 100 for the 9 the same", () => {
  assert.equal(scaledMad([1, 2, 3, 4, 5, 6, 7, 8, 9]).toFixed(4), '2.9652');
  assert.equal(scaledMad([1, 2, 3, 4, 5, 6, 7, 8, 100]).toFixed(4), '2.9652');
});

test('scaled it is the standard deviation of a normal sample, a tenth of it replaced or not', () => {
  const { nextUnit } = randomFrom(3);
  const normal = () => Math.sqrt(-2 * Math.log(1 - nextUnit())) * Math.cos(2 * Math.PI * nextUnit());
  const samples = Array.from({ length: 20_000 }, () => 10 + 3 * normal());
  assert.ok(Math.abs(scaledMad(samples) / 3 - 1) < 0.03, `${scaledMad(samples)}`);
  const disturbed = samples.map((sample, index) => (index % 10 === 0 ? 1e6 : sample));
  assert.ok(scaledMad(disturbed) / 3 < 1.25, `${scaledMad(disturbed)}`);
});

test('nothing has no spread to tell', () => assert.throws(() => mad([]), RangeError));
