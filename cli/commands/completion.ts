/** `wasimeter completion`: the script that makes a shell complete, and the hidden command that it asks. */

import { Argument, Command } from 'commander';
import { candidates, type DynamicKind } from '../completion/candidates.ts';
import { SHELL_SCRIPTS } from '../completion/scripts.ts';
import { shown } from '../terminal.ts';
import { openWorkspace } from '../workspace.ts';
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

/** A folder whose configuration is broken has no words: completing is no time to complain. */
async function wordsOf(kind: DynamicKind): Promise<string[]> {
  if (kind === 'lists') return Object.keys(LISTS);
  try {
    const rows = (await LISTS[kind === 'tags' ? 'cases' : kind]?.(await openWorkspace())) ?? [];
    const field = kind === 'tags' ? 'tags' : kind === 'cases' ? 'case' : 'id';
    return [...new Set(rows.flatMap((row) => row[field] ?? []))];
  } catch {
    return [];
  }
}
