/** The runtimes that a user names on the command line. */

import { allRunners, findRunner, type RunnerCatalog } from '../../harness/catalog/catalog.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import { isVersion } from '../../harness/naming/release.ts';
import { CACHE_FOLDER, LOCK_FILE } from '../paths.ts';
import { openRunnerCatalog } from '../workspace.ts';
import { apart } from './apart.ts';

/** Where runtimes are kept and how they are brought in, for every stage call of these commands. */
export const PLACES = {
  cacheDir: CACHE_FOLDER,
  lockFile: LOCK_FILE,
  apart: <Result>(work: () => Promise<Result>) => apart(work),
};

export interface Chosen {
  /** As typed. */
  text: string;
  /** The runtime, whatever the mode: one of `runtimes()`, or one at a path of the user's. */
  runner: Runner;
  release?: string;
}

/** Each runtime once, ours and the user's, and those at paths that the configuration names. */
export async function runtimes(): Promise<Runner[]> {
  const { catalog } = await openRunnerCatalog();
  return allRunners(catalog).map(({ item }) => withRecipe(catalog, item));
}

/** A runtime whose usual executable the configuration replaces may be in the cache all the same. */
function withRecipe(catalog: RunnerCatalog, runner: Runner): Runner {
  const base = catalog.runners.get(runner.id)?.item;
  return base?.install && runner.executable !== undefined
    ? { ...base, executable: runner.executable }
    : runner;
}

/** `wasmtime@48` as runner and release; a mode (`wasmtime+aot`) is the same runtime. Throws a UserError for what there is not. */
export async function chosenRuntimes(texts: readonly string[]): Promise<Chosen[]> {
  const { catalog } = await openRunnerCatalog();
  return texts.map((text) => {
    const {
      id,
      runtime = id,
      release,
      executable,
    } = findRunner(catalog, { word: text, where: 'the command line' });
    const given =
      catalog.atPath.get(id) ?? catalog.atPath.get(release === undefined ? runtime : `${runtime}@${release}`);
    if (executable !== undefined && given) return { text, runner: withRecipe(catalog, given.item) };
    if (release !== undefined && !isVersion(release))
      throw new UserError(
        `'${text}': what follows @ must be a version or its beginning, as in wasmtime@48 or wasmtime@48.0.2, or a name that bench.config gives to an executable`,
      );
    const runner = catalog.runners.get(runtime)!.item;
    return { text, runner, ...(release === undefined ? {} : { release }) };
  });
}

/** Bytes in MiB, as tables show them. */
export const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
