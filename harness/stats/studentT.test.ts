/** Checks the quantiles against printed tables. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { normalTail, tWithin } from './studentT.ts';

test('the tables of t: two-sided 95% and 99%', () => {
  const at95 = {
    1: 12.706,
    2: 4.303,
    3: 3.182,
    4: 2.776,
    5: 2.571,
    9: 2.262,
    19: 2.093,
    39: 2.023,
    120: 1.98,
  };
  for (const [degrees, t] of Object.entries(at95))
    assert.equal(Number(tWithin(0.95, Number(degrees)).toFixed(3)), t);
  assert.equal(tWithin(0.99, 10).toFixed(3), '3.169');
  assert.equal(tWithin(0.5, 1).toFixed(6), '1.000000');
});

test('the tail of the normal distribution', () => {
  assert.equal(normalTail(0).toFixed(6), '0.500000');
  assert.equal(normalTail(1.959964).toFixed(6), '0.025000');
  assert.equal(normalTail(3).toFixed(6), '0.001350');
  assert.ok(normalTail(18) < 1e-6 && normalTail(18) >= 0);
});
