/** Finds the finished run that a command speaks of. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../harness/contracts/failure.ts';
import type { RunResult } from '../../harness/contracts/run.ts';
import { loadRun } from '../../harness/store/runFile.ts';
import {
  listRuns,
  type RunFolder,
  type RunHeader,
  readHeader,
  runFolder,
} from '../../harness/store/runFolder.ts';
import { unknownWord } from '../../harness/userFiles/unknownWord.ts';
import { RUNS_FOLDER } from '../paths.ts';

export interface FinishedRun {
  folder: RunFolder;
  run: RunResult;
}

/** The run of that id, or else the last finished one for which `suits` holds; undefined where there is none. Throws for an id that is no finished run's. */
export async function finishedRun(
  id: string | undefined,
  suits: (run: RunResult) => boolean = () => true,
  where = '--run',
): Promise<FinishedRun | undefined> {
  const ids = (await listRuns(RUNS_FOLDER)).filter((one) =>
    existsSync(runFolder(join(RUNS_FOLDER, one)).result),
  );
  if (id !== undefined && !ids.includes(id)) throw unknownWord('finished run', id, ids, where);
  for (const one of id === undefined ? ids.toReversed() : [id]) {
    const folder = runFolder(join(RUNS_FOLDER, one));
    // One that compared two runners says nothing of the cases that were run before it.
    if (id === undefined && (await purposeOf(folder.path)) === 'compare') continue;
    const run = await loadRun(folder.result);
    if (id !== undefined || suits(run)) return { folder, run };
  }
  return undefined;
}

/** The command that a run was begun by, where it was another than `run`; a harmed header is told by what needs it. */
async function purposeOf(path: string): Promise<RunHeader['purpose']> {
  return readHeader(path).then(
    ({ purpose }) => purpose,
    () => undefined,
  );
}

/** The run of that id or the last finished one. Throws a UserError where there is none. */
export async function theFinishedRun(id: string | undefined): Promise<FinishedRun> {
  const found = await finishedRun(id);
  if (!found) throw new UserError("there is no finished run in out/runs; make one with 'wasimeter run'");
  return found;
}
