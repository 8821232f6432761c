/** Checks that two heaps are seen, and one is left alone. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { twoModes } from './modes.ts';
import { type Random, randomFrom } from './random.ts';

const heapAt = (middle: number, size: number) =>
  Array.from({ length: size }, (_, index) => middle + (index % 5) - 2);

test('two heaps, worked by hand: a gap of 26, a median distance of 1', () => {
  const found = twoModes([...heapAt(130, 5), ...heapAt(100, 15)]);
  assert.deepEqual(found?.low, { samples: 15, median: 100 });
  assert.deepEqual(found?.high, { samples: 5, median: 130 });
  assert.equal(found?.gapRatio.toFixed(2), (26 / 1.4826).toFixed(2));
});

test('one astray is no mode, nor are few samples, nor is a gap that is no matter', () => {
  assert.equal(twoModes([...heapAt(100, 19), 200]), undefined);
  assert.equal(twoModes([...heapAt(130, 4), ...heapAt(100, 10)]), undefined);
  assert.equal(twoModes([...Array(10).fill(100), ...Array(10).fill(100.4)]), undefined);
  assert.equal(twoModes(Array(20).fill(0)), undefined);
});

test('values that do not spread at all are two modes where they are two', () =>
  assert.equal(twoModes([...Array(10).fill(100), ...Array(10).fill(110)])?.gapRatio, 1000));

test('of 20 samples: one mode is seldom taken for two, a fifth that is slow is seen', (context) => {
  const random = randomFrom(20);
  const normal = ({ nextUnit }: Random) =>
    100 + Math.sqrt(-2 * Math.log(1 - nextUnit())) * Math.cos(2 * Math.PI * nextUnit());
  const seen = (sample: () => number) =>
    Array.from({ length: 1000 }, () => twoModes(Array.from({ length: 20 }, sample))).filter(Boolean).length /
    1000;
  const [one, skewed, two] = [
    seen(() => normal(random)),
    seen(() => 100 - Math.log(1 - random.nextUnit())),
    seen(() => normal(random) * (random.nextUnit() < 0.2 ? 1.4 : 1)),
  ];
  context.diagnostic(`normal ${one}, exponential ${skewed}, with a slow fifth ${two}`);
  assert.ok(one <= 0.01 && skewed <= 0.07 && two >= 0.9);
});
