/** Owns what commands that measure have in common: progress that is shown, Ctrl-C, runners that are looked for, a look at the host. */

import { controlGuest } from '../harness/catalog/guests.ts';
import type { Guest } from '../harness/contracts/guest.ts';
import type { RosterEntry } from '../harness/contracts/plan.ts';
import type { Runner } from '../harness/contracts/runner.ts';
import { type HostWatch, hostSenses, watchHost } from '../harness/execute/hostWatch.ts';
import { makeRoster } from '../harness/install/roster.ts';
import { EXIT } from './exit.ts';
import { onInterrupt } from './interrupt.ts';
import { CACHE_FOLDER, LOCK_FILE } from './paths.ts';
import { type ProgressDisplay, showProgress } from './progress.ts';
import { apart } from './runtimes/apart.ts';

export interface Measuring {
  display: ProgressDisplay;
  signal: AbortSignal;
}

/**
 * Does the work with a display of its progress, which is closed at the end if the work did not do so before it printed. An interruption ends the
 * command with its own exit code, and `kept` says what became of what was measured.
 */
export async function measuring(
  work: (measuring: Measuring) => Promise<void>,
  kept: () => string = () => '',
): Promise<void> {
  const display = showProgress();
  const { signal } = onInterrupt();
  try {
    await work({ display, signal });
  } catch (error) {
    if (!signal.aborted) throw error;
    console.error(`\nwasimeter: interrupted${kept()}`);
    process.exitCode = EXIT.interrupted;
  } finally {
    display.close();
  }
}

/** The runners with what was found of them, to be measured. */
export function rosterOf(
  runners: readonly Runner[],
  { install, display, signal }: Measuring & { install: boolean },
): Promise<RosterEntry[]> {
  return makeRoster(runners, {
    cacheDir: CACHE_FOLDER,
    lockFile: LOCK_FILE,
    install,
    use: true,
    apart: (work) => apart(work, signal),
    onProgress: (line) => display.note(line),
  });
}

/** Enough for the verdict: what matters lasts for seconds, or comes back within a tenth of one. */
const HOST_LOOK_MS = 500;

/** A watch over the host that a run is made on. */
export const hostWatch = (guests: ReadonlyMap<string, Guest>): HostWatch =>
  watchHost(hostSenses(controlGuest(guests).file, HOST_LOOK_MS));
