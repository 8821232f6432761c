/** Owns how two records of one benchmark become comparable: as costs, of which less is better, and the figure made of them. */

import type { PerformanceRecord } from '../contracts/run.ts';
import type { SortedStatistic } from '../stats/bootstrap.ts';
import { statisticFor } from '../stats/figureStatistic.ts';

export type Figure = Pick<PerformanceRecord, 'better' | 'flags' | 'metric' | 'samples'>;

/** One cost for each process that counts: a throughput's is the time a byte takes. */
export function costsOf({ better, samples }: Figure): number[] {
  return better === 'higher' ? samples.map((one) => 1 / one) : [...samples];
}

/** What makes an arm's figure of its costs, as measuring does. */
export function statisticOf({ metric, flags }: Pick<Figure, 'flags' | 'metric'>): SortedStatistic {
  return statisticFor(metric, flags.includes('contaminated'));
}

/** A record's figure made again of its samples, in its own unit. */
export function figureOf(record: Figure): number {
  const cost = statisticOf(record)(costsOf(record).toSorted((a, b) => a - b));
  return record.better === 'higher' ? 1 / cost : cost;
}
