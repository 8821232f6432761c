/** `wasimeter bisect`: finds the version of a runtime in which a case began to fail, or a benchmark began to cost more. */

import { Command } from 'commander';
import { findRunner } from '../../harness/catalog/catalog.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import { parseRunnerId, runnerIdText } from '../../harness/naming/runnerId.ts';
import { firstBad, type Judgement } from '../bisect/search.ts';
import { ofOutcome, ofVerdict, type Subject, subjectOf } from '../bisect/subject.ts';
import { versionsBetween } from '../bisect/versions.ts';
import { comparisonOf, type Rule } from '../compare/parts.ts';
import { benchmarksOf, findArms, measureBlock, openBench } from '../compare/sideBySide.ts';
import { changeText } from '../compare/text.ts';
import { measuring } from '../measuring.ts';
import type { ProgressDisplay } from '../progress.ts';
import { type SelectionOptions, withWasi } from '../run/selectionOptions.ts';
import { shown } from '../terminal.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';

interface BisectOptions extends Pick<SelectionOptions, 'wasi'> {
  good: string;
  bad: string;
  case: string;
  runner: string;
  benchmark?: boolean;
  install: boolean;
  json?: boolean;
}

/** As many as a gate asks for at least. */
const PROCESSES = 40;

const EXAMPLES = `
Examples:
  $ wasimeter bisect --good 46 --bad 49 --case filesystem/fd_pread --benchmark --wasi p1 --install
  $ wasimeter bisect --good 0.14 --bad 0.17 --runner wasmedge --case clocks/clock_time_get/bad-id`;

/** The command with its options. */
export function bisectCommand(): Command {
  const command = new Command('bisect')
    .description('find the version in which a case began to fail or a benchmark to cost more')
    .requiredOption('--good <version>', 'a version in which all was well')
    .requiredOption('--bad <version>', 'one in which it is not')
    .requiredOption('-c, --case <glob>', 'one case or benchmark')
    .option('-r, --runner <id>', 'the runner, without a version', 'wasmtime')
    .option('--benchmark', 'the benchmark of that name, where there is a case, too')
    .option('--install', 'bring in the versions in between', false)
    .option('--json', 'print as JSON')
    .addHelpText('after', EXAMPLES)
    .action(bisect);
  return withWasi(command);
}

async function bisect(options: BisectOptions): Promise<void> {
  const workspace = await openWorkspace();
  const { catalog } = workspace;
  const suites = [...catalog.suites.byId.values()].map(({ item }) => item);
  const { benchmark, wasi: [wasi] = [] } = options;
  const subject = subjectOf(suites, options.case, { wasi, benchmark });
  const id = parseRunnerId(options.runner, '--runner');
  if (id.release !== undefined)
    throw new UserError(`--runner ${options.runner} names a version: that is what --good and --bad do`);
  const base = findRunner(catalog, { word: id.runtime, where: '--runner' });
  const versions = await versionsBetween(base, options, options.install);
  await measuring(async ({ display, signal }) => {
    const word = (version: string) => runnerIdText({ ...id, release: version });
    const work = { workspace, subject, display, signal, install: options.install };
    const ask = (version: string) => judged(work, word(versions[0]!), word(version));
    const ends = await endsHold(versions, subject, ask);
    if (ends) throw new UserError(ends);
    const found = await firstBad(versions, async (version, left) => {
      display.note(`${word(version)}: one of ${left} that are left`);
      const { judgement, words } = await ask(version);
      display.note(`${word(version)}: ${judgement} (${words})`);
      return judgement;
    });
    display.close();
    if (options.json) console.log(JSON.stringify({ ...found, versions }));
    else {
      const what = subject.kind === 'case' ? 'fails' : 'costs more';
      console.log(
        `${subject.wasi} ${subject.suite.id}/${subject.id}: good in ${word(found.good)}, ${what} in ${word(found.bad)}`,
      );
      if (found.untold.length > 0)
        console.log(`nothing could be told of ${found.untold.map(word).join(', ')}`);
      if (!options.install)
        console.log('only installed versions were asked; --install brings in those between');
    }
  });
}

interface Asked {
  judgement: Judgement;
  /** What was seen. */
  words: string;
}

/** Why there is nothing to search for; undefined where the first version is good and the last one bad. */
async function endsHold(
  versions: readonly string[],
  { kind }: Subject,
  ask: (version: string) => Promise<Asked>,
): Promise<string | undefined> {
  const [good, bad] = [versions[0]!, versions.at(-1)!];
  // A benchmark is measured beside the good version, which is good by its word.
  const before = kind === 'case' ? await ask(good) : undefined;
  if (before && before.judgement !== 'good') return `${good} in --good is not good: ${shown(before.words)}`;
  const after = await ask(bad);
  return after.judgement === 'bad' ? undefined : `${bad} in --bad is not bad: ${shown(after.words)}`;
}

interface Work {
  workspace: Workspace;
  subject: Subject;
  display: ProgressDisplay;
  signal: AbortSignal;
  install: boolean;
}

async function judged(work: Work, good: string, word: string): Promise<Asked> {
  const { workspace, subject, display, signal, install } = work;
  const { kind, suite, id, wasi } = subject;
  const words = kind === 'case' ? [word] : [good, word];
  const runners = words.map((one) => findRunner(workspace.catalog, { word: one, where: 'bisect' }));
  let roster: Awaited<ReturnType<typeof findArms>>;
  try {
    roster = await findArms(runners, { install, display, signal });
  } catch (error) {
    // A version that can't be had is gone around; one of the ends says so itself.
    if (!(error instanceof UserError)) throw error;
    return { judgement: 'untold', words: error.message };
  }
  workspace.config.settings.only = kind === 'case' ? 'none' : 'all';
  const suites = kind === 'case' ? [{ ...suite, performance: [] }] : benchmarksOf([suite]);
  const bench = await openBench({ workspace, roster, purpose: 'bisect', display, signal }, suites);
  const seed = workspace.config.seed;
  const { run } = await measureBlock(bench, {
    ...{ name: word.replaceAll(/[^\w.@+-]/g, '_'), suites, processes: PROCESSES, seed },
    selection: { cases: [`${suite.id}/${id}`], wasi: [wasi] },
  });
  if (kind === 'case') {
    const found = run.conformance.find((one) => one.case === id && one.wasi === wasi);
    return {
      judgement: ofOutcome(found?.outcome),
      words: `${found?.outcome ?? 'not run'} ${found?.reason ?? ''}`.trim(),
    };
  }
  const { floor, floors } = workspace.config.gate;
  const rule: Rule = { seed, confirms: false, waivers: [], now: new Date(), floor, floors };
  const pair = { baseline: { run, runner: good }, candidate: { run, runner: word } };
  const comparison = comparisonOf([pair], 'side-by-side', rule);
  const [one] = comparison.benchmarks;
  return {
    judgement: ofVerdict(comparison),
    words: one
      ? `${one.verdict}, cost ${changeText(one.first.ratio.value)}`
      : (comparison.notCompared[0]?.reason ?? 'not measured'),
  };
}
