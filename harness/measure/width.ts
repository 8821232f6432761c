/** Owns how wide an interval may be for a figure to be told without a word of warning. */

import type { PerformanceRecord } from '../contracts/run.ts';

/** Half an interval, as a share of its figure. */
export const HALF_WIDTH = 0.01;

/** Whether an interval reaches so far to both sides that a change of 1% can't be told in it. */
export const isWide = ({
  value,
  ciLow,
  ciHigh,
}: Pick<PerformanceRecord, 'value' | 'ciLow' | 'ciHigh'>): boolean =>
  (ciHigh - ciLow) / 2 > HALF_WIDTH * Math.abs(value);
