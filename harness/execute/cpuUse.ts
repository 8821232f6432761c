/** Owns what processes that have ended took of the CPUs, as the kernel adds it up for the one that waited for them. */

import { readFileSync } from 'node:fs';
import { statFields } from './procFiles.ts';

/** The kernel tells in hundredths of a second, cut off: means over many processes are finer. */
const TICK_MS = 10;
/** Fields behind the command's name, https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const [CUTIME, CSTIME] = [13, 14];

export interface CpuUse {
  userMs: number;
  systemMs: number;
}

/** All children so far; undefined where there is no /proc. */
export function childrenCpuUse(): CpuUse | undefined {
  try {
    const fields = statFields(readFileSync('/proc/self/stat', 'utf8'));
    const [userMs, systemMs] = [CUTIME, CSTIME].map((field) => Number(fields[field]) * TICK_MS);
    return userMs === undefined || systemMs === undefined || Number.isNaN(userMs + systemMs)
      ? undefined
      : { userMs, systemMs };
  } catch {
    return undefined;
  }
}

/** What was added between two readings. */
export function cpuUseSince(before: CpuUse | undefined, after: CpuUse | undefined): Partial<CpuUse> {
  if (!before || !after) return {};
  return { userMs: after.userMs - before.userMs, systemMs: after.systemMs - before.systemMs };
}
