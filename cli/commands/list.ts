/** `wasimeter list`: what there is to run, with what, where it is from, and what was run. */

import { Command } from 'commander';
import { allRunners, findSuite } from '../../harness/catalog/catalog.ts';
import { loadProfiles } from '../../harness/config/load.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { Selection } from '../../harness/contracts/selection.ts';
import type { Suite } from '../../harness/contracts/suite.ts';
import { checkSelection, tagsOf, takesCase } from '../../harness/plan/selection.ts';
import { listRuns } from '../../harness/store/runFolder.ts';
import { unknownWord } from '../../harness/userFiles/unknownWord.ts';
import { RUNS_FOLDER } from '../paths.ts';
import { type SelectionOptions, selectionOf, withSelection } from '../run/selectionOptions.ts';
import { shown } from '../terminal.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';

type Row = Record<string, string | string[]>;

/** Those that --suite names, or else all; those of the configuration are no restriction here. */
const suitesIn = ({ catalog, config }: Workspace): Suite[] =>
  config.suites?.[0]?.where === '--suite'
    ? config.suites.map((choice) => findSuite(catalog, choice))
    : [...catalog.suites.byId.values()].map(({ item }) => item);

/** What can be listed, each as rows of words. */
export const LISTS: Readonly<
  Record<string, (workspace: Workspace, selection?: Selection) => Row[] | Promise<Row[]>>
> = {
  runners: ({ catalog }) =>
    allRunners(catalog).map(({ item, from }) => ({
      id: item.id,
      name: item.name,
      p1: item.capabilities.p1.support,
      p2: item.capabilities.p2.support,
      p3: item.capabilities.p3.support,
      modes: Object.keys(item.modes ?? {}).map((mode) => `+${mode}`),
      from,
    })),
  suites: ({ catalog }) =>
    [...catalog.suites.byId.values()].map(({ item, from }) => ({
      id: item.id,
      title: item.title,
      cases: String(item.conformance.length),
      benchmarks: String(item.performance.length),
      from,
    })),
  cases: (workspace, selection) =>
    suitesIn(workspace).flatMap((suite) =>
      suite.conformance
        .filter((one) => takesCase(selection, suite.id, one))
        .map((one) => ({
          suite: suite.id,
          wasi: one.wasi,
          case: one.id,
          title: one.title,
          tags: tagsOf(one),
        })),
    ),
  benchmarks: (workspace) =>
    suitesIn(workspace).flatMap((suite) =>
      suite.performance.map((one) => ({
        suite: suite.id,
        wasi: one.wasi,
        case: one.id,
        metric: one.metric,
        headline: one.headline ? 'headline' : '',
      })),
    ),
  reporters: ({ catalog }) =>
    [...catalog.reporters.byId.values()].map(({ item: { id, title }, from }) => ({ id, title, from })),
  guests: ({ guests }) => [...guests.values()].map(({ id, wasi, kind, hash }) => ({ id, wasi, kind, hash })),
  profiles: async () =>
    [...(await loadProfiles(process.cwd()))].map(
      ([id, { cases, only, processes, upTo, patience, batches, timeBudgetS }]) => ({
        id,
        cases,
        only,
        processes: String(processes),
        'up to': upTo === undefined ? '' : String(upTo),
        patience: String(patience),
        batches: batches === undefined ? '' : String(batches),
        'time budget': timeBudgetS === undefined ? '' : `${timeBudgetS} s`,
      }),
    ),
  runs: async () => (await listRuns(RUNS_FOLDER)).map((id) => ({ id })),
};

interface ListOptions extends SelectionOptions {
  suite?: string[];
  json?: boolean;
}

const EXAMPLES = `
Examples:
  $ wasimeter list runners
  $ wasimeter list cases --json
  $ wasimeter list cases --suite clocks --wasi p1 --case 'clock_res_get/*'`;

/** The command with its options. */
export function listCommand(): Command {
  const command = new Command('list')
    .description("list what there is, the configuration's own things among it")
    .argument('<what>', Object.keys(LISTS).join(', '))
    .option('--json', 'as JSON')
    .option('-s, --suite <id...>', 'of cases and benchmarks: those of these suites')
    .addHelpText('after', EXAMPLES)
    .action(list);
  return withSelection(command);
}

async function list(what: string, options: ListOptions): Promise<void> {
  const rowsOf = Object.hasOwn(LISTS, what) ? LISTS[what] : undefined;
  if (!rowsOf) throw unknownWord('list', what, Object.keys(LISTS));
  const selection = selectionOf(options);
  if (selection && what !== 'cases')
    throw new UserError(`--case, --wasi and --tag select cases: list ${what} has none`);
  const workspace = await openWorkspace(options.suite ? { suites: options.suite } : {});
  if (selection) checkSelection(selection, suitesIn(workspace));
  const rows = await rowsOf(workspace, selection);
  if (options.json) console.log(JSON.stringify(rows, undefined, 2));
  else
    for (const row of rows) console.log(Object.values(row).map(cell).filter(Boolean).map(shown).join('\t'));
}

const cell = (value: string | string[]) => [value].flat().join(' ');
