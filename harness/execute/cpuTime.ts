/** Owns the reading of the machine's processor time, of which a hypervisor may have taken a share. */

import { readFileSync } from 'node:fs';

/** Processor time of all CPUs since the machine started, in the kernel's ticks. */
export interface CpuTime {
  totalTicks: number;
  /** While this machine wanted to run and its hypervisor ran another. */
  stolenTicks: number;
}

/** Columns of proc_stat(5) from `user` on; `steal` is the eighth, and guest time is counted in `user` already. */
const STEAL = 7;

/** Reads the first line of /proc/stat; undefined where there is none or it has no steal column. */
export function parseStat(text: string): CpuTime | undefined {
  const line = /^cpu +((?:\d+ *)+)$/m.exec(text)?.[1];
  const ticks =
    line
      ?.trim()
      .split(/ +/)
      .map(Number)
      .slice(0, STEAL + 1) ?? [];
  const stolenTicks = ticks[STEAL];
  if (stolenTicks === undefined) return undefined;
  return { totalTicks: ticks.reduce((sum, one) => sum + one, 0), stolenTicks };
}

/** The machine's processor time until now; undefined where the system does not tell. */
export function readCpuTime(file = '/proc/stat'): CpuTime | undefined {
  try {
    return parseStat(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** What passed between two readings; undefined without both, or where the counters went backwards. */
export function cpuTimeBetween(before?: CpuTime, after?: CpuTime): CpuTime | undefined {
  if (!before || !after) return undefined;
  const totalTicks = after.totalTicks - before.totalTicks;
  const stolenTicks = after.stolenTicks - before.stolenTicks;
  // The kernel corrects steal downwards at times (proc_stat(5) warns of such columns).
  return totalTicks > 0 && stolenTicks >= 0 && stolenTicks <= totalTicks
    ? { totalTicks, stolenTicks }
    : undefined;
}
