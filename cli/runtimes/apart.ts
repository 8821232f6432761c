/** Work that would disturb figures, done under the measuring lock: nothing of ours is measured beside it. */

import { takeLock } from '../../harness/execute/lock.ts';
import { shown } from '../terminal.ts';

let held: Promise<() => void> | undefined;
let workers = 0;

/** Does `work` while nobody measures, waiting for that if need be. Several at once share the lock within this process. */
export async function apart<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  const say = (holder: string) =>
    console.error(`wasimeter: waiting for ${shown(holder)}, which is measuring`);
  held ??= takeLock(say, signal);
  workers += 1;
  try {
    await held;
    return await work();
  } finally {
    workers -= 1;
    if (workers === 0) {
      const free = held;
      held = undefined;
      (await free)?.();
    }
  }
}
