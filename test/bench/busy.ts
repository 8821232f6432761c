/** Keeps the machine's cores busy by processes of ours, as a neighbour would, until they are ended or we are gone. */

import { type ChildProcess, spawn } from 'node:child_process';

/** Works all the time, and looks ten times a second whether its parent still lives. */
const WORK =
  'const parent = process.ppid; while (process.ppid === parent) for (const end = Date.now() + 100; Date.now() < end;);';

/** Starts that many busy processes and returns what ends them. */
export function keepBusy(processes: number): () => void {
  const children: ChildProcess[] = Array.from({ length: processes }, () =>
    spawn(process.execPath, ['-e', WORK], { stdio: 'ignore' }),
  );
  console.error(`busy beside it: processes ${children.map(({ pid }) => pid).join(' and ')}`);
  return () => {
    for (const child of children) child.kill('SIGKILL');
  };
}
