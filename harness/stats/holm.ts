/** Owns what many comparisons at once do to a p: the correction that keeps one wrong claim among all of them rare. */

/**
 * Returns the adjusted p of each comparison, in the order given: claiming those at or below 0.05 makes a wrong claim among all of them in at
 * most 5% of families, however the comparisons hang together (Holm, "A simple sequentially rejective multiple test procedure",
 * Scandinavian Journal of Statistics 6, 1979). The least p counts times their number m, the next times m - 1 and no less than the one
 * before, and so on; no adjusted p exceeds 1.
 *
 * @param ps each 0 to 1
 */
export function holmAdjusted(ps: readonly number[]): number[] {
  if (!ps.every((p) => p >= 0 && p <= 1)) throw new RangeError('a p lies between 0 and 1');
  const adjusted = new Array<number>(ps.length);
  let least = 0;
  const ascending = ps.map((p, place) => ({ p, place })).toSorted((left, right) => left.p - right.p);
  for (const [rank, { p, place }] of ascending.entries()) {
    least = Math.max(least, Math.min(1, p * (ps.length - rank)));
    adjusted[place] = least;
  }
  return adjusted;
}
