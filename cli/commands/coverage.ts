/** `wasimeter coverage`: which functions a run's transcripts show as called, which inventory pairs have a case. */

import { Command } from 'commander';
import { findSuite } from '../../harness/catalog/catalog.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import { leavesOut } from '../../harness/contracts/selection.ts';
import { coverInventory } from '../../harness/judge/coverage.ts';
import { selectionText } from '../../harness/plan/selection.ts';
import { EXIT } from '../exit.ts';
import { finishedRun } from '../run/lastRun.ts';
import { openWorkspace } from '../workspace.ts';

interface CoverageOptions {
  run?: string;
  suite?: string[];
  json?: boolean;
}

const EXAMPLES = `
Examples:
  $ wasimeter coverage                        of the last run
  $ wasimeter coverage --suite clocks --json`;

/** The command with its options. Exits 1 when a function was not called or a pair has no case. */
export function coverageCommand(): Command {
  return new Command('coverage')
    .description('functions called and (function, outcome) pairs asserted, by suite')
    .option('--run <id>', 'the run whose transcripts count (the last one of all cases without it)')
    .option('-s, --suite <id...>', 'suites to look at')
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(coverage);
}

async function coverage(options: CoverageOptions): Promise<void> {
  const { catalog } = await openWorkspace(options.suite ? { suites: options.suite } : {});
  const named = options.suite?.map((word) => findSuite(catalog, { word, where: '--suite' }));
  const suites = named ?? [...catalog.suites.byId.values()].map(({ item }) => item);
  const found = await finishedRun(options.run, ({ config }) => !leavesOut(config.selection));
  if (!found)
    throw new UserError("there is no finished run of all cases in out/runs; make one with 'wasimeter run'");
  const { run } = found;
  if (run.config.selection && leavesOut(run.config.selection))
    throw new UserError(
      `run ${run.id} was of a selection (${selectionText(run.config.selection)}): what it did not call says nothing`,
    );
  const called = new Set(run.conformance.flatMap((one) => one.covers.map((name) => `${one.wasi} ${name}`)));
  const chosen = suites.filter((suite) => suite.inventory.length > 0);
  const rows = chosen.flatMap((suite) => {
    const states = coverInventory(suite);
    return [...new Set(states.map(({ pair }) => pair.wasi))].map((wasi) => {
      const own = states.filter(({ pair }) => pair.wasi === wasi);
      const functions = [...new Set(own.map(({ pair }) => pair.function))];
      return {
        suite: suite.id,
        wasi,
        functions: functions.length,
        called: functions.filter((name) => called.has(`${wasi} ${name}`)).length,
        notCalled: functions.filter((name) => !called.has(`${wasi} ${name}`)),
        pairs: own.length,
        asserted: own.filter(({ state }) => state === 'asserted').length,
        excluded: own.filter(({ state }) => state === 'excluded').length,
        missing: own
          .filter(({ state }) => state === 'missing')
          .map(({ pair }) => `${pair.function} ${pair.outcome}`),
      };
    });
  });
  if (options.json) console.log(JSON.stringify(rows, undefined, 2));
  else
    for (const row of rows) {
      console.log(
        `${row.suite} ${row.wasi}: ${row.called}/${row.functions} functions called; ${row.pairs} pairs: ${row.asserted} asserted, ${row.excluded} excluded with a reason, ${row.missing.length} missing`,
      );
      for (const name of row.notCalled) console.log(`  not called: ${name}`);
      for (const name of row.missing) console.log(`  no case: ${name}`);
    }
  const sum = (count: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + count(row), 0);
  if (!options.json)
    console.log(
      `coverage: ${sum((row) => row.called)}/${sum((row) => row.functions)} functions called, ${sum((row) => row.asserted)}/${sum((row) => row.pairs)} pairs asserted, ${sum((row) => row.excluded)} excluded, ${sum((row) => row.missing.length)} missing`,
    );
  if (rows.some((row) => row.notCalled.length + row.missing.length > 0)) process.exitCode = EXIT.unexpected;
}
