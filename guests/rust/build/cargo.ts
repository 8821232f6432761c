/** Runs cargo, and makes its failure an error that carries what it said. */

import { spawnSync } from 'node:child_process';

/** Runs a program in a folder and gives its stdout. */
export function run(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv): string {
  const result = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (result.status !== 0) {
    const said = result.error?.message ?? result.stderr.slice(-20_000);
    throw new Error(`${command} ${args.join(' ')} failed in ${cwd}:\n${said}`);
  }
  return result.stdout;
}
