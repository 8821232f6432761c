/** `wasimeter expectations update`: writes runners/<id>/expectations.json by what came out of a run. */

import { relative } from 'node:path';
import { Command } from 'commander';
import { type Catalog, findRunner } from '../../harness/catalog/catalog.ts';
import { OURS } from '../../harness/catalog/discover.ts';
import { expectationsPath, PLATFORM, readExpectations } from '../../harness/catalog/expectations.ts';
import {
  type Change,
  expectationsText,
  updateExpectations,
} from '../../harness/catalog/updateExpectations.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { RunResult } from '../../harness/contracts/run.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import { writeWhole } from '../../harness/store/runFile.ts';
import { readHeader } from '../../harness/store/runFolder.ts';
import { theFinishedRun } from '../run/lastRun.ts';
import { shown } from '../terminal.ts';
import { openWorkspace } from '../workspace.ts';

interface UpdateOptions {
  runner?: string[];
  run?: string;
  dryRun: boolean;
}

const EXAMPLES = `
What no longer fails is removed, what newly fails is added as a draft: its reason begins with UNEXPLAINED, and it excuses nothing until
you have written what the runtime does, by which sentence that is wrong, and a link. What the run did not judge stays as it is.

Examples:
  $ wasimeter expectations update --dry-run
  $ wasimeter expectations update --runner wasmtime wasmtime+aot
  $ wasimeter expectations update --run 20260101-120000-4711`;

/** The command with its options. */
export function updateCommand(): Command {
  return new Command('update')
    .description('write the expectations anew by what came out of a run, keeping reasons and links')
    .option('-r, --runner <id...>', 'only what came out on these runners')
    .option('--run <id>', 'the run (the last finished one without it)')
    .option('--dry-run', 'say what would change, write nothing', false)
    .addHelpText('after', EXAMPLES)
    .action(update);
}

const SIGNS = { added: '+', removed: '-', look: '!' } as const;

async function update(options: UpdateOptions): Promise<void> {
  const { catalog } = await openWorkspace();
  const { run, folder } = await theFinishedRun(options.run);
  const { platform = PLATFORM } = await readHeader(folder.path);
  const suites = new Map([...catalog.suites.byId].map(([id, { item }]) => [id, item]));
  let count = 0;
  for (const { runner, ids } of filesOf(catalog, run, options.runner)) {
    const before = readExpectations(runner);
    const variants = run.runners
      .filter(({ id }) => ids.includes(id))
      .map((one) => ({ runner: one, records: run.conformance.filter((record) => record.runner === one.id) }));
    const { expectations, changes } = updateExpectations(before.expectations, variants, suites, platform);
    for (const change of changes) console.log(lineOf(runner, change));
    const isChanged = changes.some(({ kind }) => kind !== 'look');
    if (!isChanged) continue;
    count += 1;
    const path = writablePath(catalog, runner);
    if (options.dryRun) continue;
    await writeWhole(path, expectationsText({ ...before, expectations }));
    console.log(`written: ${relative(process.cwd(), path)}`);
  }
  if (count === 0) console.log(`nothing to change by run ${run.id}`);
  else if (options.dryRun) console.log('nothing was written: --dry-run');
}

const lineOf = (runner: Runner, { kind, suite, case: name, wasi, why }: Change) =>
  shown(`${SIGNS[kind]} ${runner.runtime ?? runner.id} ${wasi} ${suite}/${name}: ${why}`);

/** The runtimes of a run's runners, each with the ids that share its file. */
function filesOf(catalog: Catalog, run: RunResult, wanted: readonly string[] | undefined) {
  for (const word of wanted ?? [])
    if (!run.runners.some(({ id }) => id === word))
      throw new UserError(`run ${run.id} has no runner '${word}' (it has: ${run.config.runners.join(', ')})`);
  const byPath = new Map<string, { runner: Runner; ids: string[] }>();
  for (const { id, status } of run.runners) {
    if (status !== 'measured' || (wanted && !wanted.includes(id))) continue;
    const runner = findRunner(catalog, { word: id, where: `run ${run.id}` });
    const path = expectationsPath(runner) ?? id;
    byPath.set(path, { runner, ids: [...(byPath.get(path)?.ids ?? []), id] });
  }
  return [...byPath.values()];
}

/** Throws a UserError for what an installed wasimeter brought along: it would be lost with the next one. */
function writablePath(catalog: Catalog, runner: Runner): string {
  const path = expectationsPath(runner);
  const isOurs = catalog.runners.get(runner.runtime ?? runner.id)?.from === OURS;
  if (!path || (isOurs && import.meta.url.endsWith('.js')))
    throw new UserError(
      `the expectations of ${runner.id} are a part of the installed wasimeter: update them in a checkout of it`,
    );
  return path;
}
