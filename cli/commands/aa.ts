/** `wasimeter aa`: each runner measured against itself, which tells how far figures can be trusted on this machine. */

import { Command, InvalidArgumentError } from 'commander';
import { chosenSuites, measuredRunners } from '../../harness/catalog/chosen.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { RosterEntry } from '../../harness/contracts/plan.ts';
import type { NotMeasured } from '../../harness/contracts/run.ts';
import type { WasiVersion } from '../../harness/contracts/wasi.ts';
import type { FigurePair } from '../../harness/judge/figurePairs.ts';
import { judgeSameArms, type SameArms, totalOf } from '../../harness/judge/sameArms.ts';
import { benchmarkName } from '../../harness/naming/benchmarkName.ts';
import { type SideBySideInput, sideBySide } from '../../harness/sideBySide.ts';
import { chosenBenchmarks } from '../aa/benchmarks.ts';
import { farthestText, sameArmsText } from '../aa/text.ts';
import { type Measuring, measuring, rosterOf } from '../measuring.ts';
import { PREPARED_FOLDER } from '../paths.ts';
import type { ProgressDisplay } from '../progress.ts';
import { withWasi } from '../run/selectionOptions.ts';
import { shown, terminalOf } from '../terminal.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';

interface AaOptions {
  runner?: string[];
  suite?: string[];
  case?: string[];
  wasi?: WasiVersion[];
  all?: boolean;
  repeats: number;
  processes: number;
  floor: number;
  seed?: number;
  json?: boolean;
}

/** Arms that the machine disturbs would say how it was, not how figures are: up to three times the processes for quiet ones. */
const PATIENCE = 3;
/** As in the quick profile. */
const BATCHES = 25;

const EXAMPLES = `
Examples:
  $ wasimeter aa                                       headline latencies of all runners
  $ wasimeter aa --runner wasmtime --suite clocks --repeats 10
  $ wasimeter aa --runner jco --case fd_pread --wasi p1
  $ wasimeter aa --all --floor 2 --json

Two arms of fresh processes start the same executable and take turns. What they differ by is luck; a difference beyond the floor
whose 95% interval excludes 1 would be claimed, and is a false positive.`;

/** The command with its options. */
export function aaCommand(): Command {
  const command = new Command('aa')
    .description('measure each runner against itself: how far figures can be trusted here')
    .option('-r, --runner <id...>', 'runners to measure (see: wasimeter list runners)')
    .option('-s, --suite <id...>', 'benchmarks of these suites')
    .option('-c, --case <glob...>', 'benchmarks: globs for case or suite/case, or what stands before a /')
    .option('--all', 'all benchmarks, not only the headline latencies')
    .option('--repeats <number>', 'how often both arms are measured', wholeNumber(1, 1000), 5)
    .option('--processes <number>', 'fresh processes an arm', wholeNumber(5, 1000), 20)
    .option('--floor <percent>', 'the smallest difference that would be claimed', percentage, 1)
    .option('--seed <number>', 'seeds every order and resampling', wholeNumber(0, 999_999_999))
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(aa);
  return withWasi(command);
}

const wholeNumber = (least: number, most: number) => (text: string) => {
  const number = Number(text);
  if (!/^\d{1,9}$/.test(text) || number < least || number > most)
    throw new InvalidArgumentError(`a whole number from ${least} to ${most}, please.`);
  return number;
};

function percentage(text: string): number {
  const number = Number(text.replace(/%$/, ''));
  if (!/^\d+(\.\d+)?%?$/.test(text) || number > 100)
    throw new InvalidArgumentError('a percentage from 0 to 100, please.');
  return number;
}

async function aa(options: AaOptions): Promise<void> {
  const workspace = await openWorkspace({
    ...(options.runner ? { runners: options.runner } : {}),
    ...(options.suite ? { suites: options.suite } : {}),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
  const { config, guests } = workspace;
  const suites = chosenBenchmarks(chosenSuites(workspace.catalog, config.suites), options);
  await measuring(
    async ({ display, signal }) => {
      const found = await foundRunners(workspace, { display, signal });
      const { repeats, processes } = options;
      const input = {
        suites,
        guests,
        repeats,
        processes,
        patience: PATIENCE,
        batches: BATCHES,
        seed: config.seed,
      };
      const judged: SameArms[] = [];
      const notMeasured: NotMeasured[] = [];
      for (const entry of found) {
        const one = await againstItself(entry, input, options.floor / 100, display, signal);
        judged.push(...one.judged);
        notMeasured.push(...one.notMeasured);
      }
      display.close();
      tell(judged, notMeasured, options, config.seed);
    },
    () => '; what was measured so far is not kept',
  );
}

/** Those that are there; a note for each that is not. Throws a UserError where none is. */
async function foundRunners(
  { catalog, config }: Workspace,
  { display, signal }: Measuring,
): Promise<RosterEntry[]> {
  const runners = measuredRunners(catalog, config.runners);
  const roster = await rosterOf(runners, { install: false, display, signal });
  const missing = roster.flatMap((entry) => (entry.found ? [] : [`${entry.runner.id}: ${entry.missing}`]));
  if (missing.length === roster.length)
    throw new UserError(`there is nothing to measure: ${missing.join('; ')}`);
  for (const line of missing) display.note(`left out: ${line}`);
  return roster.filter((entry) => entry.found);
}

/** All repeats of one runner in both arms. */
async function againstItself(
  entry: RosterEntry,
  input: SideBySideInput,
  floor: number,
  display: ProgressDisplay,
  signal: AbortSignal,
): Promise<{ judged: SameArms[]; notMeasured: NotMeasured[] }> {
  const repeats: FigurePair[][] = [];
  const notMeasured: NotMeasured[] = [];
  const judged = () => judgeSameArms(entry.runner.id, repeats, { floor, seed: input.seed });
  const options = { cacheFolder: PREPARED_FOLDER, progress: display, signal };
  for await (const { number, pairs, notMeasured: missing } of sideBySide([entry, entry], input, options)) {
    repeats.push(pairs);
    notMeasured.push(...missing);
    display.note(
      `${entry.runner.id}: repeat ${number} of ${input.repeats}, ${farthestText(judged(), number)}`,
    );
  }
  return { judged: judged(), notMeasured };
}

function tell(judged: SameArms[], notMeasured: NotMeasured[], options: AaOptions, seed: number): void {
  const { repeats, processes } = options;
  const floor = options.floor / 100;
  const missing = new Map(
    notMeasured.map((one) => [`${one.runner} ${benchmarkName(one)}: ${one.reason}`, one]),
  );
  if (options.json) {
    const total = totalOf(judged);
    const all = { repeats, processes, floor, seed, ...(total ? { total } : {}) };
    const document = {
      schema: 'wasimeter/aa@1',
      ...all,
      benchmarks: judged,
      notMeasured: [...missing.values()],
    };
    console.log(JSON.stringify(document, undefined, 2));
  } else {
    if (judged.length > 0) console.log(sameArmsText(judged, floor, terminalOf(process.stdout)));
    for (const line of missing.keys()) console.error(`not measured: ${shown(line)}`);
  }
  if (judged.length === 0) throw new UserError('no benchmark was measured in both arms');
}
