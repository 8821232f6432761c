/** Owns how the figures of an arm's processes become one: best case, interval, and the slow end. */

import type { PerformanceRecord } from '../contracts/run.ts';
import { bootstrapInterval, type SortedStatistic } from '../stats/bootstrap.ts';
import { quantile } from '../stats/quantile.ts';
import type { Random } from '../stats/random.ts';

/** The part of a performance record that is computed from samples. */
export type Figures = Pick<
  PerformanceRecord,
  'value' | 'ciLow' | 'ciHigh' | 'p99' | 'samples' | 'rounds' | 'flags'
>;

/**
 * Returns the figures of an arm from one sample a process, in the samples' own unit (times, bytes: less is better), without
 * flags. The process is the unit drawn again: batches of one process share its luck, and would make the interval far too narrow
 * (Kalibera and Jones, "Rigorous benchmarking in reasonable time", ISMM 2013).
 *
 * @param statistic what makes one figure of them
 * @param samples in the order measured, at least one, finite
 * @param spread what the 99th percentile is taken over; the samples themselves unless there is something finer
 */
export function figuresOfSamples(
  statistic: SortedStatistic,
  samples: readonly number[],
  random: Random,
  spread: readonly number[] = samples,
): Figures {
  const { value, low, high } = bootstrapInterval(samples, statistic, { random });
  return {
    value,
    ciLow: low,
    ciHigh: high,
    p99: quantile(spread, 0.99),
    samples: [...samples],
    rounds: samples.length,
    flags: [],
  };
}
