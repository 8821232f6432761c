/** Finds out which of the chosen runners are there, bringing in those that are not where that is asked for. */

import { UserError } from '../contracts/failure.ts';
import type { RosterEntry } from '../contracts/plan.ts';
import type { DetectTools, Found, Missing, Runner } from '../contracts/runner.ts';
import type { Cached } from './cache.ts';
import { askExecutable } from './children.ts';
import { ensureInstalled } from './install.ts';
import { CONFIGURED, locateExecutable, type Sought, variableSet } from './locate.ts';
import { type InstallOptions, machineOf } from './options.ts';
import { satisfies } from './versions.ts';
import { versionsFor, waysTo } from './ways.ts';

type RosterOptions = InstallOptions & { install: boolean };

/** The roster of runners in the order given; a runtime that can't be had is an entry with its reason. */
export function makeRoster(runners: readonly Runner[], options: RosterOptions): Promise<RosterEntry[]> {
  return Promise.all(runners.map((runner) => enter(runner, sayOnce(options))));
}

async function enter(runner: Runner, options: RosterOptions & { refused: string[] }): Promise<RosterEntry> {
  const sought = soughtFor(runner);
  const { runtime, release, recipe } = sought;
  const looked = await look(runner, sought, options);
  // Measuring another executable than the one the user named, or none, would go unnoticed.
  const variable = variableSet(sought, machineOf(options).env);
  const named = runner.executable === undefined ? variable : CONFIGURED;
  if (named && 'reason' in looked.result) throw new UserError(`${named}: ${looked.result.reason}`);
  const isOther = looked.cached && release === undefined && looked.cached.version !== recipe?.defaultVersion;
  if ('version' in looked.result && !(isOther && options.install)) return { runner, found: looked.result };
  if (!recipe) return { runner, missing: (looked.result as Missing).reason };
  if (!options.install) {
    const reasons = [...options.refused, (looked.result as Missing).reason];
    return { runner, missing: `${reasons.join('; ')}; ${await howToGet(runner, options)}` };
  }
  const installed = await ensureInstalled(runtime, recipe, options, { release });
  if ('reason' in installed)
    return 'version' in looked.result
      ? { runner, found: looked.result }
      : { runner, missing: `${installed.reason}; ${recipe.hint}` };
  const { result } = await look(runner, sought, options);
  return 'version' in result ? { runner, found: result } : { runner, missing: result.reason };
}

/** What a runner asks to be found. */
export function soughtFor({ id, runtime = id, release, executable, install }: Runner): Sought {
  return { id, runtime, release, executable, recipe: install };
}

/** The command that brings a runner's runtime in, or where none can, what else its user may do. */
export async function howToGet(runner: Runner, options: InstallOptions): Promise<string> {
  const { runtime, release, recipe } = soughtFor(runner);
  if (!recipe) return `set WASIMETER_${runtime.toUpperCase()} to its executable`;
  const machine = machineOf(options);
  const versions = await versionsFor(runtime, recipe, release, machine).catch(() => []);
  // Any version at all may be asked of the project's archives.
  const candidates = versions.length > 0 ? versions : release === undefined ? [] : [release];
  if (!candidates.some((version) => waysTo(version, runtime, recipe, machine).length > 0)) return recipe.hint;
  return `wasimeter runtimes install ${runtime}${release === undefined ? '' : `@${release}`}`;
}

/** What a runner finds by the order of places, held against the release that its id asks for. */
async function look(
  runner: Runner,
  sought: Sought,
  options: InstallOptions,
): Promise<{ result: Found | Missing; cached: Cached | undefined }> {
  let cached: Cached | undefined;
  const tools: DetectTools = {
    locate: async (_id, executable) => {
      const located = await locateExecutable(sought, executable, options);
      cached = located && 'version' in located ? (located as Cached) : undefined;
      return located;
    },
    ask: askExecutable,
  };
  const result = await detect(runner, tools);
  if ('reason' in result || satisfies(result.version, sought.release)) return { result, cached };
  const reason = `${sought.runtime} ${sought.release} is not installed (${result.source} has ${result.version})`;
  return { result: { reason }, cached: undefined };
}

/** A runner whose `detect` throws is missing for that reason; it must not end the run of the others. */
export async function detect(runner: Runner, tools: DetectTools): Promise<Found | Missing> {
  try {
    return await runner.detect(tools);
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The same harmed runtime is met several times on the way: it is said once, and kept for the reason. */
function sayOnce(options: RosterOptions): RosterOptions & { refused: string[] } {
  const refused: string[] = [];
  const onProgress = (line: string) => {
    if (refused.includes(line)) return;
    if (line.includes(' is refused: ')) refused.push(line);
    options.onProgress?.(line);
  };
  return { ...options, onProgress, refused };
}
