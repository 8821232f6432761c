/** Owns what outcomes mean to a reader: their order, words and which of them nobody expected. */

import { type ConformanceRecord, OUTCOMES, type Outcome } from '../../../harness/contracts/run.ts';

/** Outcomes that nobody expected, the gravest first: these are what a reader must see first. */
export const UNEXPECTED: readonly Outcome[] = ['fail', 'xpass', 'timeout', 'crash', 'error'];

const WORDS: Readonly<Record<Outcome, string>> = {
  pass: 'pass',
  fail: 'fail',
  xfail: 'expected fail',
  xpass: 'unexpected pass',
  skip: 'skipped',
  timeout: 'timeout',
  crash: 'crash',
  error: 'harness error',
};

const ORDER: readonly string[] = [...UNEXPECTED, 'xfail', 'pass', 'skip'];

export type Tally = Readonly<Record<Outcome, number>> & { total: number; unexpected: number; ran: number };

const MANY: Readonly<Record<Outcome, string>> = {
  pass: 'passes',
  fail: 'fails',
  xfail: 'expected fails',
  xpass: 'unexpected passes',
  skip: 'skipped',
  timeout: 'timeouts',
  crash: 'crashes',
  error: 'harness errors',
};

/** `1 crash`, `2 crashes`. */
export function countedOutcome(count: number, outcome: Outcome): string {
  return `${count} ${count === 1 ? WORDS[outcome] : MANY[outcome]}`;
}

/** The outcome if it is one of ours; a word unknown here counts as the harness's own error. */
export function knownOutcome(outcome: string): Outcome {
  return OUTCOMES.find((one) => one === outcome) ?? 'error';
}

/** The outcome in words. */
export function outcomeWord(outcome: string): string {
  return OUTCOMES.some((one) => one === outcome) ? WORDS[knownOutcome(outcome)] : outcome;
}

/** Whether nobody expected this. */
export function isUnexpected(outcome: string): boolean {
  return UNEXPECTED.includes(knownOutcome(outcome));
}

/** Where an outcome stands among others, the gravest first. */
export function gravity(outcome: string): number {
  return ORDER.indexOf(knownOutcome(outcome));
}

/** Counts outcomes. */
export function tally(records: readonly ConformanceRecord[]): Tally {
  const counts: Record<Outcome, number> = {
    pass: 0,
    fail: 0,
    xfail: 0,
    xpass: 0,
    skip: 0,
    timeout: 0,
    crash: 0,
    error: 0,
  };
  for (const record of records) counts[knownOutcome(record.outcome)] += 1;
  const unexpected = UNEXPECTED.reduce((sum, outcome) => sum + counts[outcome], 0);
  return { ...counts, total: records.length, unexpected, ran: records.length - counts.skip };
}
