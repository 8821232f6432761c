/** Finds out which of the chosen runners are there, bringing in those that are not where that is asked for. */

import { stat } from 'node:fs/promises';
import { UserError } from '../contracts/failure.ts';
import type { RosterEntry } from '../contracts/plan.ts';
import type { DetectTools, Found, Missing, Runner } from '../contracts/runner.ts';
import { isVersion, satisfies } from '../naming/release.ts';
import { type Cached, cachedVersions, markUsed } from './cache.ts';
import { askExecutable } from './children.ts';
import { hashFile } from './hashFile.ts';
import { ensureInstalled } from './install.ts';
import { choiceOf, locateExecutable, type Sought, variableFor } from './locate.ts';
import { type InstallOptions, machineOf } from './options.ts';
import { versionsFor, waysTo } from './ways.ts';

const MOST_BYTES = 2 ** 31;

type RosterOptions = InstallOptions & {
  install: boolean;
  /** Whether what is found will be used: a cached runtime that is not grows old. */
  use?: boolean;
};
type Asking = RosterOptions & { refused: string[] };

/** The roster of runners in the order given; a runtime that can't be had is an entry with its reason. */
export function makeRoster(runners: readonly Runner[], options: RosterOptions): Promise<RosterEntry[]> {
  const looked: InstallOptions['looked'] = new Map();
  const hashes = new Map<string, Promise<string | undefined>>();
  return Promise.all(
    runners.map(async (runner) => {
      const asking = sayOnce({ ...options, looked });
      const entry = await enter(runner, asking);
      const note = asking.refused.join('; ');
      if (!entry.found) return entry;
      const sha256 = await hashOf(entry.found, hashes);
      return {
        ...entry,
        found: { ...entry.found, ...(sha256 === undefined ? {} : { sha256 }) },
        ...(note === '' ? {} : { note }),
      };
    }),
  );
}

async function enter(runner: Runner, options: Asking): Promise<RosterEntry> {
  const sought = soughtFor(runner);
  const { runtime, release, recipe } = sought;
  const looked = await look(runner, sought, options);
  // Measuring another executable than the one the user named, or none, would go unnoticed.
  const named = choiceOf(sought, machineOf(options).env);
  if (named && 'reason' in looked.result) {
    const { reason } = looked.result;
    throw new UserError(reason.startsWith(named) ? reason : `${named}: ${reason}`);
  }
  const isOther = looked.cached && release === undefined && looked.cached.version !== recipe?.defaultVersion;
  if ('version' in looked.result && !(isOther && options.install)) return { runner, found: looked.result };
  const missing = async (...reasons: string[]): Promise<RosterEntry> => {
    // A runner that asks for no executable says itself what it lacks.
    const get = recipe || looked.asked ? [await howToGet(runner, options)] : [];
    return { runner, missing: [...options.refused, ...reasons, ...get].join('; ') };
  };
  if (!recipe || !options.install) return missing((looked.result as Missing).reason);
  const installed = await ensureInstalled(runtime, recipe, options, { release });
  if ('reason' in installed)
    return 'version' in looked.result
      ? { runner, found: looked.result }
      : { runner, missing: [...options.refused, installed.reason, recipe.hint].join('; ') };
  const { result } = await look(runner, sought, { ...options, looked: new Map() });
  return 'version' in result ? { runner, found: result } : missing(result.reason);
}

/** What a runner asks to be found. */
export function soughtFor({ id, runtime = id, release, executable, install }: Runner): Sought {
  return { id, runtime, release, executable, recipe: install };
}

/** The command that brings a runner's runtime in, or where none can, what else its user may do. */
export async function howToGet(runner: Runner, options: InstallOptions): Promise<string> {
  const { runtime, release, recipe } = soughtFor(runner);
  if (release !== undefined && !isVersion(release))
    return `'${release}' is no version: name its executable in bench.config, { id: '${runner.id}', path: '…' }`;
  if (!recipe)
    return `set ${variableFor(release === undefined ? runtime : `${runtime}@${release}`)} to its executable`;
  const machine = machineOf(options);
  const versions = await versionsFor(runtime, recipe, release, machine).catch(() => []);
  // Any version at all may be asked of the project's archives.
  const candidates = versions.length > 0 ? versions : release === undefined ? [] : [release];
  if (!candidates.some((version) => waysTo(version, runtime, recipe, machine).length > 0)) return recipe.hint;
  return `wasimeter runtimes install ${runtime}${release === undefined ? '' : `@${release}`}`;
}

/** What a runner finds by the order of places, held against the release that its id asks for: nobody else does. */
async function look(
  runner: Runner,
  sought: Sought,
  options: RosterOptions,
): Promise<{ result: Found | Missing; cached: Cached | undefined; asked: boolean }> {
  const { runtime, release } = sought;
  const machine = machineOf(options);
  let cached: Cached | undefined;
  let [asked, isNowhere] = [false, false];
  const tools: DetectTools = {
    locate: async (_id, executable) => {
      const located = await locateExecutable(sought, executable, options);
      [asked, isNowhere] = [true, located === undefined];
      cached = located && 'version' in located ? (located as Cached) : undefined;
      return located;
    },
    ask: askExecutable,
  };
  const result = await detect(runner, tools);
  if ('reason' in result) {
    if (!isNowhere || release === undefined) return { result, cached, asked };
    return { result: { reason: await otherwise(sought, [], machine.cacheDir) }, cached: undefined, asked };
  }
  // Of an executable that the user names, `@dev` is but a name.
  const isOwn =
    sought.executable !== undefined ||
    (release !== undefined && !isVersion(release) && choiceOf(sought, machine.env) !== undefined);
  if (isOwn || satisfies(result.version, release)) {
    if (options.use && cached) await markUsed(machine.cacheDir, runtime, cached.version);
    return { result, cached, asked };
  }
  const there = `${result.source} has ${result.version}`;
  return {
    result: { reason: await otherwise(sought, [there], machine.cacheDir) },
    cached: undefined,
    asked,
  };
}

/** That a release is not there, and what is. */
async function otherwise({ runtime, release }: Sought, there: string[], cacheDir: string): Promise<string> {
  const versions = await cachedVersions(cacheDir, runtime);
  const others = versions.filter((version) => !satisfies(version, release));
  const all = [...there, ...(others.length > 0 ? [`the cache has ${others.join(', ')}`] : [])];
  return `${runtime} ${release} is not installed${all.length > 0 ? ` (${all.join('; ')})` : ''}`;
}

/** A runner whose `detect` throws is missing for that reason; it must not end the run of the others. */
export async function detect(runner: Runner, tools: DetectTools): Promise<Found | Missing> {
  try {
    return await runner.detect(tools);
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The program's hash; each file is read once. What can't be read, is no file, or is larger than any runtime has none. */
function hashOf(found: Found, hashes: Map<string, Promise<string | undefined>>): Promise<string | undefined> {
  const file = found.start?.program ?? found.executable;
  const read = async () => {
    const kind = await stat(file);
    return kind.isFile() && kind.size <= MOST_BYTES ? hashFile(file) : undefined;
  };
  const hash = hashes.get(file) ?? read().catch(() => undefined);
  hashes.set(file, hash);
  return hash;
}

/** The same harmed runtime is met several times on the way: it is said once, and kept for the reason. */
function sayOnce(options: RosterOptions): Asking {
  const refused: string[] = [];
  const onProgress = (line: string) => {
    if (refused.includes(line)) return;
    if (line.includes(' is refused: ')) refused.push(line);
    options.onProgress?.(line);
  };
  return { ...options, onProgress, refused };
}
