/** `wasimeter show`: all about a case, what came of it, and how to repeat it without wasimeter. */

import { Command } from 'commander';
import { chosenRunners } from '../../harness/catalog/chosen.ts';
import type { WasiVersion } from '../../harness/contracts/wasi.ts';
import { makeRoster } from '../../harness/install/roster.ts';
import { CACHE_FOLDER, LOCK_FILE } from '../paths.ts';
import { finishedRun } from '../run/lastRun.ts';
import { withWasi } from '../run/selectionOptions.ts';
import { findCases } from '../show/findCases.ts';
import { caseText } from '../show/text.ts';
import { viewOf } from '../show/view.ts';
import { terminalOf } from '../terminal.ts';
import { openWorkspace } from '../workspace.ts';

interface ShowOptions {
  runner?: string[];
  run?: string;
  wasi?: WasiVersion[];
  json?: boolean;
}

const EXAMPLES = `
Examples:
  $ wasimeter show clock_res_get/realtime
  $ wasimeter show clocks/clock_time_get/bad-id-4 --runner wasmtime --json`;

/** The command with its options. */
export function showCommand(): Command {
  const command = new Command('show')
    .description(
      'a case: what it asks for, what came of it, the command lines that repeat it without wasimeter',
    )
    .argument('<case>', 'case, suite/case, or a glob for a few of them')
    .option('-r, --runner <id...>', 'on these runners (those of bench.config.ts without it)')
    .option('--run <id>', 'what came of it in that run (the last one that has it without it)')
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(show);
  return withWasi(command);
}

async function show(word: string, options: ShowOptions): Promise<void> {
  const workspace = await openWorkspace(options.runner ? { runners: options.runner } : {});
  const { catalog, config } = workspace;
  const cases = findCases(workspace, word, options.wasi);
  const runners = chosenRunners(catalog, config.runners);
  const roster = await makeRoster(runners, {
    ...{ cacheDir: CACHE_FOLDER, lockFile: LOCK_FILE, install: false },
    onProgress: (line) => console.error(line),
  });
  const views = [];
  for (const named of cases) {
    const last = await finishedRun(options.run, ({ conformance }) =>
      conformance.some(
        (one) => one.suite === named.suite.id && one.case === named.one.id && one.wasi === named.one.wasi,
      ),
    );
    views.push(await viewOf(named, workspace, roster, last));
  }
  if (options.json) console.log(JSON.stringify(views, undefined, 2));
  else console.log(views.map((view) => caseText(view, terminalOf(process.stdout))).join('\n\n'));
}
