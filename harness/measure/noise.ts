/** Owns the judgement how quiet the machine was, by the control batches: a loop without imports that should always cost the same. */

import { min } from 'simple-statistics';
import type { NoiseRecord } from '../contracts/run.ts';
import { lowerQuartile } from '../stats/quantile.ts';
import type { BenchRecord } from './benchRecord.ts';

/**
 * How far above the quickest a control may be and still be quiet. This presumes a control that the slow mode slows: a loop that
 * keeps several units of the core busy. Interleaved in one process on a shared EPYC, while pread of 512 bytes went from 71 to
 * 101 us for a hundred calls, a loop of eight independent operations went from 16.7 to 29.9 us, and one chain of dependent
 * multiplications from 17.8 to 18.0: that one leaves a sibling thread room, and sees nothing.
 */
const QUIET_WITHIN = 0.05;

/**
 * The same where the clock itself is unsteady. The slow mode of a shared machine costs 1.29 times the fast one or more (28 us
 * against 21.75 for one control): half of that gap, so that no allowance lets it pass as quiet.
 */
const QUIET_WITHIN_AT_MOST = 0.145;

/**
 * An arm with fewer quiet processes than this is contaminated, and its figure taken over all of them. The lower quartile of five is
 * the second smallest: one stray process does not make the figure.
 */
export const LEAST_QUIET_PROCESSES = 5;

/** The quickest control in nanoseconds a loop round, by the number of rounds: what reading the clock costs is a part of it. */
export type QuickestControls = ReadonlyMap<number, number>;

export type Noise = Pick<NoiseRecord, 'quietShare' | 'quietProcesses' | 'verdict'>;

/**
 * Returns the quickest controls. Give it all of a runner's records of a run for one WASI version: an arm that ran in the slow mode
 * throughout is quiet by its own measure. What stays unseen is a run in which no control was ever quick: nothing in it tells.
 */
export function quickestControls(records: Iterable<BenchRecord>): QuickestControls {
  const quickest = new Map<number, number>();
  for (const { controlNs, loops } of records)
    quickest.set(loops, Math.min(quickest.get(loops) ?? Number.POSITIVE_INFINITY, min(controlNs) / loops));
  return quickest;
}

/** Tells of each batch of a record whether it stood between two quiet controls. */
export function quietBatches(record: BenchRecord, quickest: QuickestControls): boolean[] {
  const isQuiet = quietControls(record, quickest);
  return record.batchesNs.map((_, batch) => Boolean(isQuiet[batch] && isQuiet[batch + 1]));
}

/**
 * Returns the shares of quiet control batches and of quiet processes (0 to 1), and whether the latter are enough. A process is
 * quiet when one of its batches stood between two quiet controls.
 *
 * @param processes the passes of each process, at least one process
 * @param quickest see {@link quickestControls}; the processes' own unless given
 */
export function noiseOf(
  processes: readonly (readonly BenchRecord[])[],
  quickest = quickestControls(processes.flat()),
): Noise {
  const controls = processes.flat().flatMap((record) => quietControls(record, quickest));
  const quiet = processes.filter((passes) =>
    passes.some((record) => quietBatches(record, quickest).includes(true)),
  );
  return {
    quietShare: controls.filter(Boolean).length / controls.length,
    quietProcesses: quiet.length / processes.length,
    verdict: quiet.length >= LEAST_QUIET_PROCESSES ? 'quiet' : 'contaminated',
  };
}

function quietControls(record: BenchRecord, quickest: QuickestControls): boolean[] {
  const quickestNs = quickest.get(record.loops) ?? 0;
  const limitNs = quickestNs * record.loops * (1 + toleranceOf(record, quickestNs));
  return record.controlNs.map((durationNs) => durationNs <= limitNs);
}

/**
 * How far above the quickest this process's controls may be. Where reading the clock costs microseconds (JavaScript hosts), its
 * unsteadiness is a good part of a control of 20 us and none of a batch of 500: it must not count as disturbance. The empty
 * batches show it: they hold little else than the two readings when calls are costly. To it comes the clock's tick.
 */
function toleranceOf(record: BenchRecord, quickestNs: number): number {
  const unsteadyNs = lowerQuartile(record.emptyNs) - min(record.emptyNs) + record.tickNs;
  const controlNs = quickestNs * record.loops;
  const allowance = controlNs > 0 ? unsteadyNs / controlNs : 0;
  return Math.min(QUIET_WITHIN + allowance, QUIET_WITHIN_AT_MOST);
}
