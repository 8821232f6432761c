/** Makes the evidence of one block: of each benchmark the ratio with its interval, and how likely luck alone would show it. */

import type { BlockEvidence } from '../contracts/comparison.ts';
import { ratioOf } from '../stats/bootstrap.ts';
import { holmAdjusted } from '../stats/holm.ts';
import { type InterleavedPair, pairedPermutationP } from '../stats/permutation.ts';
import { quantile } from '../stats/quantile.ts';
import { randomFrom } from '../stats/random.ts';
import { contaminationOf, type MeasuredArm } from './control.ts';
import { costsOf, statisticOf } from './costs.ts';
import { slowEndNotices } from './slowEnd.ts';

/** A benchmark of which both arms have a figure. */
export interface MeasuredPair {
  /** Tells it from the others: `p1 clocks/clock_time_get`. */
  name: string;
  baseline: MeasuredArm;
  candidate: MeasuredArm;
}

/** Holm multiplies the least p by the number of benchmarks, so there are as many draws as leave it well below 5%. */
const DRAWS = 9999;
const DRAWS_A_BENCHMARK = 200;
/** Log ratios farther out than this many medians of their sizes count as if they lay there; of normal ones it is Huber's 1.35 standard deviations. */
const FAR = 2;

/**
 * Returns the evidence of each pair, in the order given; undefined where a ratio would say nothing. `block` keeps the random numbers of
 * two blocks apart.
 */
export function evidenceOf(
  pairs: readonly MeasuredPair[],
  { seed, block }: { seed: number; block: string },
): (BlockEvidence | undefined)[] {
  const draws = Math.max(DRAWS, pairs.length * DRAWS_A_BENCHMARK);
  const found = pairs.map((pair) => evidence(pair, seed, block, draws));
  const ps = found.flatMap((one) => (one ? [one.p] : []));
  const adjusted = holmAdjusted(ps);
  let next = 0;
  return found.map((one) => one && { ...one, holmP: adjusted[next++]! });
}

function evidence(
  { name, baseline, candidate }: MeasuredPair,
  seed: number,
  block: string,
  draws: number,
): BlockEvidence | undefined {
  const costs = [costsOf(baseline.record), costsOf(candidate.record)] as const;
  const statistic = statisticOf(baseline.record);
  const ratio = ratioOf(statistic, ...costs, { random: randomFrom(seed, block, name, 'ratio') });
  const pairs = pairsOf(...costs);
  if (!ratio || pairs.length === 0 || !Object.values(ratio).every(Number.isFinite)) return undefined;
  const p = pairedPermutationP(withoutStrays(pairs), {
    random: randomFrom(seed, block, name, 'permutation'),
    draws,
  });
  const contaminated = contaminationOf(baseline, candidate);
  return {
    baseline: baseline.record.value,
    candidate: candidate.record.value,
    ratio,
    p,
    holmP: p,
    processes: [costs[0].length, costs[1].length],
    ...(contaminated === undefined ? {} : { contaminated }),
    notices: slowEndNotices(baseline.record, candidate.record, randomFrom(seed, block, name, 'slow end')),
  };
}

/** Processes that ran next to each other; where one of them does not count its neighbour's neighbour takes its place. */
function pairsOf(baseline: readonly number[], candidate: readonly number[]): InterleavedPair[] {
  return baseline
    .slice(0, candidate.length)
    .map((cost, index) => ({ baseline: cost, candidate: candidate[index]! }))
    .filter((pair) => pair.baseline > 0 && pair.candidate > 0);
}

/**
 * The pairs with log ratios drawn in to {@link FAR} medians of their sizes: a disturbed process must not outweigh ninety others. How far one is drawn in
 * does not depend on its sign, so signs are as exchangeable as before, and p as right.
 */
function withoutStrays(pairs: readonly InterleavedPair[]): InterleavedPair[] {
  const logRatios = pairs.map((pair) => Math.log(pair.candidate / pair.baseline));
  const limit = FAR * quantile(logRatios.map(Math.abs), 0.5);
  return logRatios.map((one) => ({
    baseline: 1,
    candidate: Math.exp(Math.min(Math.max(one, -limit), limit)),
  }));
}
