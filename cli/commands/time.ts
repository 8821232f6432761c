/** `wasimeter time`: a wasm of the user's own on several runtimes, side by side. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { measuredRunners } from '../../harness/catalog/chosen.ts';
import { loadGuests } from '../../harness/catalog/guests.ts';
import { ownGuest } from '../../harness/catalog/ownGuest.ts';
import type { TimeResult } from '../../harness/contracts/ownWasm.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import { writeWhole } from '../../harness/store/runFile.ts';
import { timeWasm } from '../../harness/timeWasm.ts';
import { EXIT } from '../exit.ts';
import { measuring, rosterOf } from '../measuring.ts';
import { PREPARED_FOLDER } from '../paths.ts';
import { parseSeed } from '../run/seed.ts';
import { terminalOf } from '../terminal.ts';
import { givenTrial } from '../time/given.ts';
import { hyperfineJson } from '../time/hyperfine.ts';
import { timeText } from '../time/text.ts';
import { openRunnerCatalog } from '../workspace.ts';

interface TimeOptions {
  stdin?: string;
  dir?: string[];
  env?: string[];
  runner?: string[];
  runs: number;
  timeout: number;
  seed: number;
  install: boolean;
  exportJson?: string;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  $ wasimeter time my.wasm                          on all runners, 20 processes each
  $ wasimeter time my.wasm --runner node wasmtime -- --size 5
  $ wasimeter time filter.wasm --stdin input.json   also: bytes a second in and out
  $ wasimeter time my.wasm --dir data::/data --env LEVEL=9
  $ wasimeter time my.wasm --runs 50 --export-json times.json    as hyperfine writes it

What stands behind -- is the program's. It has no network. A program that ends with another exit code than 0 is not timed:
what it wrote last is shown, and the command exits 1.`;

/** The command with its options. */
export function timeCommand(): Command {
  return new Command('time')
    .description('time a wasm of your own on several runtimes')
    .argument('<wasm>', 'a core module for preview 1, or a component')
    .argument('[args...]', "the program's own arguments, behind --")
    .option('-r, --runner <id...>', 'runners to compare (see: wasimeter list runners)')
    .option('--stdin <file>', 'what each run finds on standard input')
    .option('--dir <host[::guest]>', 'a folder for the program; may be given again', collect)
    .option('--env <name=value>', 'a variable of its environment; may be given again', collect)
    .option('--runs <number>', 'timed processes of each runner', countUpTo(10_000, 'runs'), 20)
    .option('--timeout <seconds>', 'after which a process is ended', countUpTo(86_400, 'seconds'), 300)
    .option('--seed <number>', 'seeds every order and resampling', parseSeed, 1)
    .option('--install', 'bring in runtimes that are not installed', false)
    .option('--export-json <file>', "write the times in hyperfine's form")
    .option('--json', 'print all figures as JSON instead of a table')
    .addHelpText('after', EXAMPLES)
    .action(time);
}

const collect = (word: string, before: readonly string[] = []) => [...before, word];

function countUpTo(most: number, what: string): (text: string) => number {
  return (text) => {
    if (!/^\d{1,9}$/.test(text) || Number(text) < 1 || Number(text) > most)
      throw new InvalidArgumentError(`a whole number of ${what} from 1 to ${most}, please.`);
    return Number(text);
  };
}

async function time(file: string, args: string[], options: TimeOptions): Promise<void> {
  const given = givenTrial({ ...options, args });
  const scratchFolder = await mkdtemp(join(tmpdir(), 'wasimeter-time-'));
  try {
    await measuring(async ({ display, signal }) => {
      const guest = await ownGuest(file, scratchFolder);
      const roster = await rosterOf(await runnersOf(options), { install: options.install, display, signal });
      const { runs, seed, timeout } = options;
      const result = await timeWasm(
        { ...given, guest, roster, guests: loadGuests(), runs, seed, timeoutMs: timeout * 1000 },
        { cacheFolder: PREPARED_FOLDER, scratchFolder, progress: display, signal },
      );
      display.close();
      await tell(result, options);
    });
  } finally {
    await rm(scratchFolder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The runners that are named, else those of the configuration, else all. */
async function runnersOf({ runner }: TimeOptions): Promise<Runner[]> {
  const { catalog, asked } = await openRunnerCatalog();
  return measuredRunners(catalog, runner?.map((word) => ({ word, where: '--runner' })) ?? asked);
}

async function tell(result: TimeResult, { exportJson, json }: TimeOptions): Promise<void> {
  if (exportJson !== undefined)
    await writeWhole(exportJson, `${JSON.stringify(hyperfineJson(result), undefined, 2)}\n`);
  console.log(json ? JSON.stringify(result, undefined, 2) : timeText(result, terminalOf(process.stdout)));
  if (result.failed.length > 0) process.exitCode = EXIT.unexpected;
}
