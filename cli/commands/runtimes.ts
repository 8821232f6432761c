/** `wasimeter runtimes`: what runtimes there are, brings them in, looks whether they are sound, clears away old ones. */

import { Command } from 'commander';
import { doctorCommand } from '../runtimes/doctor.ts';
import { installCommand } from '../runtimes/install.ts';
import { listCommand } from '../runtimes/list.ts';
import { pruneCommand } from '../runtimes/prune.ts';

const EXAMPLES = `
Found in this order: the executable that bench.config.ts or WASIMETER_<ID> names, out/cache, PATH.

Examples:
  $ wasimeter runtimes list
  $ wasimeter runtimes install wasmtime@48 wasmedge
  $ wasimeter runtimes doctor wasmtime
  $ wasimeter runtimes prune --dry-run`;

/** The command with its subcommands. */
export function runtimesCommand(): Command {
  const command = new Command('runtimes')
    .description('list, install, check and clear away WASI runtimes')
    .addHelpText('after', EXAMPLES);
  for (const one of [listCommand(), installCommand(), doctorCommand(), pruneCommand()])
    command.addCommand(one);
  return command;
}
