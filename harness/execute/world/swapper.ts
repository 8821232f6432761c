/** The thread of a race: exchanges two names by renaming, over and over, until it is told to end. */

import { renameSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

export interface Swapping {
  a: string;
  b: string;
  /** A name that is free. */
  spare: string;
  /** First whether to end, then how often they were exchanged. */
  shared: Int32Array;
  mostMs: number;
}

const { a, b, spare, shared, mostMs } = workerData as Swapping;

/** Whatever the guest did to the names meanwhile is its own affair. */
function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {}
}

function swap(): void {
  rename(a, spare);
  rename(b, a);
  rename(spare, b);
}

/** Holds still for up to this long between exchanges: a guest that looks first and goes then needs as long for it, more or less. */
const MOST_STILL_MS = 0.06;

function holdStill(count: number): void {
  const until = performance.now() + ((count * 7) % 13) * (MOST_STILL_MS / 12);
  while (performance.now() < until);
}

const end = performance.now() + mostMs;
parentPort?.postMessage('begun');
for (let count = 0; ; count += 2) {
  Atomics.store(shared, 1, count);
  if (Atomics.load(shared, 0) === 1 || performance.now() > end) break;
  // Twice, so that both are in their places at the end.
  swap();
  holdStill(count);
  swap();
  holdStill(count + 5);
}
