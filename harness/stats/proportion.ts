/** Owns the interval of a share that was counted. */

/** The normal distribution's quantile for 95%. */
const Z = 1.959963984540054;

/**
 * Returns the 95% interval of a share of which `hits` of `trials` were seen: Wilson's score interval (Journal of the American Statistical
 * Association 22, 1927), which holds near 0 and 1, where the usual one is a point.
 */
export function shareInterval(hits: number, trials: number): { low: number; high: number } {
  if (!(trials > 0 && hits >= 0 && hits <= trials)) throw new RangeError(`${hits} of ${trials} is no share`);
  const share = hits / trials;
  const scale = 1 + Z ** 2 / trials;
  const middle = (share + Z ** 2 / (2 * trials)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / trials + Z ** 2 / (4 * trials ** 2));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
