/** A trial's command line as a shell would start it, without wasimeter: environment, streams and all. */

import type { Command } from '../contracts/runner.ts';
import type { Stdin, Stdout, World } from '../contracts/world.ts';
import { outsideFile, STDIN_FILE } from './filesScript.ts';
import { quoted } from './shell.ts';

/** One line of shell; without a bare environment to begin with, in the user's own. Records go to the file `records`, standard output to `stdout`. */
export function repeatCommand(
  command: Command,
  bareEnvironment: Record<string, string> | undefined,
  world: World,
): string {
  const variables = Object.entries({ ...bareEnvironment, ...command.env }).map(
    ([name, value]) => `${name}=${value}`,
  );
  const before = bareEnvironment ? ['env', '-i'] : variables.length > 0 ? ['env'] : [];
  const words = [...before, ...variables, command.file, ...command.args].map(quoted).join(' ');
  return withStdout(`${withStdin(words, world.stdin)}${withInherited(world)} 2>records`, world.stdout);
}

/** A shell's own redirections go up to descriptor 9 only. */
const INHERITED = [3, 4, 5, 6, 7, 8, 9];

const withInherited = ({ inherits }: World) =>
  inherits === undefined
    ? ''
    : INHERITED.map((descriptor) => ` ${descriptor}<>${quoted(outsideFile(inherits))}`).join('');

function withStdin(command: string, stdin: Stdin = 'null'): string {
  if (stdin === 'null') return `${command} </dev/null`;
  if (stdin === 'closed') return `${command} <&-`;
  if (stdin === 'endless') return `cat /dev/zero | ${command}`;
  // The shell's own terminal, on which somebody has to type.
  if (stdin.kind === 'terminal') return command;
  if (stdin.kind === 'file') return `${command} <${STDIN_FILE}`;
  // A writer that stays must hold the pipe's end for as long as the guest may run.
  return stdin.stays ? `{ cat ${STDIN_FILE}; sleep 10; } | ${command}` : `cat ${STDIN_FILE} | ${command}`;
}

/** As slow as the harness reads: 1 KiB about each millisecond. */
const SLOW =
  'while [ "$(dd bs=1024 count=1 2>/dev/null | tee -a stdout | wc -c)" -gt 0 ]; do sleep 0.001; done';

function withStdout(command: string, stdout: Stdout = 'file'): string {
  switch (stdout) {
    case 'file':
      return `${command} >stdout`;
    case 'pipe':
      return `${command} | cat >stdout`;
    case 'slow-pipe':
      return `${command} | ${SLOW}`;
    case 'terminal':
      return command;
    case 'sink':
      return `${command} | cat >/dev/null`;
    case 'closed-pipe':
      // The reader is gone before the guest begins.
      return `{ sleep 1; ${command}; } | true`;
  }
}
