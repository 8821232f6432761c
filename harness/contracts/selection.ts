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
  /** Exactly these, and no benchmarks. */
  trials?: TrialName[];
}
