/** Checks the clock check's verdicts at their borders, and the tick of readings. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { checkClock, tickOf } from './clockCheck.ts';

/** A host's second, and what the guest made of it. */
const second = (guestNs: number, tickNs = 1, hostSlackNs = 0) =>
  checkClock({
    guestStartNs: 2n ** 63n,
    guestEndNs: 2n ** 63n + BigInt(guestNs),
    hostStartNs: 5n,
    hostEndNs: 1_000_000_005n,
    tickNs,
    hostSlackNs,
  });

test('a clock agrees within two percent either way', () => {
  assert.deepEqual(second(1_000_000_000), { ratio: 1, tickNs: 1, verdict: 'agrees' });
  assert.equal(second(1_019_000_000).verdict, 'agrees');
  assert.equal(second(981_000_000).verdict, 'agrees');
  assert.equal(second(1_021_000_000).verdict, 'disagrees');
  assert.equal(second(979_000_000).verdict, 'disagrees');
});

test('a clock that stands, runs backwards or in other units disagrees', () => {
  assert.equal(second(0, 0).verdict, 'disagrees');
  assert.equal(second(-5_000_000).verdict, 'disagrees');
  assert.equal(second(1_000_000, 1).verdict, 'disagrees');
});

test('a tick is coarse when a thousand of them outlast a quiet spell', () => {
  assert.equal(second(1_000_000_000, 10_000).verdict, 'agrees');
  assert.equal(second(1_000_000_000, 10_001).verdict, 'coarse');
  assert.equal(second(975_000_000, 10_000_000).verdict, 'coarse');
});

test('what the stretch is too short to tell is coarse, and slack counts both ways', () => {
  assert.equal(second(970_000_000, 1, 15_000_000).verdict, 'agrees');
  assert.equal(second(1_030_000_000, 1, 15_000_000).verdict, 'agrees');
  assert.equal(second(1_040_000_000, 1, 15_000_000).verdict, 'disagrees');
  assert.equal(second(970_000_000, 1, 50_000_000).verdict, 'coarse');
});

test("a host's stretch without length is the caller's mistake", () => {
  const span = { guestStartNs: 0n, guestEndNs: 1n, hostStartNs: 3n, hostEndNs: 3n, tickNs: 1 };
  assert.throws(() => checkClock(span), RangeError);
});

test('the tick is the greatest common divisor of the differences', () => {
  assert.equal(tickOf([1_007n, 4_007n, 3_007n]), 1000);
  assert.equal(tickOf([10n, 16n, 31n]), 3);
  assert.equal(tickOf([5n, 5n]), 0);
  assert.equal(tickOf([]), 0);
});
