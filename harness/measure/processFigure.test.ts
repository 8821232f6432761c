/** Checks one process's figures against worked values. */

import assert from 'node:assert/strict';
import test from 'node:test';
import type { BenchRecord } from './benchRecord.ts';
import { referenceControls } from './noise.ts';
import { callsNs, leastCallNs, quickestCallNs, quietCallNs } from './processFigure.ts';

const record: BenchRecord = {
  key: 1,
  calls: 100,
  batchesNs: [12_000, 10_500, 14_700],
  emptyNs: [700, 500, 600],
  controlNs: [20_000, 20_000, 28_000, 20_000],
  loops: 1000,
  tickNs: 50,
  failed: false,
};

test('the quickest batch less the quickest empty one, over the calls', () => {
  assert.equal(quickestCallNs([record]), 100);
  assert.deepEqual(callsNs([record]), [115, 100, 142]);
});

test('each pass is read by its own number of calls and its own empty loop', () => {
  const later = { ...record, calls: 200, batchesNs: [19_000], emptyNs: [1000], controlNs: [20_000, 20_000] };
  assert.equal(quickestCallNs([record, later]), 90);
  assert.deepEqual(callsNs([record, later]), [115, 100, 142, 90]);
});

test('a quiet figure is of batches between two quiet controls only', () => {
  const reference = referenceControls([record]);
  assert.equal(quietCallNs([record], reference), 115);
  assert.equal(quietCallNs([{ ...record, controlNs: [20_000, 20_000, 20_000, 20_000] }], reference), 103);
  const disturbed = { ...record, controlNs: [20_000, 28_000, 20_000, 20_000] };
  assert.equal(quietCallNs([disturbed], reference), 142);
  assert.equal(
    quietCallNs([{ ...record, controlNs: [28_000, 20_000, 28_000, 20_000] }], reference),
    undefined,
  );
});

test('a call that costs less than the loop costs nothing, not less', () => {
  const free = { ...record, batchesNs: [400, 450, 600] };
  assert.equal(quickestCallNs([free]), 0);
  assert.deepEqual(callsNs([free]), [0, 0, 1]);
});

test('the clock tells one tick over all calls, a nanosecond at the least', () => {
  assert.equal(leastCallNs([record]), 0.5);
  assert.equal(leastCallNs([{ ...record, tickNs: 0 }]), 0.01);
});
