/** Starts one process with its output in files, and ends it with all its descendants at the deadline or on a flood. */

import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { TrialEnd } from '../contracts/observation.ts';
import type { Command } from '../contracts/runner.ts';
import { realtimeNs } from './hostClock.ts';

/** Where trials' environments begin: nothing of the user's. */
const BARE_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8' };
/** A trial that writes more than this to stdout or stderr is ended. */
export const OUTPUT_CAP_BYTES = 16 * 1024 * 1024;
const WATCH_MS = 100;
const TAIL_BYTES = 65_536;

export interface ProcessResult {
  end: TrialEnd;
  beginRealtimeNs: bigint;
  endRealtimeNs: bigint;
  stderr: string;
}

const running = new Set<number>();

/**
 * Runs a command to its end in `folder`, which gets its `stdout` and `stderr` files. Never rejects: what went wrong is in
 * the result. node:child_process is used bare, since what stands between the clock reading and the fork is measured.
 */
export function runProcess(command: Command, folder: string, timeoutMs: number): Promise<ProcessResult> {
  const stdout = openSync(join(folder, 'stdout'), 'w+');
  const stderr = openSync(join(folder, 'stderr'), 'w+');
  return new Promise((resolve) => {
    const end: TrialEnd = {
      exitCode: undefined,
      signal: undefined,
      stderrText: '',
      timedOut: false,
      flooded: false,
    };
    const beginRealtimeNs = realtimeNs();
    // A group of its own, so that the whole group can be ended.
    const child = spawn(command.file, command.args, {
      cwd: folder,
      env: { ...BARE_ENVIRONMENT, ...command.env },
      stdio: ['ignore', stdout, stderr],
      detached: true,
    });
    if (child.pid) running.add(child.pid);
    const started = performance.now();
    const watch = setInterval(() => {
      end.timedOut ||= performance.now() - started > timeoutMs;
      end.flooded ||= fstatSync(stdout).size > OUTPUT_CAP_BYTES || fstatSync(stderr).size > OUTPUT_CAP_BYTES;
      if ((end.timedOut || end.flooded) && child.pid) endTree(child.pid);
    }, WATCH_MS);
    const finish = () => {
      const endRealtimeNs = realtimeNs();
      clearInterval(watch);
      if (child.pid) {
        running.delete(child.pid);
        // Whoever the process left behind in its group would run beside the next trial.
        killGroup(child.pid);
      }
      const text = readCapped(stderr, 0);
      end.stdoutText = readTail(stdout);
      closeSync(stdout);
      closeSync(stderr);
      resolve({ end, beginRealtimeNs, endRealtimeNs, stderr: text });
    };
    child.once('error', (error) => {
      end.startError = error.message;
      finish();
    });
    child.once('exit', (code, signal) => {
      end.exitCode = code ?? undefined;
      end.signal = signal ?? undefined;
      finish();
    });
  });
}

/** Reads a file from an offset up to the output cap, as UTF-8 with replacement characters for what is none. */
export function readCapped(file: number, offset: number): string {
  const size = Math.max(0, Math.min(fstatSync(file).size - offset, OUTPUT_CAP_BYTES));
  const bytes = Buffer.alloc(size);
  let done = 0;
  while (done < size) {
    const count = readSync(file, bytes, done, size - done, offset + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.toString('utf8', 0, done);
}

/** The last of a file: WasmEdge says on stdout, behind whatever the guest wrote, why it failed. */
function readTail(file: number): string {
  return readCapped(file, Math.max(0, fstatSync(file).size - TAIL_BYTES));
}

/** Ends a process, its group, and descendants that left the group. */
export function endTree(pid: number): void {
  const descendants = descendantsOf(pid);
  killGroup(pid);
  for (const one of [pid, ...descendants]) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }
}

/** Ends every process that is still running, for an interrupted run. */
export function endAll(): void {
  for (const pid of running) endTree(pid);
}

/** Counts a child as running until the returned function is called, so that `endAll` reaches it. */
export function track(pid: number): () => void {
  running.add(pid);
  return () => running.delete(pid);
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // No such group: nothing is left of it.
  }
}

/** Process ids below `root` by /proc; empty where there is no /proc. */
function descendantsOf(root: number): number[] {
  const parents = new Map<number, number>();
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The command stands in parentheses and may itself hold some.
        parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      } catch {
        // It ended while we looked.
      }
    }
  } catch {
    return [];
  }
  const found: number[] = [];
  let frontier = [root];
  while (frontier.length > 0) {
    frontier = [...parents].filter(([, parent]) => frontier.includes(parent)).map(([pid]) => pid);
    found.push(...frontier);
  }
  return found;
}
