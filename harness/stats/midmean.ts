/** Owns the figure of an arm: the mean of the middle half of its samples. */

/** Of the samples in ascending order, what lies below this share is left out, and what lies above the other. */
const FROM = 0.25;
const TO = 0.75;

/**
 * Returns the mean of the samples between the quartiles: the midmean, or interquartile mean (Tukey, Exploratory Data Analysis, 1977). A disturbed quarter above
 * does not count, nor does a quick one below: where memory happens to lie makes one process of
 * ten a tenth quicker, and how many of such twenty processes have is luck. Of five samples it is the mean of the middle three, of one that
 * one.
 *
 * @param sorted at least one, ascending
 */
export function midmean(sorted: readonly number[]): number {
  const from = Math.floor(sorted.length * FROM);
  const to = Math.max(from + 1, Math.ceil(sorted.length * TO));
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += sorted[index]!;
  return sum / (to - from);
}
