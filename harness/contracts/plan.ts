/** What a run will do: the trials, the timing blocks, and what is left out with the reason. */

import type { Guest } from './guest.ts';
import type { NotMeasured } from './run.ts';
import type { Found, Runner } from './runner.ts';
import type { BenchWorld, ConformanceCase, PerformanceCase } from './suite.ts';
import type { WasiVersion } from './wasi.ts';

/** A runner that is installed, or the reason why it is not. */
export interface RosterEntry {
  runner: Runner;
  found?: Found;
  missing?: string;
  /** What else is to be known of it: a harmed one in the cache that was passed over. */
  note?: string;
}

export interface ConformanceTrial {
  suite: string;
  case: ConformanceCase;
  runner: string;
  guest: Guest;
  /** The script's text. */
  script: string;
  /** Whether the case looks at its world when the guest has ended. */
  looks: boolean;
  runs: number;
}

/** A benchmark within an arm's process. */
export interface TimedCase {
  suite: string;
  case: PerformanceCase;
  /** Tells its bench record; undefined for startup, which has none. */
  key?: number;
  /** Lines run once a process, before any timing; of a memory figure all there are, of which the last waits. */
  setup: string[];
  /** The line that times, repeated in each pass; none for startup. */
  bench?: string;
  scriptHash: string;
}

/** What is started in each round: one process that runs all its cases. */
export interface TimingArm {
  /** Unique in its block: the runner's, unless a block holds guests of several versions. */
  id: string;
  runner: string;
  guest: Guest;
  wasi: WasiVersion;
  cases: TimedCase[];
  /** What each of its processes finds. */
  world?: BenchWorld;
  /** How often a process goes through its benchmarks. */
  passes: number;
  /** Whether its processes are kept on one CPU. */
  oneCpu: boolean;
  /** The process is a host of ours that calls the guest's exports, not the runtime's own. */
  inProcess?: true;
  /** Its processes tell the phases of their start. */
  phases?: true;
  /** Nothing is timed: its processes are looked at while their guests wait. */
  waits?: true;
}

export interface TimingBlock {
  id: string;
  arms: TimingArm[];
  /** Fresh processes per arm, at least. */
  processes: number;
  /** At most, while the machine leaves too few of them undisturbed. */
  mostProcesses: number;
}

export interface Plan {
  seed: number;
  roster: RosterEntry[];
  conformance: ConformanceTrial[];
  blocks: TimingBlock[];
  /** The number of processes is chosen by a pilot, up to so many. */
  pilot?: { most: number };
  /** Where there is one: about how long what fits takes, and what does not (which is not measured). */
  timeBudget?: { budgetS: number; expectedS: number; leftOut: NotMeasured[] };
  skippedCases: { suite: string; case: ConformanceCase; runner: string; reason: string }[];
  notMeasured: NotMeasured[];
  caseTimeoutMs: number;
}
