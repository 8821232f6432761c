/** `wasimeter runtimes prune`: clears away cached runtimes that nobody asks for any more. */

import { Command, InvalidArgumentError } from 'commander';
import { allRunners, findRunners } from '../../harness/catalog/catalog.ts';
import { prunePrepared } from '../../harness/execute/preparedCache.ts';
import { planPrune, removeItem } from '../../harness/install/prune.ts';
import { PREPARED_FOLDER } from '../paths.ts';
import { shown } from '../terminal.ts';
import { openRunnerCatalog } from '../workspace.ts';
import { mebibytes, PLACES } from './chosen.ts';

interface PruneOptions {
  dryRun?: boolean;
  all?: boolean;
  keepDays: number;
  json?: boolean;
}

const KEEP_DAYS = 30;

const EXAMPLES = `
Default versions, those that bench.config.ts asks for, those locked in wasimeter.lock.json and those used lately stay; so do
prepared artefacts (AOT code, transpiled components) that were used lately, with --all those of the last six hours.
Folders that are not wasimeter's are never touched.

Examples:
  $ wasimeter runtimes prune --dry-run
  $ wasimeter runtimes prune --keep-days 0
  $ wasimeter runtimes prune --all               every runtime, defaults included`;

/** The command with its options. */
export function pruneCommand(): Command {
  return new Command('prune')
    .description('remove cached runtimes that nobody asks for, and old prepared artefacts')
    .option('--dry-run', 'only say what would go')
    .option('--all', 'remove all runtimes, and prepared artefacts that were not used in the last six hours')
    .option('--keep-days <n>', 'what was used within so many days stays', parseDays, KEEP_DAYS)
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(prune);
}

function parseDays(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('a whole number of days, please.');
  return Number(text);
}

async function prune({ dryRun = false, all = false, keepDays, json }: PruneOptions): Promise<void> {
  const { catalog, asked } = await openRunnerCatalog();
  const known = allRunners(catalog).map(({ item }) => catalog.runners.get(item.id)?.item ?? item);
  const keep = { runtimes: known, asked: findRunners(catalog, asked ?? []), keepDays, all };
  const items = await planPrune(keep, PLACES);
  if (!dryRun) for (const item of items.filter(({ remove }) => remove)) await removeItem(item, PLACES);
  const artifacts = await prunePrepared(PREPARED_FOLDER, { keepDays: all ? 0 : keepDays, dryRun });
  const rows = [
    ...items,
    ...artifacts.map(({ name, bytes, reason }) => ({
      ...{ name, bytes, remove: true, why: `prepared artefact, ${reason}` },
    })),
  ];
  const bytes = rows.reduce((sum, row) => sum + (row.remove ? row.bytes : 0), 0);
  if (json) {
    console.log(JSON.stringify({ dryRun, freedBytes: bytes, folders: rows }, undefined, 2));
    return;
  }
  for (const { name, bytes: size, remove, why } of rows)
    console.log(`${remove ? 'remove' : 'keep'}  ${shown(name)}  ${mebibytes(size)}  ${why}`);
  console.log(`${mebibytes(bytes)} ${dryRun ? 'would be freed' : 'freed'}`);
}
