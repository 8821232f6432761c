/** Owns the seeded order: which process of which arm comes when. */

import * as statistics from 'simple-statistics';
import type { Random } from './random.ts';

/**
 * Returns a new array with the items in an order drawn from `random`, by Fisher and Yates as simple-statistics does it. Every
 * order is equally likely but for the 2^-32 grain of the numbers.
 */
export function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  return statistics.shuffle([...items], random.nextUnit);
}
