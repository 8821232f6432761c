/** `wasimeter run`: measures runtimes and writes the report. */

import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { checkExpectations } from '../../harness/catalog/checkExpectations.ts';
import { secondsIn, TIME_BUDGET } from '../../harness/config/profiles.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { RunResult } from '../../harness/contracts/run.ts';
import { runPipeline } from '../../harness/pipeline.ts';
import { checkScripts } from '../../harness/plan/checkScripts.ts';
import {
  createRunFolder,
  listRuns,
  type RunFolder,
  readHeader,
  runFolder,
} from '../../harness/store/runFolder.ts';
import { EXIT } from '../exit.ts';
import { hostWatch, measuring, rosterOf } from '../measuring.ts';
import { PREPARED_FOLDER, REPORT_FOLDER, RUNS_FOLDER } from '../paths.ts';
import { chosenReporters, writeReports } from '../reports.ts';
import { choose, chosenBefore, refuseWithResume } from '../run/choose.ts';
import { newHeader } from '../run/header.ts';
import { listing, listingText } from '../run/listing.ts';
import { sameAgain } from '../run/resume.ts';
import { parseSeed } from '../run/seed.ts';
import { type SelectionOptions, withSelection } from '../run/selectionOptions.ts';
import { watchCommand } from '../run/watchCommand.ts';
import { escapes, summaryText, unexpected } from '../summary.ts';
import { terminalOf } from '../terminal.ts';
import { openWorkspace } from '../workspace.ts';

interface RunOptions extends SelectionOptions {
  runner?: string[];
  suite?: string[];
  report?: string[];
  profile?: string;
  out: string;
  seed?: number;
  timeBudget?: number;
  install: boolean;
  resume?: string | true;
  failOn?: 'unexpected';
  json?: boolean;
  list?: boolean;
  watch?: boolean;
}

const EXAMPLES = `
Examples:
  $ wasimeter run --install                       all runners and suites, missing runtimes brought in
  $ wasimeter run --runner wasmtime --suite clocks
  $ wasimeter run --case clock_time_get 'random/*/many'  all of a function; a glob for case or suite/case
  $ wasimeter run --wasi p2 --tag monotonic-clock.now --list
  $ wasimeter run --last-failed --watch           what came out unexpected, again at each change of a file
  $ wasimeter run --runner wasmtime@48 wasmtime+aot     a release, a mode: <runtime>[+mode][@release]
  $ wasimeter run --profile full --seed 7
  $ wasimeter run --profile full --time-budget 5m --runner wasmtime
  $ wasimeter run --resume                        goes on with the last run, if it was interrupted`;

/** The command with its options. */
export function runCommand(): Command {
  const command = new Command('run')
    .description('run conformance and benchmarks, write the report to out/report')
    .option('-r, --runner <id...>', 'runners to measure (see: wasimeter list runners)')
    .option('-s, --suite <id...>', 'suites to run (see: wasimeter list suites)')
    .option('--last-failed', 'the cases that came out unexpected in the last run, each on its runners')
    .addOption(new Option('--list', 'print what would be run, run nothing').conflicts(['watch', 'resume']))
    .option('--watch', 'run again whenever a suite, a runner or the configuration changes')
    .option('--report <id...>', 'report formats to write (see: wasimeter list reporters)')
    .option('-p, --profile <name>', 'quick, full, conformance, or one of bench.config.ts')
    .option(
      '--time-budget <time>',
      'how long benchmarks may take (90s, 10m): headline ones first, the rest as far as it fits',
      parseTimeBudget,
    )
    .option('-o, --out <folder>', 'where to write the report', REPORT_FOLDER)
    .option('--seed <number>', 'seeds every order and resampling', parseSeed)
    .option('--install', 'bring in runtimes that are not installed', false)
    .option('--resume [id]', 'go on with an interrupted run (the last one without an id)')
    .addOption(new Option('--fail-on <what>', 'exit 1 for these').choices(['unexpected']))
    .option('--json', 'print run.json instead of tables')
    .addHelpText('after', EXAMPLES)
    .action(run);
  return withSelection(command);
}

