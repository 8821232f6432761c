/** Owns the estimator: what a benchmark's records of all processes say a call costs, or how many bytes a second it moves. */

import { min } from 'simple-statistics';
import type { ClockCheck, Flag } from '../contracts/run.ts';
import type { Random } from '../stats/random.ts';
import { type Figures, figuresOfSamples } from './armFigures.ts';
import type { BenchRecord } from './benchRecord.ts';
import { LEAST_TICKS } from './clockCheck.ts';
import { noiseOf } from './noise.ts';
import { callsNs, leastCallNs, quickestCallNs } from './processFigure.ts';

/**
 * The estimator's name in a series' identity: lower quartile over processes of each one's minimum. Another version begins a new
 * epoch in every trend, so it changes whenever the same records would give other values.
 */
export const ESTIMATOR = 'lq-min/1';

/** An arm's records and what is known about them besides. */
export interface BenchArm {
  /** One for each fresh process, in the order measured, at least one. */
  records: readonly BenchRecord[];
  /** The stream for the bootstrap, e.g. of the run's seed with suite, case and runner as labels. */
  random: Random;
  /** For a throughput: the bytes that one call moves. */
  bytesPerCall?: number;
  /** The runner's quickest control in this run, in ns a loop round; the arm's own unless given (see noise.ts). */
  quickestControlNs?: number;
  /** What became of this runner's clock check. */
  clock?: ClockCheck['verdict'];
}

/**
 * Returns the figures of a bench arm: nanoseconds a call, or with `bytesPerCall` bytes a second. The lower quartile of the
 * processes' minima is the cost at the machine's best, stable where medians report whichever mode came up. The 99th
 * percentile is over all batches of all processes, and says how the machine was as much as how the runtime is; for a throughput
 * it is what 99 of 100 batches exceed.
 */
export function benchFigures(arm: BenchArm): Figures {
  const flags = flagsOf(arm);
  if (arm.bytesPerCall === undefined) {
    const spread = arm.records.flatMap(callsNs);
    const figures = figuresOfSamples(arm.records.map(quickestCallNs), arm.random, spread);
    return { ...figures, flags };
  }
  return { ...throughputFigures(arm.records, arm.bytesPerCall, arm.random), flags };
}

/**
 * The throughput is the latency's figure inverted, ends exchanged, not a quartile of throughputs: best case stays best case. A
 * call that costs nothing the clock can see is taken to cost what it could just see, so the throughput stays a number and too low.
 */
function throughputFigures(records: readonly BenchRecord[], bytesPerCall: number, random: Random): Figures {
  if (!(bytesPerCall > 0 && Number.isFinite(bytesPerCall))) {
    throw new RangeError(`a throughput needs a positive number of bytes a call, not ${bytesPerCall}`);
  }
  const bytesPerSecond = (callNs: number) => (bytesPerCall * 1e9) / callNs;
  const samplesNs = records.map((record) => Math.max(quickestCallNs(record), leastCallNs(record)));
  const spreadNs = records.flatMap((record) => {
    const leastNs = leastCallNs(record);
    return callsNs(record).map((callNs) => Math.max(callNs, leastNs));
  });
  const { value, ciLow, ciHigh, p99, rounds, flags } = figuresOfSamples(samplesNs, random, spreadNs);
  return {
    value: bytesPerSecond(value),
    ciLow: bytesPerSecond(ciHigh),
    ciHigh: bytesPerSecond(ciLow),
    p99: bytesPerSecond(p99!),
    samples: samplesNs.map(bytesPerSecond),
    rounds,
    flags,
  };
}

function flagsOf({ records, quickestControlNs, clock }: BenchArm): Flag[] {
  const flags: Flag[] = [];
  if (noiseOf(records, quickestControlNs).verdict === 'contaminated') flags.push('contaminated');
  if (clock === 'coarse' || records.some(isCoarse)) flags.push('coarse-clock');
  if (clock === 'disagrees') flags.push('clock-disagrees');
  if (records.some((record) => record.failed)) flags.push('call-fails');
  return flags;
}

/** Whether a process's figure is the clock's grain: batches of too few ticks, or a call within one tick of nothing. */
function isCoarse(record: BenchRecord): boolean {
  const batchNs = min(record.batchesNs);
  const tooShort = record.tickNs === 0 || batchNs < LEAST_TICKS * record.tickNs;
  return tooShort || quickestCallNs(record) < leastCallNs(record);
}
