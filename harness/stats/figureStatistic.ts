/** Owns which statistic makes an arm's figure of its processes: the same when it is measured, judged again from its samples, or compared. */

import type { Metric } from '../contracts/run.ts';
import type { SortedStatistic } from './bootstrap.ts';
import { midmean } from './midmean.ts';
import { lowerQuartileOfSorted, medianOfSorted } from './quantile.ts';

/**
 * Returns the statistic of samples that are costs, in ascending order. Of starts, and where too few processes were quiet, it is the lower
 * quartile, since what disturbs a process only adds to it; of memory the median, as what is resident wavers by some pages to both sides.
 */
export function statisticFor(metric: Metric, isContaminated = false): SortedStatistic {
  if (metric === 'memory') return medianOfSorted;
  return metric === 'startup' || isContaminated ? lowerQuartileOfSorted : midmean;
}
