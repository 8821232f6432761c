/** What a step may come to, and the expectations a suite states about it. */

import type { WasiValue } from './script.ts';
import type { WorldAfter } from './world.ts';

/** What a call came to: a value, the interface's own error, or a trap. */
export type Observed =
  | { kind: 'ok'; value: WasiValue }
  | { kind: 'err'; error: WasiValue }
  | { kind: 'trap'; message: string }
  | { kind: 'exit'; code: number }
  | { kind: 'signal'; name: string }
  | { kind: 'digest'; fnv: string; zeros: number; run: number; length: number }
  | { kind: 'mark'; monotonicNs: bigint; realtimeNs: bigint }
  | { kind: 'loop'; count: number };

/** Host clock readings around one run, in nanoseconds since the Unix epoch. */
export interface HostSpan {
  beginRealtimeNs: bigint;
  endRealtimeNs: bigint;
}

/** What a check sees: the named steps' outcomes of each run of the case, and the host's clock around each. */
export interface Seen {
  /** Of the first run. */
  values: Observed[];
  runs: Observed[][];
  host: HostSpan[];
  /** What became of the case's world in each run; only for checks made by `after`. */
  after: WorldAfter[];
}

/**
 * What a test says of what it saw: `true` where it holds, what is wrong where it does not; `holds` are words to be read beside a pass that
 * is no proof.
 */
export type Said = true | string | { holds: string };

export interface Expectation {
  /** In words, for the transcript: `inval`, `a multiple of 8`. */
  describe: string;
  test(observed: Observed): boolean;
  /** The outcome of the call that this asserts, as the inventory names it: `ok`, `trap`, or the error's name. */
  asserts: string;
  /** The guest may end here: a trap or exit is then the case's business and no crash. */
  mayEnd?: boolean;
  /** The signal that the guest's process may be ended by here: no crash of the runtime then. */
  mayBeKilledBy?: string;
  /** Why any of the outcomes `oneOf` allows is right: shown with the case. */
  ambiguity?: string;
}

/** Expects success; with `test`, a value for which it holds, described in words. */
export function ok(describe?: string, test?: (value: WasiValue) => boolean): Expectation {
  return {
    describe: describe ?? 'ok',
    test: (seen) => seen.kind === 'ok' && (test === undefined || test(seen.value)),
    asserts: 'ok',
  };
}

/** Expects the interface's error of that name. */
export function err(name: string): Expectation {
  return { describe: name, test: (seen) => seen.kind === 'err' && seen.error === name, asserts: name };
}

/** Expects the call to trap: the guest never runs on. */
export function trap(why: string): Expectation {
  return { describe: `trap (${why})`, test: (seen) => seen.kind === 'trap', asserts: 'trap', mayEnd: true };
}

/** Expects the guest to end here with that exit code. */
export function exits(code: number): Expectation {
  return {
    describe: `exit ${code}`,
    test: (seen) => seen.kind === 'exit' && seen.code === code,
    asserts: 'ok',
    mayEnd: true,
  };
}

/** Expects the guest's process to be ended here by that signal (`SIGTERM`). */
export function killedBy(name: string): Expectation {
  return {
    describe: `ended by ${name}`,
    test: (seen) => seen.kind === 'signal' && seen.name === name,
    asserts: 'ok',
    mayEnd: true,
    mayBeKilledBy: name,
  };
}

/** Accepts any of several outcomes where the specification leaves it open; `why` says which text does so. */
export function oneOf(why: string, ...choices: Expectation[]): Expectation {
  return {
    describe: choices.map((choice) => choice.describe).join(' or '),
    test: (seen) => choices.some((choice) => choice.test(seen)),
    asserts: choices.map((choice) => choice.asserts).join('|'),
    mayEnd: choices.some((choice) => choice.mayEnd),
    ...killer(choices),
    ambiguity: why,
  };
}

function killer(choices: readonly Expectation[]): Pick<Expectation, 'mayBeKilledBy'> {
  const name = choices.find((choice) => choice.mayBeKilledBy !== undefined)?.mayBeKilledBy;
  return name === undefined ? {} : { mayBeKilledBy: name };
}
