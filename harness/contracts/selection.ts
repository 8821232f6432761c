/** What a run is restricted to, besides its suites and runners; it stands in the run's header, so that the run can be resumed and judged again. */

import type { WasiVersion } from './wasi.ts';

/** A case on a runner. */
export interface TrialName {
  suite: string;
  case: string;
  wasi: WasiVersion;
  runner: string;
}

/** Each part that is given restricts further; of a list any element will do. */
export interface Selection {
  /** Globs for `case` or `suite/case`; one that matches the beginning up to a `/` takes all below it. */
  cases?: string[];
  wasi?: WasiVersion[];
  tags?: string[];
  /** Of each suite only so many cases that every pair of its inventory is asserted. */
  covering?: true;
  /** Exactly these, and no benchmarks. */
  trials?: TrialName[];
}

/** Whether a selection leaves some function, or some way in which one can end, out of account; covering cases leave none. */
export function leavesOut(selection: Selection | undefined): boolean {
  const { covering: _, ...rest } = selection ?? {};
  return Object.keys(rest).length > 0;
}
