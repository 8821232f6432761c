/** Artefacts that runners prepare of guests, kept by content hash under the cache folder. */

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Guest } from '../contracts/guest.ts';
import type { PrepareObservation } from '../contracts/observation.ts';
import type { Found, Runner } from '../contracts/runner.ts';

/** Written last: says that the folder is whole, where in it the artefact lies, and how long it took to make. */
const MANIFEST = '.artifact.json';

export interface Prepared {
  artifact: string;
  /** How long it took to make, now or when it was; undefined where there is nothing to make. */
  made?: PrepareObservation;
}

/** The artefact of a guest for a runner: the guest's own file where the runner prepares nothing. */
export async function prepareGuest(
  runner: Runner,
  found: Found,
  guest: Guest,
  cacheFolder: string,
): Promise<Prepared> {
  if (!runner.prepare) return { artifact: guest.file };
  const key = createHash('sha256')
    .update(
      JSON.stringify([
        MANIFEST,
        runner.id,
        found.version,
        found.mode,
        guest.hash,
        runner.prepareKey?.(found) ?? '',
      ]),
    )
    .digest('hex')
    .slice(0, 24);
  const cache = resolve(cacheFolder);
  const final = join(cache, `${runner.id.replaceAll(/[^\w.-]/g, '_')}-${guest.id}-${key}`);
  const known = await readPrepared(final, runner, guest);
  if (known !== undefined) return known;
  await mkdir(cache, { recursive: true });
  const making = await mkdtemp(join(cache, '.making-'));
  try {
    const before = process.hrtime.bigint();
    const artifact = relative(making, await runner.prepare(guest, making, found));
    const durationNs = Number(process.hrtime.bigint() - before);
    await writeFile(join(making, MANIFEST), JSON.stringify({ artifact, durationNs }));
    // Another wasimeter may have made the same meanwhile: whichever comes first stays, both are alike.
    await rename(making, final).catch(() => {});
    const made = await readPrepared(final, runner, guest);
    if (made === undefined) throw new Error('what was prepared could not be put into the cache');
    return made;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** What stands in a folder that was prepared whole; undefined where there is none. */
async function readPrepared(folder: string, runner: Runner, guest: Guest): Promise<Prepared | undefined> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { artifact, durationNs } = JSON.parse(text) as { artifact: string; durationNs: number };
  return {
    artifact: join(folder, artifact),
    made: { kind: 'prepare', runner: runner.id, guest: guest.id, durationNs },
  };
}
