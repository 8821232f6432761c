/** Names the nearest valid word for a mistyped one. */

import leven from 'leven';
import { UserError } from '../contracts/failure.ts';

/** A UserError for an unknown word: says what it is, the nearest valid one, and all of them. */
export function unknownWord(what: string, word: string, valid: readonly string[], where = ''): UserError {
  const nearest = valid.toSorted((a, b) => leven(word, a) - leven(word, b))[0];
  const near =
    nearest !== undefined && leven(word, nearest) <= Math.max(2, word.length / 2)
      ? `; did you mean '${nearest}'?`
      : '';
  const all = valid.length === 0 ? 'there are none' : `there are: ${valid.join(', ')}`;
  return new UserError(`unknown ${what} '${word}'${where ? ` in ${where}` : ''}${near} (${all})`);
}
