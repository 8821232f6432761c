/** Which cached runtimes nobody asks for any more, and their removal. */

import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Runner } from '../contracts/runner.ts';
import { measureFolder, runtimesFolder } from './cache.ts';
import { type InstallOptions, machineOf } from './options.ts';
import { abandoned } from './place.ts';
import { readReleaseLock } from './releaseLock.ts';
import { soughtFor } from './roster.ts';

export interface PruneItem {
  /** The folder's name in the cache. */
  name: string;
  bytes: number;
  /** Why it goes or stays. */
  why: string;
  remove: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * What of the cache would go: all versions but the runners' defaults, the locked ones and those installed within `keepDays`, and
 * what killed installs left; with `all` everything but installs that may be under way.
 */
export async function planPrune(
  runners: readonly Runner[],
  options: InstallOptions,
  { all, keepDays }: { all: boolean; keepDays: number },
): Promise<PruneItem[]> {
  const { cacheDir, lockFile } = machineOf(options);
  const lock = await readReleaseLock(lockFile);
  const defaults = runners
    .map(soughtFor)
    .flatMap(({ runtime, recipe }) => (recipe ? [`${runtime}-${recipe.defaultVersion}`] : []));
  const locked = Object.entries(lock.runtimes).flatMap(([runtime, versions]) =>
    Object.keys(versions).map((version) => `${runtime}-${version}`),
  );
  const leftovers = await abandoned(cacheDir);
  const items: PruneItem[] = [];
  const root = runtimesFolder(cacheDir);
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    const { bytes, madeAtMs } = await measureFolder(path.join(root, name));
    const young = Date.now() - madeAtMs < keepDays * DAY_MS;
    const item = (remove: boolean, why: string) => items.push({ name, bytes, remove, why });
    if (leftovers.includes(name)) item(true, 'left by an install that was ended');
    else if (name.startsWith('.')) item(false, 'an install may be under way');
    else if (all) item(true, '--all');
    else if (defaults.includes(name)) item(false, 'a default version');
    else if (locked.includes(name)) item(false, 'locked in wasimeter.lock.json');
    else if (young) item(false, `installed within ${keepDays} days`);
    else item(true, 'neither default nor locked');
  }
  return items;
}

/** Removes one item. It is moved aside first, so that no run finds half of it. */
export async function removeItem({ name }: PruneItem, options: InstallOptions): Promise<void> {
  const root = runtimesFolder(machineOf(options).cacheDir);
  const aside = await mkdtemp(path.join(root, '.removed-'));
  await rename(path.join(root, name), path.join(aside, 'folder')).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rm(aside, { recursive: true, force: true });
}
