/** What `wasimeter time` is asked and what it tells: a wasm of the user's own on several runtimes. */

import type { TrialEnd } from './observation.ts';
import type { Capability } from './run.ts';
import type { EndKind, Trial } from './runner.ts';
import type { WasiVersion } from './wasi.ts';

export const TIME_SCHEMA = 'wasimeter/time@1';

/** What every start of the wasm is given. */
export interface OwnTrial extends Pick<Trial, 'args' | 'env' | 'preopens'> {
  /** The file on standard input; the null device without it. */
  stdinFile?: string;
}

/** What was seen of one process, from outside. */
export interface OwnProcess {
  durationNs: number;
  end: TrialEnd;
  stderr: string;
  /** What was taken of standard input, and written to standard output. */
  inBytes: number;
  outBytes: number;
  /** Of the process and those that it waited for; undefined where the system does not tell. */
  userMs?: number;
  systemMs?: number;
  /** The most memory resident at once, where it was looked at. */
  peakBytes?: number;
}

/** A figure with its interval over processes. */
export interface OwnFigure {
  unit: 'ns' | 'B/s' | 'B';
  value: number;
  ciLow: number;
  ciHigh: number;
  /** One for each process, in the order measured. */
  samples: number[];
}

/** One runtime's figures. */
export interface OwnTimes {
  runner: string;
  version: string;
  mode: string;
  support: Capability['support'];
  /** What it took to compile or transpile the wasm, once; no other figure holds it. */
  preparation?: { durationNs: number; isFresh: boolean };
  /** From the start of the process to its end. */
  run: OwnFigure;
  /** The same of a program of the same kind that does nothing: what of it is the runtime's start. */
  startup: OwnFigure;
  /** By how many times `run` is longer than the quickest runtime's, with its interval; none for the quickest itself. */
  slower?: { value: number; ciLow: number; ciHigh: number };
  /** Where a file was on standard input: what was read of it a second, over the whole run. */
  bytesIn?: OwnFigure;
  /** And written. */
  bytesOut?: OwnFigure;
  /** VmHWM, the most that was read of processes that are not timed, again and again until their end; undefined where the system does not tell. */
  peakMemory?: OwnFigure;
  /** Means over the timed processes. */
  userMs?: number;
  systemMs?: number;
  /** How much was read and written in a timed run; the most of them. */
  inBytes: number;
  outBytes: number;
}

/** A runtime on which the wasm did not end well: it is not timed. */
export interface OwnFailure {
  runner: string;
  version: string;
  kind: Exclude<EndKind['kind'], 'exit'> | 'exit' | 'timeout' | 'flood' | 'not started' | 'not prepared';
  exitCode?: number;
  /** In words. */
  reason: string;
  /** The last of what it wrote, bounded, as it was written. */
  stdout: string;
  stderr: string;
}

export interface TimeResult {
  schema: typeof TIME_SCHEMA;
  startedAt: string;
  wasm: { name: string; kind: 'module' | 'component'; wasi: WasiVersion; hash: string; sizeBytes: number };
  args: string[];
  /** Of the file on standard input. */
  stdinBytes?: number;
  runs: number;
  seed: number;
  results: OwnTimes[];
  failed: OwnFailure[];
  skipped: { runner: string; reason: string }[];
}
