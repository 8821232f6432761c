/** Finding a runtime that is already there: the user's own choice first, then our cache, then PATH. */

import path from 'node:path';
import type { InstallRecipe, Located } from '../contracts/install.ts';
import { isExecutable, readCached } from './cache.ts';
import { type InstallOptions, type Machine, machineOf, sourcesFor } from './options.ts';

/** The variable by which a user names a runtime's executable: `wasmtime@48` -> `WASIMETER_WASMTIME_48`. */
export function variableFor(id: string): string {
  return `WASIMETER_${id.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

/**
 * Finds `executable` of the runner `id`: `WASIMETER_<ID>`, the cache, PATH, in this order; undefined when nowhere.
 * Throws when the variable is set and names no executable file: silently measuring another runtime would be worse.
 */
export async function locateExecutable(
  id: string,
  executable: string,
  options: InstallOptions & { recipe?: InstallRecipe | undefined },
): Promise<Located | undefined> {
  const machine = machineOf(options);
  const variable = variableFor(id);
  const chosen = machine.env[variable];
  if (chosen) {
    // The value stays out of the message: it is a path of the user's, and reasons are published.
    if (!(await isExecutable(chosen))) {
      throw new Error(`${variable} is set, but not to an executable file`);
    }
    return { path: path.resolve(chosen), source: variable };
  }
  const cached = options.recipe && (await locateCached(id, options.recipe, machine));
  return cached ?? (await locateOnPath(executable, machine.env.PATH ?? ''));
}

/** The first of the recipe's sources that stands unharmed in the cache; a harmed one is said and passed over. */
export async function locateCached(
  id: string,
  recipe: InstallRecipe,
  machine: Machine,
): Promise<Located | undefined> {
  for (const source of sourcesFor(recipe, machine)) {
    const cached = await readCached(machine.cacheDir, id, source);
    if (cached === undefined) continue;
    if ('path' in cached) return cached;
    machine.onProgress(`${id}: the cached runtime is refused: ${cached.refused}`);
  }
  return undefined;
}

async function locateOnPath(executable: string, searchPath: string): Promise<Located | undefined> {
  // Relative entries would make the result depend on the folder we were started in.
  for (const folder of searchPath.split(path.delimiter).filter(path.isAbsolute)) {
    const file = path.join(folder, executable);
    if (await isExecutable(file)) return { path: file, source: 'PATH' };
  }
  return undefined;
}
