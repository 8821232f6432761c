/** Owns the spread that outliers don't move: the median absolute deviation. */

import { medianAbsoluteDeviation } from 'simple-statistics';

/** 1 over the normal distribution's third quartile: with it the figure estimates a normal sample's standard deviation. */
const TO_STANDARD_DEVIATION = 1.482602218505602;

/**
 * Returns the median of the samples' distances from their median, in their unit (Hampel, "The influence curve and its role in robust
 * estimation", Journal of the American Statistical Association 69, 1974). Up to half of the samples may be anything.
 *
 * @param samples at least one
 */
export function mad(samples: readonly number[]): number {
  if (samples.length === 0) throw new RangeError('no samples');
  return medianAbsoluteDeviation(samples as number[]);
}

/** {@link mad} as a standard deviation: times 1.4826, as R's `mad` (Rousseeuw and Croux, ibid. 88, 1993, section 1). */
export function scaledMad(samples: readonly number[]): number {
  return TO_STANDARD_DEVIATION * mad(samples);
}
