/** Renders reports of a run into files. */

import { join } from 'node:path';
import type { Reporter } from '../harness/contracts/reporter.ts';
import type { RunResult } from '../harness/contracts/run.ts';
import { saveRun, writeWhole } from '../harness/store/runFile.ts';

/** Writes the files of each reporter and run.json into `folder`; returns the path of each reporter's first file. */
export async function writeReports(reporters: Reporter[], run: RunResult, folder: string): Promise<string[]> {
  await saveRun(join(folder, 'run.json'), run);
  const written: string[] = [];
  for (const reporter of reporters) {
    const files = await reporter.render(run);
    for (const file of files) await writeWhole(join(folder, file.path), file.content);
    if (files[0]) written.push(join(folder, files[0].path));
  }
  return written;
}
