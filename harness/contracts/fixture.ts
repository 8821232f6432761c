/** What must come of a fixture: a tiny guest that is no probe, for what happens before, around and after any script. */

/**
 * One way to end. `refused`: the runtime did not begin to run it, since it does not decode, validate or link, or is nothing to start.
 * What the guest writes to standard output is told exactly; before a trap it is a beginning, since runtimes may add words of theirs.
 */
export type FixtureEnd =
  | { kind: 'exits'; code: number; stdout?: string }
  | { kind: 'traps'; stdout?: string }
  | { kind: 'refused' };

export interface FixtureExpectation {
  /** Any of these; more than one only with `ambiguity`. */
  ends: readonly [FixtureEnd, ...FixtureEnd[]];
  /** Which text leaves it open: shown with the case. */
  ambiguity?: string;
}

/** Expects the guest to end with that exit code, having written that. */
export function ends(code: number, stdout = ''): FixtureEnd {
  return { kind: 'exits', code, stdout };
}

/** Expects a trap, the guest having written that before. */
export function traps(stdout = ''): FixtureEnd {
  return { kind: 'traps', stdout };
}

/** Expects the runtime not to begin to run it. */
export const refused: FixtureEnd = { kind: 'refused' };
