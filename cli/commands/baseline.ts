/** `wasimeter baseline`: keeps runs by name, for gates to hold others against. */

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import { UserError } from '../../harness/contracts/failure.ts';
import type { RunResult } from '../../harness/contracts/run.ts';
import { benchmarkName } from '../../harness/naming/benchmarkName.ts';
import { saveRun } from '../../harness/store/runFile.ts';
import { unknownWord } from '../../harness/userFiles/unknownWord.ts';
import { loadStored, measuredIn, refuseStale, type StoredRun, storedFile } from '../compare/stored.ts';
import { figureText } from '../figureText.ts';
import { BASELINES_FOLDER } from '../paths.ts';
import { finishedRun } from '../run/lastRun.ts';
import { table } from '../table.ts';
import { shown, terminalOf } from '../terminal.ts';
import { openWorkspace } from '../workspace.ts';

/** Names are file names, in any file system, and never a path. */
const NAME = /^[A-Za-z0-9][\w.-]{0,99}$/;

const EXAMPLES = `
Examples:
  $ wasimeter baseline save main                       the last finished run, as 'main'
  $ wasimeter baseline save main 20260101-120000-4711  another run, in its place with --force
  $ wasimeter baseline list
  $ wasimeter baseline show main --json
  $ wasimeter gate --baseline main                     holds what is measured now against it`;

/** The command with its subcommands. */
export function baselineCommand(): Command {
  const examples = (command: Command) => command.addHelpText('after', EXAMPLES);
  return examples(new Command('baseline').description('keep runs to hold others against: save, list, show'))
    .addCommand(
      examples(new Command('save').description('keep a run under a name'))
        .argument('<name>', 'letters, digits, dots, - and _')
        .argument(
          '[run]',
          "a run's id, folder or run.json (the last finished one with benchmarks without it)",
        )
        .option('-f, --force', 'take the place of the baseline of that name')
        .action(save),
    )
    .addCommand(
      examples(new Command('list').description('list baselines'))
        .option('--json', 'print as JSON')
        .action(list),
    )
    .addCommand(
      examples(new Command('show').description('tell what a baseline holds'))
        .argument('<name>', 'a baseline')
        .option('--json', 'print its run.json')
        .action(show),
    );
}

const fileOf = (name: string) => join(BASELINES_FOLDER, `${name}.json`);

async function save(name: string, word: string | undefined, { force }: { force?: boolean }): Promise<void> {
  if (!NAME.test(name))
    throw new UserError(
      `'${name.slice(0, 100)}' is no baseline's name: letters, digits, dots, - and _, please`,
    );
  if (existsSync(fileOf(name)) && !force)
    throw new UserError(`there is a baseline '${name}' already: --force puts the run in its place`);
  const { guests, catalog } = await openWorkspace();
  if (catalog.runners.has(name))
    throw new UserError(
      `'${name}' is a runner's id, and a gate could not tell them apart: choose another name`,
    );
  const { run, file } = await toSave(word);
  refuseStale({ run, file }, guests, 'measure it again before you keep it');
  await saveRun(fileOf(name), run);
  console.log(`baseline ${name}: run ${run.id}, ${countText(run)}`);
}

async function toSave(word: string | undefined): Promise<StoredRun> {
  if (word !== undefined) {
    const file = storedFile(word);
    if (file === undefined)
      throw new UserError(`there is no run '${word}' ('wasimeter list runs' shows all)`);
    return loadStored(file);
  }
  const last = await finishedRun(undefined, ({ performance }) => performance.length > 0);
  if (!last)
    throw new UserError("there is no finished run with benchmarks in out/runs: 'wasimeter run' makes one");
  return loadStored(last.folder.result);
}

async function list({ json }: { json?: boolean }): Promise<void> {
  const rows: Record<string, string | number>[] = [];
  for (const name of await names()) {
    // One that is harmed must not hide the others.
    const found = await loadStored(fileOf(name)).catch((error: Error) => ({ trouble: error.message }));
    if ('trouble' in found) rows.push({ name, trouble: found.trouble });
    else {
      const { run } = found;
      const runners = measuredIn(found).join(' ');
      rows.push({ name, run: run.id, startedAt: run.startedAt, runners, benchmarks: run.performance.length });
    }
  }
  if (json) console.log(JSON.stringify(rows, undefined, 2));
  else
    for (const row of rows)
      console.log(
        Object.values(row)
          .map((value) => shown(String(value)))
          .join('\t'),
      );
}

async function show(name: string, { json }: { json?: boolean }): Promise<void> {
  const known = await names();
  if (!known.includes(name)) throw unknownWord('baseline', name, known, 'wasimeter baseline show');
  const { run } = await loadStored(fileOf(name));
  if (json) return console.log(JSON.stringify(run));
  const { machine } = run;
  console.log(`run ${run.id} of ${run.startedAt}, profile ${shown(run.config.profile)}, ${countText(run)}`);
  console.log(shown(`${machine.cpuModel}, ${machine.cores} cores, ${machine.os}, ${machine.kernel}`));
  for (const one of run.runners) {
    const words = [one.id, one.version ?? 'not installed', one.mode ?? '', one.sha256?.slice(0, 12) ?? ''];
    console.log(words.map(shown).join('\t'));
  }
  const rows = run.performance.map((one) => [
    benchmarkName(one),
    one.runner,
    figureText(one),
    one.flags.join(' '),
  ]);
  console.log(`\n${table(['benchmark', 'runner', 'figure', 'flags'], rows, terminalOf(process.stdout), 2)}`);
  console.log(`\n${relative(process.cwd(), fileOf(name))}`);
}

/** The baselines there are. */
async function names(): Promise<string[]> {
  const files = await readdir(BASELINES_FOLDER).catch(() => []);
  return files.flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : [])).toSorted();
}

const countText = ({ performance, conformance }: RunResult) =>
  `${performance.length} figures, ${conformance.length} outcomes`;
