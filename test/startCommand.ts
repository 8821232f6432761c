/** Starts the command in a folder as its users do, for tests; children that are left are ended. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
const children: ChildProcess[] = [];
after(async () => {
  const left = children.filter((child) => child.exitCode === null && child.signalCode === null);
  const ended = left.map((child) => once(child, 'close'));
  for (const child of left) child.kill('SIGTERM');
  await Promise.all(ended);
});

/** The child, what it has said so far, and how it ended. */
export function startCommand(folder: string, args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
  return { child, said, ended };
}
