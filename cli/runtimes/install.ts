/** `wasimeter runtimes install`: brings runtimes into the cache. */

import { Command, Option } from 'commander';
import { UserError } from '../../harness/contracts/failure.ts';
import type { SourceKind } from '../../harness/contracts/install.ts';
import { ensureInstalled } from '../../harness/install/install.ts';
import { EXIT } from '../exit.ts';
import { showProgress } from '../progress.ts';
import { type Chosen, chosenRuntimes, PLACES } from './chosen.ts';

interface InstallCommandOptions {
  source?: SourceKind;
  force?: boolean;
}

const SOURCES: SourceKind[] = ['release', 'wheel', 'debian', 'cargo'];

const EXAMPLES = `
Tried in order: the project's release archive (its digest is kept in wasimeter.lock.json), Python wheel, Debian packages.
A source that does not answer within seconds is passed over. WASIMETER_RELEASES names a mirror of the releases' announcements.

Examples:
  $ wasimeter runtimes install wasmtime
  $ wasimeter runtimes install wasmtime@48 wasmtime@49 wasmedge@0.14
  $ wasimeter runtimes install wasmtime@50.0.1 --source cargo      builds it, about 15 minutes`;

/** The command with its options. Exits 2 when one of them can't be had. */
export function installCommand(): Command {
  return new Command('install')
    .description('bring runtimes into the cache, verified by SHA-256')
    .argument('<runtimes...>', 'e.g. wasmtime, wasmtime@48, wasmedge@0.14.1')
    .addOption(new Option('--source <kind>', 'only from this source').choices(SOURCES))
    .option('--force', 'bring them in even if they are there')
    .addHelpText('after', EXAMPLES)
    .action(install);
}

async function install(texts: string[], options: InstallCommandOptions): Promise<void> {
  const chosen = await chosenRuntimes(texts);
  const named = chosen.find(({ runner }) => runner.executable !== undefined && runner.release !== undefined);
  if (named)
    throw new UserError(
      `${named.text} is the executable that bench.config names: there is nothing to bring in`,
    );
  const own = chosen.find(({ runner }) => !runner.install)?.runner.id;
  if (own !== undefined)
    throw new UserError(
      `${own} is not brought in by wasimeter: it comes with Node or its packages, or is found on PATH`,
    );
  const display = showProgress();
  try {
    const lines = await Promise.all(
      chosen.map((one) => installOne(one, options, (line) => display.note(line))),
    );
    display.close();
    for (const line of lines) console.log(line);
  } finally {
    display.close();
  }
}

/** Brings one in and says what came of it. */
async function installOne(
  { text, runner, release }: Chosen,
  { source, force }: InstallCommandOptions,
  onProgress: (line: string) => void,
): Promise<string> {
  const recipe = runner.install!;
  const result = await ensureInstalled(
    runner.id,
    recipe,
    { ...PLACES, onProgress },
    { release, source, force },
  );
  if ('path' in result) return `${text}: ${runner.name} ${result.version} from ${result.source}`;
  process.exitCode = EXIT.usage;
  return `${text}: not installed: ${result.reason}; ${recipe.hint}`;
}
