/** Owns the tree of commands. */

import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { aaCommand } from './commands/aa.ts';
import { baselineCommand } from './commands/baseline.ts';
import { bisectCommand } from './commands/bisect.ts';
import { compareCommand } from './commands/compare.ts';
import { completeCommand, completionCommand } from './commands/completion.ts';
import { coverageCommand } from './commands/coverage.ts';
import { doctorCommand } from './commands/doctor.ts';
import { expectationsCommand } from './commands/expectations.ts';
import { explainCommand } from './commands/explain.ts';
import { exportCommand } from './commands/export.ts';
import { gateCommand } from './commands/gate.ts';
import { listCommand } from './commands/list.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { runtimesCommand } from './commands/runtimes.ts';
import { showCommand } from './commands/show.ts';
import { timeCommand } from './commands/time.ts';
import { PROGRAM_HELP } from './programHelp.ts';
import { shown } from './terminal.ts';

/** A fresh program with all its commands. It throws CommanderErrors instead of ending the process. */
export function wasimeterProgram(): Command {
  const program = new Command('wasimeter')
    .description('Tells for any WASI runtime what works and what it costs.')
    .version(packageJson.version)
    .configureHelp({ sortSubcommands: true })
    .addHelpText('after', PROGRAM_HELP);
  const commands = [
    runCommand(),
    baselineCommand(),
    bisectCommand(),
    compareCommand(),
    gateCommand(),
    reportCommand(),
    listCommand(),
    timeCommand(),
    coverageCommand(),
    aaCommand(),
    showCommand(),
    explainCommand(),
    exportCommand(),
    expectationsCommand(),
    runtimesCommand(),
    doctorCommand(),
    completionCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  program.addCommand(completeCommand(), { hidden: true });
  setManners(program, 'wasimeter');
  return program;
}

/** The same manners for each command at any depth: mistakes are said in a line, with where to read on. */
function setManners(command: Command, words: string): void {
  const has = command.commands.length > 0 ? 'commands and options' : 'its options';
  command
    .exitOverride()
    .showHelpAfterError(`(${words} --help lists ${has})`)
    // Mistyped words are repeated to the user.
    .configureOutput({ outputError: (text, write) => write(text.split('\n').map(shown).join('\n')) });
  for (const inner of command.commands) setManners(inner, `${words} ${inner.name()}`);
}
