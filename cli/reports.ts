/** Renders reports of a run into files. */

import { rm } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import { findReporter } from '../harness/catalog/catalog.ts';
import type { ReporterOptions } from '../harness/contracts/config.ts';
import { UserError } from '../harness/contracts/failure.ts';
import type { Beside, Reporter } from '../harness/contracts/reporter.ts';
import type { RunResult } from '../harness/contracts/run.ts';
import { saveComparison } from '../harness/store/comparisonFile.ts';
import { saveRun, writeWhole } from '../harness/store/runFile.ts';
import type { Workspace } from './workspace.ts';

export interface ChosenReporter {
  reporter: Reporter;
  options?: ReporterOptions;
}

/** The reporters that options or configuration name, with what the latter tells them. */
export function chosenReporters({
  config,
  catalog,
}: Pick<Workspace, 'catalog' | 'config'>): ChosenReporter[] {
  return config.reports.map((choice) => ({
    reporter: findReporter(catalog, choice),
    ...(choice.options ? { options: choice.options } : {}),
  }));
}

/** Writes the files of each reporter and run.json into `folder`; returns the path of each reporter's first file. */
export async function writeReports(
  reporters: readonly ChosenReporter[],
  run: RunResult,
  folder: string,
  beside: Beside = {},
): Promise<string[]> {
  await saveRun(join(folder, 'run.json'), run);
  const comparison = join(folder, 'comparison.json');
  // One of an earlier report would stand beside a run that it is not of.
  if (beside.comparison) await saveComparison(comparison, beside.comparison);
  else await rm(comparison, { force: true });
  const written: string[] = [];
  for (const { reporter, options } of reporters) {
    const files = await reporter.render(run, options, beside);
    if (!Array.isArray(files) || !files.every(isFile))
      throw new UserError(
        `reporter '${reporter.id}' must return a list of { path, content }, paths within the report's folder`,
      );
    for (const file of files) await writeWhole(join(folder, file.path), file.content);
    if (files[0]) written.push(join(folder, files[0].path));
  }
  return written;
}

/** What a user's reporter returns is written only below the report's folder. */
function isFile(file: unknown): boolean {
  const { path, content } = (file ?? {}) as Record<string, unknown>;
  if (typeof path !== 'string' || typeof content !== 'string' || path === '') return false;
  return !isAbsolute(path) && !normalize(path).startsWith('..');
}
