/** Artefacts that runners prepare of guests, kept by content hash under the cache folder. */

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Guest } from '../contracts/guest.ts';
import type { PrepareObservation } from '../contracts/observation.ts';
import type { Found, Runner } from '../contracts/runner.ts';

/** Written last: holds the artefact's path inside its folder, and says that the folder is whole. */
const MANIFEST = '.artifact-path';

export interface Prepared {
  artifact: string;
  /** Set when it was made now rather than found. */
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
  const known = await artifactIn(final);
  if (known !== undefined) return { artifact: known };
  await mkdir(cache, { recursive: true });
  const making = await mkdtemp(join(cache, '.making-'));
  try {
    const before = process.hrtime.bigint();
    const artifact = await runner.prepare(guest, making, found);
    const durationNs = Number(process.hrtime.bigint() - before);
    await writeFile(join(making, MANIFEST), relative(making, artifact));
    // Another wasimeter may have made the same meanwhile: whichever comes first stays, both are alike.
    await rename(making, final).catch(() => {});
    return {
      artifact: (await artifactIn(final)) ?? join(final, relative(making, artifact)),
      made: { kind: 'prepare', runner: runner.id, guest: guest.id, durationNs },
    };
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** Where the artefact lies in a folder that was prepared whole; undefined where there is none. */
async function artifactIn(folder: string): Promise<string | undefined> {
  const inside = await readFile(join(folder, MANIFEST), 'utf8').catch(() => undefined);
  return inside === undefined ? undefined : join(folder, inside);
}
