/** Turns one run's records into what each step came to, and into the lines a reader sees. */

import type { Expectation, Observed } from '../contracts/expect.ts';
import type { ConformanceObservation } from '../contracts/observation.ts';
import type { TranscriptLine } from '../contracts/run.ts';
import type { EndKind } from '../contracts/runner.ts';
import type { BuiltScript, BuiltStep } from '../script/builder.ts';
import type { Transcript } from '../script/records.ts';
import { observedText } from '../script/words.ts';

/** What each step of a run came to, by the step's line; a step that was not reached has no entry. */
export type StepOutcomes = Map<number, Observed>;

/** How a run ended; a signal that the case allows for is no crash. */
export type RunEnd = EndKind | { kind: 'signal'; name: string };

/**
 * The outcomes of a run's steps. A begin without an end is what the process's end says: a trap, or an exit where the
 * guest itself ended. Throws a RangeError or TypeError when an end record doesn't hold what the step must return.
 */
export function stepOutcomes(script: BuiltScript, records: Transcript, ended: RunEnd): StepOutcomes {
  const outcomes: StepOutcomes = new Map();
  for (const step of script.steps) {
    const end = records.ends.get(step.line);
    if (end) outcomes.set(step.line, step.lift(end));
    else if (records.begins.includes(step.line)) {
      if (ended.kind === 'trap') outcomes.set(step.line, { kind: 'trap', message: ended.message });
      else if (ended.kind === 'exit' || ended.kind === 'signal') outcomes.set(step.line, ended);
      break;
    }
  }
  return outcomes;
}

/** The functions whose calls the records show as begun. */
export function calledFunctions(script: BuiltScript, records: Transcript): string[] {
  const begun = new Set(records.begins);
  return [
    ...new Set(
      script.steps.flatMap((step) =>
        begun.has(step.line) ? [step.calls ?? [], step.callsInside ?? []].flat() : [],
      ),
    ),
  ];
}

/** The transcript in words; lines that `failed` names carry what was expected. */
export function transcriptLines(
  script: BuiltScript,
  records: Transcript,
  outcomes: StepOutcomes,
  failed: Map<number, Expectation[]>,
): TranscriptLine[] {
  const begun = new Set(records.begins);
  return script.steps.flatMap((step) => {
    if (!begun.has(step.line)) return [];
    return [lineOf(script, step, outcomes.get(step.line), failed.get(step.line))];
  });
}

function lineOf(
  script: BuiltScript,
  step: BuiltStep,
  outcome: Observed | undefined,
  failed: Expectation[] | undefined,
): TranscriptLine {
  const statement = script.lines[step.line - 1] ?? '';
  const text = `${step.text} = ${outcome ? observedText(outcome) : '?'}`;
  if (failed)
    return { statement, text, mark: 'failed', expected: failed.map((one) => one.describe).join('; ') };
  if (!outcome) return { statement, text, mark: 'unfinished' };
  return { statement, text, mark: outcome.kind === 'trap' ? 'trap' : 'ok' };
}

/** The host's clock around a run. */
export function hostSpan(observation: ConformanceObservation) {
  return {
    beginRealtimeNs: BigInt(observation.beginRealtimeNs),
    endRealtimeNs: BigInt(observation.endRealtimeNs),
  };
}
