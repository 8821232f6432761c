#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
/** The wasimeter command: parses the words, hands them to a command, turns what it throws into an exit code. */

import { Command, CommanderError } from 'commander';
import { UserError } from '../harness/contracts/failure.ts';
import packageJson from '../package.json' with { type: 'json' };
import { coverageCommand } from './commands/coverage.ts';
import { listCommand } from './commands/list.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { runtimesCommand } from './commands/runtimes.ts';
import { EXIT } from './exit.ts';

const program = new Command('wasimeter')
  .description('Tells for any WASI runtime what works and what it costs.')
  .version(packageJson.version)
  .showHelpAfterError('(wasimeter --help lists commands and options)')
  .exitOverride()
  .configureHelp({ sortSubcommands: true });

for (const command of [runCommand(), reportCommand(), listCommand(), coverageCommand(), runtimesCommand()])
  program.addCommand(
    command.exitOverride().showHelpAfterError(`(wasimeter ${command.name()} --help lists its options)`),
  );

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  else if (error instanceof UserError) {
    console.error(`wasimeter: ${error.message}`);
    process.exitCode = EXIT.usage;
  } else {
    console.error(error);
    process.exitCode = EXIT.usage;
  }
}
