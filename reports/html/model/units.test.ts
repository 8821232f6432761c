/** Owns the tests of how figures, dates and durations read. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatDate, formatDuration, formatSpan } from './dates.ts';
import { counted, formatInterval, formatShare, formatSize, formatValue, type Unit } from './units.ts';

describe('units', () => {
  it('gives three digits in the unit a person would choose', () => {
    const cases: [number, Unit, string][] = [
      [0.5, 'ns', '0.50 ns'],
      [62.41, 'ns', '62.4 ns'],
      [142.3, 'ns', '142 ns'],
      [999.7, 'ns', '1.00 µs'],
      [1250, 'ns', '1.25 µs'],
      [3.4e6, 'ns', '3.40 ms'],
      [2e10, 'ns', '20.0 s'],
      [-12, 'ns', '−12.0 ns'],
      [17, 'B', '17 B'],
      [1536, 'B', '1.50 KiB'],
      [3 * 1024 ** 3, 'B/s', '3.00 GiB/s'],
    ];
    for (const [value, unit, expected] of cases) assert.equal(formatValue(value, unit), expected);
  });

  it('has a dash for what is no number', () => {
    for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY, '<b>' as unknown as number]) {
      assert.equal(formatValue(value, 'ns'), '—');
    }
    assert.equal(formatValue(1, 'toString' as Unit), '—');
    assert.equal(formatShare(Number.NaN), '—');
  });

  it('names the unit of an interval once where both ends share it', () => {
    assert.equal(formatInterval(140, 147, 'ns'), '140–147 ns');
    assert.equal(formatInterval(990, 1010, 'ns'), '990 ns – 1.01 µs');
  });

  it('reads sizes and counts as one says them', () => {
    assert.equal(formatSize(4096), '4 KiB');
    assert.equal(formatSize(1536), '1.5 KiB');
    assert.equal(counted(1, 'case'), '1 case');
    assert.equal(counted(2, 'case'), '2 cases');
  });
});

describe('dates', () => {
  it('reads in UTC whatever the machine’s zone, and leaves nonsense as it is', () => {
    assert.equal(formatDate('2026-11-03T09:12:44Z'), '3 November 2026 at 09:12 UTC');
    assert.equal(formatDate('soon'), 'soon');
  });

  it('tells spans and durations', () => {
    assert.equal(formatSpan('2026-11-03T09:00:00Z', '2026-11-03T09:04:12Z'), '4 min 12 s');
    assert.equal(formatSpan('2026-11-03T09:00:00Z', '2026-11-03T11:05:12Z'), '2 h 5 min');
    assert.equal(formatSpan('x', 'y'), undefined);
    assert.equal(formatDuration(0.42), '0.4 ms');
    assert.equal(formatDuration(10_004), '10.0 s');
  });
});
