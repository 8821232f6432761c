/** The cache's folders, and the check that what is about to be started is what was installed. */

import { access, constants, readdir, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Located } from '../contracts/install.ts';
import { newestFirst } from '../naming/release.ts';
import { regularFiles } from './files.ts';
import { difference, manifestFile, readManifest, startIn } from './manifest.ts';

/** A runtime in the cache whose files are those that were installed. */
export interface Cached extends Located {
  version: string;
}

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

/** When a cache folder was last used or made, in milliseconds of the epoch, and the bytes of all it holds. */
export async function measureFolder(folder: string): Promise<{ usedAtMs: number; bytes: number }> {
  let bytes = 0;
  for (const file of await regularFiles(folder)) bytes += (await stat(path.join(folder, file))).size;
  const used = await stat(manifestFile(folder)).catch(() => stat(folder));
  return { usedAtMs: used.mtimeMs, bytes };
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
  const name = path.basename(folder);
  const manifest = await readManifest(folder);
  if (manifest?.version !== version || !Object.hasOwn({ ...manifest.files, ...manifest.links }, started))
    return { refused: `${name} has no usable manifest` };
  const harm = await difference(folder, manifest).catch((error) => `${error.code ?? error.message}`);
  if (harm !== undefined) return { refused: `${name}/${harm}` };
  const file = path.join(folder, started);
  if (!(await isExecutable(file))) return { refused: `${name}/${started} is not executable` };
  const start = startIn(folder, manifest);
  return { path: file, source: `cache (${manifest.source})`, version, ...(start ? { start } : {}) };
}

/** Notes that a cached runtime is used: those that nobody uses are pruned. */
export async function markUsed(cacheDir: string, runtime: string, version: string): Promise<void> {
  const now = new Date();
  // A cache that is read only is no reason not to measure.
  await utimes(manifestFile(cacheFolder(cacheDir, runtime, version)), now, now).catch(() => {});
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
