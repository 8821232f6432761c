/** Finds out which of the chosen runners are there, bringing in those that are not where that is asked for. */

import { execa } from 'execa';
import type { RosterEntry } from '../contracts/plan.ts';
import type { DetectTools, Runner } from '../contracts/runner.ts';
import { ensureInstalled } from './install.ts';
import { locateExecutable } from './locate.ts';
import type { InstallOptions } from './options.ts';

const ASK_MS = 10_000;

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
    ask: async (file, args) => {
      const { stdout } = await execa(file, args, { timeout: ASK_MS, stdin: 'ignore', killDescendants: true });
      return stdout;
    },
  };
  const first = await runner.detect(tools);
  if ('version' in first) return { runner, found: first };
  if (!runner.install) return { runner, missing: first.reason };
  if (!options.install) return { runner, missing: `${first.reason}; ${runner.install.hint}` };
  const installed = await ensureInstalled(runner.id, runner.install, options);
  if ('reason' in installed) return { runner, missing: `${installed.reason}; ${runner.install.hint}` };
  const second = await runner.detect(tools);
  return 'version' in second ? { runner, found: second } : { runner, missing: second.reason };
}
