/** Judges one case on one runner: what became of it, why, and with which transcript. */

import type { Expectation, Observed, Said } from '../contracts/expect.ts';
import type { ConformanceObservation } from '../contracts/observation.ts';
import type { ConformanceRecord, Outcome, TranscriptLine } from '../contracts/run.ts';
import type { EndKind, Runner } from '../contracts/runner.ts';
import type { ConformanceCase } from '../contracts/suite.ts';
import { type BuiltScript, buildScript } from '../script/builder.ts';
import { parseRecords, type Transcript } from '../script/records.ts';
import { observedText } from '../script/words.ts';
import { judgeFixture } from './fixture.ts';
import {
  calledFunctions,
  hostSpan,
  type RunEnd,
  type StepOutcomes,
  stepOutcomes,
  transcriptLines,
} from './transcript.ts';

export interface Judgement {
  outcome: Extract<Outcome, 'pass' | 'fail' | 'timeout' | 'crash' | 'error'>;
  reason?: string;
  expected?: string;
  covers: string[];
  transcript: TranscriptLine[];
  durationMs: number;
  ambiguities?: NonNullable<ConformanceRecord['ambiguities']>;
  notes?: string[];
}

interface Run {
  observation: ConformanceObservation;
  records: Transcript;
  ended: RunEnd;
}

/** Judges a case by its runs' observations, at least one. */
export function judgeCase(
  one: ConformanceCase,
  classify: Runner['classify'],
  observations: readonly ConformanceObservation[],
): Judgement {
  if (one.fixture) return judgeFixture(one, classify, observations);
  const script = buildScript(one.wasi, one.script);
  const runs = observations.map((observation) => readRun(observation, classify, script));
  const first = runs[0];
  if (!first) throw new Error(`case '${one.id}' has no observation`);
  const durationMs = runs.reduce((sum, run) => {
    const { beginRealtimeNs, endRealtimeNs } = hostSpan(run.observation);
    return sum + Number(endRealtimeNs - beginRealtimeNs) / 1e6;
  }, 0);
  const covers = calledFunctions(script, first.records);
  const base = { covers, durationMs };

  const expectedEnds = new Set([
    ...script.expectations.flatMap(({ step, expectation }) => (expectation.mayEnd ? [step.line] : [])),
    // Where the script itself says `exit`, the guest's end is what it asked for.
    ...script.steps
      .filter((step) => script.lines[step.line - 1]?.startsWith('exit '))
      .map((step) => step.line),
  ]);
  const seen: StepOutcomes[] = [];
  for (const run of runs) {
    const trouble = troubleOf(run, expectedEnds);
    if (trouble)
      return {
        ...base,
        ...trouble,
        transcript: transcriptLines(script, run.records, partial(script, run), new Map()),
      };
    try {
      seen.push(stepOutcomes(script, run.records, run.ended));
    } catch (error) {
      const reason = `the records don't hold what the calls must return: ${(error as Error).message}`;
      return {
        ...base,
        outcome: 'error',
        reason,
        transcript: transcriptLines(script, run.records, new Map(), new Map()),
      };
    }
  }
  return { ...base, ...verdict(script, runs, seen) };
}

function readRun(
  observation: ConformanceObservation,
  classify: Runner['classify'],
  script: BuiltScript,
): Run {
  const records = parseRecords(observation.stderr, observation.nonce);
  const { end } = observation;
  if (end.signal !== undefined && allowsSignal(script, records, end.signal))
    return { observation, records, ended: { kind: 'signal', name: end.signal } };
  const ended: EndKind =
    end.trap !== undefined
      ? { kind: 'trap', message: end.trap }
      : classify({ ...end, stderrText: records.otherText });
  return { observation, records, ended };
}

/** Whether the statement that did not end is one where the case allows for that signal. */
function allowsSignal(script: BuiltScript, records: Transcript, name: string): boolean {
  const unfinished = records.begins.find((line) => !records.ends.has(line));
  return script.expectations.some(
    ({ step, expectation }) => step.line === unfinished && expectation.mayBeKilledBy === name,
  );
}

/** What makes a run no basis for expectations: the harness's own error, a timeout, a crash. */
function troubleOf(run: Run, expectedEnds: Set<number>): Pick<Judgement, 'outcome' | 'reason'> | undefined {
  const { end } = run.observation;
  const { records, ended } = run;
  if (end.startError) return { outcome: 'error', reason: `could not be started: ${end.startError}` };
  if (end.timedOut) return { outcome: 'timeout', reason: 'did not end in time; ended with its process tree' };
  if (end.flooded)
    return { outcome: 'crash', reason: 'wrote more than the output cap; ended with its process tree' };
  if (records.scriptError)
    return {
      outcome: 'error',
      reason: `script line ${records.scriptError.line}: ${records.scriptError.error}`,
    };
  if (ended.kind === 'crash' || ended.kind === 'refused') return { outcome: 'crash', reason: ended.message };
  if (!records.begun)
    return { outcome: 'crash', reason: `the guest never began; ${describeEnd(ended)}${saying(records)}` };
  const unfinished = records.begins.find((line) => !records.ends.has(line));
  if (unfinished !== undefined) {
    // An end in the middle is the case's business only where it expects one there; a trap anywhere else is a failure
    // of that step, an exit is the runtime giving up.
    if (expectedEnds.has(unfinished) || ended.kind === 'trap') return undefined;
    return {
      outcome: 'crash',
      reason: `the process ended (${describeEnd(ended)}) within a call${saying(records)}`,
    };
  }
  if (!records.ended)
    return {
      outcome: 'crash',
      reason: `the process ended (${describeEnd(ended)}) between calls${saying(records)}`,
    };
  // All calls answered as they should, and yet the guest's own end is not the one that the host reports.
  if (ended.kind !== 'exit' || ended.code !== 0)
    return {
      outcome: 'crash',
      reason: `the script came to its end, then the process ended with ${describeEnd(ended)}${saying(records)}`,
    };
  return undefined;
}

