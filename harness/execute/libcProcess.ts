/** Starts timed processes through a child that uses libc's posix_spawn and wait4, with the deadline and the clearing away of any other process. */

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../contracts/runner.ts';
import { BARE_ENVIRONMENT } from './bareEnvironment.ts';
import { realtimeNs } from './hostClock.ts';
import type { LibcEnd, LibcStart } from './libcSpawn.ts';
import { forkOwn } from './ownChild.ts';
import {
  OUTPUT_CAP_BYTES,
  openEnd,
  type ProcessResult,
  readCapped,
  readTail,
  watchLimits,
} from './process.ts';
import { descendantsOf, processTree } from './processTree.ts';

/** `.ts` in the checkout, `.js` in the built package. */
const CHILD = new URL(import.meta.url.replace(/libcProcess(\.\w+)$/, 'libcSpawnChild$1'));

export interface LibcStarter {
  /** Runs a command to its end in `folder`, which gets its `stdout` and `stderr` files; one at a time. Never rejects. */
  run(command: Command, folder: string, timeoutMs: number): Promise<ProcessResult>;
  close(): void;
}

type Answer = { ready: boolean } | { end: LibcEnd } | { error: string };

/** Undefined where this machine has no koffi, or no such libc. */
export async function libcStarter(): Promise<LibcStarter | undefined> {
  const child = forkOwn(CHILD);
  const answer = await nextAnswer(child);
  if (!('ready' in answer) || !answer.ready) {
    child.kill('SIGKILL');
    return undefined;
  }
  return {
    run: (command, folder, timeoutMs) => run(child, command, folder, timeoutMs),
    close: () => void child.kill('SIGKILL'),
  };
}

/** What the child says next; its end is an answer too. */
async function nextAnswer(child: ChildProcess): Promise<Answer> {
  const over = new AbortController();
  const { signal } = over;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]) => message as Answer),
      once(child, 'exit', { signal }).then(() => ({ error: 'the child that starts processes has ended' })),
    ]);
  } catch (error) {
    return { error: (error as Error).message };
  } finally {
    over.abort();
  }
}

async function run(
  child: ChildProcess,
  { file, args, env }: Command,
  folder: string,
  timeoutMs: number,
): Promise<ProcessResult> {
  const end = openEnd();
  const files = { stdout: join(folder, 'stdout'), stderr: join(folder, 'stderr') };
  const stdout = openSync(files.stdout, 'w+');
  const stderr = openSync(files.stderr, 'w+');
  const tree = processTree();
  // The child blocks until its process has ended: which that is, only the system can tell meanwhile.
  tree.begin(() => (child.pid === undefined ? undefined : descendantsOf(child.pid)[0]));
  const outputs = [stdout, stderr].map((output) => ({ file: output, capBytes: OUTPUT_CAP_BYTES }));
  const watch = watchLimits(end, tree, timeoutMs, outputs);
  const now = realtimeNs();
  const result = { end, beginRealtimeNs: now, endRealtimeNs: now, stderr: '' };
  try {
    const start: LibcStart = { file, args, env: { ...BARE_ENVIRONMENT, ...env, ...tree.env }, ...files };
    const answering = nextAnswer(child);
    // Where the child is gone, its answer says so.
    child.send({ folder, start }, () => {});
    const answer = await answering;
    if ('end' in answer) {
      const { pid, exitCode, signal, beginRealtimeNs, endRealtimeNs } = answer.end;
      Object.assign(end, { exitCode, signal });
      Object.assign(result, { beginRealtimeNs, endRealtimeNs });
      tree.begin(pid);
      end.stdoutText = readTail(stdout);
    } else end.startError = 'error' in answer ? answer.error : 'it answered out of turn';
    return {
      ...result,
      ...(tree.sweep() ? { leftBehind: true as const } : {}),
      stderr: readCapped(stderr, 0),
    };
  } finally {
    clearInterval(watch);
    closeSync(stdout);
    closeSync(stderr);
  }
}
