/** The cache's folders: their manifests, and the check that what is about to be started is what was installed. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Located } from '../contracts/install.ts';
import { regularFiles } from './files.ts';
import { newestFirst } from './versions.ts';

interface Manifest {
  version: string;
  source: string;
  /** SHA-256 by path inside the folder: the file that is started, and everything that pinned packages brought. */
  files: Record<string, string>;
}

/** A runtime in the cache whose files are those that were installed. */
export interface Cached extends Located {
  version: string;
}

const MANIFEST = 'manifest.json';

/** The folder of all cached runtimes. */
export const runtimesFolder = (cacheDir: string): string => path.join(cacheDir, 'runtimes');

/** The folder that holds, or will hold, this version of a runtime. */
export function cacheFolder(cacheDir: string, runtime: string, version: string): string {
  return path.join(runtimesFolder(cacheDir), `${runtime}-${version}`);
}

/** The versions of a runtime that have a folder in the cache, harmed or not, newest first. */
export async function cachedVersions(cacheDir: string, runtime: string): Promise<string[]> {
  const names = await readdir(runtimesFolder(cacheDir)).catch(() => []);
  return names
    .filter((name) => name.startsWith(`${runtime}-`) && /^\d/.test(name.slice(runtime.length + 1)))
    .map((name) => name.slice(runtime.length + 1))
    .sort(newestFirst);
}

/** When a cache folder was made, in milliseconds of the epoch, and the bytes of all it holds. */
export async function measureFolder(folder: string): Promise<{ madeAtMs: number; bytes: number }> {
  let bytes = 0;
  for (const file of await regularFiles(folder)) bytes += (await stat(path.join(folder, file))).size;
  const made = await stat(path.join(folder, MANIFEST)).catch(() => stat(folder));
  return { madeAtMs: made.mtimeMs, bytes };
}

/** Writes the manifest of an unpacked tree; `files` are paths inside it. */
export async function writeManifest(
  folder: string,
  version: string,
  source: string,
  files: string[],
): Promise<void> {
  const hashes: Record<string, string> = {};
  for (const file of files) hashes[file] = await hashFile(path.join(folder, file));
  const manifest: Manifest = { version, source, files: hashes };
  await writeFile(path.join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Reads one cache folder: found and unharmed, refused with the reason, or undefined when there is none. */
export async function readCached(
  cacheDir: string,
  runtime: string,
  version: string,
  started: string,
): Promise<Cached | { refused: string } | undefined> {
  const folder = cacheFolder(cacheDir, runtime, version);
  if (!(await exists(folder))) return undefined;
  const manifest = await readManifest(folder);
  if (manifest?.version !== version || !Object.hasOwn(manifest.files, started)) {
    return { refused: `${path.basename(folder)} has no usable manifest` };
  }
  for (const [file, hash] of Object.entries(manifest.files)) {
    const actual = await hashFile(path.join(folder, file)).catch(() => 'missing');
    if (actual !== hash) return { refused: `${path.basename(folder)}/${file} is not what was installed` };
  }
  if (!(await isExecutable(path.join(folder, started)))) {
    return { refused: `${path.basename(folder)}/${started} is not executable` };
  }
  return { path: path.join(folder, started), source: `cache (${manifest.source})`, version };
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    const manifest = JSON.parse(await readFile(path.join(folder, MANIFEST), 'utf8'));
    return typeof manifest?.files === 'object' && manifest.files !== null ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** SHA-256 of a file, in hex, read piece by piece: runtimes are up to a hundred megabytes. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

/** Whether `file` is a regular file that this process may execute. */
export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
