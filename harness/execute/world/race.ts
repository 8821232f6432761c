/** Runs a case's race: a thread of its own exchanges two names as fast as it can while the guest runs. */

import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Race } from '../../contracts/world.ts';
import type { Swapping } from './swapper.ts';

export interface RunningRace {
  /** Ends the thread, both names as they were, and tells how often they were exchanged; the same each time it is asked. */
  end(): Promise<number>;
}

/** `.ts` in the checkout, `.js` in the built package. */
const SWAPPER = new URL(import.meta.url.replace(/race(\.\w+)$/, 'swapper$1'));

/** Starts exchanging and returns when it goes on; it ends by itself after `mostMs` and a second. */
export async function startRace(
  { swap: [a, b] }: Race,
  folder: string,
  mostMs: number,
): Promise<RunningRace> {
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const swapping: Swapping = {
    ...{ a: join(folder, a), b: join(folder, b), spare: join(folder, `${a}.spare`) },
    ...{ shared, mostMs: mostMs + 1000 },
  };
  const thread = new Worker(SWAPPER, {
    workerData: swapping,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const gone = once(thread, 'exit');
  await once(thread, 'message');
  return {
    end: async () => {
      Atomics.store(shared, 0, 1);
      await gone;
      return Atomics.load(shared, 1);
    },
  };
}
