/** The cache's folders: their manifests, and the check that what is about to be started is what was installed. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { InstallSource, Located } from '../contracts/install.ts';

interface Manifest {
  version: string;
  source: string;
  /** SHA-256 by path inside the folder: the file that is started, and everything that pinned packages brought. */
  files: Record<string, string>;
}

const MANIFEST = 'manifest.json';

/** The folder that holds, or will hold, this runtime from this source. */
export function cacheFolder(cacheDir: string, id: string, source: InstallSource): string {
  return path.join(cacheDir, 'runtimes', `${id}-${source.runtimeVersion}`);
}

/** The file that is started, inside a cache folder: for Debian packages a script, named as the runtime. */
export function startedFile(source: InstallSource): string {
  return path.basename(source.executable);
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
  id: string,
  source: InstallSource,
): Promise<Located | { refused: string } | undefined> {
  const folder = cacheFolder(cacheDir, id, source);
  if (!(await exists(folder))) return undefined;
  const manifest = await readManifest(folder);
  const started = startedFile(source);
  if (manifest?.version !== source.runtimeVersion || manifest.files[started] === undefined) {
    return { refused: `${path.basename(folder)} has no usable manifest` };
  }
  for (const [file, hash] of Object.entries(manifest.files)) {
    const actual = await hashFile(path.join(folder, file)).catch(() => 'missing');
    if (actual !== hash) return { refused: `${path.basename(folder)}/${file} is not what was installed` };
  }
  if (!(await isExecutable(path.join(folder, started)))) {
    return { refused: `${path.basename(folder)}/${started} is not executable` };
  }
  return { path: path.join(folder, started), source: `cache (${manifest.source})` };
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
