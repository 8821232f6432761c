/** Quiet time: spells are counted by their length, not by how many pieces they spoil. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quietTime } from './quietTime.ts';

const times = (count: number, durationNs: number) => Array.from({ length: count }, () => durationNs);

describe('quiet time', () => {
  test('is all of it where all pieces cost the same', () => {
    assert.deepEqual(quietTime(times(100, 20_000)), {
      ...{ quickestNs: 20_000, quietShare: 1, p95Ratio: 1, slowSpells: 0, longestSpellNs: 0 },
    });
  });

  test('ends 5% above the quickest', () => {
    assert.equal(quietTime([100, 105, 106, 129]).quietShare, 0.5);
  });

  test('a stretch of slow pieces is one spell, an interrupt is none', () => {
    const slow = times(50, 28_000);
    const durations = [...times(500, 21_750), ...slow, ...times(100, 21_750), 90_000, ...times(349, 21_750)];
    const { slowSpells, longestSpellNs, quietShare } = quietTime(durations);
    assert.equal(slowSpells, 1);
    assert.equal(longestSpellNs, 50 * 28_000);
    assert.equal(quietShare, 949 / 1000);
  });

  test('one piece held up for long is a spell, at the very end too', () => {
    const { slowSpells, longestSpellNs } = quietTime([4e6, ...times(9, 20_000), 5e6]);
    assert.deepEqual([slowSpells, longestSpellNs], [2, 5e6]);
  });

  test('the slow mode shows in the ratio', () => {
    assert.equal(quietTime([...times(80, 100), ...times(20, 129)]).p95Ratio, 1.29);
  });

  test('of nothing there is none', () => assert.throws(() => quietTime([]), RangeError));
});
