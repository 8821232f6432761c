/** Processor time: steal is read from its own column, and a system without one says nothing. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cpuTimeBetween, parseStat, readCpuTime } from './cpuTime.ts';

const STAT = 'cpu  922402 7083 221328 1225949 4365 0 1672 27978 11 7\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 5 0\n';

describe('/proc/stat', () => {
  test('the sum of all CPUs, guest time not counted twice', () => {
    assert.deepEqual(parseStat(STAT), {
      totalTicks: 922402 + 7083 + 221328 + 1225949 + 4365 + 1672 + 27978,
      stolenTicks: 27978,
    });
  });

  for (const [label, text] of [
    ['before Linux 2.6.11, which had no steal', 'cpu  1 2 3 4 5 6 7\n'],
    ['nothing', ''],
    ['something else', 'cpu  one two three four five six seven eight\n'],
    ['single CPUs only', 'cpu0 1 2 3 4 5 6 7 8 9 10\n'],
  ] as const)
    test(`${label} tells no steal`, () => assert.equal(parseStat(text), undefined));

  test('a system without the file tells none', () =>
    assert.equal(readCpuTime('/proc/no/such/file'), undefined));
});

describe('between two readings', () => {
  const before = { totalTicks: 1000, stolenTicks: 10 };
  test('is the difference', () => {
    const after = { totalTicks: 1400, stolenTicks: 30 };
    assert.deepEqual(cpuTimeBetween(before, after), { totalTicks: 400, stolenTicks: 20 });
  });
  test('counters that stood still or went back say nothing', () => {
    assert.equal(cpuTimeBetween(before, before), undefined);
    assert.equal(cpuTimeBetween(before, { totalTicks: 1400, stolenTicks: 9 }), undefined);
    assert.equal(cpuTimeBetween(before, { totalTicks: 1010, stolenTicks: 30 }), undefined);
    assert.equal(cpuTimeBetween(undefined, before), undefined);
  });
});
