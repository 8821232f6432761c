/** `wasimeter compare`: two runners measured side by side, or two stored runs held against each other. */

import { join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import type { Comparison } from '../../harness/contracts/comparison.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { RunResult } from '../../harness/contracts/run.ts';
import { saveComparison } from '../../harness/store/comparisonFile.ts';
import { benchmarkSelection } from '../compare/benchmarks.ts';
import { comparisonOf, type Rule, refuseEmpty, storedNotices } from '../compare/parts.ts';
import { benchmarksOf, findArms, measureBlock, openBench } from '../compare/sideBySide.ts';
import { armsOf, loadStored, storedFile } from '../compare/stored.ts';
import { comparisonText } from '../compare/text.ts';
import { toldApart, twoRunners } from '../compare/twoRunners.ts';
import { measuring } from '../measuring.ts';
import { REPORT_FOLDER } from '../paths.ts';
import { chosenReporters, writeReports } from '../reports.ts';
import { parseSeed } from '../run/seed.ts';
import { type SelectionOptions, withWasi } from '../run/selectionOptions.ts';
import { terminalOf } from '../terminal.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';

export interface CompareOptions extends SelectionOptions {
  suite?: string[];
  profile?: string;
  aBin?: string;
  bBin?: string;
  out: string;
  seed?: number;
  install: boolean;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  $ wasimeter compare wasmtime@48 wasmtime@49 --install     two releases, process by process in turn
  $ wasimeter compare wasmedge wasmedge+aot --suite clocks
  $ wasimeter compare wasmtime --a-bin ./old/wasmtime --b-bin ./new/wasmtime
  $ wasimeter compare 20260101-120000-4711 20260102-120000-815    two stored runs: wider floors
  $ wasimeter compare before.json after.json --json`;

/** The command with its options. */
export function compareCommand(): Command {
  const command = new Command('compare')
    .description('tell what two runners, measured side by side, or two stored runs differ by')
    .argument('<a>', "a runner, or a run's id, folder or run.json: what is compared with")
    .argument('[b]', 'the same: what is compared')
    .option('--a-bin <path>', 'the executable of the one runner named, as a')
    .option('--b-bin <path>', 'the same, as b')
    .option('-s, --suite <id...>', 'suites whose benchmarks to measure')
    .option('-c, --case <glob...>', 'benchmarks: globs for case or suite/case')
    .option('-p, --profile <name>', 'quick, full, or one of bench.config.ts')
    .option('-o, --out <folder>', 'where to write the report', REPORT_FOLDER)
    .option('--seed <number>', 'seeds every order and resampling', parseSeed)
    .option('--install', 'bring in runtimes that are not installed', false)
    .option('--json', 'print comparison.json instead of tables')
    .addHelpText('after', EXAMPLES)
    .action(compare);
  return withWasi(command);
}

async function compare(a: string, b: string | undefined, options: CompareOptions): Promise<void> {
  const workspace = await openWorkspace({
    ...(options.suite ? { suites: options.suite } : {}),
    ...(options.profile ? { profile: options.profile } : {}),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
  const words = [a, ...(b === undefined ? [] : [b])];
  const files = words.map(storedFile);
  if (files.every((file) => file === undefined)) return measured(workspace, words, options);
  const [before, now] = files;
  if (before === undefined || now === undefined)
    throw new UserError(
      `compare takes two runners or two stored runs, not one of each: 'wasimeter gate --baseline ${before === undefined ? b : a}' measures against a stored one`,
    );
  return stored(workspace, [before, now], options);
}

async function measured(workspace: Workspace, words: string[], options: CompareOptions): Promise<void> {
  const { aBin, bBin } = options;
  const runners = twoRunners(workspace, {
    ...{ words, where: 'compare' },
    ...(aBin === undefined ? {} : { aBin }),
    ...(bBin === undefined ? {} : { bBin }),
  });
  const { suites, selection } = benchmarkSelection(workspace, options);
  await measuring(
    async ({ display, signal }) => {
      const roster = toldApart(await findArms(runners, { ...options, display, signal }));
      const bench = await openBench({ workspace, roster, purpose: 'compare', display, signal }, suites);
      const { processes, upTo } = workspace.config.settings;
      const { run, folder } = await measureBlock(bench, {
        ...{ name: '', suites: benchmarksOf(suites), selection, processes, upTo, seed: bench.header.seed },
      });
      display.close();
      const [x, y] = roster.map(({ runner }) => runner.id) as [string, string];
      const pair = { baseline: { run, runner: x }, candidate: { run, runner: y } };
      const comparison = comparisonOf([pair], 'side-by-side', ruleOf(workspace), [
        'one block only: a gate measures a second one before it calls anything a regression',
      ]);
      refuseEmpty(comparison);
      await saveComparison(folder.comparison, comparison);
      await tell(workspace, comparison, run, options);
    },
    () => '; nothing is compared of half a measurement',
  );
}

async function stored(workspace: Workspace, files: [string, string], options: CompareOptions): Promise<void> {
  if (options.aBin !== undefined || options.bBin !== undefined)
    throw new UserError('--a-bin and --b-bin go with a runner: stored runs were measured already');
  const [before, now] = [await loadStored(files[0]), await loadStored(files[1])];
  const { takes } = benchmarkSelection(workspace, options);
  const only = (run: RunResult) => ({ ...run, performance: run.performance.filter(takes) });
  const pairs = armsOf(before, now).map(([x, y]) => ({
    baseline: { run: only(before.run), runner: x },
    candidate: { run: only(now.run), runner: y },
  }));
  const { notices } = storedNotices(before, now);
  const comparison = comparisonOf(pairs, 'stored', ruleOf(workspace), notices);
  refuseEmpty(comparison);
  await tell(workspace, comparison, now.run, options);
}

function ruleOf({ config }: Workspace): Rule {
  const { floor, floors } = config.gate;
  return { seed: config.seed, confirms: false, waivers: [], now: new Date(), floor, floors };
}

async function tell(
  workspace: Workspace,
  comparison: Comparison,
  run: RunResult,
  { out, json }: CompareOptions,
): Promise<void> {
  const written = await writeReports(chosenReporters(workspace), run, resolve(out), { comparison });
  if (json) console.log(JSON.stringify(comparison));
  else {
    console.log(`\n${comparisonText(comparison, terminalOf(process.stdout))}\n`);
    for (const file of [...written, join(resolve(out), 'comparison.json')])
      console.log(`report: ${relative(process.cwd(), file)}`);
  }
}
