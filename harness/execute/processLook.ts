/** Looks at a running process from outside: what it holds open, its threads, its memory. By /proc: on other systems there is nothing to see. */

import { readdirSync, readFileSync } from 'node:fs';
import type { ProcessLook } from '../contracts/world.ts';
import { realtimeNs } from './hostClock.ts';

/** A case that wants to be looked at waits for several of these. */
const EVERY_MS = 5;
/** A guest that runs for long is looked at no further: what is kept is bounded. */
const MOST_LOOKS = 10_000;

export interface ProcessWatch {
  /** Grows. */
  seen: readonly ProcessLook[];
  end(): readonly ProcessLook[];
}

/** Looks at a process again and again until it is ended. */
export function watchProcess(pid: number): ProcessWatch {
  const looks: ProcessLook[] = [];
  const timer = setInterval(() => {
    const look = lookAtProcess(pid);
    if (look) looks.push(look);
    if (looks.length >= MOST_LOOKS) clearInterval(timer);
  }, EVERY_MS);
  return {
    seen: looks,
    end: () => {
      clearInterval(timer);
      return looks;
    },
  };
}

/** Undefined where the process has ended or the system does not tell. */
export function lookAtProcess(pid: number): ProcessLook | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
    return {
      atRealtimeNs: String(realtimeNs()),
      descriptors: readdirSync(`/proc/${pid}/fd`).length,
      threads: field('Threads'),
      residentBytes: field('VmRSS') * 1024,
    };
  } catch {
    return undefined;
  }
}
