/** `wasimeter runtimes prune`: clears away cached runtimes that nobody asks for any more. */

import { Command, InvalidArgumentError } from 'commander';
import { prunePrepared } from '../../harness/execute/preparedCache.ts';
import { planPrune, removeItem } from '../../harness/install/prune.ts';
import { PREPARED_FOLDER } from '../paths.ts';
import { mebibytes, PLACES, runtimes } from './chosen.ts';

interface PruneOptions {
  dryRun?: boolean;
  all?: boolean;
  keepDays: number;
}

const KEEP_DAYS = 30;

const EXAMPLES = `
Default versions, versions locked in wasimeter.lock.json and recent installs stay; so do prepared artefacts (AOT code,
transpiled components) that were used lately.

Examples:
  $ wasimeter runtimes prune --dry-run
  $ wasimeter runtimes prune --keep-days 0
  $ wasimeter runtimes prune --all               everything, defaults included`;

/** The command with its options. */
export function pruneCommand(): Command {
  return new Command('prune')
    .description('remove cached runtimes that are neither default nor locked nor recent')
    .option('--dry-run', 'only say what would go')
    .option('--all', 'remove all of them')
    .option('--keep-days <n>', 'what was installed within so many days stays', parseDays, KEEP_DAYS)
    .addHelpText('after', EXAMPLES)
    .action(prune);
}

function parseDays(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('a whole number of days, please.');
  return Number(text);
}

async function prune({ dryRun = false, all = false, keepDays }: PruneOptions): Promise<void> {
  const runners = [...(await runtimes()).values()];
  const items = await planPrune(runners, PLACES, { all, keepDays });
  let bytes = 0;
  for (const item of items) {
    console.log(`${item.remove ? 'remove' : 'keep'}  ${item.name}  ${mebibytes(item.bytes)}  ${item.why}`);
    if (!item.remove) continue;
    bytes += item.bytes;
    if (!dryRun) await removeItem(item, PLACES);
  }
  const artifacts = await prunePrepared(PREPARED_FOLDER, { keepDays: all ? 0 : keepDays, dryRun });
  for (const { name, bytes: size, reason } of artifacts) {
    console.log(`remove  ${name}  ${mebibytes(size)}  prepared artefact, ${reason}`);
    bytes += size;
  }
  console.log(`${mebibytes(bytes)} ${dryRun ? 'would be freed' : 'freed'}`);
}
