/** The line that data takes: a plan is executed, its observations are measured and judged, the run is stored. */

import { expectationsOf } from './catalog/expectations.ts';
import type { Guest } from './contracts/guest.ts';
import type { Observation } from './contracts/observation.ts';
import type { RosterEntry } from './contracts/plan.ts';
import type { RunResult } from './contracts/run.ts';
import type { Suite } from './contracts/suite.ts';
import { type ExecuteOptions, execute } from './execute/execute.ts';
import { unexpectedTrials } from './judge/conformance.ts';
import { runResult } from './judge/runResult.ts';
import { lackingArms } from './measure/lackingArms.ts';
import { measure } from './measure/measure.ts';
import { processesNeeded } from './measure/pilot.ts';
import { makePlan } from './plan/plan.ts';
import { timeBudgetText } from './plan/timeBudgetText.ts';
import { saveRun, saveTranscripts } from './store/runFile.ts';
import type { RunFolder, RunHeader } from './store/runFolder.ts';

export interface Parts {
  header: RunHeader;
  suites: Suite[];
  roster: RosterEntry[];
  guests: Map<string, Guest>;
}

/** Executes what the header asks for (what its journal holds already is not run again) and stores run.json. */
export async function runPipeline(
  parts: Parts,
  folder: RunFolder,
  options: Omit<ExecuteOptions, 'journalFile' | 'scratchFolder' | 'lacking' | 'enough' | 'unexpected'>,
): Promise<RunResult> {
  const plan = planOf(parts);
  if (plan.timeBudget) options.progress.note(timeBudgetText(plan));
  const files = { journalFile: folder.journal, scratchFolder: folder.scratch };
  const observations = await execute(plan, {
    ...{ ...options, ...files, lacking: lackingArms, enough: processesNeeded },
    unexpected: (done) => unexpectedTrials(plan, done, expectedIn(parts)),
  });
  const { run, transcripts } = judgeRun(parts, observations);
  await saveTranscripts(folder.transcripts, transcripts);
  await saveRun(folder.result, run);
  return run;
}

/** Measures and judges observations: needs the suites and runners, but no runtime. */
export function judgeRun(parts: Parts, observations: readonly Observation[]): ReturnType<typeof runResult> {
  const { header, suites } = parts;
  const { id, startedAt, machine, profile, processes, seed, selection, runners } = header;
  const plan = planOf(parts);
  return runResult({
    ...{ id, startedAt, machine, plan, suites, observations },
    config: { profile, processes, seed, suites: header.suites, runners, ...(selection && { selection }) },
    measurement: measure(plan, observations),
    expectedOf: expectedIn(parts),
  });
}

const expectedIn = ({ roster, header }: Parts) => expectationsOf(roster, header.platform);
const planOf = ({ header, suites, roster, guests }: Parts) => makePlan({ ...header, suites, roster, guests });
