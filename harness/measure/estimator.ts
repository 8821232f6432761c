/** Owns the estimator: what a benchmark's records of all processes say a call costs, or how many bytes a second it moves. */

import { max, min } from 'simple-statistics';
import type { ClockCheck, Flag } from '../contracts/run.ts';
import type { SortedStatistic } from '../stats/bootstrap.ts';
import { statisticFor } from '../stats/figureStatistic.ts';
import type { Random } from '../stats/random.ts';
import { type Figures, figuresOfSamples } from './armFigures.ts';
import { LEAST_TICKS } from './clockCheck.ts';
import { LEAST_QUIET_PROCESSES, type ReferenceControls, referenceControls } from './noise.ts';
import { callsNs, leastCallNs, type ProcessBench, quickestCallNs, quietCallNs } from './processFigure.ts';

/**
 * The estimator's name in a series' identity: the midmean of quiet processes' figures, each the tenth percentile of its
 * quiet batches at the core's typical speed (/1: lower quartile of the quickest quiet batches; /2: lower half of lower quartiles, at whatever speed the core had). Another version
 * begins a new epoch in every trend, so it changes whenever the same records would give other values.
 */
export const ESTIMATOR = 'midmean-of-quiet/3';

/** An arm's records and what is known about them besides. */
export interface BenchArm {
  /** One for each fresh process, in the order measured, at least one. */
  processes: readonly ProcessBench[];
  /** The stream for the bootstrap, e.g. of the run's seed with suite, case and runner as labels. */
  random: Random;
  /** For a throughput: the bytes that one call moves. */
  bytesPerCall?: number;
  /** The runner's reference controls in this run; the arm's own unless given (see noise.ts). */
  reference?: ReferenceControls;
  /** What became of this runner's clock check. */
  clock?: ClockCheck['verdict'];
}

/**
 * Returns the figures of a bench arm: nanoseconds a call, or with `bytesPerCall` bytes a second.
 *
 * A process counts by the tenth percentile of its batches between two quiet controls, and only if it had one; the figure is the
 * midmean of these. Whether a process counts is decided by the import-free control alone, never by the call's own figure, so the choice
 * cannot favour an arm. Without it a machine that is slow most of the time gives whichever mode came up (docs/RATIONALE.md). With fewer than
 * {@link LEAST_QUIET_PROCESSES} of them nothing tells the modes apart: the figure is then the lower quartile of all processes' quickest
 * batches, and flagged.
 *
 * The 99th percentile is over all batches of all processes, and says how the machine was as much as how the runtime is; for a
 * throughput it is what 99 of 100 batches exceed.
 */
export function benchFigures(arm: BenchArm): Figures {
  const { processes, random, bytesPerCall } = arm;
  const reference = arm.reference ?? referenceControls(processes.flat());
  const quiet = processes.flatMap((passes) => quietCallNs(passes, reference) ?? []);
  const enough = quiet.length >= LEAST_QUIET_PROCESSES;
  const samplesNs = enough ? quiet : processes.map(quickestCallNs);
  const statistic = statisticFor('latency', !enough);
  const flags = flagsOf(arm, enough);
  if (bytesPerCall === undefined) {
    const figures = figuresOfSamples(statistic, samplesNs, random, processes.flatMap(callsNs));
    return { ...figures, rounds: processes.length, flags };
  }
  return { ...throughputFigures({ statistic, processes, samplesNs, bytesPerCall, random }), flags };
}

/** How many of an arm's processes had a quiet batch of this call. */
export function quietCount(processes: readonly ProcessBench[], reference: ReferenceControls): number {
  return processes.filter((passes) => quietCallNs(passes, reference) !== undefined).length;
}

/**
 * The throughput is the latency's figure inverted, ends exchanged, not a mean of throughputs: best case stays best case. A
 * call that costs nothing the clock can see is taken to cost what it could just see, so the throughput stays a number and too low.
 */
function throughputFigures({
  statistic,
  processes,
  samplesNs: latenciesNs,
  bytesPerCall,
  random,
}: Pick<BenchArm, 'processes' | 'random'> & {
  statistic: SortedStatistic;
  samplesNs: readonly number[];
  bytesPerCall: number;
}): Figures {
  if (!(bytesPerCall > 0 && Number.isFinite(bytesPerCall))) {
    throw new RangeError(`a throughput needs a positive number of bytes a call, not ${bytesPerCall}`);
  }
  const leastNs = min(processes.map(leastCallNs));
  const bytesPerSecond = (callNs: number) => (bytesPerCall * 1e9) / callNs;
  const atLeast = (callNs: number) => Math.max(callNs, leastNs);
  const samplesNs = latenciesNs.map(atLeast);
  const spreadNs = processes.flatMap((passes) => callsNs(passes).map(atLeast));
  const { value, ciLow, ciHigh, p99, flags } = figuresOfSamples(statistic, samplesNs, random, spreadNs);
  return {
    value: bytesPerSecond(value),
    ciLow: bytesPerSecond(ciHigh),
    ciHigh: bytesPerSecond(ciLow),
    p99: bytesPerSecond(p99!),
    samples: samplesNs.map(bytesPerSecond),
    rounds: processes.length,
    flags,
  };
}

function flagsOf({ processes, clock }: BenchArm, enough: boolean): Flag[] {
  const flags: Flag[] = [];
  if (!enough) flags.push('contaminated');
  if (clock === 'coarse' || processes.some(isCoarse)) flags.push('coarse-clock');
  if (clock === 'disagrees') flags.push('clock-disagrees');
  if (processes.flat().some((record) => record.failed)) flags.push('call-fails');
  return flags;
}

/** Whether a process's figure is the clock's grain: batches of too few ticks, or a call within one tick of nothing. */
function isCoarse(passes: ProcessBench): boolean {
  // The longest batch: a short one may only be a disturbed calibration.
  const tooShort = passes.some(
    ({ tickNs, batchesNs }) => tickNs === 0 || max(batchesNs) < LEAST_TICKS * tickNs,
  );
  return tooShort || quickestCallNs(passes) < leastCallNs(passes);
}
