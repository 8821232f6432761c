/** `wasimeter report`: makes the report of a stored run again, without any runtime. */

import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { findRunner, findSuite } from '../../harness/catalog/catalog.ts';
import { checkExpectations } from '../../harness/catalog/checkExpectations.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { RosterEntry } from '../../harness/contracts/plan.ts';
import type { Beside } from '../../harness/contracts/reporter.ts';
import type { RunResult } from '../../harness/contracts/run.ts';
import { readJournal } from '../../harness/execute/journal.ts';
import { judgeRun } from '../../harness/pipeline.ts';
import { loadComparison } from '../../harness/store/comparisonFile.ts';
import { loadRun } from '../../harness/store/runFile.ts';
import { readHeader, runFolder } from '../../harness/store/runFolder.ts';
import { REPORT_FOLDER } from '../paths.ts';
import { chosenReporters, writeReports } from '../reports.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';

interface ReportOptions {
  report?: string[];
  out: string;
  judge?: boolean;
}

const EXAMPLES = `
Examples:
  $ wasimeter report out/runs/20260101-120000-4711
  $ wasimeter report out/runs/20260101-120000-4711 --judge    judges its journal again, with today's suites
  $ wasimeter report run.json --out public`;

/** The command with its options. */
export function reportCommand(): Command {
  return new Command('report')
    .description('make the report of a run again from its folder or its run.json')
    .argument('<run>', "a run's folder under out/runs, or a run.json")
    .option('--report <id...>', 'report formats to write (those of bench.config.ts without it)')
    .option('-o, --out <folder>', 'where to write', REPORT_FOLDER)
    .option('--judge', 'measure and judge the journal again instead of reading run.json')
    .addHelpText('after', EXAMPLES)
    .action(report);
}

async function report(path: string, options: ReportOptions): Promise<void> {
  const workspace = await openWorkspace(options.report ? { reports: options.report } : {});
  const run = await loadOrJudge(resolve(path), options.judge ?? false, workspace);
  const beside = options.judge ? undefined : await comparisonBeside(resolve(path));
  for (const file of await writeReports(chosenReporters(workspace), run, resolve(options.out), beside))
    console.log(`report: ${relative(process.cwd(), file)}`);
}

/** A comparison that lies beside the run. */
async function comparisonBeside(path: string): Promise<Beside> {
  const comparison = await loadComparison(
    runFolder(path.endsWith('.json') ? dirname(path) : path).comparison,
  );
  return comparison ? { comparison } : {};
}

async function loadOrJudge(path: string, again: boolean, { catalog, guests }: Workspace): Promise<RunResult> {
  if (path.endsWith('.json')) {
    if (again) throw new UserError("--judge takes a run's folder: a run.json has no journal");
    return loadRun(path);
  }
  const folder = runFolder(path);
  if (existsSync(folder.result) && !again) return loadRun(folder.result);
  checkExpectations(catalog);
  const header = await readHeader(path);
  if (!existsSync(folder.journal)) throw new UserError(`${path} has no journal: nothing was run in it`);
  const where = `run ${header.id}`;
  const roster = header.runners.flatMap((id): RosterEntry[] => {
    const found = header.found[id];
    if (!found) return [];
    const runner = findRunner(catalog, { word: id, where });
    if ('missing' in found) return [{ runner, missing: found.missing }];
    const { note, ...rest } = found;
    return [{ runner, found: rest, ...(note === undefined ? {} : { note }) }];
  });
  const suites = header.suites.map((word) => findSuite(catalog, { word, where }));
  const { run } = judgeRun({ header, roster, guests, suites }, readJournal(folder.journal));
  return run;
}
