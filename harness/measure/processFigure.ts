/** Owns what one process has to say of a call: its cost in the least disturbed batch of the process's passes. */

import { min } from 'simple-statistics';
import { quantile } from '../stats/quantile.ts';
import type { BenchRecord } from './benchRecord.ts';
import { quietBatches, type ReferenceControls } from './noise.ts';

/** The records of one call in one process, one for each pass over the process's benchmarks; at least one. */
export type ProcessBench = readonly BenchRecord[];

/**
 * Returns the nanoseconds of one call in the process's quickest batch, less the loop's own cost (the pass's quickest empty batch);
 * 0 where the call costs less than that can tell.
 *
 * The minimum, because what disturbs a batch only ever adds to it: the quickest is the nearest to the call alone (Chen and
 * Revels, "Robust benchmarking in noisy environments", 2016, https://arxiv.org/abs/1608.04295).
 */
export function quickestCallNs(passes: ProcessBench): number {
  return min(callsNs(passes));
}

/** Of a process's quiet batches, the share that is quicker than its figure. */
const QUICKER_BATCHES = 0.1;

/**
 * The tenth percentile over those batches that stood between two quiet controls; undefined where there is none. Not the quickest of them:
 * where a call crosses to another thread, now and then a batch is a sixth quicker since both happened to meet, and such luck is no
 * figure. Not their middle: compilers come in late, and what is not yet compiled to the end lies above.
 */
export function quietCallNs(passes: ProcessBench, reference: ReferenceControls): number | undefined {
  const quiet = passes.flatMap((record) => {
    const isQuiet = quietBatches(record, reference);
    return callsOf(record).filter((_, batch) => isQuiet[batch]);
  });
  return quiet.length === 0 ? undefined : quantile(quiet, QUICKER_BATCHES);
}

/** Returns the nanoseconds of one call in each of the process's batches, less the loop's own cost. */
export function callsNs(passes: ProcessBench): number[] {
  return passes.flatMap(callsOf);
}

/**
 * Returns the least cost of a call, in nanoseconds, that the process's clock can tell from nothing: one tick (at least a
 * nanosecond, in which durations are given) over the calls of a batch. A throughput is computed from no less.
 */
export function leastCallNs(passes: ProcessBench): number {
  return min(passes.map((record) => Math.max(record.tickNs, 1) / record.calls));
}

function callsOf(record: BenchRecord): number[] {
  const loopNs = min(record.emptyNs);
  return record.batchesNs.map((batchNs) => Math.max(0, (batchNs - loopNs) / record.calls));
}
