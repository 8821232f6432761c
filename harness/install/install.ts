/** Bringing in a runtime that is not there: the ways to it in order, each failure said, until one works. */

import type { InstallRecipe, SourceKind } from '../contracts/install.ts';
import { isExact } from '../naming/release.ts';
import type { Cached } from './cache.ts';
import { locateCached } from './locate.ts';
import { type InstallOptions, type Machine, machineOf } from './options.ts';
import { placeRuntime } from './place.ts';
import { newestRelease } from './release.ts';
import { oneLine, SourceUnavailable } from './sourceTrouble.ts';
import { versionsFor, type Way, waysTo } from './ways.ts';

/** Why a runtime could not be brought in. */
export interface NotInstalled {
  /** All attempts in one line. */
  reason: string;
  /** One line a source: what was tried, what went wrong. */
  attempts: string[];
}

export interface WhatToInstall {
  /** A version or its beginning; the recipe's default without it. */
  release?: string | undefined;
  /** Only from this source. */
  source?: SourceKind | undefined;
  /** Bring it in even if it is there. */
  force?: boolean | undefined;
}

/**
 * Returns the runtime's executable from the cache, or installs it there from the first source that works; without a release the
 * default version, or where that can't be had another known one. Never throws for a source's failure: the run goes on without
 * this runtime. Installs of several runtimes, or of one by several processes, may run at once.
 */
export async function ensureInstalled(
  runtime: string,
  recipe: InstallRecipe,
  options: InstallOptions,
  what: WhatToInstall = {},
): Promise<Cached | NotInstalled> {
  const machine = machineOf(options);
  const { release, source, force = false } = what;
  const attempts: string[] = [];
  const fail = (words: string, error: unknown) => {
    const attempt = `${words}: ${oneLine(error, machine.cacheDir)}`;
    attempts.push(attempt);
    machine.onProgress(`${runtime}: ${attempt}`);
  };
  const anew = force || source !== undefined;
  if (!anew) {
    const cached = await locateCached(runtime, recipe, release ?? recipe.defaultVersion, machine);
    if (cached) return cached;
  }
  const unavailable = new Set<SourceKind>();
  let versions: string[] = [];
  try {
    versions = await chooseVersions(runtime, recipe, what, machine);
  } catch (error) {
    fail(`release ${release}`, error);
  }
  for (const version of versions) {
    for (const way of waysTo(version, runtime, recipe, machine, source)) {
      if (unavailable.has(way.kind)) continue;
      try {
        return await go(runtime, way, machine, force || source !== undefined);
      } catch (error) {
        if (error instanceof SourceUnavailable) unavailable.add(way.kind);
        fail(way.words, error);
      }
    }
    // What is there already goes before a third choice from the network.
    const other =
      anew || release !== undefined ? undefined : await locateCached(runtime, recipe, undefined, machine);
    if (other) {
      machine.onProgress(
        `${runtime}: ${recipe.defaultVersion} can't be had now, ${other.version} stays in use`,
      );
      return other;
    }
  }
  if (attempts.length === 0) attempts.push(noWay(release, source, machine));
  return { reason: attempts.join('; '), attempts };
}

/** The versions to try in order: known or locked ones, else the newest that is announced. */
async function chooseVersions(
  runtime: string,
  recipe: InstallRecipe,
  { release, source }: WhatToInstall,
  machine: Machine,
): Promise<string[]> {
  const known = await versionsFor(runtime, recipe, release, machine);
  if (known.length > 0 || release === undefined) return known;
  const byName = source === 'cargo' && recipe.cargo && isExact(release);
  if (byName) return [release];
  return recipe.archives && (source === undefined || source === 'release' || source === 'cargo')
    ? [await newestRelease(recipe.archives, release, machine)]
    : [];
}

async function go(runtime: string, way: Way, machine: Machine, force: boolean): Promise<Cached> {
  const started = performance.now();
  machine.onProgress(`${runtime}: fetching ${way.words}`);
  const cached = await placeRuntime(runtime, way, machine, force);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  machine.onProgress(`${runtime}: installed ${way.words} in ${seconds} s`);
  return cached;
}

function noWay(release: string | undefined, source: SourceKind | undefined, machine: Machine): string {
  const { os, arch } = machine.platform;
  const what = release === undefined ? 'it' : `release ${release}`;
  return `wasimeter has no way to install ${what}${source === undefined ? '' : ` by --source ${source}`} on ${os} ${arch}`;
}
