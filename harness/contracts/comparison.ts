/** The shape of comparison.json, `wasimeter/comparison@1`: two arms held side by side, benchmark by benchmark, with a verdict on each. */

import type { ConformanceRecord, PerformanceRecord } from './run.ts';
import type { WasiVersion } from './wasi.ts';

export const COMPARISON_SCHEMA = 'wasimeter/comparison@1';

/**
 * What a benchmark came to. `regressed` and `improved`: beyond the floor, surely so, and twice where a second block was measured;
 * `unchanged`: the interval lies within the floor; `unsure`: none of these; `contaminated`: the machine, not the runtime, may have moved it.
 */
export type Verdict = 'regressed' | 'improved' | 'unchanged' | 'unsure' | 'contaminated';

/** From what needs a look first. */
export const VERDICTS: readonly Verdict[] = ['regressed', 'contaminated', 'unsure', 'improved', 'unchanged'];

/** What is compared: a runner as it was measured in a run. */
export interface Arm {
  runner: string;
  version?: string;
  mode?: string;
  sha256?: string;
  /** The run's id. */
  run: string;
}

/** The candidate's cost over the baseline's: 1.02 is two percent more, of a throughput two percent less. */
export interface Ratio {
  value: number;
  /** Bootstrap interval over processes, 95%. */
  low: number;
  high: number;
}

/** What one block of timing says of a benchmark. */
export interface BlockEvidence {
  /** In the benchmark's unit. */
  baseline: number;
  candidate: number;
  ratio: Ratio;
  /** Of the permutation test over interleaved pairs, two-sided. */
  p: number;
  /** The same after Holm's correction over all benchmarks of the block. */
  holmP: number;
  /** Processes that count, of each arm. */
  processes: [baseline: number, candidate: number];
  /** Why the machine may have made the difference. */
  contaminated?: string;
  notices: string[];
}

/** The change below which nothing is claimed, as a share: 0.01 is 1%. */
export interface Floor {
  share: number;
  /** Why it is what it is: the configuration, the benchmark's own spread, a stored baseline. */
  why: string;
}

/** A regression that is known and let pass up to a limit, until a day. */
export interface Waiver {
  /** A glob for `suite/case`. */
  benchmark: string;
  /** As a share. */
  upTo: number;
  /** The last day on which it holds, `2027-03-01`, in UTC. */
  until: string;
  reason: string;
  link?: string;
}

export interface BenchmarkComparison
  extends Pick<
    PerformanceRecord,
    'suite' | 'case' | 'title' | 'metric' | 'unit' | 'better' | 'parameters' | 'headline'
  > {
  wasi: WasiVersion;
  /** The runner's id of each arm. */
  arms: [baseline: string, candidate: string];
  verdict: Verdict;
  floor: Floor;
  first: BlockEvidence;
  /** Of the fresh block that was measured since the first one looked like a regression. */
  confirming?: BlockEvidence;
  /** The waiver that lets a regression pass. */
  waiver?: Waiver;
  /** What is to be read beside the verdict; none of it changes it. */
  notices: string[];
}

/** A benchmark that has no verdict. */
export interface NotCompared {
  suite: string;
  case: string;
  wasi: WasiVersion;
  runner: string;
  reason: string;
}

/** What a gate says of all: what fails it, and the exit code that follows. */
export interface GateResult {
  /** Not waived. */
  regressed: number;
  /** Unexpected conformance outcomes of the candidate. */
  unexpected: Pick<ConformanceRecord, 'suite' | 'case' | 'wasi' | 'runner' | 'outcome' | 'reason'>[];
  failOn: ('regressed' | 'unexpected' | 'unsure')[];
  exitCode: number;
}

export interface Comparison {
  schema: typeof COMPARISON_SCHEMA;
  /** `side-by-side`: measured together, process by process; `stored`: at two times, with wider floors. */
  kind: 'side-by-side' | 'stored';
  arms: { baseline: Arm; candidate: Arm }[];
  seed: number;
  benchmarks: BenchmarkComparison[];
  notCompared: NotCompared[];
  /** What holds for all of it: another machine, one block only. */
  notices: string[];
  gate?: GateResult;
}
