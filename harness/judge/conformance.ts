/** Judges all conformance observations of a run against cases and the runners' expected failures. */

import type { ConformanceObservation, Observation } from '../contracts/observation.ts';
import type { Plan } from '../contracts/plan.ts';
import type { ConformanceRecord, Outcome } from '../contracts/run.ts';
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
    const runner = plan.roster.find((entry) => entry.runner.id === trial.runner)?.runner;
    if (!own || !runner)
      return [
        skipRecord(trial.suite, trial.case, trial.runner, 'not run: the run was interrupted before it'),
      ];
    const { transcript, ...judged } = judgeCase(trial.case, runner.classify, own);
    const known = expectedOf(trial.runner).find(
      (one) => one.suite === trial.suite && one.case === trial.case.id && one.wasi === trial.case.wasi,
    );
    const outcome = known ? withExpectation(judged.outcome, known) : judged.outcome;
    const reason = known ? reasonWith(outcome, known, judged.reason) : judged.reason;
    return [
      {
        ...identity(trial.suite, trial.case, trial.runner),
        ...judged,
        outcome,
        ...(reason === undefined ? {} : { reason }),
        transcript,
      },
    ];
  });
  const skips = plan.skippedCases.map((skip) => skipRecord(skip.suite, skip.case, skip.runner, skip.reason));
  return [...records, ...skips].toSorted((a, b) => sortKey(a).localeCompare(sortKey(b)));
}

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
