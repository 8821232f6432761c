/** What bench.config.ts may say. */

/** Which benchmarks a profile measures: those marked headline, all, or none (conformance only). */
export type Extent = 'headline' | 'all' | 'none';

/** Which conformance cases a profile runs: all, or so many that each way a function can end is asserted by one. */
export type Cases = 'all' | 'covering';

export interface Profile {
  /** Cases that are chosen by name or tag are all run in any profile. */
  cases?: Cases;
  /** Of several the widest holds. */
  only?: Extent | Extent[];
  /** Fresh processes per arm; at least 20 for a figure to be gated. */
  processes?: number;
  /** How many times as many may be started when the machine leaves too few of them undisturbed; 1 never starts more. */
  patience?: number;
  /** Batches of each process at least, over all its passes; five in each pass when left out. */
  batches?: number;
  /** A pilot chooses the number of processes, from `processes` up to so many, so that intervals are within 1% of their figures. */
  upTo?: number;
  /** How long benchmarks may take, `90s` or `10m`: headline ones go first, what does not fit is left out. */
  timeBudget?: string;
}

/** A known runtime, at an executable of the user's. */
export interface PathRunner {
  /** As on the command line: `wasmtime`, `wasmtime+aot`, or `wasmtime@dev` to have it beside the usual one. */
  id: string;
  /** The executable; a relative path begins at the configuration's folder. */
  path: string;
}

/** How a command runner's end is told to be a trap; only what is said here counts then. */
export interface TrapSigns {
  exitCodes?: number[];
  /** A regular expression, found in what the runtime says on stderr. */
  stderr?: string;
}

/** Any runtime that has a command line. */
export interface CommandRunner {
  id: string;
  name?: string;
  /**
   * The command line, with places to fill in: `{wasm}` the guest, `{args}` its arguments; an element with `{host}` and `{guest}`
   * stands once for each granted folder, one with `{name}` and `{value}` once for each environment variable, with the option before it.
   */
  command: string[];
  wasi: ('p1' | 'p2')[];
  /** Arguments for which the executable prints its version, e.g. `['--version']`. */
  version?: string[];
  traps?: TrapSigns;
}

/** A runner's id (`wasmtime`, `wasmedge+aot`, `wasmtime@48`), or a runner that is described here. */
export type RunnerEntry = string | PathRunner | CommandRunner;

/** What a reporter is told by the configuration. */
export type ReporterOptions = Record<string, unknown>;

/** A reporter's id or folder, by itself or with options for it. */
export type ReportEntry = string | [word: string, options: ReporterOptions];

/** A share: a number (0.01), or in percent (`'1%'`). */
export type Share = number | `${number}%`;

/** A regression that is known and let pass. */
export interface WaiverEntry {
  /** A glob for `suite/case`. */
  benchmark: string;
  /** How much more it may cost. */
  upTo: Share;
  /** The last day on which it holds: `2027-03-01`. */
  until: string;
  reason: string;
  link?: string;
}

/** What `wasimeter gate` does. */
export interface GateConfig {
  /** A runner's id, a stored baseline's name, or a run. */
  baseline?: string;
  /** A runner's id, or a run. */
  candidate?: string;
  /** The change of a benchmark's cost below which nothing is claimed; 1% when left out. */
  floor?: Share;
  /** The same by benchmark, a glob for `suite/case`; of several that match the last holds. */
  floors?: Record<string, Share>;
  /** What fails the gate; regressions and unexpected conformance outcomes when left out. */
  failOn?: ('regressed' | 'unexpected' | 'unsure')[];
  waive?: WaiverEntry[];
}

export interface BenchConfig {
  /** For editors, in bench.config.json. */
  $schema?: string;
  /** All in runners/ when left out. */
  runners?: RunnerEntry[];
  /** Suite ids or folders (`./bench/my-suite`); all in suites/ when left out. */
  suites?: string[];
  /** `html` when left out. */
  reports?: ReportEntry[];
  profile?: string;
  profiles?: Record<string, Profile>;
  gate?: GateConfig;
  /** Seconds after which a conformance case is ended as `timeout`. */
  caseTimeoutSeconds?: number;
  /** Seeds every order and resampling. */
  seed?: number;
}

/** A word that a user chose, and where it stands: `--runner`, `bench.config.ts at runners.2`. */
export interface Choice {
  word: string;
  where: string;
}

/** Types a configuration; returns it unchanged. */
export function defineConfig(config: BenchConfig): BenchConfig {
  return config;
}
