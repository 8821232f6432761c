/** Calls timed within a process: batches in the order run, a control around each, a guest that does not read its argument. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CalledGuest } from '../../contracts/inProcess.ts';
import { readBenchRecord } from '../../measure/benchRecord.ts';
import { CONTROL_ROUNDS, callTimer, sumOf } from './callTiming.ts';

const line = (changes = {}) => ({
  key: 7,
  batches: 3,
  batchNs: 1,
  export: 'f',
  argumentBytes: 64,
  ...changes,
});

function guest(call: (bytes: Uint8Array) => number, controls: number[] = []): CalledGuest {
  return { takingBytes: () => call, takingNumber: () => (rounds) => void controls.push(rounds) };
}

/** Does nothing for so many milliseconds; the clock decides, not a timer. */
function spin(durationMs: number): void {
  for (const begin = performance.now(); performance.now() - begin < durationMs; );
}

test('a record is one that the estimator reads, its batches in the order run', () => {
  const waitsMs = [8, 1, 4];
  let calls = 0;
  // One call to look at the answer, three to see that a batch of one lasts long enough.
  const call = () => {
    calls += 1;
    spin(waitsMs[calls - 5] ?? 0.01);
    return 0;
  };
  const record = callTimer(guest(call)).time(line());
  const read = readBenchRecord(record);
  assert.ok('record' in read, JSON.stringify(read));
  assert.equal(read.record.calls, 1);
  assert.equal(read.record.batchesNs.length, 3);
  waitsMs.forEach((waitMs, index) => {
    assert.ok((read.record.batchesNs[index] ?? 0) >= waitMs * 1e6, `${index}: ${read.record.batchesNs}`);
  });
  assert.deepEqual(
    [read.record.key, read.record.loops, read.record.controlNs.length, read.record.emptyNs.length],
    [7, CONTROL_ROUNDS, 4, 3],
  );
});

test('the controls of all processes go as many rounds, and never as many as a probe may choose', () => {
  const controls: number[] = [];
  callTimer(guest(() => 0, controls)).time(line());
  assert.deepEqual([...new Set(controls)], [CONTROL_ROUNDS]);
  assert.notEqual(CONTROL_ROUNDS & (CONTROL_ROUNDS - 1), 0, "the probes' are powers of two");
});

test('a batch holds as many calls as last long enough', () => {
  // How long they last in the end is V8's: it may compile the loop once more.
  const callsFor = (batchNs: number) => callTimer(guest(() => 0)).time(line({ batchNs })).calls;
  assert.equal(callsFor(0), 1);
  assert.ok(callsFor(1_000_000) > 100);
});

test('a guest that does not read its argument to the end is not timed', () => {
  const lazy = guest((bytes) => sumOf(bytes.subarray(0, bytes.length - 1)));
  assert.throws(() => callTimer(lazy).time(line({ export: 'sum' })), /sum of 64 bytes gave \d+, not \d+/);
  callTimer(guest(sumOf)).time(line({ export: 'sum' }));
});

test('sums of words, and of the bytes behind them', () => {
  assert.equal(sumOf(new Uint8Array()), 0);
  assert.equal(sumOf(Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0, 5)), 8);
  // 2^64 - 1 twice is 2^64 - 2, without what does not fit.
  assert.equal(sumOf(new Uint8Array(16).fill(255)), 0xffff_fffd);
});
