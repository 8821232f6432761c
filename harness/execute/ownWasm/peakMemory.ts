/** Watches how much memory a process holds at most, by what the kernel says of it while it runs. */

import { readFileSync } from 'node:fs';
import { bytesIn } from '../procFiles.ts';

/**
 * What wait4 tells of a child that ended (`ru_maxrss`) holds what its parent had when it forked: 50 MB of Node's for /bin/true. VmHWM is the
 * process's own since it was executed, but is gone with it: it is read again and again, and the last reading counts. At first without a
 * pause, as a runtime may be done within some milliseconds and grows until its end.
 */
const RESTLESS_MS = 100;
const EVERY_MS = 1;

export interface PeakWatch {
  /** The most that was seen; undefined where nothing was. */
  end(): number | undefined;
}

/** Watches until it is ended. It takes a CPU of its own: no process is timed meanwhile. */
export function watchPeak(pid: number): PeakWatch {
  let peakBytes: number | undefined;
  let isEnded = false;
  const begin = performance.now();
  const look = () => {
    if (isEnded) return;
    peakBytes = peakOf(pid) ?? peakBytes;
    if (performance.now() - begin < RESTLESS_MS) setImmediate(look);
    else setTimeout(look, EVERY_MS);
  };
  look();
  return {
    end: () => {
      isEnded = true;
      return peakBytes;
    },
  };
}

function peakOf(pid: number): number | undefined {
  try {
    return bytesIn(readFileSync(`/proc/${pid}/status`, 'utf8'), 'VmHWM');
  } catch {
    return undefined;
  }
}
