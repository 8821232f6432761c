/** Shares that were counted: Wilson's interval by published figures, and at the ends. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareInterval } from './proportion.ts';

test('is the published one', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20.
  for (const [hits, trials, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
  ] as const) {
    const found = shareInterval(hits, trials);
    assert.ok(Math.abs(found.low - low) < 5e-5 && Math.abs(found.high - high) < 5e-5, JSON.stringify(found));
  }
});

test('what is no share is refused', () => {
  for (const [hits, trials] of [
    [1, 0],
    [2, 1],
    [-1, 3],
  ] as const)
    assert.throws(() => shareInterval(hits, trials), RangeError);
});
