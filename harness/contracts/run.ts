/** The shape of run.json, `wasimeter/run@1`: what a finished run hands to every reporter, gate and archive. */

import type { Selection } from './selection.ts';
import type { WasiVersion } from './wasi.ts';

export const RUN_SCHEMA = 'wasimeter/run@1';

/**
 * What became of a case. `xfail` is a failure that the runner's expectations name, `xpass` a named failure that did not
 * happen (the expectation is stale), `crash` an end of the runtime that the case did not ask for, `error` the harness's own.
 */
export type Outcome = 'pass' | 'fail' | 'xfail' | 'xpass' | 'skip' | 'timeout' | 'crash' | 'error';

export const OUTCOMES: readonly Outcome[] = [
  'pass',
  'fail',
  'xfail',
  'xpass',
  'skip',
  'timeout',
  'crash',
  'error',
];

/** How a runner supports one WASI version: itself, through an adapter, or not at all (then `reason` says why). */
export interface Capability {
  support: 'native' | 'adapter' | 'none';
  /** Shown beside every result: the adapter's name, or why the version is not supported. */
  reason?: string;
}

/** A check of the guest's clock against the host's over a span of both. */
export interface ClockCheck {
  wasi: WasiVersion;
  /** Guest nanoseconds per host nanosecond; 1 is right. */
  ratio: number;
  /** The clock's tick in nanoseconds: the greatest common divisor of the differences of its readings. */
  tickNs: number;
  verdict: 'agrees' | 'disagrees' | 'coarse';
}

export interface RunnerRecord {
  id: string;
  name: string;
  status: 'measured' | 'not-installed';
  version?: string;
  /** How the runtime executes wasm here, e.g. `jit`, `interpreter`, `transpiled`. */
  mode?: string;
  /** Where conformance ran in another mode than `mode`, in which every case comes to the same: that one. */
  conformanceMode?: string;
  /** What was wrong and what the user can do, when `not-installed`. */
  reason?: string;
  /** The executable's file name, without its folder. */
  binary?: string;
  /** Where it was found or brought from, e.g. `PATH`, `cache (Debian package 0.17.1-1)`. */
  source?: string;
  /** SHA-256 of the executable, in hex. */
  sha256?: string;
  /** What else is to be known of it, e.g. that a harmed one was refused before it. */
  note?: string;
  capabilities: Record<WasiVersion, Capability>;
  /** No runtime, but the operating system's own calls: what the others' latencies are multiples of. */
  isFloor?: true;
  clockChecks?: ClockCheck[];
}

/** Where a run was made; nothing here names the host or its user. */
export interface MachineRecord {
  os: string;
  kernel: string;
  arch: string;
  cpuModel: string;
  cores: number;
  memoryBytes: number;
  filesystem: string;
  node: string;
  /** One-minute load average when the run began. */
  loadAverage: number;
  harness: string;
  /** CPUs that the harness may run on, where that is known. */
  allowedCpus?: number;
  /** CPUs' worth of time that a control group grants, where it sets a limit. */
  cpuQuota?: number;
  /** CPU frequency governors of the allowed CPUs, e.g. `performance`. */
  governor?: string;
  /** Hints such as `virtual machine, container`. */
  virtualization?: string;
  /** The host clock's smallest step, and what a reading of it costs. */
  clockResolutionNs?: number;
  clockCostNs?: number;
  /** One-minute load average when the run ended. */
  loadAverageAtEnd?: number;
  /** Share of all processor time that the hypervisor gave to others during the run, 0 to 1. */
  stealShare?: number;
  noise?: HostNoise;
}

/** How quiet the machine was for a moment in which nothing but the guests' control loop ran. */
export interface HostNoise {
  durationMs: number;
  /** How often the control ran. */
  controls: number;
  /** The quickest, a round of its loop: comparable between runs on one machine. */
  roundNs: number;
  /** Share of controls within 5% of the quickest, 0 to 1. */
  quietShare: number;
  /** The controls' 95th percentile over the quickest. */
  p95Ratio: number;
  /** Stretches of a millisecond or longer without a quiet control. */
  slowSpells: number;
  longestSpellNs: number;
  /** `quiet`: as good as all of it; `noisy`: less than a quarter, which is what the figures need. */
  verdict: 'quiet' | 'usable' | 'noisy';
}

/** One statement of a script with what came back, as a reader sees it. */
export interface TranscriptLine {
  /** The script's own line. */
  statement: string;
  /** The call in words with its result: `clock_time_get(99, 0) = inval`. */
  text: string;
  /** `failed` marks the line that an expectation speaks of. */
  mark: 'ok' | 'failed' | 'trap' | 'unfinished';
  /** For a failed line: what was expected. */
  expected?: string;
}

