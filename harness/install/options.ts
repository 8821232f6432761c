/** What finding and installing need to know of the machine, with the real machine as default so that tests can bring their own. */

import path from 'node:path';
import { UserError } from '../contracts/failure.ts';
import { isSafeAddress } from './address.ts';

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
}

export type Machine = Required<Omit<InstallOptions, 'lockFile'>> & { lockFile: string | undefined };

/** Fills in this machine for whatever is not given. Throws a UserError for a mirror's address that may not be used. */
export function machineOf(options: InstallOptions): Machine {
  const env = options.env ?? process.env;
  return {
    onProgress: () => {},
    env,
    platform: { os: process.platform, arch: process.arch },
    etcDir: '/etc',
    downloadTimeoutMs: 120_000,
    releases: mirrorOf(env) ?? RELEASES,
    releaseAnswerMs: 4_000,
    toolAnswerMs: 8_000,
    stallMs: 15_000,
    buildTimeoutMs: 60 * 60_000,
    lockFile: undefined,
    ...options,
    cacheDir: path.resolve(options.cacheDir),
  };
}

/** The machine's name in recipes, whether or not a recipe has it. */
export const platformOf = ({ platform }: Machine): string => `${platform.os}-${platform.arch}`;

function mirrorOf(env: NodeJS.ProcessEnv): string | undefined {
  const mirror = env.WASIMETER_RELEASES;
  if (!mirror) return undefined;
  const url = URL.parse(mirror);
  // What a mirror says is believed the first time, so that nobody between here and there may change it.
  if (!url || !isSafeAddress(url) || url.search || url.hash)
    throw new UserError(
      'WASIMETER_RELEASES must be an https address without user, query or fragment (http only on this machine)',
    );
  return mirror.replace(/\/+$/, '');
}
