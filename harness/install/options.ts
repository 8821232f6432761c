/** What finding and installing need to know of the machine, with the real machine as default so that tests can bring their own. */

import path from 'node:path';
import type { InstallRecipe, InstallSource } from '../contracts/install.ts';

export interface InstallOptions {
  /** Runtimes are kept in `<cacheDir>/runtimes/<id>-<version>/`. */
  cacheDir: string;
  /** Told what is being done and what was refused, a line at a time. */
  onProgress?: (line: string) => void;
  env?: NodeJS.ProcessEnv;
  platform?: { os: string; arch: string };
  /** Where apt's own sources and os-release are read. */
  etcDir?: string;
  /** How long each download may take. */
  downloadTimeoutMs?: number;
}

export type Machine = Required<InstallOptions>;

/** Fills in this machine for whatever is not given. */
export function machineOf(options: InstallOptions): Machine {
  return {
    onProgress: () => {},
    env: process.env,
    platform: { os: process.platform, arch: process.arch },
    etcDir: '/etc',
    downloadTimeoutMs: 120_000,
    ...options,
    cacheDir: path.resolve(options.cacheDir),
  };
}

/** The recipe's sources that can work on this machine, in order. */
export function sourcesFor(recipe: InstallRecipe, machine: Machine): InstallSource[] {
  const { os, arch } = machine.platform;
  return recipe.sources.filter((source) => source.platform.os === os && source.platform.arch === arch);
}

/** A source in words, for progress lines, failures and the report. */
export function describeSource(source: InstallSource): string {
  if (source.kind === 'wheel') return `Python wheel ${source.package} ${source.version}`;
  return `Debian ${source.suite} package ${source.pinned[0]?.package} ${source.pinned[0]?.version}`;
}
