/** Owns what a series of equal pieces of work tells of the quiet between disturbances. */

import { quantile } from './quantile.ts';

/** How far above the quickest a piece may be and still be quiet: RATIONALE.md, "Why does only a quiet process count?" */
export const QUIET_WITHIN = 0.05;

/** A disturbance shorter than this is an interrupt, which every machine has; a batch of half a millisecond outlasts it. */
const SPELL_NS = 1e6;

export interface QuietTime {
  quickestNs: number;
  /** Share of pieces within 5% of the quickest, 0 to 1. */
  quietShare: number;
  /** The 95th percentile over the quickest, 1 or more. */
  p95Ratio: number;
  /** How often no piece was quiet for a millisecond or longer. */
  slowSpells: number;
  longestSpellNs: number;
}

/** Returns what the durations of equal pieces, in the order run, say. Throws a RangeError where there are none. */
export function quietTime(durationsNs: readonly number[]): QuietTime {
  if (durationsNs.length === 0) throw new RangeError('no durations');
  const quickestNs = durationsNs.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
  const limitNs = quickestNs * (1 + QUIET_WITHIN);
  const spells = slowSpells(durationsNs, limitNs);
  return {
    quickestNs,
    quietShare: durationsNs.filter((one) => one <= limitNs).length / durationsNs.length,
    p95Ratio: quantile(durationsNs, 0.95) / quickestNs,
    slowSpells: spells.length,
    longestSpellNs: spells.reduce((longest, one) => Math.max(longest, one), 0),
  };
}

/** Lengths of the stretches without a quiet piece that last a millisecond or more. */
function slowSpells(durationsNs: readonly number[], limitNs: number): number[] {
  const lengths: number[] = [];
  let slowNs = 0;
  for (const durationNs of [...durationsNs, 0]) {
    if (durationNs > limitNs) slowNs += durationNs;
    else {
      if (slowNs >= SPELL_NS) lengths.push(slowNs);
      slowNs = 0;
    }
  }
  return lengths;
}