function parseTimeBudget(text: string): number {
  if (!TIME_BUDGET.test(text)) throw new InvalidArgumentError('a number with s, m or h, please: 90s, 10m.');
  return secondsIn(text);
}

async function run(options: RunOptions): Promise<void> {
  const workspace = await openWorkspace(overrides(options));
  const { config, catalog, guests } = workspace;
  if (options.resume) refuseWithResume({ ...options });
  const chosen = await choose(workspace, options);
  if (options.watch) return watchCommand(workspace);
  if (!chosen) return tellNothingFailed(options);
  if (options.list) return tellListing(listing(chosen, config.settings.only), options);
  const reporters = chosenReporters(workspace);
  checkExpectations(catalog);
  checkScripts(chosen.suites, chosen.selection);
  let folder: RunFolder | undefined;
  const kept = () =>
    folder ? `; its journal is kept: wasimeter run --resume ${relative(RUNS_FOLDER, folder.path)}` : '';
  await measuring(async ({ display, signal }) => {
    const before = options.resume ? await readHeader(await resumedPath(options.resume)) : undefined;
    if (before?.purpose)
      throw new UserError(
        `run ${before.id} was begun by 'wasimeter ${before.purpose}', which always begins anew: name a run of 'wasimeter run'`,
      );
    const { runners, suites, selection } = before ? chosenBefore(workspace, before) : chosen;
    const roster = await rosterOf(runners, { install: options.install, display, signal });
    if (!roster.some((entry) => entry.found))
      throw new UserError(
        `there is nothing to measure: ${roster.map(({ runner, missing }) => `${runner.id}: ${missing}`).join('; ')}`,
      );
    const now = await newHeader(config, { suites, roster, guests }, selection);
    const header = before ?? now;
    if (before) sameAgain(before, now);
    const path = join(RUNS_FOLDER, header.id);
    folder = before ? runFolder(path) : await createRunFolder(path, header);
    const result = await runPipeline({ header, roster, guests, suites }, folder, {
      cacheFolder: PREPARED_FOLDER,
      progress: display,
      signal,
      host: hostWatch(guests),
    });
    display.close();
    const written = await writeReports(reporters, result, resolve(options.out));
    tell(result, written, options);
  }, kept);
}

function tellNothingFailed({ json, list }: RunOptions): void {
  if (json && list) console.log('[]');
  else console.error('wasimeter: nothing came out unexpected in the last run: there is nothing to run again');
}

function tellListing(rows: ReturnType<typeof listing>, { json }: RunOptions): void {
  console.log(json ? JSON.stringify(rows, undefined, 2) : listingText(rows));
}

function overrides(options: RunOptions) {
  return {
    ...(options.runner ? { runners: options.runner } : {}),
    ...(options.suite ? { suites: options.suite } : {}),
    ...(options.report ? { reports: options.report } : {}),
    ...(options.profile ? { profile: options.profile } : {}),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.timeBudget === undefined ? {} : { timeBudgetS: options.timeBudget }),
  };
}

async function resumedPath(resume: string | true): Promise<string> {
  const last = typeof resume === 'string' ? resume : (await listRuns(RUNS_FOLDER)).at(-1);
  if (!last) throw new UserError('there is no run to resume in out/runs');
  const path = join(RUNS_FOLDER, last);
  if (existsSync(runFolder(path).result))
    throw new UserError(
      `run ${last} is finished; 'wasimeter report ${relative(process.cwd(), path)}' makes its report again`,
    );
  return path;
}

function tell(result: RunResult, written: string[], options: RunOptions): void {
  if (options.json) console.log(JSON.stringify(result));
  else {
    console.log(`\n${summaryText(result, terminalOf(process.stdout))}\n`);
    for (const file of written) console.log(`report: ${relative(process.cwd(), file)}`);
  }
  // A guest that got out is never a mere outcome among others.
  const fails = escapes(result).length > 0 || (options.failOn === 'unexpected' && unexpected(result) > 0);
  if (fails) process.exitCode = EXIT.unexpected;
}
