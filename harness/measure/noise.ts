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
 * The share of quiet processes below which an arm is contaminated. The lower quartile stands on a quarter of the processes, so
 * a quarter would do for the figure alone, by a hair: it would be the slowest quiet process, and the next run's might be a
 * disturbed one. With half it is the median of the quiet ones, and its interval holds too: of the bootstrap's draws of 20
 * processes, half of them quiet, 2.1% have fewer than six quiet ones (binomial), just inside the 2.5% that a 95% interval leaves
 * above; with nine quiet of 20 it is 5.5%, and the interval's upper end jumps to the slow mode.
 *
 * Simulated (two equal arms of 20, 6,600 trials, modes x1.4, 0.5% to 100% of the time quiet): unflagged at a quarter, 157 of 3,704
 * A/A ratios are off by more than 1%, up to 30%; at 0.3, 4; from 0.35 on none. At one half 84% of the flagged trials had an arm
 * that was wrong by more than 1%. What stays unseen is a run in which no control was ever quick: nothing in it tells.
 */
const LEAST_QUIET_PROCESSES = 0.5;

export type Noise = Pick<NoiseRecord, 'quietShare' | 'quietProcesses' | 'verdict'>;

/**
 * Returns the quickest control batch in nanoseconds a loop round. Give it all of a runner's records of a run for one WASI version:
 * an arm that ran in the slow mode throughout is quiet by its own measure.
 */
export function quickestControlNs(records: readonly BenchRecord[]): number {
  return records.reduce(
    (quickest, record) => Math.min(quickest, ...perRoundNs(record)),
    Number.POSITIVE_INFINITY,
  );
}

/**
 * Returns the shares of quiet control batches and of quiet processes (0 to 1), and whether the latter is enough. A process is
 * quiet when one of its batches stood between two quiet controls: its quickest batch is then an undisturbed one.
 *
 * @param records one for each process, at least one
 * @param quickestNs see {@link quickestControlNs}
 */
export function noiseOf(records: readonly BenchRecord[], quickestNs = quickestControlNs(records)): Noise {
  let controls = 0;
  let quietControls = 0;
  let quietProcesses = 0;
  for (const record of records) {
    const limitNs = quickestNs * (1 + toleranceOf(record, quickestNs));
    const quiet = perRoundNs(record).map((roundNs) => roundNs <= limitNs);
    controls += quiet.length;
    quietControls += quiet.filter(Boolean).length;
    if (quiet.some((now, index) => now && quiet[index + 1])) quietProcesses++;
  }
  const share = quietProcesses / records.length;
  const verdict = share >= LEAST_QUIET_PROCESSES ? 'quiet' : 'contaminated';
  return { quietShare: quietControls / controls, quietProcesses: share, verdict };
}

function perRoundNs({ controlNs, loops }: BenchRecord): number[] {
  return controlNs.map((durationNs) => durationNs / loops);
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
