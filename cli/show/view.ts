/** Gathers what is to be told of a case: what it is, what came of it in a run, and how to repeat it. */

import type { RosterEntry } from '../../harness/contracts/plan.ts';
import type { ConformanceRecord } from '../../harness/contracts/run.ts';
import { tagsOf } from '../../harness/plan/selection.ts';
import { buildScript } from '../../harness/script/builder.ts';
import { type CaseExpectation, caseExpectation } from '../../harness/standalone/caseText.ts';
import { filesScript } from '../../harness/standalone/filesScript.ts';
import { loadTranscripts } from '../../harness/store/runFile.ts';
import type { FinishedRun } from '../run/lastRun.ts';
import type { Workspace } from '../workspace.ts';
import type { NamedCase } from './findCases.ts';
import { repeatOn } from './repeats.ts';

export interface CaseView extends CaseExpectation {
  tags: string[];
  /** Shell that makes the files, in an empty folder. */
  files: string[];
  /** The run that the results are of. */
  run?: string;
  runners: {
    id: string;
    /** Of the run; undefined where it was not run there. */
    result?: ConformanceRecord;
    /** In the folder of the files; or why there is no command. */
    repeat: { command: string } | { none: string };
  }[];
}

/** All that `show` tells of a case, on these runners. */
export async function viewOf(
  { suite, one }: NamedCase,
  { guests }: Workspace,
  roster: readonly RosterEntry[],
  last: FinishedRun | undefined,
): Promise<CaseView> {
  const built = buildScript(one.wasi, one.script);
  const guest = guests.get(one.guest);
  if (!guest) throw new Error(`case '${one.id}' is of a guest that there is not`);
  const isOwn = (record: Pick<ConformanceRecord, 'suite' | 'case' | 'wasi'>) =>
    record.suite === suite.id && record.case === one.id && record.wasi === one.wasi;
  const passed = last ? await loadTranscripts(last.folder.transcripts) : [];
  const resultOn = (id: string): ConformanceRecord | undefined => {
    const record = last?.run.conformance.find((each) => isOwn(each) && each.runner === id);
    const transcript =
      record?.transcript ?? passed.find((each) => isOwn(each) && each.runner === id)?.transcript;
    return record && { ...record, ...(transcript ? { transcript } : {}) };
  };
  const runners: CaseView['runners'] = [];
  for (const entry of roster) {
    const result = resultOn(entry.runner.id);
    const repeat = await repeatOn(entry, one, built.lines.join('\n'), guest);
    runners.push({ id: entry.runner.id, ...(result ? { result } : {}), repeat });
  }
  return {
    ...caseExpectation(suite.id, one, built),
    tags: tagsOf(one),
    files: filesScript(one.world ?? {}),
    ...(last ? { run: last.run.id } : {}),
    runners,
  };
}
