/** The suite whose failures come first: they are about what a guest reaches that it was not given. */

import type { ConformanceRecord, Outcome } from './run.ts';

const SANDBOX_SUITE = 'sandbox';

/** `timeout` and `crash` among them: what was to be shown was not. */
const FAILED: readonly Outcome[] = ['fail', 'timeout', 'crash'];

/** Whether a guest got out, or may have, as no expectation says. */
export function breaksSandbox({ suite, outcome }: Pick<ConformanceRecord, 'suite' | 'outcome'>): boolean {
  return suite === SANDBOX_SUITE && FAILED.includes(outcome);
}

/** The same, expected or not. */
export function failsInSandbox(record: Pick<ConformanceRecord, 'suite' | 'outcome'>): boolean {
  return breaksSandbox(record) || (record.suite === SANDBOX_SUITE && record.outcome === 'xfail');
}