function describeEnd(ended: RunEnd): string {
  if (ended.kind === 'signal') return `the signal ${ended.name}`;
  return ended.kind === 'exit' ? `exit code ${ended.code}` : `${ended.kind}: ${ended.message}`;
}

function saying(records: Transcript): string {
  const text = records.otherText.trim();
  return text ? `: ${text.slice(0, 300)}` : '';
}

function partial(script: BuiltScript, run: Run): StepOutcomes {
  try {
    return stepOutcomes(script, run.records, run.ended);
  } catch {
    return new Map();
  }
}

function verdict(
  script: BuiltScript,
  runs: Run[],
  seen: StepOutcomes[],
): Pick<Judgement, 'outcome' | 'reason' | 'expected' | 'transcript' | 'ambiguities' | 'notes'> {
  for (const [index, outcomes] of seen.entries()) {
    const records = runs[index]?.records as Transcript;
    const failed = failedSteps(script, outcomes);
    const transcript = transcriptLines(script, records, outcomes, failed);
    const [line] = failed.keys();
    const bad = transcript.find((one) => one.mark === 'failed');
    if (line !== undefined)
      return {
        outcome: 'fail',
        reason: bad ? `${bad.text}, expected ${bad.expected}` : `line ${line} was not reached`,
        expected: failed.get(line)?.[0]?.describe ?? '',
        transcript,
      };
    const trapped = transcript.find((one) => one.mark === 'trap' && !isExpected(script, one));
    if (trapped)
      return {
        outcome: 'fail',
        reason: `${trapped.text}, which nothing here allows`,
        expected: 'no trap',
        transcript,
      };
  }
  const transcript = transcriptLines(script, runs[0]?.records as Transcript, seen[0] ?? new Map(), new Map());
  const notes: string[] = [];
  for (const check of script.checks) {
    const said = runCheck(check, seen, runs);
    if (typeof said === 'object') notes.push(`${check.what}: ${said.holds}`);
    if (typeof said === 'string')
      return { outcome: 'fail', reason: `${check.what}: ${said}`, expected: check.what, transcript };
  }
  const ambiguities = ambiguitiesOf(script, seen[0] ?? new Map());
  return {
    outcome: 'pass',
    transcript,
    ...(ambiguities.length > 0 ? { ambiguities } : {}),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

/** What the specification leaves open, and which way it went. */
function ambiguitiesOf(script: BuiltScript, outcomes: StepOutcomes): NonNullable<Judgement['ambiguities']> {
  return script.expectations.flatMap(({ step, expectation: { ambiguity } }) => {
    const outcome = outcomes.get(step.line);
    return ambiguity && outcome ? [{ call: step.text, seen: observedText(outcome), why: ambiguity }] : [];
  });
}

function failedSteps(script: BuiltScript, outcomes: StepOutcomes): Map<number, Expectation[]> {
  const failed = new Map<number, Expectation[]>();
  for (const { step, expectation } of script.expectations) {
    const outcome = outcomes.get(step.line);
    if (outcome && expectation.test(outcome)) continue;
    failed.set(step.line, [...(failed.get(step.line) ?? []), expectation]);
  }
  // The first one in the script's order tells most: what follows it may only follow from it.
  return new Map([...failed].toSorted(([a], [b]) => a - b));
}

function isExpected(script: BuiltScript, line: TranscriptLine): boolean {
  return script.expectations.some(({ step }) => script.lines[step.line - 1] === line.statement);
}

function runCheck(check: BuiltScript['checks'][number], seen: StepOutcomes[], runs: Run[]): Said {
  const perRun = seen.map((outcomes) => check.steps.map((step) => outcomes.get(step.line)));
  if (perRun.some((values) => values.includes(undefined))) return 'a step it is about was not reached';
  const values = perRun as Observed[][];
  try {
    return check.test({
      values: values[0] ?? [],
      runs: values,
      host: runs.map((run) => hostSpan(run.observation)),
      after: runs.flatMap(({ observation }) => observation.after ?? []),
    });
  } catch (error) {
    return `could not be decided: ${(error as Error).message}`;
  }
}
