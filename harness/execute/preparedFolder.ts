/** One folder of the cache of prepared artefacts: its manifest, whether it is still what was made, when it was last used. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** Written last: a folder without it was never finished. Its modification time is when the artefact was last used. */
export const MANIFEST = '.prepared.json';

/** Folders that somebody makes, or removes, right now; what a killed process leaves behind is one of them. */
export const PASSING = '.making-';

export interface Manifest {
  /** Where in the folder the artefact lies; empty for the folder itself. */
  artifact: string;
  /** How long it took to make. */
  durationNs: number;
  bytes: number;
  /** SHA-256 over the names and contents of all files. */
  content: string;
}

/** Says that the folder is whole. */
export async function finish(folder: string, made: Pick<Manifest, 'artifact' | 'durationNs'>): Promise<void> {
  const manifest: Manifest = { ...made, ...(await measureFolder(folder)) };
  await writeFile(join(folder, MANIFEST), JSON.stringify(manifest));
}

/** The manifest of a folder that holds what was made, untouched since; undefined for any other. */
export async function readWhole(folder: string): Promise<Manifest | undefined> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return undefined;
  const now = await measureFolder(folder).catch(() => undefined);
  return now?.content === manifest.content ? manifest : undefined;
}

/** What a folder's manifest says, whether true or not; undefined where there is none that can be read. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    const said = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as Partial<Manifest> | null;
    const { artifact, durationNs, bytes, content } = said ?? {};
    if (typeof artifact !== 'string' || typeof content !== 'string') return undefined;
    if (!isCount(durationNs) || !isCount(bytes)) return undefined;
    // The cache's files are no more trusted than any: an artefact outside its folder is none.
    if (relative(folder, join(folder, artifact)).split(sep)[0] === '..') return undefined;
    return { artifact, durationNs, bytes, content };
  } catch {
    return undefined;
  }
}

const isCount = (value: unknown): value is number => typeof value === 'number' && value >= 0;

/** Notes that a folder is in use. */
export async function touch(folder: string): Promise<void> {
  const now = new Date();
  // Where the cache can't be written to, it isn't pruned either.
  await utimes(join(folder, MANIFEST), now, now).catch(() => {});
}

/** When a folder was last used, or last written to where it was never finished, in milliseconds of the epoch. */
export async function lastUsedMs(folder: string): Promise<number> {
  const at = await lstat(join(folder, MANIFEST)).catch(() => lstat(folder));
  return at.mtimeMs;
}

/** Removes a folder so that nobody ever sees half of it; nothing where it has gone already. */
export async function removeWhole(cache: string, folder: string): Promise<void> {
  const away = await mkdtemp(join(cache, PASSING));
  try {
    await rename(folder, join(away, 'gone'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  } finally {
    await rm(away, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Size and hash of everything in a folder but its manifest. */
export async function measureFolder(folder: string): Promise<Pick<Manifest, 'bytes' | 'content'>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => file !== MANIFEST)
    .toSorted();
  const all = createHash('sha256');
  let bytes = 0;
  for (const file of files) {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(join(folder, file))) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    all.update(`${JSON.stringify(file)} ${hash.digest('hex')}\n`);
  }
  return { bytes, content: `sha256:${all.digest('hex')}` };
}
