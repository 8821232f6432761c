/** Checks the generators against their authors' outputs, and the streams' independence of one another. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { randomFrom, splitMix64, xoshiro128 } from './random.ts';

const take = (count: number, next: () => number) => Array.from({ length: count }, next);

test('xoshiro128** gives the outputs of the reference implementation', () => {
  // Blackman and Vigna's xoshiro128starstar.c 1.1 from the state 1, 2, 3, 4, as rand_xoshiro's tests have them.
  const expected = [
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ];
  assert.deepEqual(take(10, xoshiro128([1, 2, 3, 4]).nextUint32), expected);
});

test('SplitMix64 gives the outputs of the reference implementation', () => {
  assert.deepEqual(splitMix64(1234567n, 5), [
    6457827717110365317n,
    3203168211198807973n,
    9817491932198370423n,
    4593380528125082431n,
    16408922859458223821n,
  ]);
});

test('a seed and its labels decide the stream', () => {
  const stream = (seed: number, ...labels: string[]) => take(4, randomFrom(seed, ...labels).nextUint32);
  assert.deepEqual(stream(7, 'clocks', 'now'), stream(7, 'clocks', 'now'));
  const others = [
    stream(7),
    stream(8),
    stream(-7),
    stream(7, 'clocks'),
    stream(7, 'ab', 'c'),
    stream(7, 'a', 'bc'),
  ];
  assert.equal(new Set(others.map(String)).size, others.length);
});

test('unit numbers stay in [0, 1) and spread evenly', () => {
  const { nextUnit } = randomFrom(3);
  const bins = new Array<number>(10).fill(0);
  for (const unit of take(20_000, nextUnit)) bins[Math.floor(unit * 10)]! += 1;
  assert.equal(bins.length, 10);
  const chiSquared = bins.reduce((sum, bin) => sum + (bin - 2000) ** 2 / 2000, 0);
  assert.ok(chiSquared < 27.88, `chi squared ${chiSquared} with 9 degrees of freedom, 0.1% at 27.88`);
});

test('what is no state or no seed is refused', () => {
  assert.throws(() => xoshiro128([0, 0, 0, 0]), RangeError);
  assert.throws(() => randomFrom(0.5), RangeError);
});
