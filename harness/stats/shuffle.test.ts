/** Checks that a shuffle keeps the items, leaves its input and favours no order. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { randomFrom } from './random.ts';
import { shuffle } from './shuffle.ts';

test('a shuffle keeps the items, leaves its input alone and repeats by seed', () => {
  const items = Object.freeze([...'abcdefgh']);
  const shuffled = shuffle(items, randomFrom(5));
  assert.deepEqual(shuffled.toSorted(), items);
  assert.notDeepEqual(shuffled, items);
  assert.deepEqual(shuffle(items, randomFrom(5)), shuffled);
  assert.deepEqual(shuffle([], randomFrom(5)), []);
});

test('all six orders of three items come equally often', () => {
  const random = randomFrom(11);
  const seen = new Map<string, number>();
  for (let round = 0; round < 6000; round++) {
    const order = shuffle(['a', 'b', 'c'], random).join('');
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  const chiSquared = [...seen.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  assert.equal(seen.size, 6);
  assert.ok(chiSquared < 20.52, `chi squared ${chiSquared} with 5 degrees of freedom, 0.1% at 20.52`);
});
