/** Loads bench.config.ts and checks it; what is left out gets its default. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { BenchConfig, Profile } from '../contracts/config.ts';
import { UserError } from '../contracts/failure.ts';
import { unknownWord } from './nearest.ts';

const profileSchema = z.strictObject({
  only: z.enum(['headline', 'all', 'none']).optional(),
  processes: z.int().min(2).max(1000).optional(),
  patience: z.number().min(1).max(20).optional(),
});

const configSchema = z.strictObject({
  runners: z.array(z.string()).min(1).optional(),
  suites: z.array(z.string()).min(1).optional(),
  reports: z.array(z.string()).min(1).optional(),
  profile: z.string().optional(),
  profiles: z.record(z.string(), profileSchema).optional(),
  caseTimeoutSeconds: z.number().positive().max(3600).optional(),
  seed: z.int().min(0).max(0xffff_ffff).optional(),
}) satisfies z.ZodType<BenchConfig>;

export interface LoadedConfig {
  runners: string[];
  suites: string[];
  reports: string[];
  profile: string;
  settings: Required<Profile>;
  caseTimeoutMs: number;
  seed: number;
}

/** What the command line says; it goes before the file. */
export interface Overrides {
  runners?: string[];
  suites?: string[];
  reports?: string[];
  profile?: string;
  seed?: number;
}

/** The words that are valid here. */
export interface Known {
  runners: readonly string[];
  suites: readonly string[];
  reports: readonly string[];
}

const BUILT_IN: Record<string, Required<Profile>> = {
  quick: { only: 'headline', processes: 20, patience: 1 },
  full: { only: 'all', processes: 30, patience: 4 },
  conformance: { only: 'none', processes: 20, patience: 1 },
};
const FILE = 'bench.config.ts';
/** The command line's option for a list of the file. */
const OPTION: Record<keyof Known, string> = { runners: 'runner', suites: 'suite', reports: 'report' };

/** Reads the configuration file in `folder` (none is fine) under the command line's overrides. */
export async function loadConfig(folder: string, overrides: Overrides, known: Known): Promise<LoadedConfig> {
  const file = join(folder, FILE);
  const config = existsSync(file) ? await readConfig(file) : {};
  const profiles = profilesOf(config);
  const profile = overrides.profile ?? config.profile ?? 'quick';
  const settings = profiles.get(profile);
  if (!settings)
    throw unknownWord('profile', profile, [...profiles.keys()], overrides.profile ? '--profile' : FILE);
  const words = (kind: keyof Known, what: string) => {
    const chosen = overrides[kind] ?? config[kind];
    for (const word of chosen ?? [])
      if (!known[kind].includes(word))
        throw unknownWord(what, word, known[kind], overrides[kind] ? `--${OPTION[kind]}` : FILE);
    return [...new Set(chosen ?? known[kind])];
  };
  return {
    runners: words('runners', 'runner'),
    suites: words('suites', 'suite'),
    reports: words('reports', 'reporter'),
    profile,
    settings,
    caseTimeoutMs: (config.caseTimeoutSeconds ?? 10) * 1000,
    seed: overrides.seed ?? config.seed ?? 1,
  };
}

/** The profiles that can be named in `folder`: the built-in ones and those of its configuration file. */
export async function loadProfiles(folder: string): Promise<Map<string, Required<Profile>>> {
  const file = join(folder, FILE);
  return profilesOf(existsSync(file) ? await readConfig(file) : {});
}

function profilesOf(config: BenchConfig): Map<string, Required<Profile>> {
  const profiles = new Map(Object.entries(BUILT_IN));
  for (const [name, { only, processes, patience }] of Object.entries(config.profiles ?? {})) {
    const base = profiles.get(name) ?? (BUILT_IN.full as Required<Profile>);
    profiles.set(name, {
      only: only ?? base.only,
      processes: processes ?? base.processes,
      patience: patience ?? base.patience,
    });
  }
  return profiles;
}

async function readConfig(file: string): Promise<BenchConfig> {
  let loaded: { default?: unknown };
  try {
    loaded = (await import(pathToFileURL(file).href)) as { default?: unknown };
  } catch (error) {
    throw new UserError(`${FILE}${lineIn(error)} cannot be loaded: ${oneLine((error as Error).message)}`, {
      cause: error,
    });
  }
  // A file without `export` is taken for CommonJS, whose default export is an empty object.
  const exported = loaded.default;
  if (exported === undefined || ('module.exports' in loaded && isEmpty(exported)))
    throw new UserError(`${FILE} has no default export: export default defineConfig({ … })`);
  return checkConfig(loaded.default);
}

const isEmpty = (value: unknown) => typeof value === 'object' && Object.keys(value ?? {}).length === 0;
const oneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, ' ');

/** `:3` where the error's stack begins with the line of a syntax error. */
function lineIn(error: unknown): string {
  const line = /^\S+:(\d+)\n/.exec((error as Error).stack ?? '')?.[1];
  return line === undefined ? '' : `:${line}`;
}

/** Checks a configuration's shape. Throws a UserError that names the field, and for an unknown one the nearest. */
export function checkConfig(value: unknown): BenchConfig {
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    const inProfile = issue.path[0] === 'profiles';
    const valid = Object.keys(inProfile ? profileSchema.shape : configSchema.shape);
    throw unknownWord('field', issue.keys[0] ?? '', valid, `${FILE}${path ? ` at ${path}` : ''}`);
  }
  throw new UserError(`${FILE}: ${path || 'the default export'}: ${issue?.message ?? 'not as it should be'}`);
}
