/** The profiles that there are: ours, and those that a configuration adds or changes. */

import type { BenchConfig, Cases, Extent } from '../contracts/config.ts';

export interface Settings {
  cases: Cases;
  only: Extent;
  processes: number;
  patience: number;
  /** Of each process at least; five in each of its passes unless given. */
  batches?: number | undefined;
}

const FULL: Settings = { cases: 'all', only: 'all', processes: 30, patience: 4 };
const BUILT_IN: Record<string, Settings> = {
  quick: { cases: 'covering', only: 'headline', processes: 20, patience: 1, batches: 25 },
  full: FULL,
  conformance: { cases: 'all', only: 'none', processes: 20, patience: 1 },
};
/** From the narrowest. */
const EXTENTS: readonly Extent[] = ['none', 'headline', 'all'];

/** All profiles by name; what a new one leaves out is as in `full`. */
export function profilesOf(config: BenchConfig): Map<string, Settings> {
  const profiles = new Map(Object.entries(BUILT_IN));
  for (const [name, { cases, only, processes, patience, batches }] of Object.entries(config.profiles ?? {})) {
    const base = profiles.get(name) ?? FULL;
    const asked = EXTENTS.findLast((extent) => [only].flat().includes(extent));
    profiles.set(name, {
      cases: cases ?? base.cases,
      only: asked ?? base.only,
      processes: processes ?? base.processes,
      patience: patience ?? base.patience,
      batches: batches ?? base.batches,
    });
  }
  return profiles;
}
