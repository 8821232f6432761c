/** Keeps the machine's cores busy by processes of ours, as a neighbour would, while a run of ours measures and no longer. */

import { type ChildProcess, spawn } from 'node:child_process';
import type { HostWatch } from '../../harness/execute/hostWatch.ts';

/** Works all the time, and looks ten times a second whether its parent still lives. */
const WORK =
  'const parent = process.ppid; while (process.ppid === parent) for (const end = Date.now() + 100; Date.now() < end;);';

/**
 * A watch that looks at nothing but starts that many busy processes when a run begins, and ends them when it ends. A run holds the
 * machine's lock between the two: whoever else measures here is not disturbed.
 */
export function busyWatch(processes: number): HostWatch {
  let children: ChildProcess[] = [];
  return {
    begin: () => {
      children = Array.from({ length: processes }, () =>
        spawn(process.execPath, ['-e', WORK], { stdio: 'ignore' }),
      );
      console.error(`busy beside it: processes ${children.map(({ pid }) => pid).join(' and ')}`);
      return Promise.resolve({ kind: 'machine-begin', clockCostNs: 0 });
    },
    end: () => {
      for (const child of children) child.kill('SIGKILL');
      return { kind: 'machine-end', loadAverage: 0 };
    },
  };
}
