/** Checks that honest records are read and that hostile ones are refused by the field that gives them away. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { MOST_BATCHES, readBenchRecord } from './benchRecord.ts';

const honest = () => ({
  k: 'ab12',
  n: 4,
  key: 3,
  calls: 1024,
  batches: [110_000, 120_000],
  empty: [400, 390],
  control: [21_750, 21_760, 21_755],
  loops: 16384,
  tick: 1,
  failed: 0,
});

test('an honest record is read, and what belongs to the line itself is passed over', () => {
  assert.deepEqual(readBenchRecord(honest()), {
    record: {
      key: 3,
      calls: 1024,
      batchesNs: [110_000, 120_000],
      emptyNs: [400, 390],
      controlNs: [21_750, 21_760, 21_755],
      loops: 16384,
      tickNs: 1,
      failed: false,
    },
  });
});

test('a hostile record is refused, naming the field', () => {
  const tooMany = new Array<number>(MOST_BATCHES + 1).fill(1);
  const cases: [Record<string, unknown>, string][] = [
    [{ key: -1 }, 'key'],
    [{ key: '3' }, 'key'],
    [{ calls: 0 }, 'calls'],
    [{ calls: 1.5 }, 'calls'],
    [{ calls: 2 ** 24 + 1 }, 'calls'],
    [{ calls: undefined }, 'calls'],
    [{ batches: [] }, 'batches'],
    [{ batches: 7 }, 'batches'],
    [{ batches: [1, -1] }, 'batches[1]'],
    [{ batches: [1, '1'] }, 'batches[1]'],
    [{ batches: [Number.NaN, 1] }, 'batches[0]'],
    [{ batches: [1, 1e308] }, 'batches[1]'],
    [{ batches: [null, 1] }, 'batches[0]'],
    [{ batches: { length: 2, 0: 1, 1: 1 } }, 'batches'],
    [{ batches: tooMany, empty: tooMany, control: [...tooMany, 1] }, 'control'],
    [{ batches: tooMany, empty: tooMany, control: tooMany }, 'batches'],
    [{ empty: [1] }, 'empty'],
    [{ empty: [1, 2, 3] }, 'empty'],
    [{ control: [1, 2] }, 'control'],
    [{ control: [1, 2, Number.POSITIVE_INFINITY] }, 'control[2]'],
    [{ loops: 0 }, 'loops'],
    [{ tick: -1 }, 'tick'],
    [{ failed: 2 }, 'failed'],
    [{ failed: true }, 'failed'],
  ];
  for (const [change, field] of cases) {
    const result = readBenchRecord({ ...honest(), ...change });
    assert.ok('refusal' in result, `accepted ${field}`);
    assert.equal(result.refusal.field, field);
    assert.ok(result.refusal.reason.length > 0);
  }
});

test('what is no record at all is refused', () => {
  for (const raw of [null, undefined, 1, 'record', [], [[1]]]) {
    const result = readBenchRecord(raw);
    assert.ok('refusal' in result, `accepted ${JSON.stringify(raw)}`);
  }
});

test('a long list of rubbish gets one short answer', () => {
  const result = readBenchRecord({ ...honest(), batches: new Array(1_000_000).fill('x'.repeat(10)) });
  assert.ok('refusal' in result);
  assert.equal(result.refusal.field, 'batches');
  assert.ok(result.refusal.reason.length < 200);
});
