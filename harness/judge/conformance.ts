/** Judges all conformance observations of a run against cases and the runners' expected failures. */

import { forConformance } from '../contracts/conformanceMode.ts';
import type { ConformanceObservation, Observation } from '../contracts/observation.ts';
import type { ConformanceTrial, Plan } from '../contracts/plan.ts';
import type { ConformanceRecord, Outcome } from '../contracts/run.ts';
import type { Runner } from '../contracts/runner.ts';
import type { ConformanceCase } from '../contracts/suite.ts';
import { judgeCase } from './outcome.ts';

/** A failure that is known, with its reason. */
export interface ExpectedFailure {
  suite: string;
  case: string;
  wasi: string;
  /** The way not to pass that is known; any other is unexpected. */
  outcome: 'fail' | 'crash' | 'timeout';
  reason: string;
  link: string;
}

/** One record for each case and runner of the plan, with its transcript, skips among them, in a stable order. */
export function judgeConformance(
  plan: Plan,
  observations: readonly Observation[],
  expectedOf: (runner: string) => readonly ExpectedFailure[],
): ConformanceRecord[] {
  const byTrial = new Map<string, ConformanceObservation[]>();
  for (const one of observations) {
    if (one.kind !== 'conformance') continue;
    const key = trialKey(one.suite, one.wasi, one.case, one.runner);
    byTrial.set(
      key,
      [...(byTrial.get(key) ?? []), one].toSorted((a, b) => a.run - b.run),
    );
  }
  const records = plan.conformance.flatMap((trial): ConformanceRecord[] => {
    const own = byTrial.get(trialKey(trial.suite, trial.case.wasi, trial.case.id, trial.runner));
    const { runner, found } = plan.roster.find((entry) => entry.runner.id === trial.runner) ?? {};
    if (!own || !runner)
      return [
        skipRecord(trial.suite, trial.case, trial.runner, 'not run: the run was interrupted before it'),
      ];
    const { classify } = found ? forConformance(runner, found).runner : runner;
    return [recordOf(trial, classify, own, expectedOf(trial.runner))];
  });
  const skips = plan.skippedCases.map((skip) => skipRecord(skip.suite, skip.case, skip.runner, skip.reason));
  return [...records, ...skips].toSorted((a, b) => sortKey(a).localeCompare(sortKey(b)));
}

/** Judges each attempt; where they differ the case wavers, and a failure that is known counts before any other outcome. */
function recordOf(
  trial: ConformanceTrial,
  classify: Runner['classify'],
  own: readonly ConformanceObservation[],
  expected: readonly ExpectedFailure[],
): ConformanceRecord {
  const known = expected.find(
    (one) => one.suite === trial.suite && one.case === trial.case.id && one.wasi === trial.case.wasi,
  );
  const attempts = attemptsOf(own).map((observations) => {
    const judged = judgeCase(trial.case, classify, observations);
    const outcome = known ? withExpectation(judged.outcome, known) : judged.outcome;
    const reason = known ? reasonWith(outcome, known, judged.reason) : judged.reason;
    return { ...judged, outcome, ...(reason === undefined ? {} : { reason }) };
  });
  const { transcript, ...told } = (attempts.find(({ outcome }) => outcome === 'xfail') ??
    attempts[0]) as (typeof attempts)[number];
  const outcomes: Outcome[] = attempts.map(({ outcome }) => outcome);
  return {
    ...identity(trial.suite, trial.case, trial.runner),
    ...told,
    ...(new Set(outcomes).size > 1 ? { flaky: outcomes } : {}),
    transcript,
  };
}

/** A case's observations by attempt, those in the order of their runs. */
function attemptsOf(own: readonly ConformanceObservation[]): ConformanceObservation[][] {
  const attempts = [...new Set(own.map(({ attempt = 0 }) => attempt))].toSorted((a, b) => a - b);
  return attempts.map((number) => own.filter(({ attempt = 0 }) => attempt === number));
}

/** The trials that came out as nobody expects, of which more attempts can tell whether they always do. */
export function unexpectedTrials(
  plan: Plan,
  observations: readonly Observation[],
  expectedOf: (runner: string) => readonly ExpectedFailure[],
): ConformanceTrial[] {
  const records = new Map(
    judgeConformance(plan, observations, expectedOf).map((record) => [sortKey(record), record]),
  );
  return plan.conformance.filter((trial) => {
    const record = records.get(trialKey(trial.suite, trial.case.wasi, trial.case.id, trial.runner));
    return record !== undefined && UNEXPECTED.includes(record.outcome);
  });
}

const UNEXPECTED: readonly Outcome[] = ['fail', 'xpass', 'timeout', 'crash'];

function skipRecord(suite: string, one: ConformanceCase, runner: string, reason: string): ConformanceRecord {
  return { ...identity(suite, one, runner), outcome: 'skip', reason, covers: [], durationMs: 0 };
}

function identity(suite: string, one: ConformanceCase, runner: string) {
  return { suite, case: one.id, wasi: one.wasi, runner, title: one.title, spec: one.spec };
}

/** Only the outcome that is known is expected: a runtime that begins to crash where it failed must not stay green. */
function withExpectation(outcome: Outcome, known: ExpectedFailure): Outcome {
  if (outcome === 'pass') return 'xpass';
  return outcome === known.outcome ? 'xfail' : outcome;
}

function reasonWith(
  outcome: Outcome,
  known: ExpectedFailure,
  reason: string | undefined,
): string | undefined {
  if (outcome === 'xpass')
    return `passes, though it is expected to fail (${known.reason}): remove the expectation`;
  if (outcome === 'xfail') return `${known.reason} (${known.link})${reason ? `; seen: ${reason}` : ''}`;
  return reason;
}

const trialKey = (suite: string, wasi: string, name: string, runner: string) =>
  `${suite} ${wasi} ${name} ${runner}`;
const sortKey = (one: ConformanceRecord) => trialKey(one.suite, one.wasi, one.case, one.runner);
