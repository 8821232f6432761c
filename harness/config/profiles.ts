/** The profiles that there are: ours, and those that a configuration adds or changes. */

import type { BenchConfig, Cases, Extent } from '../contracts/config.ts';

export interface Settings {
  cases: Cases;
  only: Extent;
  processes: number;
  patience: number;
  /** Of each process at least; five in each of its passes unless given. */
  batches?: number | undefined;
  /** A pilot chooses the number of processes, from `processes` up to so many; none does without it. */
  upTo?: number | undefined;
  timeBudgetS?: number | undefined;
}

const FULL: Settings = { cases: 'all', only: 'all', processes: 20, upTo: 60, patience: 4 };
const BUILT_IN: Record<string, Settings> = {
  quick: { cases: 'covering', only: 'headline', processes: 20, patience: 1, batches: 25 },
  full: FULL,
  conformance: { cases: 'all', only: 'none', processes: 20, patience: 1 },
};
/** From the narrowest. */
const EXTENTS: readonly Extent[] = ['none', 'headline', 'all'];

const UNIT_S = { s: 1, m: 60, h: 3600 };

/** The form of a time budget: `90s`, `10m`, `1.5h`. */
export const TIME_BUDGET = /^(\d{1,5}(?:\.\d{1,3})?)(s|m|h)$/;

/** The seconds in a time budget. Throws where it has another form. */
export function secondsIn(text: string): number {
  const [, number, unit] = TIME_BUDGET.exec(text) ?? [];
  if (number === undefined) throw new RangeError(`'${text}' is no time budget: 90s, 10m`);
  return Number(number) * UNIT_S[unit as keyof typeof UNIT_S];
}

/** All profiles by name; what a new one leaves out is as in `full`. */
export function profilesOf(config: BenchConfig): Map<string, Settings> {
  const profiles = new Map(Object.entries(BUILT_IN));
  for (const [name, { cases, only, processes, patience, batches, upTo, timeBudget }] of Object.entries(
    config.profiles ?? {},
  )) {
    const base = profiles.get(name) ?? FULL;
    const asked = EXTENTS.findLast((extent) => [only].flat().includes(extent));
    profiles.set(name, {
      cases: cases ?? base.cases,
      only: asked ?? base.only,
      processes: processes ?? base.processes,
      patience: patience ?? base.patience,
      batches: batches ?? base.batches,
      upTo: upTo ?? base.upTo,
      timeBudgetS: timeBudget === undefined ? base.timeBudgetS : secondsIn(timeBudget),
    });
  }
  return profiles;
}
