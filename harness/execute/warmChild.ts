/** A child of a JavaScript runner that stays and runs one conformance trial after another, each in a fresh instance. */

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { TrialEnd } from '../contracts/observation.ts';
import type { Command } from '../contracts/runner.ts';
import { BARE_ENVIRONMENT } from './bareEnvironment.ts';
import { realtimeNs } from './hostClock.ts';
import { OUTPUT_CAP_BYTES, openEnd, type ProcessResult, readCapped } from './process.ts';
import { type ProcessTree, processTree } from './processTree.ts';

const WATCH_MS = 100;
/** Longest wait for a child to say that it is ready. */
const START_MS = 30_000;

interface Alive {
  process: ChildProcess;
  stdout: number;
  stderr: number;
  tree: ProcessTree;
}

export interface WarmChild {
  /** Runs one trial; a child that hangs, floods or dies is ended, and the next trial gets a new one. */
  run(message: unknown, timeoutMs: number): Promise<ProcessResult>;
  close(): void;
}

/** A warm child that is started with its first trial. `folder` gets its output files. */
export function warmChild(command: Command, folder: string): WarmChild {
  let alive: Alive | undefined;
  let starts = 0;

  const stop = () => {
    if (!alive) return;
    if (!hasEnded(alive)) alive.tree.end();
    alive.tree.sweep();
    closeSync(alive.stdout);
    closeSync(alive.stderr);
    alive = undefined;
  };

  const start = (): Alive => {
    starts += 1;
    const stdout = openSync(join(folder, `stdout.${starts}`), 'w');
    // Appending, since the child and what runs in it may hold several descriptors of the one file.
    const stderr = openSync(join(folder, `stderr.${starts}`), 'a+');
    const tree = processTree();
    const child = spawn(command.file, command.args, {
      cwd: folder,
      env: { ...BARE_ENVIRONMENT, ...command.env, ...tree.env },
      stdio: ['ignore', stdout, stderr, 'ipc'],
      detached: true,
    });
    if (child.pid) tree.begin(child.pid);
    // Between trials nobody else listens, and an unheard error would end the harness.
    child.on('error', () => {});
    return { process: child, stdout, stderr, tree };
  };

  /** A child that has said that it is ready; otherwise how its start ended. */
  const ready = async (): Promise<Alive | TrialEnd> => {
    // One that died after its last trial was over is no fault of the next.
    if (alive && hasEnded(alive)) stop();
    if (alive) return alive;
    alive = start();
    const end = await answer(alive, undefined, START_MS);
    if (!hasFailed(end) && !hasEnded(alive)) return alive;
    const said = readCapped(alive.stderr, 0).trim().slice(-500);
    stop();
    return { ...end, timedOut: false, startError: end.startError ?? `the child did not get ready: ${said}` };
  };

  const run: WarmChild['run'] = async (message, timeoutMs) => {
    const child = await ready();
    if (!('process' in child)) {
      const now = realtimeNs();
      return { end: child, beginRealtimeNs: now, endRealtimeNs: now, stderr: '' };
    }
    const offset = fstatSync(child.stderr).size;
    const beginRealtimeNs = realtimeNs();
    const end = await answer(child, message, timeoutMs);
    const endRealtimeNs = realtimeNs();
    const stderr = readCapped(child.stderr, offset);
    if (hasFailed(end) || hasEnded(child)) stop();
    return { end, beginRealtimeNs, endRealtimeNs, stderr };
  };

  return { run, close: stop };
}

const hasEnded = ({ process }: Alive) => process.exitCode !== null || process.signalCode !== null;
const hasFailed = (end: TrialEnd) => end.timedOut || end.flooded || end.startError !== undefined;

/** Sends a message, if any, and waits for the child's word, its end, the deadline or a flood. */
function answer(alive: Alive, message: unknown, timeoutMs: number): Promise<TrialEnd> {
  const child = alive.process;
  const offset = { stdout: fstatSync(alive.stdout).size, stderr: fstatSync(alive.stderr).size };
  return new Promise((resolve) => {
    const end = openEnd();
    const started = performance.now();
    const finish = () => {
      clearInterval(watch);
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      resolve(end);
    };
    const onMessage = (said: unknown) => {
      const { exitCode, trap } = (said ?? {}) as { exitCode?: unknown; trap?: unknown };
      if (typeof exitCode === 'number') end.exitCode = exitCode;
      if (typeof trap === 'string') end.trap = trap.slice(0, 2000);
      finish();
    };
    const onExit = (code: number | null, signal: string | null) => {
      end.exitCode = code ?? undefined;
      end.signal = signal ?? undefined;
      finish();
    };
    const onError = (error: Error) => {
      end.startError = error.message;
      finish();
    };
    const watch = setInterval(() => {
      end.timedOut = performance.now() - started > timeoutMs;
      end.flooded =
        fstatSync(alive.stdout).size - offset.stdout > OUTPUT_CAP_BYTES ||
        fstatSync(alive.stderr).size - offset.stderr > OUTPUT_CAP_BYTES;
      if (end.timedOut || end.flooded) finish();
    }, WATCH_MS);
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    if (child.exitCode !== null || child.signalCode !== null) onExit(child.exitCode, child.signalCode);
    else if (message !== undefined) child.send(message as object, (error) => error && onError(error));
  });
}
