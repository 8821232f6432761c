/** What there is of a runtime on this machine, wherever it stands, and what could be brought in. */

import type { Located } from '../contracts/install.ts';
import type { Found, Runner } from '../contracts/runner.ts';
import { CONFIGURED } from '../userFiles/namedExecutable.ts';
import { cachedVersions, cacheFolder, measureFolder, readCached } from './cache.ts';
import { askExecutable } from './children.ts';
import { choiceOf, locateChosen, locateOnPath, type Sought } from './locate.ts';
import { type InstallOptions, type Machine, machineOf } from './options.ts';
import { detect, howToGet, soughtFor } from './roster.ts';

export interface Installed {
  /** `own`: part of wasimeter's own packages; `named`: by a variable or the configuration. */
  where: 'own' | 'named' | 'cache' | 'PATH';
  /** In words: the variable's name, what it was brought from. */
  source: string;
  /** As it answers itself, or for a harmed one as its folder says. */
  version?: string;
  /** Of its folder in the cache. */
  bytes?: number;
  /** Present when it answers. */
  found?: Found;
  /** Why it can't be used. */
  trouble?: string;
  /** A folder of the cache whose files are not those that were installed. */
  refused?: true;
}

export interface Inventory {
  runner: Runner;
  /** The version that a bare id stands for. */
  defaultVersion?: string;
  /** In the order in which a bare id takes the first that is sound. */
  installed: Installed[];
  /** Known versions that are nowhere, each with the command or hint to get it. */
  absent: { version: string; get: string }[];
  /** Why it is not there, in the words of a runner that asks for no executable of its own. */
  missing?: string;
  /** Whether every release of the project can be asked for, and not only the known ones. */
  anyVersion: boolean;
}

/** Looks at every place for one runner. Each executable is asked for its version; cached ones are held against their manifest. */
export async function takeInventory(runner: Runner, options: InstallOptions): Promise<Inventory> {
  const machine = machineOf({ ...options, onProgress: () => {} });
  const { recipe } = soughtFor(runner);
  const { installed, missing } = await everywhere(runner, machine);
  const there = installed.flatMap(({ version, trouble }) => (version && !trouble ? [version] : []));
  const absent = [];
  for (const { version } of recipe?.known ?? [])
    if (!there.includes(version))
      absent.push({ version, get: await howToGet({ ...runner, release: version }, machine) });
  return {
    runner,
    installed,
    absent,
    anyVersion: recipe?.archives !== undefined,
    ...(missing === undefined ? {} : { missing }),
    ...(recipe ? { defaultVersion: recipe.defaultVersion } : {}),
  };
}

async function everywhere(
  runner: Runner,
  machine: Machine,
): Promise<Pick<Inventory, 'installed' | 'missing'>> {
  let asked: string | undefined;
  const nowhere = async (_: string, executable: string) => {
    asked = executable;
    return undefined;
  };
  const own = await detect(runner, { locate: nowhere, ask: askExecutable });
  // A runner that asks for no executable brings its runtime itself, or lacks a package.
  if (asked === undefined) {
    if ('reason' in own) return { installed: [], missing: own.reason };
    const where = own.source === CONFIGURED ? 'named' : 'own';
    return { installed: [{ where, source: own.source, version: own.version, found: own }] };
  }
  const sought = soughtFor(runner);
  const onPath = await locateOnPath(asked, machine.env.PATH ?? '');
  const chosen = await named(runner, sought, machine);
  // Under a name of its own (`wasmtime@dev`) nothing else is meant.
  if (sought.executable !== undefined && !sought.recipe) return { installed: chosen };
  return {
    installed: [
      ...chosen,
      ...(await cached(runner, sought, machine)),
      ...(onPath ? [await answering(runner, onPath, 'PATH')] : []),
    ],
  };
}

async function named(runner: Runner, sought: Sought, machine: Machine): Promise<Installed[]> {
  try {
    const located = await locateChosen(sought, machine);
    return located ? [await answering(runner, located, 'named')] : [];
  } catch (error) {
    return [
      { where: 'named', source: choiceOf(sought, machine.env) ?? '', trouble: (error as Error).message },
    ];
  }
}

async function cached(runner: Runner, { runtime, recipe }: Sought, machine: Machine): Promise<Installed[]> {
  if (!recipe) return [];
  const versions = await cachedVersions(machine.cacheDir, runtime);
  const inOrder = new Set([...versions.filter((one) => one === recipe.defaultVersion), ...versions]);
  const list: Installed[] = [];
  for (const version of inOrder) {
    const { bytes } = await measureFolder(cacheFolder(machine.cacheDir, runtime, version));
    const read = await readCached(machine.cacheDir, runtime, version, recipe.executable);
    if (read && 'path' in read) list.push({ ...(await answering(runner, read, 'cache')), bytes });
    else if (read)
      list.push({ where: 'cache', source: 'cache', version, bytes, trouble: read.refused, refused: true });
  }
  return list;
}

async function answering(runner: Runner, located: Located, where: Installed['where']): Promise<Installed> {
  const result = await detect(runner, { locate: async () => located, ask: askExecutable });
  if ('reason' in result) return { where, source: located.source, trouble: result.reason };
  return { where, source: located.source, version: result.version, found: result };
}
