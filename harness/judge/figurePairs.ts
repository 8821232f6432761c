/** Pairs the figures of two arms that were measured side by side, and says by what factor they differ. */

import type { PerformanceRecord } from '../contracts/run.ts';
import { benchmarkName } from '../naming/benchmarkName.ts';
import { type Interval, ratioOf } from '../stats/bootstrap.ts';
import type { Random } from '../stats/random.ts';
import { costsOf, statisticOf } from './costs.ts';

/** One benchmark in both arms. */
export interface FigurePair {
  a: PerformanceRecord;
  b: PerformanceRecord;
}

/** The benchmarks that have a figure in both arms, in the order of the first. */
export function pairsOf(performance: readonly PerformanceRecord[], a: string, b: string): FigurePair[] {
  const others = new Map(
    performance.filter((one) => one.runner === b).map((one) => [benchmarkName(one), one]),
  );
  return performance.flatMap((one) => {
    const other = one.runner === a ? others.get(benchmarkName(one)) : undefined;
    return other ? [{ a: one, b: other }] : [];
  });
}

/**
 * By what factor the second arm's figure is the first's, with its interval; of a throughput it is that of its latency, inverted.
 * Both arms are told by the same statistic, that of too few quiet processes where either has so few.
 */
export function ratioOfPair({ a, b }: FigurePair, random: Random): Interval | undefined {
  const flags = [...a.flags, ...b.flags];
  const ratio = ratioOf(statisticOf({ metric: a.metric, flags }), costsOf(a), costsOf(b), { random });
  if (!ratio || a.better === 'lower') return ratio;
  return { value: 1 / ratio.value, low: 1 / ratio.high, high: 1 / ratio.low };
}
