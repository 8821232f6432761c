/** What finding and installing need to know of the machine, with the real machine as default so that tests can bring their own. */

import path from 'node:path';
import type { readCached } from './cache.ts';

/** Where projects announce their releases, with a digest for each archive. */
const RELEASES = 'https://api.github.com';

export interface InstallOptions {
  /** Runtimes are kept in `<cacheDir>/runtimes/<runtime>-<version>/`. */
  cacheDir: string;
  /** Holds the digests of release archives as they were first announced; without it nothing is locked. */
  lockFile?: string | undefined;
  /** Told what is being done and what was refused, a line at a time. */
  onProgress?: (line: string) => void;
  env?: NodeJS.ProcessEnv;
  platform?: { os: string; arch: string };
  /** Where apt's own sources and os-release are read. */
  etcDir?: string;
  /** How long each download may take. */
  downloadTimeoutMs?: number;
  /** The address below which releases are announced; `WASIMETER_RELEASES` names a mirror of it. */
  releases?: string;
  /** How long the host of the releases may take to its first answer. */
  releaseAnswerMs?: number;
  /** How long pip and apt-get may take to the first sign that theirs answers. */
  toolAnswerMs?: number;
  /** How long a download may stand still. */
  stallMs?: number;
  /** How long a build from source may take. */
  buildTimeoutMs?: number;
  /** Does the work of bringing a runtime in while nothing is measured beside it. */
  apart?: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** What was found of cached folders while these options are in use: each is read whole, up to 200 MB. */
  looked?: Map<string, ReturnType<typeof readCached>>;
}

export type Machine = Required<Omit<InstallOptions, 'lockFile' | 'looked'>> &
  Pick<InstallOptions, 'looked'> & { lockFile: string | undefined };

/** Fills in this machine for whatever is not given. */
export function machineOf(options: InstallOptions): Machine {
  const env = options.env ?? process.env;
  return {
    onProgress: () => {},
    env,
    platform: { os: process.platform, arch: process.arch },
    etcDir: '/etc',
    downloadTimeoutMs: 120_000,
    releases: env.WASIMETER_RELEASES || RELEASES,
    releaseAnswerMs: 4_000,
    toolAnswerMs: 8_000,
    stallMs: 15_000,
    buildTimeoutMs: 60 * 60_000,
    lockFile: undefined,
    apart: (work) => work(),
    ...options,
    cacheDir: path.resolve(options.cacheDir),
  };
}

/** The machine's name in recipes, whether or not a recipe has it. */
export const platformOf = ({ platform }: Machine): string => `${platform.os}-${platform.arch}`;
