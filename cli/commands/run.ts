/** `wasimeter run`: measures runtimes and writes the report. */

import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { allRunners, findReporter, findRunners, findSuite } from '../../harness/catalog/catalog.ts';
import { controlGuest } from '../../harness/catalog/guests.ts';
import type { LoadedConfig } from '../../harness/config/load.ts';
import type { Choice } from '../../harness/contracts/config.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { RunResult } from '../../harness/contracts/run.ts';
import { hostSenses, watchHost } from '../../harness/execute/hostWatch.ts';
import { describeMachine } from '../../harness/execute/machine.ts';
import { makeRoster } from '../../harness/install/roster.ts';
import { type Parts, runPipeline } from '../../harness/pipeline.ts';
import {
  createRunFolder,
  listRuns,
  newRunId,
  type RunFolder,
  type RunHeader,
  readHeader,
  runFolder,
} from '../../harness/store/runFolder.ts';
import { EXIT } from '../exit.ts';
import { onInterrupt } from '../interrupt.ts';
import { CACHE_FOLDER, LOCK_FILE, PREPARED_FOLDER, REPORT_FOLDER, RUNS_FOLDER } from '../paths.ts';
import { showProgress } from '../progress.ts';
import { writeReports } from '../reports.ts';
import { sameAgain } from '../resume.ts';
import { apart } from '../runtimes/apart.ts';
import { summaryText, unexpected } from '../summary.ts';
import { terminalOf } from '../terminal.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';

interface RunOptions {
  runner?: string[];
  suite?: string[];
  report?: string[];
  profile?: string;
  out: string;
  seed?: number;
  install: boolean;
  resume?: string | true;
  failOn?: 'unexpected';
  json?: boolean;
}

/** Enough for the verdict: what matters lasts for seconds, or comes back within a tenth of one. */
const HOST_LOOK_MS = 500;

const EXAMPLES = `
Examples:
  $ wasimeter run --install                       all runners and suites, missing runtimes brought in
  $ wasimeter run --runner wasmtime --suite clocks
  $ wasimeter run --runner wasmtime@48 wasmtime+aot     a release, a mode: <runtime>[+mode][@release]
  $ wasimeter run --profile full --seed 7
  $ wasimeter run --resume                        goes on with the last run, if it was interrupted`;

/** The command with its options. */
export function runCommand(): Command {
  return new Command('run')
    .description('run conformance and benchmarks, write the report to out/report')
    .option('-r, --runner <id...>', 'runners to measure (see: wasimeter list runners)')
    .option('-s, --suite <id...>', 'suites to run (see: wasimeter list suites)')
    .option('--report <id...>', 'report formats to write (see: wasimeter list reporters)')
    .option('-p, --profile <name>', 'quick, full, conformance, or one of bench.config.ts')
    .option('-o, --out <folder>', 'where to write the report', REPORT_FOLDER)
    .option('--seed <number>', 'seeds every order and resampling', parseSeed)
    .option('--install', 'bring in runtimes that are not installed', false)
    .option('--resume [id]', 'go on with an interrupted run (the last one without an id)')
    .addOption(new Option('--fail-on <what>', 'exit 1 for these').choices(['unexpected']))
    .option('--json', 'print run.json instead of tables')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

function parseSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError('a whole number of at most nine digits, please.');
  return Number(text);
}

async function run(options: RunOptions): Promise<void> {
  const workspace = await openWorkspace(overrides(options));
  const { config, catalog, guests } = workspace;
  const chosen = choose(workspace);
  const reporters = config.reports.map((choice) => ({
    reporter: findReporter(catalog, choice),
    ...(choice.options ? { options: choice.options } : {}),
  }));
  const display = showProgress();
  const interruption = onInterrupt();
  let folder: RunFolder | undefined;
  try {
    if (options.resume) refuseWithResume(options);
    const before = options.resume ? await readHeader(await resumedPath(options.resume)) : undefined;
    const { runners, suites } = before ? choose(workspace, before) : chosen;
    const roster = await makeRoster(runners, {
      cacheDir: CACHE_FOLDER,
      lockFile: LOCK_FILE,
      install: options.install,
      use: true,
      apart: (work) => apart(work, interruption.signal),
      onProgress: (line) => display.note(line),
    });
    if (!roster.some((entry) => entry.found))
      throw new UserError(
        `there is nothing to measure: ${roster.map(({ runner, missing }) => `${runner.id}: ${missing}`).join('; ')}`,
      );
    const now = newHeader(config, suites, roster, guests);
    const header = before ?? now;
    if (before) sameAgain(before, now);
    const path = join(RUNS_FOLDER, header.id);
    folder = before ? runFolder(path) : await createRunFolder(path, header);
    const result = await runPipeline({ header, roster, guests, suites }, folder, {
      cacheFolder: PREPARED_FOLDER,
      progress: display,
      signal: interruption.signal,
      host: watchHost(hostSenses(controlGuest(guests).file, HOST_LOOK_MS)),
    });
    display.close();
    const written = await writeReports(reporters, result, resolve(options.out));
    tell(result, written, options);
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    const how = folder
      ? `; its journal is kept: wasimeter run --resume ${relative(RUNS_FOLDER, folder.path)}`
      : '';
    console.error(`\nwasimeter: interrupted${how}`);
    process.exitCode = EXIT.interrupted;
  } finally {
    display.close();
  }
}

/** The runners and suites that the configuration names, or that a run began with. */
function choose({ config, catalog }: Workspace, before?: RunHeader) {
  const asBefore = (ids: string[] | undefined): Choice[] | undefined =>
    ids?.map((word) => ({ word, where: `run ${before?.id}` }));
  const runners = asBefore(before?.runners) ?? config.runners;
  const suites = asBefore(before?.suites) ?? config.suites;
  return {
    runners: runners ? findRunners(catalog, runners) : allRunners(catalog).map(({ item }) => item),
    suites: suites
      ? [...new Set(suites.map((choice) => findSuite(catalog, choice)))]
      : [...catalog.suites.byId.values()].map(({ item }) => item),
  };
}

/** A run goes on as it began. */
function refuseWithResume(options: RunOptions): void {
  const given = (['runner', 'suite', 'profile', 'seed'] as const).find((name) => options[name] !== undefined);
  if (given) throw new UserError(`--resume goes on with what the run began with: leave out --${given}`);
}

function overrides(options: RunOptions) {
  return {
    ...(options.runner ? { runners: options.runner } : {}),
    ...(options.suite ? { suites: options.suite } : {}),
    ...(options.report ? { reports: options.report } : {}),
    ...(options.profile ? { profile: options.profile } : {}),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  };
}

function newHeader(
  config: LoadedConfig,
  suites: Parts['suites'],
  roster: Parts['roster'],
  guests: Parts['guests'],
): RunHeader {
  const now = new Date();
  return {
    id: newRunId(now),
    startedAt: now.toISOString(),
    runners: roster.map(({ runner }) => runner.id),
    suites: suites.map(({ id }) => id),
    profile: config.profile,
    ...config.settings,
    caseTimeoutMs: config.caseTimeoutMs,
    seed: config.seed,
    machine: describeMachine(process.cwd()),
    found: Object.fromEntries(
      roster.map(({ runner, found, missing, note }) => [
        runner.id,
        found
          ? { ...found, ...(note === undefined ? {} : { note }) }
          : { missing: missing ?? 'not installed' },
      ]),
    ),
    guests: Object.fromEntries([...guests.values()].map((guest) => [guest.id, guest.hash])),
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
  if (options.failOn === 'unexpected' && unexpected(result) > 0) process.exitCode = EXIT.unexpected;
}
