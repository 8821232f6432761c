/** `wasimeter completion`: the script that makes a shell complete, and the hidden command that it asks. */

import { Argument, Command } from 'commander';
import { allRunners } from '../../harness/catalog/catalog.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import { candidates, type DynamicKind } from '../completion/candidates.ts';
import { SHELL_SCRIPTS } from '../completion/scripts.ts';
import { shown } from '../terminal.ts';
import { openRunnerCatalog, openWorkspace } from '../workspace.ts';
import { LISTS } from './list.ts';

const EXAMPLES = `
Examples:
  $ wasimeter completion bash >> ~/.bashrc
  $ eval "$(wasimeter completion zsh)"
  $ wasimeter completion fish | source`;

/** The command with its options. */
export function completionCommand(): Command {
  return new Command('completion')
    .description('print a script that makes the shell complete commands, options and names')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(SHELL_SCRIPTS)))
    .addHelpText('after', EXAMPLES)
    .action((shell: keyof typeof SHELL_SCRIPTS) => void process.stdout.write(SHELL_SCRIPTS[shell]));
}

/** What the scripts ask: prints what the last word can become, one a line, with a description behind a tab. */
export function completeCommand(): Command {
  return new Command('complete')
    .description('print what the last word can become')
    .argument('[words...]', 'the words of the command line, behind --')
    .action(async (words: string[], _options: unknown, command: Command) => {
      const all = await candidates(command.parent ?? command, words, wordsOf);
      for (const { word, description } of all) console.log(`${shown(word)}\t${shown(description)}`);
    });
}

/** A runner's own id with those of its modes, or a runtime's with its known versions. */
export function wordsFor({ id, modes, install }: Runner, kind: 'runners' | 'runtimes'): string[] {
  if (kind === 'runtimes') return [id, ...(install?.known ?? []).map(({ version }) => `${id}@${version}`)];
  // The mode stands before the release: `wasmtime+aot@dev`.
  return [id, ...Object.keys(modes ?? {}).map((mode) => id.replace(/(?=@|$)/, `+${mode}`))];
}

/** A folder whose configuration is broken has no words: completing is no time to complain. */
async function wordsOf(kind: DynamicKind): Promise<string[]> {
  if (kind === 'lists') return Object.keys(LISTS);
  try {
    if (kind === 'runners' || kind === 'runtimes') {
      const { catalog } = await openRunnerCatalog();
      return allRunners(catalog).flatMap(({ item }) => wordsFor(item, kind));
    }
    const rows = (await LISTS[kind === 'tags' ? 'cases' : kind]?.(await openWorkspace())) ?? [];
    const field = { tags: 'tags', cases: 'case', benchmarks: 'case' }[kind as string] ?? 'id';
    return [...new Set(rows.flatMap((row) => row[field] ?? []))];
  } catch {
    return [];
  }
}
