/** Bounds the cache of prepared artefacts: what was not used for longest goes first, what may be in use stays. */

import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { lastUsedMs, measureFolder, PASSING, readManifest, removeWhole } from './preparedFolder.ts';

/** How much prepared artefacts may take, in bytes. */
export const MOST_PREPARED_BYTES = 1024 ** 3;

const HOUR_MS = 3_600_000;
/** No run goes on for this long after its guests were prepared: what was used since may be in use still. */
const IN_USE_MS = 6 * HOUR_MS;
/** Preparing is ended after ten minutes at most: a folder that is still in the making after this was left behind. */
const LEFT_BEHIND_MS = HOUR_MS;

/** Names of the cache's own folders: in a folder that was named by mistake nothing else is touched. */
const OURS = /^\.making-|-[0-9a-f]{24}$/;

export interface PruneOptions {
  /** `MOST_PREPARED_BYTES` unless given. */
  maxBytes?: number;
  /** Whatever was not used for as many days goes, however much room there is. */
  keepDays?: number;
  /** Only tells what would go. */
  dryRun?: boolean;
  nowMs?: number;
}

export interface PrunedArtifact {
  /** The folder's name under the cache folder. */
  name: string;
  bytes: number;
  reason: 'left behind' | 'not used for long' | 'over the limit';
}

interface Entry {
  name: string;
  bytes: number;
  usedMs: number;
  /** In the making, or left so. */
  passing: boolean;
}

/**
 * Removes what a killed process left half made, what was not used for `keepDays`, and then the least recently used until the
 * rest fits into `maxBytes`; returns what went, in this order. Whatever was used within the last six hours stays.
 */
export async function prunePrepared(
  cacheFolder: string,
  {
    maxBytes = MOST_PREPARED_BYTES,
    keepDays = Infinity,
    dryRun = false,
    nowMs = Date.now(),
  }: PruneOptions = {},
): Promise<PrunedArtifact[]> {
  const cache = resolve(cacheFolder);
  const entries = await listEntries(cache);
  let bytes = entries.reduce((sum, one) => sum + one.bytes, 0);
  const pruned: PrunedArtifact[] = [];
  for (const one of entries) {
    const reason = reasonOf(one, nowMs - one.usedMs, keepDays * 24 * HOUR_MS, bytes > maxBytes);
    if (reason === undefined) continue;
    bytes -= one.bytes;
    pruned.push({ name: one.name, bytes: one.bytes, reason });
    if (dryRun) continue;
    const folder = join(cache, one.name);
    if (one.passing) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    else await removeWhole(cache, folder);
  }
  return pruned;
}

function reasonOf(
  one: Entry,
  ageMs: number,
  keepMs: number,
  full: boolean,
): PrunedArtifact['reason'] | undefined {
  if (one.passing) return ageMs > LEFT_BEHIND_MS ? 'left behind' : undefined;
  if (ageMs <= IN_USE_MS) return undefined;
  if (ageMs > keepMs) return 'not used for long';
  return full ? 'over the limit' : undefined;
}

/** What lies in the cache: unfinished folders first, then the least recently used. */
async function listEntries(cache: string): Promise<Entry[]> {
  const found = await readdir(cache, { withFileTypes: true }).catch(() => []);
  const entries: Entry[] = [];
  for (const entry of found.filter((one) => one.isDirectory() && OURS.test(one.name))) {
    // One that is gone by now was removed by somebody else.
    const read = await readEntry(cache, entry.name).catch(() => undefined);
    if (read) entries.push(read);
  }
  return entries.toSorted((a, b) => Number(b.passing) - Number(a.passing) || a.usedMs - b.usedMs);
}

async function readEntry(cache: string, name: string): Promise<Entry> {
  const folder = join(cache, name);
  const passing = name.startsWith(PASSING);
  // One without a manifest was made by an older wasimeter, which may still use it: it grows old as the others do.
  const manifest = passing ? undefined : await readManifest(folder);
  const bytes = manifest?.bytes ?? (await measureFolder(folder)).bytes;
  return { name, bytes, usedMs: await lastUsedMs(folder), passing };
}
