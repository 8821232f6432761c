/** Runs one process of a wasm of the user's own, and tells what was seen of it from outside. */

import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OwnProcess } from '../../contracts/ownWasm.ts';
import type { Command } from '../../contracts/runner.ts';
import { childrenCpuUse, cpuUseSince } from '../cpuUse.ts';
import { runProcess } from '../process.ts';
import type { Streams } from '../world/streams.ts';
import { type PeakWatch, watchPeak } from './peakMemory.ts';

export interface OwnStart {
  command: Command;
  stdinFile: string | undefined;
  /** Its files lie below. */
  scratchFolder: string;
  timeoutMs: number;
  /** Whether its memory is watched, which disturbs a duration. */
  isWatched: boolean;
}

/** Runs it to its end. What went wrong is in the result; throws where standard input can't be opened. */
export async function runOwn(start: OwnStart): Promise<OwnProcess> {
  const folder = await mkdtemp(join(start.scratchFolder, 'process-'));
  const stdin = start.stdinFile === undefined ? undefined : openSync(start.stdinFile, 'r');
  let watch: PeakWatch | undefined;
  try {
    const onStart = start.isWatched
      ? (pid: number) => {
          watch = watchPeak(pid);
        }
      : undefined;
    const before = childrenCpuUse();
    const result = await runProcess(start.command, folder, start.timeoutMs, streamsOf(stdin), onStart, true);
    const use = cpuUseSince(before, childrenCpuUse());
    const peakBytes = watch?.end();
    return {
      ...{ end: result.end, stderr: result.stderr, ...use },
      durationNs: Number(result.endRealtimeNs - result.beginRealtimeNs),
      inBytes: stdin === undefined ? 0 : takenOf(stdin),
      outBytes: statSync(join(folder, 'stdout')).size,
      ...(peakBytes === undefined ? {} : { peakBytes }),
    };
  } finally {
    watch?.end();
    if (stdin !== undefined) closeSync(stdin);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function streamsOf(stdin: number | undefined): Streams {
  return { stdin: stdin ?? 'ignore', started: () => {}, ended: () => Promise.resolve(undefined) };
}

/** How far the file was read: whoever inherits a descriptor moves its one position. All of it where the system does not tell. */
function takenOf(stdin: number): number {
  try {
    const position = /^pos:\s+(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${stdin}`, 'utf8'))?.[1];
    if (position !== undefined) return Number(position);
  } catch {
    // No /proc.
  }
  return statSync(`/dev/fd/${stdin}`).size;
}
