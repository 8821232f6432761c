/** Putting a runtime into the cache: unpacked beside, checked, then renamed into its place, whole or not at all. */

import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Cached, cacheFolder, readCached, runtimesFolder } from './cache.ts';
import { lastWords, runChild } from './children.ts';
import { readManifest, startIn, writeManifest } from './manifest.ts';
import type { Machine } from './options.ts';
import type { Way } from './ways.ts';

const ABANDONED_AFTER_MS = 2 * 60 * 60 * 1000;
/** Names of folders that installing and pruning make; others' are never touched. */
export const SCRATCH = /^\.(?:[A-Za-z][\w.-]*-\d[\w.+-]*\.|removed-)[A-Za-z0-9]{6}$/;
const underWay = new Map<string, Promise<Cached>>();

/**
 * Brings the runtime into the cache by one way. Several processes may do so at once; within one process the same version is
 * brought once. With `force` what is there is replaced even if it is unharmed. Throws when the way fails.
 */
export function placeRuntime(runtime: string, way: Way, machine: Machine, force: boolean): Promise<Cached> {
  const key = `${cacheFolder(machine.cacheDir, runtime, way.version)} ${way.words}`;
  const begun = underWay.get(key);
  if (begun) return begun;
  const placing = machine
    .apart(() => place(runtime, way, machine, force))
    .finally(() => underWay.delete(key));
  underWay.set(key, placing);
  return placing;
}

async function place(runtime: string, way: Way, machine: Machine, force: boolean): Promise<Cached> {
  const folder = cacheFolder(machine.cacheDir, runtime, way.version);
  const runtimes = path.dirname(folder);
  await mkdir(runtimes, { recursive: true });
  for (const name of await abandoned(machine.cacheDir))
    await rm(path.join(runtimes, name), { recursive: true, force: true });
  // Beside the final place, so that the rename stays within one filesystem.
  const scratch = await mkdtemp(path.join(runtimes, `.${path.basename(folder)}.`));
  try {
    const tree = path.join(scratch, 'tree');
    await mkdir(tree);
    const brought = await way.bring(tree, scratch, machine);
    await checkVersion(path.join(tree, way.started), way.version, machine);
    await writeManifest(tree, way.version, way.words, brought);
    if (force) await rename(folder, path.join(scratch, 'replaced')).catch(() => {});
    return await publish(tree, scratch, runtime, way, machine);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function checkVersion(executable: string, version: string, machine: Machine): Promise<void> {
  const answer = await runChild(executable, ['--version'], { env: machine.env, timeoutMs: 20_000 });
  const words = answer.split(/[^\w.+-]+/);
  if (!words.includes(version)) {
    throw new Error(`its --version says "${lastWords(answer.split('\n')[0] ?? '')}", expected ${version}`);
  }
}

/** Renames the finished tree into its place, unless another install was quicker and its tree is unharmed. */
async function publish(
  tree: string,
  scratch: string,
  runtime: string,
  { version, started, words }: Way,
  machine: Machine,
): Promise<Cached> {
  const folder = cacheFolder(machine.cacheDir, runtime, version);
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      await rename(tree, folder);
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
        throw error;
      const other = await readCached(machine.cacheDir, runtime, version, started);
      if (other && 'path' in other) return other;
      // Harmed: moved out of the way in one step, so that no other process sees half of it.
      await rename(folder, path.join(scratch, `refused-${attempt}`)).catch(() => {});
      continue;
    }
    const manifest = await readManifest(folder);
    const start = manifest && startIn(folder, manifest);
    const source = `cache (${words})`;
    return { path: path.join(folder, started), source, version, ...(start ? { start } : {}) };
  }
  throw new Error(`${path.basename(folder)} could not be put into the cache`);
}

/** Names of what installs that were killed left behind in the cache; running ones are younger. */
export async function abandoned(cacheDir: string): Promise<string[]> {
  const runtimes = runtimesFolder(cacheDir);
  const names = (await readdir(runtimes).catch(() => [])).filter((name) => SCRATCH.test(name));
  const ages = await Promise.all(
    names.map((name) =>
      stat(path.join(runtimes, name)).then(
        (found) => Date.now() - found.mtimeMs,
        () => 0,
      ),
    ),
  );
  return names.filter((_, at) => (ages[at] ?? 0) > ABANDONED_AFTER_MS);
}
