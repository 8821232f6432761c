/** `wasimeter expectations`: what runtimes are known to fail; lists it, checks it, brings it up to date. */

import { Command } from 'commander';
import { checkCommand } from '../expectations/check.ts';
import { listCommand } from '../expectations/list.ts';
import { updateCommand } from '../expectations/update.ts';

const EXAMPLES = `
They stand in runners/<id>/expectations.json: a case each, with a reason and a link.

Examples:
  $ wasimeter expectations list --runner wasmtime
  $ wasimeter expectations check
  $ wasimeter expectations update --dry-run       by the last run: what no longer fails, what newly does`;

/** The command with its subcommands. */
export function expectationsCommand(): Command {
  const command = new Command('expectations')
    .description('list, check and update what runtimes are known to fail')
    .addHelpText('after', EXAMPLES);
  for (const one of [listCommand(), checkCommand(), updateCommand()]) command.addCommand(one);
  return command;
}