export interface ConformanceRecord {
  suite: string;
  case: string;
  wasi: WasiVersion;
  runner: string;
  title: string;
  outcome: Outcome;
  /** Why it was skipped, failed, or is expected to fail. */
  reason?: string;
  /** What the specification asks for, in words. */
  expected?: string;
  /** The section of the specification that decides. */
  spec: string;
  /** Functions the transcript shows as called. */
  covers: string[];
  durationMs: number;
  /** The outcomes of all attempts where they differ: the case wavers on this runtime. `outcome` is then that of the first one. */
  flaky?: Outcome[];
  /** Where the specification allows several outcomes: the call, which of them was seen, and the text that leaves it open. */
  ambiguities?: { call: string; seen: string; why: string }[];
  /** What is to be read beside a pass: `not observed in 2,000 attempts`. */
  notes?: string[];
  /** Inline for whatever did not pass or skip; the others are in transcripts.ndjson beside run.json. */
  transcript?: TranscriptLine[];
}

/** A line of transcripts.ndjson: how a case passed. */
export type PassedTranscript = Pick<ConformanceRecord, 'suite' | 'case' | 'wasi' | 'runner'> & {
  transcript: TranscriptLine[];
};

export type Metric = 'latency' | 'throughput' | 'startup' | 'memory';

/** What makes a figure less than it seems. `contaminated`: fewer than five quiet processes, all of them counted; `coarse-clock` and `clock-disagrees`: the guest's clock; `spawn-overhead`: includes Node's own spawn; `call-fails`: the timed call returned an error at times; `one-cpu`: all threads were kept on one CPU; `wide`: half the interval is more than 1% of the figure. */
export type Flag =
  | 'contaminated'
  | 'coarse-clock'
  | 'clock-disagrees'
  | 'spawn-overhead'
  | 'call-fails'
  | 'one-cpu'
  | 'wide';

/** The identity of a series besides case, runner and metric: when one of these changes, a new epoch begins. */
export interface SeriesIdentity {
  estimator: string;
  scriptHash: string;
  guestHash: string;
}

export interface PerformanceRecord {
  suite: string;
  case: string;
  wasi: WasiVersion;
  runner: string;
  title: string;
  metric: Metric;
  /** `ns` for latency and startup, `B/s` for throughput, `B` for memory. */
  unit: 'ns' | 'B/s' | 'B';
  better: 'lower' | 'higher';
  /** Arguments that tell variants of one case apart, e.g. `{ bytes: 4096 }`. */
  parameters: Record<string, string | number>;
  /** Shown in the short table and in the quick profile. */
  headline: boolean;
  /** The midmean (between the quartiles) of quiet processes, each of which counts by the tenth percentile of its quiet batches at the core's typical speed. */
  value: number;
  /** Bootstrap interval over processes, nominally 95%. */
  ciLow: number;
  ciHigh: number;
  /** Over all batches of all processes; for a throughput what 99 of 100 batches exceed. Shown, never gated. */
  p99?: number;
  /** One figure for each process that counts, in the order measured. */
  samples: number[];
  /** How many fresh processes there were, those that don't count among them. */
  rounds: number;
  flags: Flag[];
  identity: SeriesIdentity;
}

/** Something planned that was not run, and why; conformance skips are records of their own. */
export interface NotMeasured {
  suite: string;
  case: string;
  wasi: WasiVersion;
  runner: string;
  reason: string;
}

/** How quiet the machine was for one runner's timing. */
export interface NoiseRecord {
  runner: string;
  wasi: WasiVersion;
  /** Share of control batches within 5% of that runner's quickest, somewhat more where its clock is unsteady. */
  quietShare: number;
  /** Share of processes that had a batch between two quiet controls. */
  quietProcesses: number;
  verdict: 'quiet' | 'contaminated';
  /** What a round of the control loop took on average over the quiet controls; absent from runs of before it was recorded. */
  roundNs?: number;
}

/** What it took to transpile or compile a guest ahead of its starts; no startup figure holds it. */
export interface PreparationRecord {
  runner: string;
  guest: string;
  /** When it was made: now, or earlier. */
  durationNs: number;
  /** Made in this run; otherwise it was found in the cache. */
  fresh: boolean;
}

export interface RunResult {
  schema: typeof RUN_SCHEMA;
  id: string;
  startedAt: string;
  finishedAt: string;
  machine: MachineRecord;
  config: {
    profile: string;
    suites: string[];
    runners: string[];
    processes: number;
    seed: number;
    /** What of the suites and runners was run, where it was not all: such a run says nothing of the whole. */
    selection?: Selection;
  };
  runners: RunnerRecord[];
  conformance: ConformanceRecord[];
  performance: PerformanceRecord[];
  preparations: PreparationRecord[];
  notMeasured: NotMeasured[];
  noise: NoiseRecord[];
  /** Inventories of the suites run: how many (function, outcome) pairs there are and how many a case asserts. Empty where a selection was run. */
  coverage: { suite: string; wasi: WasiVersion; pairs: number; asserted: number; excluded: number }[];
}
