/** Waiting for something that no event tells of. */

import { setTimeout as wait } from 'node:timers/promises';

const LOOK_MS = 20;
const MOST_LOOKS = 10_000;

/** Waits until `holds` does, looking again and again; throws in the end. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (let looks = 0; !holds(); looks += 1) {
    if (looks > MOST_LOOKS) throw new Error(`still not so: ${what}`);
    await wait(LOOK_MS);
  }
}
