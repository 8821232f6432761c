/** Watches how much memory a process holds at most, by what the kernel says of it while it runs. */

import { readFileSync } from 'node:fs';

/**
 * What wait4 tells of a child that ended (`ru_maxrss`) holds what its parent had when it forked: 50 MB of Node's for /bin/true. VmHWM is the
 * process's own since it was executed, but is gone with it: the last reading before its end is at most this much old.
 */
const EVERY_MS = 1;

export interface PeakWatch {
  /** The most that was seen; undefined where nothing was. */
  end(): number | undefined;
}

/** Watches until it is ended. It wakes up each millisecond: no process is timed meanwhile. */
export function watchPeak(pid: number): PeakWatch {
  let peakBytes: number | undefined;
  const look = () => {
    peakBytes = peakOf(pid) ?? peakBytes;
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    end: () => {
      clearInterval(timer);
      return peakBytes;
    },
  };
}

function peakOf(pid: number): number | undefined {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return undefined;
  }
}
