/** Owns the paired permutation test: whether two arms measured side by side differ by more than the luck of the pairs. */

import type { SortedStatistic } from './bootstrap.ts';
import type { Random } from './random.ts';

/** A figure of each arm from processes that ran next to each other, both above zero. */
export interface InterleavedPair {
  baseline: number;
  candidate: number;
}

export interface PermutationOptions {
  random: Random;
  /** How many assignments of signs are drawn; 9,999 make the least p 0.0001. */
  draws?: number;
  /** What is compared, of the signed log ratios in ascending order; their mean unless given. */
  statistic?: SortedStatistic;
}

const DRAWS = 9999;
/** Assignments that come to the same sum may differ in its last bits. */
const SAME_WITHIN = 1e-12;

/**
 * Returns the two-sided p of the hypothesis that arms are interchangeable within each pair: Fisher's randomisation test (The Design of
 * Experiments, 1935, section 21) on the pairs' log ratios, so that twice as slow and twice as quick weigh the same. Where the arms
 * do not differ, each log ratio could as well have had the other sign; p is how often signs drawn by lot carry the statistic at least
 * as far from zero as it was. What was seen counts as one of the draws, p = (b + 1) / (m + 1): else p could be zero, and a test at 5%
 * would be wrong more often than that (Phipson and Smyth, "Permutation P-values should never be zero", Statistical Applications in
 * Genetics and Molecular Biology 9, 2010, equation 2). That holds for any statistic; one that trims loses less to disturbed pairs.
 *
 * @param pairs at least one, finite and above zero; of n pairs no p is below 2^(1-n)
 */
export function pairedPermutationP(pairs: readonly InterleavedPair[], options: PermutationOptions): number {
  const { random, draws = DRAWS, statistic } = options;
  const logRatios = pairs.map(({ baseline, candidate }) => Math.log(candidate / baseline));
  if (logRatios.length === 0 || !logRatios.every(Number.isFinite))
    throw new RangeError('a paired test needs at least one pair, all of them finite and above zero');
  const distance = (signed: readonly number[]) =>
    Math.abs(statistic ? statistic(signed.toSorted((left, right) => left - right)) : meanOf(signed));
  const seen = distance(logRatios) * (1 - SAME_WITHIN);
  let asFar = 0;
  for (let draw = 0; draw < draws; draw += 1) if (distance(flipped(logRatios, random)) >= seen) asFar += 1;
  return (asFar + 1) / (draws + 1);
}

/** Each with its own sign or the other, by a bit of its own. */
function flipped(logRatios: readonly number[], random: Random): number[] {
  let bits = 0;
  return logRatios.map((logRatio, index) => {
    if (index % 32 === 0) bits = random.nextUint32();
    return (bits >>> (index % 32)) & 1 ? -logRatio : logRatio;
  });
}

function meanOf(numbers: readonly number[]): number {
  let sum = 0;
  for (const one of numbers) sum += one;
  return sum / numbers.length;
}
