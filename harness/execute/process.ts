/** Starts one process with its output in files, and ends it with all its descendants at the deadline or on a flood. */

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { TrialEnd } from '../contracts/observation.ts';
import type { Command } from '../contracts/runner.ts';
import type { HostOutput } from '../contracts/world.ts';
import { BARE_ENVIRONMENT } from './bareEnvironment.ts';
import { realtimeNs } from './hostClock.ts';
import { type ProcessTree, processTree } from './processTree.ts';
import { outputIn } from './world/look.ts';
import type { Streams } from './world/streams.ts';

/** A trial that writes more than this to stdout or stderr is ended. */
export const OUTPUT_CAP_BYTES = 16 * 1024 * 1024;
/** A timed one may write what its benchmarks write; nobody reads it. */
const TIMED_OUTPUT_CAP_BYTES = 1024 * 1024 * 1024;
const WATCH_MS = 100;
const TAIL_BYTES = 65_536;

export interface ProcessResult {
  end: TrialEnd;
  beginRealtimeNs: bigint;
  endRealtimeNs: bigint;
  stderr: string;
  /** What went to a standard output that is a pipe of ours. */
  stdout?: HostOutput;
  /** Processes of its own outlived it and were ended. */
  leftBehind?: true;
}

/** An end of which nothing is known yet. */
export function openEnd(): TrialEnd {
  return { exitCode: undefined, signal: undefined, stderrText: '', timedOut: false, flooded: false };
}

/**
 * Runs a command to its end in `folder`, which gets its `stdout` and `stderr` files; `streams` go before the former. Never rejects: what went wrong is in
 * the result. What a timed process writes is not read. node:child_process is used bare, since what stands between the clock reading and the fork is measured.
 */
export function runProcess(
  command: Command,
  folder: string,
  timeoutMs: number,
  streams?: Streams,
  onStart: (pid: number) => void = () => {},
  isTimed = false,
): Promise<ProcessResult> {
  const stdout = openSync(join(folder, 'stdout'), 'w+');
  const stderr = openSync(join(folder, 'stderr'), 'w+');
  return new Promise((resolve) => {
    const end = openEnd();
    const tree = processTree();
    let child: ChildProcess | undefined;
    let watch: NodeJS.Timeout | undefined;
    const finish = () => {
      const endRealtimeNs = realtimeNs();
      clearInterval(watch);
      const leftBehind = tree.sweep();
      const text = readCapped(stderr, 0);
      end.stdoutText = readTail(stdout);
      const written = !isTimed && streams && streams.stdout === undefined ? outputIn(stdout) : undefined;
      closeSync(stdout);
      closeSync(stderr);
      const result = {
        ...{ end, beginRealtimeNs, endRealtimeNs, stderr: text },
        ...(leftBehind ? { leftBehind } : {}),
      };
      Promise.resolve(streams?.ended()).then((read) => {
        const output = streams ? (read ?? written) : undefined;
        resolve(output ? { ...result, stdout: output } : result);
      });
    };
    const env = { ...BARE_ENVIRONMENT, ...command.env, ...tree.env };
    const beginRealtimeNs = realtimeNs();
    // A group of its own, so that the whole group can be ended.
    try {
      const { file, args } = streams?.stdin === 'closed' ? withoutStdin(command) : command;
      child = spawn(file, args, {
        cwd: folder,
        env,
        stdio: [
          typeof streams?.stdin === 'number' ? streams.stdin : 'ignore',
          streams?.stdout ?? stdout,
          stderr,
          ...(streams?.inherited ?? []),
        ],
        detached: true,
      });
    } catch (error) {
      // Node throws for what it refuses itself, a NUL in an argument for one.
      end.startError = (error as Error).message;
      streams?.started();
      finish();
      return;
    }
    streams?.started();
    if (child.pid) {
      tree.begin(child.pid);
      onStart(child.pid);
    }
    watch = watchLimits(end, tree, timeoutMs, [
      { file: stdout, capBytes: isTimed ? TIMED_OUTPUT_CAP_BYTES : OUTPUT_CAP_BYTES },
      { file: stderr, capBytes: OUTPUT_CAP_BYTES },
    ]);
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

/** Ends a process with its tree, and notes why, at the deadline or when an output has grown beyond its cap; to be cleared when it has ended. */
export function watchLimits(
  end: TrialEnd,
  tree: Pick<ProcessTree, 'end'>,
  timeoutMs: number,
  outputs: readonly { file: number; capBytes: number }[],
): NodeJS.Timeout {
  const started = performance.now();
  return setInterval(() => {
    end.timedOut ||= performance.now() - started > timeoutMs;
    end.flooded ||= outputs.some(({ file, capBytes }) => fstatSync(file).size > capBytes);
    if (end.timedOut || end.flooded) tree.end();
  }, WATCH_MS);
}

/** Node always gives a child some standard input; a shell can take it away. */
const withoutStdin = ({ file, args }: Command) => ({
  file: '/bin/sh',
  args: ['-c', 'exec "$@" <&-', 'sh', file, ...args],
});

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
export function readTail(file: number): string {
  return readCapped(file, Math.max(0, fstatSync(file).size - TAIL_BYTES));
}

/** The result where a runner's compiler refused the guest: it ends before there is a process. */
export function notPrepared(refusal: Error): ProcessResult {
  const now = realtimeNs();
  const { message } = refusal.cause instanceof Error ? refusal.cause : refusal;
  const end = { ...openEnd(), refused: message };
  return { end, beginRealtimeNs: now, endRealtimeNs: now, stderr: '' };
}

/** The result where something failed before there was a process: one trial's trouble must not end the others. */
export function notStarted(error: unknown): ProcessResult {
  const now = realtimeNs();
  const end = { ...openEnd(), startError: error instanceof Error ? error.message : String(error) };
  return { end, beginRealtimeNs: now, endRealtimeNs: now, stderr: '' };
}
