/** Owns the figure of an arm: the mean of its lower middle. */

/** Of the samples in ascending order, what lies below this share is left out, and what lies above the other. */
const FROM = 0.2;
const TO = 0.6;

/**
 * Returns the mean of the samples between the 20th and the 60th percentile, a trimmed mean (Huber, Robust Statistics, 1981, 3.3) that
 * is trimmed where benchmarks are dirty. The upper two fifths may be disturbed. The lowest fifth is left out as well: where memory happens to lie makes one process of
 * ten a tenth quicker, and how many of such twenty processes have is luck. Of five samples it is the mean of the second and third, of one that
 * one.
 *
 * @param sorted at least one, ascending
 */
export function lowerMiddleMean(sorted: readonly number[]): number {
  const from = Math.floor(sorted.length * FROM);
  const to = Math.max(from + 1, Math.ceil(sorted.length * TO));
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += sorted[index]!;
  return sum / (to - from);
}
