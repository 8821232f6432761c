/** `wasimeter explain`: all about a figure of a run, and how to measure just that one again. */

import { Command } from 'commander';
import { readHeader } from '../../harness/store/runFolder.ts';
import { findFigures, matchingFigures } from '../explain/findFigures.ts';
import { explainText } from '../explain/text.ts';
import { viewOf } from '../explain/view.ts';
import { finishedRun, theFinishedRun } from '../run/lastRun.ts';
import { terminalOf } from '../terminal.ts';
import { openWorkspace } from '../workspace.ts';

const EXAMPLES = `
Examples:
  $ wasimeter explain 'wasmtime filesystem/fd_pread'
  $ wasimeter explain 'wasm* p1 clock_time_get/*' --json
  $ wasimeter explain 'jco random' 20260101-120000-1`;

/** The command with its options. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('a figure: its interval, how it came about, its samples, and how to measure it again')
    .argument('<figure>', 'words that take it: runner, p1 or p2, case or suite/case; globs, too')
    .argument('[run]', 'of that run (the last one that has such a figure without it)')
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(explain);
}

async function explain(figure: string, id: string | undefined, options: { json?: boolean }): Promise<void> {
  const workspace = await openWorkspace();
  const last =
    (await finishedRun(id, (run) => matchingFigures(figure, run).length > 0, 'RUN')) ??
    (await finishedRun(undefined, (run) => run.performance.length > 0)) ??
    (await theFinishedRun(undefined));
  const figures = findFigures(figure, last.run);
  const header = await readHeader(last.folder.path);
  const views = figures.map((one) => viewOf(one, last, header, workspace));
  if (options.json) console.log(JSON.stringify(views, undefined, 2));
  else console.log(views.map((view) => explainText(view, terminalOf(process.stdout))).join('\n\n\n'));
}
