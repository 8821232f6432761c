/** Owns waivers: which known regression is let pass, how far, and until when. */

import type { BenchmarkComparison, Waiver } from '../contracts/comparison.ts';
import { globTakes } from '../naming/globTakes.ts';

/** The waiver that lets a regression pass, and what there is to say of those that are in vain. */
export interface Waived {
  waiver?: Waiver;
  notices: string[];
}

/** Looks for a waiver of a regressed benchmark. */
export function waiverFor(
  one: Pick<BenchmarkComparison, 'suite' | 'case'>,
  /** The greater one of its blocks, as a ratio. */
  ratio: number,
  waivers: readonly Waiver[],
  now: Date,
): Waived {
  const notices: string[] = [];
  for (const waiver of waivers.filter(({ benchmark }) => globTakes(benchmark, one.suite, one.case))) {
    if (isOver(waiver, now)) notices.push(`its waiver ended on ${waiver.until} (${waiver.reason})`);
    else if (ratio - 1 > waiver.upTo)
      notices.push(`beyond its waiver of ${Number((waiver.upTo * 100).toPrecision(3))}% (${waiver.reason})`);
    else return { waiver, notices: [] };
  }
  return { notices };
}

/** Waivers that are over, whatever was measured: whoever keeps them should know. */
export function endedWaivers(waivers: readonly Waiver[], now: Date): string[] {
  return waivers
    .filter((waiver) => isOver(waiver, now))
    .map(
      ({ benchmark, until, reason }) => `the waiver of ${benchmark} ended on ${until} (${reason}): remove it`,
    );
}

/** A waiver holds through its last day. */
const isOver = ({ until }: Waiver, now: Date) => now.getTime() >= Date.parse(until) + 24 * 3600 * 1000;
