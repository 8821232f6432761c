/** Owns what one process has to say: the cost of a call in its least disturbed batch. */

import { min } from 'simple-statistics';
import type { BenchRecord } from './benchRecord.ts';

/**
 * Returns the nanoseconds of one call in the process's quickest batch, less the loop's own cost (the quickest empty batch);
 * 0 where the call costs less than that can tell.
 *
 * The minimum, because what disturbs a batch only ever adds to it: the quickest is the nearest to the call alone (Chen and
 * Revels, "Robust benchmarking in noisy environments", 2016, https://arxiv.org/abs/1608.04295).
 */
export function quickestCallNs(record: BenchRecord): number {
  return perCallNs(record, min(record.batchesNs));
}

/** Returns the nanoseconds of one call in each of the process's batches, less the loop's own cost. */
export function callsNs(record: BenchRecord): number[] {
  const loopNs = min(record.emptyNs);
  return record.batchesNs.map((batchNs) => perCallNs(record, batchNs, loopNs));
}

/**
 * Returns the least cost of a call, in nanoseconds, that the process's clock can tell from nothing: one tick (at least a
 * nanosecond, in which durations are given) over the calls of a batch. A throughput is computed from no less.
 */
export function leastCallNs(record: BenchRecord): number {
  return Math.max(record.tickNs, 1) / record.calls;
}

function perCallNs(record: BenchRecord, batchNs: number, loopNs = min(record.emptyNs)): number {
  return Math.max(0, (batchNs - loopNs) / record.calls);
}
