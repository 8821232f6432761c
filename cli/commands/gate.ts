/** `wasimeter gate`: holds a candidate against a baseline and says by its exit code whether it may pass. */

import { relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { checkExpectations } from '../../harness/catalog/checkExpectations.ts';
import type { Comparison } from '../../harness/contracts/comparison.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { RunResult } from '../../harness/contracts/run.ts';
import { describeMachine } from '../../harness/execute/machine.ts';
import { machineDifference } from '../../harness/judge/sameMachine.ts';
import { endedWaivers } from '../../harness/judge/waivers.ts';
import { benchmarkName } from '../../harness/naming/benchmarkName.ts';
import { checkScripts } from '../../harness/plan/checkScripts.ts';
import { saveComparison } from '../../harness/store/comparisonFile.ts';
import { type Benchmarks, benchmarkSelection } from '../compare/benchmarks.ts';
import { type ArmPair, comparisonOf, type Rule, refuseEmpty, storedNotices } from '../compare/parts.ts';
import { findArms, measureBlock, openBench } from '../compare/sideBySide.ts';
import { armsOf, measuredIn } from '../compare/stored.ts';
import { toldApart } from '../compare/twoRunners.ts';
import { EXIT } from '../exit.ts';
import { measureGate } from '../gate/blocks.ts';
import { gateResult } from '../gate/result.ts';
import { type SideOptions, type Sides, sidesOf } from '../gate/sides.ts';
import { gateText } from '../gate/text.ts';
import { measuring } from '../measuring.ts';
import { REPORT_FOLDER } from '../paths.ts';
import { chosenReporters, writeReports } from '../reports.ts';
import { parseSeed } from '../run/seed.ts';
import { type SelectionOptions, withWasi } from '../run/selectionOptions.ts';
import { terminalOf } from '../terminal.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';

interface GateOptions extends SelectionOptions, SideOptions {
  suite?: string[];
  profile?: string;
  report?: string[];
  out: string;
  seed?: number;
  install: boolean;
  failOn?: 'unsure';
  json?: boolean;
}

const EXAMPLES = `
Examples:
  $ wasimeter gate --baseline wasmtime@48 --candidate wasmtime@49 --install
  $ wasimeter gate                                    baseline and candidate of bench.config.ts
  $ wasimeter gate --baseline main --runner wasmtime  against a stored baseline: wider floors
  $ wasimeter gate --baseline wasmtime@48 --candidate wasmtime@49 --case clocks/clock_time_get --wasi p1
  $ wasimeter gate --fail-on unsure                   exit 3 where something can't be told`;

/** The command with its options. */
export function gateCommand(): Command {
  const command = new Command('gate')
    .description('hold a candidate against a baseline; exit 1 for a regression or an unexpected outcome')
    .option(
      '--baseline <id>',
      'a runner, which is measured beside the candidate, or a stored baseline or run',
    )
    .option('--candidate <id>', 'a runner, or beside a stored baseline a stored run')
    .option('-r, --runner <id...>', 'runners to hold against a stored baseline (all that it has without it)')
    .option('-s, --suite <id...>', 'suites to run')
    .option('-c, --case <glob...>', 'cases and benchmarks: globs for case or suite/case')
    .option('-p, --profile <name>', 'quick, full, or one of bench.config.ts')
    .option('--report <id...>', 'report formats to write (those of bench.config.ts without it)')
    .option('-o, --out <folder>', 'where to write the report', REPORT_FOLDER)
    .option('--seed <number>', 'seeds every order and resampling', parseSeed)
    .option('--install', 'bring in runtimes that are not installed', false)
    .option('--any-machine', 'take a baseline of another machine, with a warning')
    .addOption(new Option('--fail-on <what>', "exit 3 for what can't be told").choices(['unsure']))
    .option('--json', 'print comparison.json instead of tables')
    .addHelpText('after', EXAMPLES)
    .action(gate);
  return withWasi(command);
}

async function gate(options: GateOptions): Promise<void> {
  const workspace = await openWorkspace({
    ...(options.suite ? { suites: options.suite } : {}),
    ...(options.report ? { reports: options.report } : {}),
    ...(options.profile ? { profile: options.profile } : {}),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
  const sides = await sidesOf(workspace, options);
  const benchmarks = benchmarkSelection(workspace, options);
  checkExpectations(workspace.catalog);
  checkScripts(benchmarks.suites, benchmarks.selection);
  const now = new Date();
  const { floor, floors, waivers } = workspace.config.gate;
  const rule: Rule = {
    ...{ seed: workspace.config.seed, confirms: sides.kind !== 'stored', waivers, now, floor, floors },
  };
  const notices = [...machineNotices(sides, options), ...endedWaivers(waivers, now)];
  if (sides.kind === 'stored') return storedGate({ workspace, benchmarks, rule, notices, options }, sides);
  return measuredGate({ workspace, benchmarks, rule, notices, options }, sides);
}

interface Common {
  workspace: Workspace;
  benchmarks: Benchmarks;
  rule: Rule;
  notices: string[];
  options: GateOptions;
}

/** What is to be said of a stored baseline. Throws a UserError where it is another machine's and that was not allowed. */
function machineNotices(sides: Sides, { anyMachine }: GateOptions): string[] {
  if (sides.kind === 'side-by-side') return [];
  const now = sides.kind === 'stored' ? sides.candidate.run.machine : describeMachine(process.cwd());
  const { other } = machineDifference(sides.baseline.run.machine, now);
  if (other.length > 0 && !anyMachine)
    throw new UserError(
      `${sides.baseline.file}: machine: the baseline is of another machine: ${other.join(', ')}; save one here ('wasimeter baseline save'), name a runner as baseline, or take it nonetheless by --any-machine`,
    );
  return storedNotices(sides.baseline, { run: { ...sides.baseline.run, machine: now } }).notices;
}

async function measuredGate(
  { workspace, benchmarks, rule, notices, options }: Common,
  sides: Exclude<Sides, { kind: 'stored' }>,
): Promise<void> {
  await measuring(
    async ({ display, signal }) => {
      const wanted = sides.kind === 'side-by-side' ? [sides.baseline, sides.candidate] : sides.candidates;
      const found = await findArms(wanted, { install: options.install, display, signal });
      const roster = sides.kind === 'side-by-side' ? toldApart(found) : found;
      const ids = roster.map(({ runner }) => runner.id);
      const bench = await openBench(
        { workspace, roster, purpose: 'gate', display, signal },
        benchmarks.suites,
      );
      const { run, folder, comparison } = await measureGate({
        ...{ benchmarks, options, rule, notices },
        measure: (block) => measureBlock(bench, block),
        note: display.note,
        cases: workspace.config.settings.cases,
        kind: sides.kind === 'side-by-side' ? 'side-by-side' : 'stored',
        pairsIn: (block) => pairsOf(sides, block, ids, benchmarks),
      });
      display.close();
      refuseEmpty(comparison);
      const candidates = sides.kind === 'side-by-side' ? [ids[1]!] : ids;
      const gated = {
        ...comparison,
        gate: gateResult(comparison, run, candidates, failOn(workspace, options)),
      };
      await saveComparison(folder.comparison, gated);
      await tell(workspace, gated, run, options);
    },
    () => '; a gate always begins anew',
  );
}

/** The arms of a measured block: both in it, or each candidate against its own figures in the baseline. */
function pairsOf(
  sides: Exclude<Sides, { kind: 'stored' }>,
  block: RunResult,
  ids: readonly string[],
  { takes }: Benchmarks,
): ArmPair[] {
  if (sides.kind === 'side-by-side')
    return [{ baseline: { run: block, runner: ids[0]! }, candidate: { run: block, runner: ids[1]! } }];
  const known = measuredIn(sides.baseline);
  // What this gate does not measure is not missing from it.
  const names = new Set(block.performance.map(benchmarkName));
  const lacks = new Set(block.notMeasured.map(benchmarkName));
  const run = {
    ...sides.baseline.run,
    performance: sides.baseline.run.performance.filter((one) => {
      const name = benchmarkName(one);
      return takes(one) && (names.has(name) || lacks.has(name));
    }),
  };
  return ids.map((id) => ({
    baseline: { run, runner: known.includes(id) ? id : known[0]! },
    candidate: { run: block, runner: id },
  }));
}

async function storedGate(
  { workspace, benchmarks, rule, notices, options }: Common,
  { baseline, candidate, runners }: Extract<Sides, { kind: 'stored' }>,
): Promise<void> {
  const only = (run: RunResult) => ({ ...run, performance: run.performance.filter(benchmarks.takes) });
  const arms = armsOf(baseline, candidate, runners);
  const pairs = arms.map(([x, y]) => ({
    baseline: { run: only(baseline.run), runner: x },
    candidate: { run: only(candidate.run), runner: y },
  }));
  const comparison = comparisonOf(pairs, 'stored', rule, [
    ...notices,
    'one block only: stored runs are taken at their word, name runners to have them measured twice',
  ]);
  refuseEmpty(comparison);
  const ids = arms.map(([, id]) => id);
  const result = gateResult(comparison, candidate.run, ids, failOn(workspace, options));
  await tell(workspace, { ...comparison, gate: result }, candidate.run, options);
}

function failOn({ config }: Workspace, options: GateOptions) {
  return [...new Set([...config.gate.failOn, ...(options.failOn ? [options.failOn] : [])])];
}

async function tell(
  workspace: Workspace,
  comparison: Comparison,
  run: RunResult,
  options: GateOptions,
): Promise<void> {
  const { config } = workspace;
  const written = await writeReports(chosenReporters(workspace), run, resolve(options.out), { comparison });
  if (options.json) console.log(JSON.stringify(comparison));
  else {
    const again = {
      baseline: options.baseline ?? config.gate.baseline ?? '',
      candidate: options.candidate ?? (options.runner ? undefined : config.gate.candidate),
    };
    console.log(`\n${gateText(comparison, again, terminalOf(process.stdout))}\n`);
    for (const file of written) console.log(`report: ${relative(process.cwd(), file)}`);
  }
  process.exitCode = comparison.gate?.exitCode ?? EXIT.fine;
}
