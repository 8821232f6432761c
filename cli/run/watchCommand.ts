/** Runs the command of this process again in a process of its own, whenever what it is made of changes: modules are loaded once a process. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT } from '../exit.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Workspace } from '../workspace.ts';
import { runAgain, type WatchedPlace, watchPlaces } from './watch.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const KINDS = ['suites', 'runners', 'reports'];

/** Watches until Ctrl-C. */
export async function watchCommand({ config }: Workspace): Promise<void> {
  const { signal } = onInterrupt();
  const places = placesOf(process.cwd(), [...config.described.suites, ...(config.suites ?? [])]);
  await runAgain({
    signal,
    tell: (line) => console.error(`wasimeter: ${line}`),
    watch: (changed) => watchPlaces(places, changed),
    start: () => {
      const args = process.argv.slice(1).filter((word) => word !== '--watch');
      const child = spawn(process.execPath, [...process.execArgv, ...args], {
        stdio: 'inherit',
        // A terminal's Ctrl-C would reach it, too, and a second signal ends a run without clearing up.
        detached: true,
      });
      return { ended: once(child, 'close'), stop: () => void child.kill('SIGTERM') };
    },
  });
  process.exitCode = EXIT.interrupted;
}

/** The user's configuration, suites, runners and reporters, and ours with the harness where it is a checkout. */
export function placesOf(folder: string, suites: readonly { word: string }[]): WatchedPlace[] {
  const named = suites.filter(({ word }) => /[\\/]/.test(word)).map(({ word }) => resolve(folder, word));
  const own = [...KINDS, 'harness', 'guests/prebuilt'].map((name) => resolve(ROOT, name));
  const users = KINDS.map((name) => resolve(folder, name));
  return [
    { folder, file: /^bench\.config\.\w+$/, shown: '' },
    ...[...new Set([...users, ...named, ...own])].map((path) => ({
      folder: path,
      shown: relative(folder, path).startsWith('..') ? relative(ROOT, path) : relative(folder, path),
    })),
  ];
}
