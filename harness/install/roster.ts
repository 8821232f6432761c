/** Finds out which of the chosen runners are there, bringing in those that are not where that is asked for. */

import { UserError } from '../contracts/failure.ts';
import type { RosterEntry } from '../contracts/plan.ts';
import type { DetectTools, Found, Missing, Runner } from '../contracts/runner.ts';
import { askExecutable } from './children.ts';
import { ensureInstalled } from './install.ts';
import { locateExecutable, variableFor } from './locate.ts';
import type { InstallOptions } from './options.ts';

/** The roster of runners in the order given; a runtime that can't be had is an entry with its reason. */
export function makeRoster(
  runners: readonly Runner[],
  options: InstallOptions & { install: boolean },
): Promise<RosterEntry[]> {
  return Promise.all(runners.map((runner) => enter(runner, options)));
}

async function enter(runner: Runner, options: InstallOptions & { install: boolean }): Promise<RosterEntry> {
  const tools: DetectTools = {
    locate: (id, executable) => locateExecutable(id, executable, { ...options, recipe: runner.install }),
    ask: askExecutable,
  };
  const first = await detect(runner, tools);
  if ('version' in first) return { runner, found: first };
  // Measuring another executable than the one the user named, or none, would go unnoticed.
  const variable = variableFor(runner.id);
  if (process.env[variable]) throw new UserError(`${variable}: ${first.reason}`);
  if (!runner.install) return { runner, missing: first.reason };
  if (!options.install) return { runner, missing: `${first.reason}; ${runner.install.hint}` };
  const installed = await ensureInstalled(runner.id, runner.install, options);
  if ('reason' in installed) return { runner, missing: `${installed.reason}; ${runner.install.hint}` };
  const second = await detect(runner, tools);
  return 'version' in second ? { runner, found: second } : { runner, missing: second.reason };
}

/** A runner whose `detect` throws is missing for that reason; it must not end the run of the others. */
async function detect(runner: Runner, tools: DetectTools): Promise<Found | Missing> {
  try {
    return await runner.detect(tools);
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
