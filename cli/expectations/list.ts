/** `wasimeter expectations list`: the known failures of runtimes. */

import { Command } from 'commander';
import { chosenRunners } from '../../harness/catalog/chosen.ts';
import { type ExpectedFailure, isDraft, readExpectations } from '../../harness/catalog/expectations.ts';
import { shown } from '../terminal.ts';
import { openWorkspace } from '../workspace.ts';

const EXAMPLES = `
Examples:
  $ wasimeter expectations list
  $ wasimeter expectations list --runner wasmtime --json`;

export type ListedExpectation = ExpectedFailure & { runner: string; draft: boolean };

/** The command with its options. */
export function listCommand(): Command {
  return new Command('list')
    .description('the known failures, with reason and link')
    .option('-r, --runner <id...>', 'of these runners (all without it)')
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async ({ runner, json }: { runner?: string[]; json?: boolean }) => {
      const rows = await allExpectations(runner);
      if (json) console.log(JSON.stringify(rows, undefined, 2));
      else for (const row of rows) console.log(textOf(row));
    });
}

/** All entries of the runners of these ids, or of all runners. Throws a UserError for a file that is not as it should be. */
export async function allExpectations(ids?: readonly string[]): Promise<ListedExpectation[]> {
  const { catalog } = await openWorkspace();
  const runners = chosenRunners(
    catalog,
    ids?.map((word) => ({ word, where: '--runner' })),
  );
  return runners.flatMap((item) =>
    readExpectations(item).expectations.map((one) => ({ runner: item.id, ...one, draft: isDraft(one) })),
  );
}

/** An entry on one line. */
export function textOf(one: ListedExpectation): string {
  const limits = [
    one.versions,
    one.modes?.map((mode) => `+${mode}`).join(' '),
    one.platforms?.join(' '),
  ].filter(Boolean);
  const words = [
    one.runner,
    one.wasi,
    `${one.suite}/${one.case}`,
    one.outcome,
    limits.join(', '),
    one.reason,
  ];
  return [...words, one.link].map(shown).join('\t');
}
