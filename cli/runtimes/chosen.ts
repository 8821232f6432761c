/** The runtimes that a user names on the command line. */

import type { Runner } from '../../harness/contracts/runner.ts';
import { splitRelease } from '../../harness/install/versions.ts';
import { unknownWord } from '../../harness/userFiles/unknownWord.ts';
import { CACHE_FOLDER, LOCK_FILE } from '../paths.ts';
import { openWorkspace } from '../workspace.ts';

/** Where runtimes are kept, for every stage call of these commands. */
export const PLACES = { cacheDir: CACHE_FOLDER, lockFile: LOCK_FILE };

export interface Chosen {
  /** As typed. */
  text: string;
  runner: Runner;
  release?: string;
}

/** The runners that have a folder, ours and the user's: each a runtime. */
export async function runtimes(): Promise<Map<string, Runner>> {
  const { catalog } = await openWorkspace();
  return new Map([...catalog.runners].map(([id, { item }]) => [id, item]));
}

/** `wasmtime@48` as runner and release; a mode (`wasmtime+aot`) is the same runtime. Throws a UserError for what there is not. */
export async function chosenRuntimes(texts: readonly string[]): Promise<Chosen[]> {
  const runners = await runtimes();
  return texts.map((text) => {
    const { runtime, ...release } = splitRelease(text);
    const runner = runners.get(runtime.split('+')[0] ?? '');
    if (!runner) throw unknownWord('runtime', runtime, [...runners.keys()]);
    return { text, runner, ...release };
  });
}

/** Bytes in MiB, as tables show them. */
export const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
