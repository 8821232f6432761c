/** The profiles that there are: ours, and those that a configuration adds or changes. */

import type { BenchConfig, Extent } from '../contracts/config.ts';

export interface Settings {
  only: Extent;
  processes: number;
  patience: number;
}

const FULL: Settings = { only: 'all', processes: 30, patience: 4 };
const BUILT_IN: Record<string, Settings> = {
  quick: { only: 'headline', processes: 20, patience: 1 },
  full: FULL,
  conformance: { only: 'none', processes: 20, patience: 1 },
};
/** From the narrowest. */
const EXTENTS: readonly Extent[] = ['none', 'headline', 'all'];

/** All profiles by name; what a new one leaves out is as in `full`. */
export function profilesOf(config: BenchConfig): Map<string, Settings> {
  const profiles = new Map(Object.entries(BUILT_IN));
  for (const [name, { only, processes, patience }] of Object.entries(config.profiles ?? {})) {
    const base = profiles.get(name) ?? FULL;
    const asked = EXTENTS.findLast((extent) => [only].flat().includes(extent));
    profiles.set(name, {
      only: asked ?? base.only,
      processes: processes ?? base.processes,
      patience: patience ?? base.patience,
    });
  }
  return profiles;
}
