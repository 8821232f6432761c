/** Checks Holm's correction against R's p.adjust and by hand. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { holmAdjusted } from './holm.ts';

const rounded = (ps: readonly number[]) => holmAdjusted(ps).map((p) => Number(p.toFixed(10)));

test("four, worked by hand: 4 x 0.005, 3 x 0.01, 2 x 0.03, and 0.04 no less than that; R's p.adjust gives the same", () => {
  assert.deepEqual(rounded([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02]);
});

test("R: p.adjust(c(.01, .02, .03, .04, .05), 'holm')", () => {
  assert.deepEqual(rounded([0.01, 0.02, 0.03, 0.04, 0.05]), [0.05, 0.08, 0.09, 0.09, 0.09]);
});

test('one is left as it is, equal ones stay equal, none is above 1', () => {
  assert.deepEqual(holmAdjusted([]), []);
  assert.deepEqual(holmAdjusted([0.04]), [0.04]);
  assert.deepEqual(rounded([0.02, 0.02, 0.02]), [0.06, 0.06, 0.06]);
  assert.deepEqual(holmAdjusted([0.9, 0.6, 0]), [1, 1, 0]);
});

test('what is no p is refused', () => {
  for (const p of [-0.1, 1.1, Number.NaN]) assert.throws(() => holmAdjusted([0.5, p]), RangeError);
});
