/** Artefacts that runners prepare of guests, kept by content hash under the cache folder. */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Guest } from '../contracts/guest.ts';
import type { PrepareObservation } from '../contracts/observation.ts';
import type { Found, Runner } from '../contracts/runner.ts';

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
      JSON.stringify([runner.id, found.version, found.mode, guest.hash, runner.prepareKey?.(found) ?? '']),
    )
    .digest('hex')
    .slice(0, 24);
  const cache = resolve(cacheFolder);
  const final = join(cache, `${runner.id.replaceAll(/[^\w.-]/g, '_')}-${guest.id}-${key}`);
  const manifest = join(final, '.artifact');
  if (existsSync(manifest)) return { artifact: final };
  await mkdir(cache, { recursive: true });
  const making = await mkdtemp(join(cache, '.making-'));
  const before = process.hrtime.bigint();
  await runner.prepare(guest, making, found);
  const durationNs = Number(process.hrtime.bigint() - before);
  await writeFile(join(making, '.artifact'), `${guest.id} for ${runner.id} ${found.version}\n`);
  // Another wasimeter may have made the same meanwhile: whichever comes first stays, both are alike.
  await rename(making, final).catch(() => rm(making, { recursive: true, force: true }));
  return { artifact: final, made: { kind: 'prepare', runner: runner.id, guest: guest.id, durationNs } };
}
