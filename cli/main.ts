#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
/** The wasimeter command: parses the words, hands them to a command, turns what it throws into an exit code. */

import { CommanderError } from 'commander';
import { UserError } from '../harness/contracts/failure.ts';
import { mindPipes } from './brokenPipe.ts';
import { EXIT } from './exit.ts';
import { wasimeterProgram } from './program.ts';
import { shown } from './terminal.ts';

mindPipes();
try {
  await wasimeterProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  else if (error instanceof UserError) {
    console.error(`wasimeter: ${shown(error.message)}`);
    process.exitCode = EXIT.usage;
  } else {
    console.error(error);
    process.exitCode = EXIT.usage;
  }
}
