/** What a runner is: how one runtime, in one mode, is found, prepared and started. */

import type { Guest } from './guest.ts';
import type { InProcess } from './inProcess.ts';
import type { DirectStart, InstallRecipe, Located } from './install.ts';
import type { RunnerNeed } from './need.ts';
import type { Capability } from './run.ts';
import type { WasiVersion } from './wasi.ts';

export interface Found {
  version: string;
  /** How wasm is executed, e.g. `jit`, `interpreter`, `transpiled`. */
  mode: string;
  /** The executable started for a trial. */
  executable: string;
  source: string;
  /** As it was located: how trials start it where the executable is a script. */
  start?: DirectStart;
  /** Of the program, in hex; the harness adds it: two builds may call themselves by one version. */
  sha256?: string;
}

export interface Missing {
  reason: string;
}

/** What `detect` may ask of the harness. */
export interface DetectTools {
  /** Finds the runtime's executable: what bench.config or `WASIMETER_<ID>` names, the cache, PATH, in this order; undefined when nowhere. */
  locate(id: string, executable: string): Promise<Located | undefined>;
  /** Runs `file ...args` for at most 10 s and returns its standard output; throws with its stderr otherwise. */
  ask(file: string, args: string[]): Promise<string>;
}

/** What `prepare` may ask of the harness. */
export interface PrepareTools {
  /**
   * Runs a compiler to its end in a bare environment, for at most ten minutes; an interrupted run ends it. Throws with its own
   * words unless it exits with 0.
   */
  run(command: Command): Promise<void>;
}

/** What a start consists of, in its order: the host's own until its first line, the wasm's until the guest has returned. */
export const START_PHASES = ['boot', 'read', 'compile', 'instantiate', 'run'] as const;
export type StartPhase = (typeof START_PHASES)[number];

/** Behind this, on a line of standard output, a process tells its phases: an object of milliseconds. */
export const PHASES_MARK = 'wasimeter-phases ';

/** One start of a guest. */
export interface Trial {
  guest: Guest;
  /** What `prepare` made of the guest, or the guest's own file. */
  artifact: string;
  /** Without argv[0]. */
  args: string[];
  env: Record<string, string>;
  /** `readOnly` only on runners that provide it. */
  preopens: { host: string; guest: string; readOnly?: true }[];
  /** Whether the guest may use the network. */
  network: boolean;
  /** The process tells its phases at the guest's end; only on runners that provide that. */
  phases?: true;
  /** Where the socket to hand in shall listen; only on runners that provide that. */
  listen?: { host: string; port: number };
}

export interface Command {
  file: string;
  args: string[];
  /** Added to a bare environment: a trial never inherits the user's. */
  env?: Record<string, string>;
}

/** How the process of a trial ended, as the operating system told it. */
export interface ProcessEnd {
  exitCode: number | undefined;
  signal: string | undefined;
  /** What stood on stderr besides records: the runtime's own words. */
  stderrText: string;
  /** The last 64 KiB of stdout at least: WasmEdge says there, behind the guest's own output, why it failed. */
  stdoutText?: string;
}

/**
 * What an end means: the guest's own exit, a trap (the guest's or raised by the host), a guest that the runtime did not begin to
 * run (it does not decode, validate or link, or is nothing to start), or the runtime's failure.
 */
export type EndKind =
  | { kind: 'exit'; code: number }
  | { kind: 'trap'; message: string }
  | { kind: 'refused'; message: string }
  | { kind: 'crash'; message: string };

/** Another way in which a runtime executes guests: `wasmedge+aot` is the mode `aot` of the runner `wasmedge`. */
export interface RunnerMode
  extends Partial<
    Pick<Runner, 'prepare' | 'prepareKey' | 'command' | 'classify' | 'timing' | 'capabilities' | 'provides'>
  > {
  /** Shown behind the runner's name, e.g. `compiled ahead of time`. */
  title: string;
  /** How wasm is executed, as in `Found.mode`. */
  mode: string;
  /** Why this version of the runtime has no such mode; undefined when it has. */
  lacks?(found: Found): string | undefined;
}

export interface Runner {
  /** What the user types: the folder's name under runners/, with `+mode` and `@release` where one was asked for. */
  id: string;
  /** The folder's name alone, where the id says more (`wasmtime` of `wasmtime+aot@48`). */
  runtime?: string;
  /** The release that the id asks for behind `@`: a version or its beginning (`48`, `48.0.2`). */
  release?: string;
  /** An executable named by the configuration: it goes before whatever could be found. */
  executable?: string;
  /** Where it was found; its expectations.json lies there. Set by discovery. */
  folder?: string;
  modes?: Record<string, RunnerMode>;
  name: string;
  capabilities: Record<WasiVersion, Capability>;
  /** What it can give a guest besides. */
  provides?: readonly RunnerNeed[];
  install?: InstallRecipe;
  detect(tools: DetectTools): Promise<Found | Missing>;
  /**
   * Transpiles or compiles the guest into `folder` (fresh, kept by content hash) and returns the artefact's path.
   * Timed as a phase of its own. What takes long to load belongs into a process of its own, by `tools.run`.
   */
  prepare?(guest: Guest, folder: string, found: Found, tools: PrepareTools): Promise<string>;
  /** What changes what `prepare` makes besides guest, runner, its version and executable, and the CPU; part of the cache key. */
  prepareKey?(found: Found): string;
  /** How this runner's timed processes differ from others', where its figures would not be repeatable otherwise. */
  timing?: {
    /**
     * Its calls cross to another thread: what that costs depends on where the system wakes it. Timed processes are then kept on one
     * CPU, where the system can do that, and their figures flagged `one-cpu`.
     */
    oneCpu?: true;
    /** Passes over a process's benchmarks, for hosts whose compiler is late to settle; 5 unless given. */
    passes?: number;
  };
  /**
   * The one of `modes` that this runner's conformance trials run in, because it is faster and every case comes to the same there;
   * what is timed is the runner itself. `npm run check:ways` proves it.
   */
  conformance?: string;
  /** The command line of a fresh process. Pure. */
  command(trial: Trial, found: Found): Command;
  /**
   * A child that stays and takes trials one after another over IPC, each with a fresh instance; for conformance only.
   * It answers `{ ready: true }` once, then to each message `{ exitCode }` or `{ trap: message }`.
   */
  warm?: {
    /** The child's command line; any artefact of this runner will do for it. */
    command(artifact: string, found: Found): Command;
    message(trial: Trial): unknown;
  };
  classify(end: ProcessEnd): EndKind;
  /**
   * It is no runtime: it times the operating system's own calls, where a benchmark names them, so that a runtime's figures can be read as multiples.
   * It runs no guest, and takes part where all benchmarks are run, or where it is named.
   */
  isFloor?: true;
  /** How a host program calls guests of this runtime in its own process, or why there is no such way here. */
  inProcess?: InProcess | Missing;
}

/** Types a runner; returns it unchanged. */
export function defineRunner(runner: Runner): Runner {
  return runner;
}
