/** A child of a JavaScript runner that stays and runs one conformance trial after another, each in a fresh instance. */

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { TrialEnd } from '../contracts/observation.ts';
import type { Command } from '../contracts/runner.ts';
import { realtimeNs } from './hostClock.ts';
import { endTree, OUTPUT_CAP_BYTES, type ProcessResult, readCapped, track } from './process.ts';

const WATCH_MS = 100;
/** Longest wait for a child to say that it is ready. */
const START_MS = 30_000;

interface Alive {
  process: ChildProcess;
  stdout: number;
  stderr: number;
  untrack: () => void;
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
    if (alive.process.pid) endTree(alive.process.pid);
    alive.untrack();
    closeSync(alive.stdout);
    closeSync(alive.stderr);
    alive = undefined;
  };

  const start = (): Alive => {
    starts += 1;
    const stdout = openSync(join(folder, `stdout.${starts}`), 'w');
    // Appending, since the child and what runs in it may hold several descriptors of the one file.
    const stderr = openSync(join(folder, `stderr.${starts}`), 'a+');
    const child = spawn(command.file, command.args, {
      cwd: folder,
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', ...command.env },
      stdio: ['ignore', stdout, stderr, 'ipc'],
      detached: true,
    });
    return { process: child, stdout, stderr, untrack: child.pid ? track(child.pid) : () => {} };
  };

  const run: WarmChild['run'] = async (message, timeoutMs) => {
    if (!alive) {
      alive = start();
      await answer(alive, undefined, START_MS);
    }
    const offset = fstatSync(alive.stderr).size;
    const beginRealtimeNs = realtimeNs();
    const end = await answer(alive, message, timeoutMs);
    const endRealtimeNs = realtimeNs();
    const stderr = readCapped(alive.stderr, offset);
    const gone =
      end.timedOut ||
      end.flooded ||
      end.startError ||
      alive.process.exitCode !== null ||
      alive.process.signalCode !== null;
    if (gone) stop();
    return { end, beginRealtimeNs, endRealtimeNs, stderr };
  };

  return { run, close: stop };
}

/** Sends a message, if any, and waits for the child's word, its end, the deadline or a flood. */
function answer(alive: Alive, message: unknown, timeoutMs: number): Promise<TrialEnd> {
  const child = alive.process;
  const offset = { stdout: fstatSync(alive.stdout).size, stderr: fstatSync(alive.stderr).size };
  return new Promise((resolve) => {
    const end: TrialEnd = {
      exitCode: undefined,
      signal: undefined,
      stderrText: '',
      timedOut: false,
      flooded: false,
    };
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
