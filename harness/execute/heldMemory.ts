/** Owns what a process and all that it started hold in memory while the guest waits, by what the kernel tells of them. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { HeldMemory } from '../contracts/observation.ts';
import { descendantsOf } from './processTree.ts';
import { bytesIn, statFields } from './procFiles.ts';

const EVERY_MS = 10;
/** A compiler may go on in the background when the guest waits already: the process must have been still for so many looks. */
const STILL_LOOKS = 5;
/** One that polls (jco) is never still, and is looked at all the same. */
const MOST_MS = 1000;

/**
 * Waits until the guest of `pid` has begun statement `line` and the process uses no more processor time, and returns what is held then.
 * Undefined where that never came (the process ended, or the deadline passed), and on systems without /proc.
 */
export async function heldWhileWaiting(
  pid: number,
  folder: string,
  line: number,
  isOver: () => boolean,
): Promise<HeldMemory | undefined> {
  const begun = new RegExp(`^> .*"n":${line}[,}]`, 'm');
  const stderr = join(folder, 'stderr');
  let waitingSince: number | undefined;
  let ticks = -1;
  for (let still = 0; !isOver(); await pause(EVERY_MS)) {
    if (waitingSince === undefined) {
      if (begun.test(readFileSync(stderr, 'utf8'))) waitingSince = performance.now();
      continue;
    }
    const used = ticksOf(pid);
    still = used === ticks ? still + 1 : 0;
    ticks = used;
    if (still >= STILL_LOOKS || performance.now() - waitingSince > MOST_MS) return heldBy(pid);
  }
  return undefined;
}

/** What a process and its descendants hold; undefined where the system does not tell, or one of them ended meanwhile. */
export function heldBy(pid: number): HeldMemory | undefined {
  try {
    const all = [pid, ...descendantsOf(pid)].map(heldByOne);
    return {
      peakBytes: all.reduce((sum, { peakBytes }) => sum + peakBytes, 0),
      privateBytes: all.reduce((sum, { privateBytes }) => sum + privateBytes, 0),
    };
  } catch {
    return undefined;
  }
}

function heldByOne(pid: number): HeldMemory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return {
    peakBytes: bytesIn(status, 'VmHWM'),
    privateBytes: bytesIn(rollup, 'Private_Clean') + bytesIn(rollup, 'Private_Dirty'),
  };
}

/** Processor time of all its threads and of its descendants, in the kernel's ticks. */
function ticksOf(pid: number): number {
  return [pid, ...descendantsOf(pid)].reduce((sum, one) => {
    try {
      const fields = statFields(readFileSync(`/proc/${one}/stat`, 'utf8'));
      // utime and stime, fields 14 and 15 of proc_pid_stat(5).
      return sum + Number(fields[11]) + Number(fields[12]);
    } catch {
      return sum;
    }
  }, 0);
}
