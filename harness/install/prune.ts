/** Which cached runtimes nobody asks for any more, and their removal. */

import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Runner } from '../contracts/runner.ts';
import { satisfies } from '../naming/release.ts';
import { cachedVersions, measureFolder, runtimesFolder } from './cache.ts';
import { readManifest } from './manifest.ts';
import { type InstallOptions, machineOf } from './options.ts';
import { abandoned, SCRATCH } from './place.ts';
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

/** What a user's configuration keeps, and for how long what nobody asks for stays. */
export interface Keep {
  /** Known runtimes; folders of no other are touched. */
  runtimes: readonly Runner[];
  /** The runners that the configuration asks for. */
  asked: readonly Runner[];
  keepDays: number;
  /** Nothing of ours is kept but installs that may be under way. */
  all: boolean;
}

/**
 * What of the cache would go: all versions but the runtimes' defaults, those that the configuration asks for, the locked ones and
 * those used within `keepDays`, and what killed installs left. What is not wasimeter's is told and stays in any case.
 */
export async function planPrune(keep: Keep, options: InstallOptions): Promise<PruneItem[]> {
  const { cacheDir, lockFile } = machineOf(options);
  const reasons = await reasonsToKeep(keep, cacheDir, lockFile);
  const leftovers = await abandoned(cacheDir);
  const items: PruneItem[] = [];
  const root = runtimesFolder(cacheDir);
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    const folder = path.join(root, name);
    const isScratch = SCRATCH.test(name);
    if (!isScratch && !(await isOurs(folder, keep.runtimes))) {
      items.push({ name, bytes: 0, remove: false, why: "not wasimeter's" });
      continue;
    }
    const { bytes, usedAtMs } = await measureFolder(folder);
    const young = Date.now() - usedAtMs < keep.keepDays * DAY_MS;
    const item = (remove: boolean, why: string) => items.push({ name, bytes, remove, why });
    const reason = reasons.get(name);
    if (leftovers.includes(name)) item(true, 'left by an install that was ended');
    else if (isScratch) item(false, 'an install may be under way');
    else if (keep.all) item(true, '--all');
    else if (reason !== undefined) item(false, reason);
    else if (young) item(false, `used within ${keep.keepDays} days`);
    else item(true, 'nobody asks for it');
  }
  return items;
}

/** Why a folder stays, by its name. */
async function reasonsToKeep(
  { runtimes, asked }: Keep,
  cacheDir: string,
  lockFile: string | undefined,
): Promise<Map<string, string>> {
  const reasons = new Map<string, string>();
  const lock = await readReleaseLock(lockFile);
  for (const [runtime, versions] of Object.entries(lock.runtimes))
    for (const version of Object.keys(versions))
      reasons.set(`${runtime}-${version}`, 'locked in wasimeter.lock.json');
  for (const { runtime, release, executable } of asked.map(soughtFor)) {
    if (executable !== undefined) continue;
    const cached = await cachedVersions(cacheDir, runtime);
    const taken = cached.find((version) => satisfies(version, release));
    if (taken !== undefined) reasons.set(`${runtime}-${taken}`, 'the configuration asks for it');
  }
  for (const { runtime, recipe } of runtimes.map(soughtFor))
    if (recipe) reasons.set(`${runtime}-${recipe.defaultVersion}`, 'a default version');
  return reasons;
}

/** Whether a folder is `<known runtime>-<version>` and its manifest says so: the cache may lie in a folder that holds others'. */
async function isOurs(folder: string, runtimes: readonly Runner[]): Promise<boolean> {
  const manifest = await readManifest(folder);
  return runtimes
    .map(soughtFor)
    .some(({ runtime, recipe }) => recipe && path.basename(folder) === `${runtime}-${manifest?.version}`);
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
