/** `wasimeter list`: what there is to run, with what, and what was run. */

import { Command } from 'commander';
import { discoverReporters, discoverRunners, discoverSuites } from '../../harness/catalog/discover.ts';
import { loadGuests } from '../../harness/catalog/guests.ts';
import { loadProfiles } from '../../harness/config/load.ts';
import { unknownWord } from '../../harness/config/nearest.ts';
import { listRuns } from '../../harness/store/runFolder.ts';
import { RUNS_FOLDER } from '../paths.ts';
import { shown } from '../terminal.ts';

type Row = Record<string, string>;

/** What can be listed, each as rows of words. */
export const LISTS: Readonly<Record<string, () => Promise<Row[]>>> = {
  runners: async () =>
    [...(await discoverRunners()).values()].map(({ id, name, capabilities }) => ({
      id,
      name,
      p1: capabilities.p1.support,
      p2: capabilities.p2.support,
      p3: capabilities.p3.support,
    })),
  suites: async () =>
    [...(await discoverSuites()).values()].map((suite) => ({
      id: suite.id,
      title: suite.title,
      cases: String(suite.conformance.length),
      benchmarks: String(suite.performance.length),
    })),
  cases: async () =>
    [...(await discoverSuites()).values()].flatMap((suite) =>
      suite.conformance.map((one) => ({ suite: suite.id, wasi: one.wasi, case: one.id, title: one.title })),
    ),
  benchmarks: async () =>
    [...(await discoverSuites()).values()].flatMap((suite) =>
      suite.performance.map((one) => ({
        suite: suite.id,
        wasi: one.wasi,
        case: one.id,
        metric: one.metric,
        headline: one.headline ? 'headline' : '',
      })),
    ),
  reporters: async () => [...(await discoverReporters()).values()].map(({ id, title }) => ({ id, title })),
  guests: async () =>
    [...loadGuests().values()].map(({ id, wasi, kind, hash }) => ({ id, wasi, kind, hash })),
  profiles: async () =>
    [...(await loadProfiles(process.cwd()))].map(([id, { only, processes, patience }]) => ({
      id,
      only,
      processes: String(processes),
      patience: String(patience),
    })),
  runs: async () => (await listRuns(RUNS_FOLDER)).map((id) => ({ id })),
};

/** The command with its options. */
export function listCommand(): Command {
  return new Command('list')
    .description('list what there is')
    .argument('<what>', Object.keys(LISTS).join(', '))
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  $ wasimeter list runners\n  $ wasimeter list cases --json')
    .action(async (what: string, options: { json?: boolean }) => {
      const rowsOf = Object.hasOwn(LISTS, what) ? LISTS[what] : undefined;
      if (!rowsOf) throw unknownWord('list', what, Object.keys(LISTS));
      const rows = await rowsOf();
      if (options.json) console.log(JSON.stringify(rows, undefined, 2));
      else for (const row of rows) console.log(Object.values(row).filter(Boolean).map(shown).join('\t'));
    });
}
