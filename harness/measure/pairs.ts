/** Pairs the figures of two arms that were measured side by side, and says by what factor they differ. */

import type { PerformanceRecord } from '../contracts/run.ts';
import { type Interval, ratioOf } from '../stats/bootstrap.ts';
import { midmean } from '../stats/midmean.ts';
import { lowerQuartileOfSorted } from '../stats/quantile.ts';
import type { Random } from '../stats/random.ts';

/** One benchmark in both arms. */
export interface FigurePair {
  a: PerformanceRecord;
  b: PerformanceRecord;
}

/** The benchmarks that have a figure in both arms, in the order of the first. */
export function pairsOf(performance: readonly PerformanceRecord[], a: string, b: string): FigurePair[] {
  const others = new Map(performance.filter((one) => one.runner === b).map((one) => [nameOf(one), one]));
  return performance.flatMap((one) => {
    const other = one.runner === a ? others.get(nameOf(one)) : undefined;
    return other ? [{ a: one, b: other }] : [];
  });
}

/** A benchmark's name beside its runner's: `p1 clocks/clock_time_get`. */
export const nameOf = ({ wasi, suite, case: name }: Pick<PerformanceRecord, 'wasi' | 'suite' | 'case'>) =>
  `${wasi} ${suite}/${name}`;

/**
 * By what factor the second arm's figure is the first's, with its interval; of a throughput it is that of its latency, inverted.
 * Both arms are told by the same statistic: start-up, and where either has too few quiet processes, by the lower quartile.
 */
export function ratioOfPair({ a, b }: FigurePair, random: Random): Interval | undefined {
  const isRate = a.metric === 'throughput';
  const timesOf = ({ samples }: PerformanceRecord) => (isRate ? samples.map((rate) => 1 / rate) : samples);
  const byQuartile = a.metric === 'startup' || [a, b].some(({ flags }) => flags.includes('contaminated'));
  const statistic = byQuartile ? lowerQuartileOfSorted : midmean;
  const ratio = ratioOf(statistic, timesOf(a), timesOf(b), { random });
  if (!ratio || !isRate) return ratio;
  return { value: 1 / ratio.value, low: 1 / ratio.high, high: 1 / ratio.low };
}
