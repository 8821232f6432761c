/** Finding a runtime that is already there: the user's own choice first, then our cache, then PATH. */

import path from 'node:path';
import type { InstallRecipe, Located } from '../contracts/install.ts';
import { satisfies } from '../naming/release.ts';
import { CONFIGURED, namedExecutable } from '../userFiles/namedExecutable.ts';
import { type Cached, cachedVersions, isExecutable, readCached } from './cache.ts';
import { type InstallOptions, type Machine, machineOf } from './options.ts';

/** What is looked for. */
export interface Sought {
  /** As the user types it: `wasmtime+aot@48`. */
  id: string;
  /** The runtime alone: `wasmtime`. */
  runtime: string;
  release?: string | undefined;
  /** The executable that the configuration names. */
  executable?: string | undefined;
  recipe?: InstallRecipe | undefined;
}

/** The variable by which a user names a runtime's executable: `wasmtime@48` -> `WASIMETER_WASMTIME_48`. */
export function variableFor(id: string): string {
  return `WASIMETER_${id.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

/** The variable that is set for this runner: its own, or that of its runtime in the same release whatever the mode. */
export function variableSet({ id, runtime, release }: Sought, env: NodeJS.ProcessEnv): string | undefined {
  const names = [id, release === undefined ? runtime : `${runtime}@${release}`].map(variableFor);
  return names.find((name) => env[name]);
}

/** Where a user's own choice stands, the configuration before a variable; undefined where there is none. */
export function choiceOf(sought: Sought, env: NodeJS.ProcessEnv): string | undefined {
  return sought.executable === undefined ? variableSet(sought, env) : CONFIGURED;
}

/**
 * Finds `executable` of what is sought: the configuration, `WASIMETER_<ID>`, the cache, PATH, in this order; undefined when
 * nowhere. Whether what stands on PATH is the release asked for is the caller's to find out. Throws when the user names
 * something that is no executable file: silently measuring another runtime would be worse.
 */
export async function locateExecutable(
  sought: Sought,
  executable: string,
  options: InstallOptions,
): Promise<Located | undefined> {
  const machine = machineOf(options);
  const chosen = await locateChosen(sought, machine);
  if (chosen) return chosen;
  const { runtime, recipe, release } = sought;
  const cached = recipe && (await locateCached(runtime, recipe, release, machine));
  return cached ?? (await locateOnPath(executable, machine.env.PATH ?? ''));
}

/** What the configuration or a variable names; undefined when neither does. Throws when that is no executable file. */
export async function locateChosen(sought: Sought, machine: Machine): Promise<Located | undefined> {
  if (sought.executable !== undefined) {
    const named = await namedExecutable(sought.executable);
    if ('path' in named) return named;
    throw new Error(named.reason);
  }
  const variable = variableSet(sought, machine.env);
  const chosen = variable && machine.env[variable];
  if (!chosen) return undefined;
  if (await isExecutable(chosen)) return { path: path.resolve(chosen), source: variable };
  // The value stays out of the message: it is a path of the user's, and reasons are published.
  throw new Error(`${variable} is set, but not to an executable file`);
}

/**
 * The version of a runtime that stands unharmed in the cache and is the release asked for: without one the recipe's default
 * before any other, else the newest. A harmed one is said and passed over.
 */
export async function locateCached(
  runtime: string,
  recipe: InstallRecipe,
  release: string | undefined,
  machine: Machine,
): Promise<Cached | undefined> {
  const versions = (await cachedVersions(machine.cacheDir, runtime)).filter((one) => satisfies(one, release));
  const preferred = release === undefined ? versions.filter((one) => one === recipe.defaultVersion) : [];
  for (const version of new Set([...preferred, ...versions])) {
    const cached = await look(runtime, version, recipe.executable, machine);
    if (cached === undefined) continue;
    if ('path' in cached) return cached;
    machine.onProgress(`${runtime}: the cached runtime is refused: ${cached.refused}`);
  }
  return undefined;
}

function look(runtime: string, version: string, started: string, { cacheDir, looked }: Machine) {
  const key = `${runtime}-${version}`;
  const cached = looked?.get(key) ?? readCached(cacheDir, runtime, version, started);
  looked?.set(key, cached);
  return cached;
}

/** The first executable of this name on a search path. */
export async function locateOnPath(executable: string, searchPath: string): Promise<Located | undefined> {
  // Relative entries would make the result depend on the folder we were started in.
  for (const folder of searchPath.split(path.delimiter).filter(path.isAbsolute)) {
    const file = path.join(folder, executable);
    if (await isExecutable(file)) return { path: file, source: 'PATH' };
  }
  return undefined;
}
