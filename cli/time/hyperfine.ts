/** Owns the file that `wasimeter time --export-json` writes: as hyperfine writes it, so that its scripts read it. */

import { max, mean, median, min, sampleStandardDeviation } from 'simple-statistics';
import type { OwnTimes, TimeResult } from '../../harness/contracts/ownWasm.ts';

/** One of https://github.com/sharkdp/hyperfine#json; times in seconds. */
export interface HyperfineResult {
  /** Runner, wasm and arguments: the runtime's own command line names folders of this machine. */
  command: string;
  mean: number;
  /** None of a single run. */
  stddev: number | null;
  median: number;
  /** None where the system does not tell. */
  user: number | null;
  system: number | null;
  min: number;
  max: number;
  times: number[];
  exit_codes: number[];
}

/** All runtimes that were timed, from the quickest on. */
export function hyperfineJson({ wasm, args, results }: TimeResult): { results: HyperfineResult[] } {
  return { results: results.map((one) => resultOf(one, [one.runner, wasm.name, ...args].join(' '))) };
}

function resultOf({ run, userMs, systemMs }: OwnTimes, command: string): HyperfineResult {
  const times = run.samples.map((sampleNs) => sampleNs / 1e9);
  return {
    command,
    mean: mean(times),
    stddev: times.length > 1 ? sampleStandardDeviation(times) : null,
    median: median(times),
    user: userMs === undefined ? null : userMs / 1000,
    system: systemMs === undefined ? null : systemMs / 1000,
    min: min(times),
    max: max(times),
    times,
    // What ends otherwise is not timed.
    exit_codes: times.map(() => 0),
  };
}
