/** Judges what a runner measured against itself says: how far equal figures lie apart, and how often a difference is claimed. */

import type { PerformanceRecord } from '../contracts/run.ts';
import { benchmarkName } from '../naming/benchmarkName.ts';
import type { Interval } from '../stats/bootstrap.ts';
import { quantile } from '../stats/quantile.ts';
import { randomFrom } from '../stats/random.ts';
import { type FigurePair, ratioOfPair } from './figurePairs.ts';

/** One repeat of one benchmark. */
export interface SameRatio extends Interval {
  /** Counted from 1. */
  repeat: number;
  /** Beyond the floor with an interval that excludes 1: a difference where there is none. */
  claimed: boolean;
  contaminated: boolean;
}

/** One benchmark of one runner against itself. */
export interface SameArms extends Pick<PerformanceRecord, 'suite' | 'case' | 'wasi' | 'metric' | 'unit'> {
  runner: string;
  /** The median of both arms' figures. */
  value: number;
  /** The largest and the median difference of the arms over the repeats: 0.01 is one percent. */
  largest: number;
  typical: number;
  ratios: SameRatio[];
}

/** What all benchmarks come to. */
export interface SameArmsTotal {
  /** (benchmark, repeat) pairs. */
  pairs: number;
  /** Those that claim a difference, and their share: the false-positive rate. */
  claimed: number;
  claimedShare: number;
  /** The largest and the median of all differences. */
  largest: number;
  typical: number;
}

/**
 * Returns each benchmark's spread, in the order of the first repeat. A benchmark without a ratio (a figure of zero) is left out.
 *
 * @param repeats the pairs of each repeat
 * @param floor the smallest difference that is worth a claim, 0.01 for one percent
 */
export function judgeSameArms(
  runner: string,
  repeats: readonly (readonly FigurePair[])[],
  { floor, seed }: { floor: number; seed: number },
): SameArms[] {
  const benchmarks = new Map<string, { pair: FigurePair; repeat: number }[]>();
  for (const [index, pairs] of repeats.entries())
    for (const pair of pairs) {
      const name = benchmarkName(pair.a);
      benchmarks.set(name, [...(benchmarks.get(name) ?? []), { pair, repeat: index + 1 }]);
    }
  return [...benchmarks].flatMap(([name, repeated]) => {
    const ratios = repeated.flatMap(({ pair, repeat }): SameRatio[] => {
      const ratio = ratioOfPair(pair, randomFrom(seed, 'same-arms', runner, name, String(repeat)));
      if (!ratio) return [];
      const excludesOne = ratio.low > 1 || ratio.high < 1;
      const contaminated = [pair.a, pair.b].some(({ flags }) => flags.includes('contaminated'));
      return [{ repeat, ...ratio, claimed: excludesOne && apart(ratio) > floor, contaminated }];
    });
    const first = repeated[0]?.pair.a;
    if (!first || ratios.length === 0) return [];
    const { suite, case: id, wasi, metric, unit } = first;
    const value = quantile(
      repeated.flatMap(({ pair: { a, b } }) => [a.value, b.value]),
      0.5,
    );
    return [{ runner, ...{ suite, case: id, wasi, metric, unit }, value, ...spreadOf(ratios), ratios }];
  });
}

/** What several benchmarks, of whichever runners, come to together; undefined where there are none. */
export function totalOf(all: readonly SameArms[]): SameArmsTotal | undefined {
  const ratios = all.flatMap((one) => one.ratios);
  if (ratios.length === 0) return undefined;
  const claimed = ratios.filter((one) => one.claimed).length;
  return { pairs: ratios.length, claimed, claimedShare: claimed / ratios.length, ...spreadOf(ratios) };
}

/** How far a ratio is from 1, the same turned round: 0.01 for 1.01 and for 1/1.01. */
export function apart({ value }: Pick<Interval, 'value'>): number {
  return Math.max(value, 1 / value) - 1;
}

function spreadOf(ratios: readonly SameRatio[]): Pick<SameArms, 'largest' | 'typical'> {
  const differences = ratios.map(apart);
  return { largest: quantile(differences, 1), typical: quantile(differences, 0.5) };
}
