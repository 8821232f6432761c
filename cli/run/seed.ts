/** Owns the seed as it is typed. */

import { InvalidArgumentError } from 'commander';

/** Throws commander's error for what is no seed. */
export function parseSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError('a whole number of at most nine digits, please.');
  return Number(text);
}
