/** Owns the definition of a quantile that every figure of the harness uses. */

import { quantileSorted, quantile as quantileUnsorted } from 'simple-statistics';

/**
 * Returns the quantile at `probability` by Hyndman and Fan's definition 7 ("Sample quantiles in statistical packages", The
 * American Statistician 50, 1996), which is also R's and NumPy's default: linear between the order statistics around
 * (n - 1) x probability. One sample is its own quantile; of two, the lower quartile is a quarter of the way up.
 */
export function quantile(samples: readonly number[], probability: number): number {
  return quantileUnsorted(samples as number[], probability);
}

/**
 * Returns the lower quartile, {@link quantile} at 1/4: of 20 samples it lies three quarters of the way from the fifth smallest
 * to the sixth, so that it holds still while six of twenty are undisturbed.
 */
export function lowerQuartile(samples: readonly number[]): number {
  return quantile(samples, 0.25);
}

/** {@link lowerQuartile} of samples already in ascending order, without the search for them. */
export function lowerQuartileOfSorted(sorted: readonly number[]): number {
  return quantileSorted(sorted, 0.25);
}

/** The median of samples already in ascending order. */
export function medianOfSorted(sorted: readonly number[]): number {
  return quantileSorted(sorted, 0.5);
}
