/** Owns the record that preview 2's `stat` and `stat-at` return, its times in nanoseconds, and a file whose times tell roundings. */

import type { Observed } from '../../harness/contracts/expect.ts';
import { LETTERS } from './content.ts';

export interface Datetime {
  seconds: bigint;
  nanoseconds: number;
}

export interface Stat {
  type: string;
  'link-count': bigint;
  size: bigint;
  'data-access-timestamp': Datetime | null;
  'data-modification-timestamp': Datetime | null;
  'status-change-timestamp': Datetime | null;
}

export const statOf = (observed: Observed | undefined): Stat | undefined =>
  observed?.kind === 'ok' ? (observed.value as unknown as Stat) : undefined;

/** Null for none. */
export const nsOf = (time: Datetime | null): bigint | null =>
  time === null ? null : time.seconds * 1_000_000_000n + BigInt(time.nanoseconds);

/** Times with a digit at each place, so that roundings show. */
export const STAMPED = {
  kind: 'file',
  content: LETTERS,
  accessedNs: 1_111_111_111_234_567_891n,
  modifiedNs: 1_222_222_222_345_678_912n,
} as const;
