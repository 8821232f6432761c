/** Owns the list of ways in which preview 2's command-line functions can end, by their documentation: none of them knows an error. */

import type { InventoryPair } from '../../harness/contracts/suite.ts';
import {
  DROP_TERMINAL_INPUT,
  DROP_TERMINAL_OUTPUT,
  EXIT,
  EXIT_WITH_CODE,
  GET_ARGUMENTS,
  GET_ENVIRONMENT,
  GET_STDERR,
  GET_STDIN,
  GET_STDOUT,
  GET_TERMINAL_STDERR,
  GET_TERMINAL_STDIN,
  GET_TERMINAL_STDOUT,
  INITIAL_CWD,
} from './functions-p2.ts';
import { ENVIRONMENT, EXIT_TEXT, STDIO, TERMINAL } from './spec.ts';

const TEXTS: Readonly<Record<string, string>> = {
  [GET_ARGUMENTS]: ENVIRONMENT.arguments,
  [GET_ENVIRONMENT]: ENVIRONMENT.environment,
  [INITIAL_CWD]: ENVIRONMENT.cwd,
  [EXIT]: EXIT_TEXT.exit,
  [EXIT_WITH_CODE]: EXIT_TEXT.withCode,
  [GET_STDIN]: STDIO.stdin,
  [GET_STDOUT]: STDIO.stdout,
  [GET_STDERR]: STDIO.stderr,
  [GET_TERMINAL_STDIN]: TERMINAL.stdin,
  [GET_TERMINAL_STDOUT]: TERMINAL.stdout,
  [GET_TERMINAL_STDERR]: TERMINAL.stderr,
  [DROP_TERMINAL_INPUT]: TERMINAL.input,
  [DROP_TERMINAL_OUTPUT]: TERMINAL.output,
};

export const inventoryP2: InventoryPair[] = Object.entries(TEXTS).map(([name, spec]) => ({
  wasi: 'p2',
  function: name,
  outcome: 'ok',
  spec,
}));
