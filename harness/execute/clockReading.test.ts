/** The look at the host's clock: steps and costs of clocks whose ways are known. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readClock } from './clockReading.ts';

/** A clock that ticks every `tickNs` and takes `costNs` to read. */
function clock(costNs: number, tickNs: number): () => bigint {
  let nowNs = 0;
  return () => {
    nowNs += costNs;
    return BigInt(nowNs - (nowNs % tickNs));
  };
}

describe('the clock', () => {
  test('that is finer than its readings shows the readings apart', () => {
    assert.deepEqual(readClock(clock(40, 1)), { resolutionNs: 40, costNs: 40 });
  });
  test('that ticks coarsely shows its tick', () => {
    const { resolutionNs, costNs } = readClock(clock(50, 1000));
    assert.equal(resolutionNs, 1000);
    assert.ok(costNs > 45 && costNs < 55, `${costNs} ns a reading`);
  });
  test('that stands still has no resolution', () => {
    assert.deepEqual(
      readClock(() => 5n),
      { costNs: 0 },
    );
  });
  test('of this machine moves', () => {
    const { resolutionNs, costNs } = readClock();
    assert.ok(resolutionNs !== undefined && resolutionNs > 0);
    assert.ok(costNs > 0);
  });
});
