/** Owns the figure of an arm: the mean of its lower half. */

/** Of the samples in ascending order, what lies below this share is left out, and what lies above the other. */
const FROM = 0.05;
const TO = 0.5;

/**
 * Returns the mean of the samples between the 5th and the 50th percentile, a trimmed mean (Huber, Robust Statistics, 1981, 3.3)
 * that is trimmed where benchmarks are dirty: all of the upper half may be disturbed, and a stray low one of twenty does not count. It
 * moves half as much from arm to arm as the lower quartile, which hangs on the two samples around it. Of five samples it is the mean
 * of the lowest two, of one that one.
 *
 * @param sorted at least one, ascending
 */
export function lowerHalfMean(sorted: readonly number[]): number {
  const from = Math.floor(sorted.length * FROM);
  const to = Math.max(from + 1, Math.floor(sorted.length * TO));
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += sorted[index]!;
  return sum / (to - from);
}
