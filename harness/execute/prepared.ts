/** Artefacts that runners prepare of guests, kept by content hash under the cache folder. */

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Guest } from '../contracts/guest.ts';
import type { PrepareObservation } from '../contracts/observation.ts';
import type { Found, Runner } from '../contracts/runner.ts';
import { finish, MANIFEST, type Manifest, PASSING, readWhole, removeWhole, touch } from './preparedFolder.ts';
import { CompilerRefusal, prepareTools } from './prepareTools.ts';
import { processorKey } from './processor.ts';

/** Stands in the place of an artefact: what the compiler said. */
const REFUSAL = 'refused.txt';
/** Two that find the same damaged artefact may each take away what the other has just put there. */
const MOST_TRIES = 3;

export interface Prepared {
  artifact: string;
  /** How long it took to make, now or when it was; undefined where there is nothing to make. */
  made?: PrepareObservation;
}

/**
 * The artefact of a guest for a runner: the guest's own file where the runner prepares nothing. Throws what preparing throws; with
 * `keepsRefusal` a compiler's refusal is known from then on, for guests that are made to be refused.
 */
export async function prepareGuest(
  runner: Runner,
  found: Found,
  guest: Guest,
  cacheFolder: string,
  keepsRefusal = false,
): Promise<Prepared> {
  if (!runner.prepare) return { artifact: guest.file };
  const cache = resolve(cacheFolder);
  const name = `${runner.id}-${guest.id}`.replaceAll(/[^\w.-]/g, '_');
  const final = join(cache, `${name}-${await keyOf(runner, found, guest)}`);
  const prepared = async ({ artifact, durationNs }: Manifest, fresh: boolean): Promise<Prepared> => {
    if (artifact === REFUSAL) throw new CompilerRefusal(await readFile(join(final, artifact), 'utf8'));
    return {
      artifact: join(final, artifact),
      made: { kind: 'prepare', runner: runner.id, guest: guest.id, durationNs, fresh },
    };
  };
  const known = await readWhole(final);
  if (known) {
    await touch(final);
    return await prepared(known, false);
  }
  await mkdir(cache, { recursive: true });
  const making = await mkdtemp(join(cache, PASSING));
  try {
    const inside = join(making, 'made');
    await mkdir(inside);
    const before = process.hrtime.bigint();
    const made = runner.prepare(guest, inside, found, prepareTools(making));
    const artifact = relative(inside, await (keepsRefusal ? made.catch(refusalIn(inside)) : made));
    const durationNs = Number(process.hrtime.bigint() - before);
    await finish(inside, { artifact, durationNs });
    return await prepared(await put(inside, cache, final), true);
  } finally {
    await rm(making, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Keeps what a compiler said in the artefact's place; whatever else went wrong may be over by the next time. */
const refusalIn = (folder: string) => async (error: unknown) => {
  if (!(error instanceof CompilerRefusal)) throw error;
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
  await writeFile(join(folder, REFUSAL), error.message);
  return join(folder, REFUSAL);
};

/** Puts a finished folder into its place, unless somebody was quicker; what is damaged there gives way. */
async function put(folder: string, cache: string, final: string): Promise<Manifest> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    await rename(folder, final).catch(() => {});
    const made = await readWhole(final);
    if (made) return made;
    await removeWhole(cache, final);
  }
  throw new Error('what was prepared could not be put into the cache');
}

/**
 * Names everything that changes what is made. The executable's own size and time stand for builds that call themselves by the
 * same version; the processor for native code, which a runner's author need not think of.
 */
async function keyOf(runner: Runner, found: Found, guest: Guest): Promise<string> {
  const executable = await stat(found.executable).catch(() => undefined);
  const parts = [
    MANIFEST,
    runner.id,
    found.version,
    found.mode,
    executable ? `${executable.size} ${executable.mtimeMs}` : '',
    guest.hash,
    runner.prepareKey?.(found) ?? '',
    processorKey(),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}
