/** Loads bench.config.ts and checks its shape; what is left out gets its default. Words in it are looked up by the catalog. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchConfig, Choice, CommandRunner, PathRunner, ReporterOptions } from '../contracts/config.ts';
import { UserError } from '../contracts/failure.ts';
import { checkShape } from '../userFiles/checkShape.ts';
import { importDefault, MODULE_ENDINGS } from '../userFiles/importDefault.ts';
import { unknownWord } from '../userFiles/unknownWord.ts';
import { type GateSettings, gateOf } from './gate.ts';
import { profilesOf, type Settings } from './profiles.ts';
import { configSchema } from './schema.ts';

export interface LoadedConfig {
  /** Undefined: all there are. */
  runners: Choice[] | undefined;
  suites: Choice[] | undefined;
  reports: (Choice & { options?: ReporterOptions })[];
  /** What the file describes itself, also where the command line chooses otherwise. */
  described: {
    runners: { entry: PathRunner | CommandRunner; where: string }[];
    suites: Choice[];
    reports: Choice[];
  };
  profile: string;
  settings: Settings;
  gate: GateSettings;
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
  timeBudgetS?: number;
}

const BASE = 'bench.config';
const ENDINGS = [...MODULE_ENDINGS, '.json'];
const DEFAULT_REPORT = { word: 'html', where: 'the default' };

/** Reads the configuration file in `folder` (none is fine) under the command line's overrides. */
export async function loadConfig(folder: string, overrides: Overrides): Promise<LoadedConfig> {
  const name = fileIn(folder);
  const config = name === undefined ? {} : await readConfig(join(folder, name), name);
  const file = name ?? `${BASE}.ts`;
  const profiles = profilesOf(config);
  const profile = overrides.profile ?? config.profile ?? 'quick';
  const settings = profiles.get(profile);
  if (!settings)
    throw unknownWord('profile', profile, [...profiles.keys()], overrides.profile ? '--profile' : file);
  const inFile = <Entry>(field: string, entries: readonly Entry[] | undefined) =>
    entries?.map((entry, index) => ({ entry, where: `${file} at ${field}.${index}` }));
  const said = (option: string, words: string[] | undefined) =>
    words?.map((word) => ({ word, where: option }));
  const runners = runnersOf(config, file);
  const suites = inFile('suites', config.suites)?.map(({ entry, where }) => ({ word: entry, where }));
  const reports = inFile('reports', config.reports)?.map(({ entry, where }) =>
    typeof entry === 'string' ? { word: entry, where } : { word: entry[0], where, options: entry[1] },
  );
  return {
    runners: said('--runner', overrides.runners) ?? runners.runners,
    suites: said('--suite', overrides.suites) ?? suites,
    // Options of the file hold for a reporter that the command line names, too.
    reports: said('--report', overrides.reports)?.map((choice) => ({
      ...reports?.find(({ word }) => word === choice.word),
      ...choice,
    })) ??
      reports ?? [DEFAULT_REPORT],
    described: {
      runners: runners.described,
      suites: suites ?? [],
      reports: reports ?? [],
    },
    profile,
    settings: {
      ...settings,
      ...(overrides.timeBudgetS === undefined ? {} : { timeBudgetS: overrides.timeBudgetS }),
    },
    gate: gateOf(config.gate, file),
    caseTimeoutMs: (config.caseTimeoutSeconds ?? 10) * 1000,
    seed: overrides.seed ?? config.seed ?? 1,
  };
}

/** What the configuration file in `folder` says of runners; mistakes in its other parts are looked at by what needs those. */
export async function loadRunners(
  folder: string,
): Promise<Pick<LoadedConfig, 'runners'> & { described: LoadedConfig['described']['runners'] }> {
  const name = fileIn(folder);
  const config = name === undefined ? {} : await readConfig(join(folder, name), name);
  return runnersOf(config, name ?? '');
}

function runnersOf(config: BenchConfig, file: string) {
  const runners = config.runners?.map((entry, index) => ({ entry, where: `${file} at runners.${index}` }));
  return {
    runners: runners?.map(({ entry, where }) => ({
      word: typeof entry === 'string' ? entry : entry.id,
      where,
    })),
    described: (runners ?? []).flatMap(({ entry, where }) =>
      typeof entry === 'string' ? [] : [{ entry, where }],
    ),
  };
}

/** The profiles that can be named in `folder`: the built-in ones and those of its configuration file. */
export async function loadProfiles(folder: string): Promise<Map<string, Settings>> {
  const name = fileIn(folder);
  return profilesOf(name === undefined ? {} : await readConfig(join(folder, name), name));
}

/** Whether a folder has a configuration file, of whatever ending. */
export const hasConfig = (folder: string): boolean =>
  ENDINGS.some((ending) => existsSync(join(folder, BASE + ending)));

/** The configuration's file name in a folder. Two are refused: which of them holds could only be guessed. */
function fileIn(folder: string): string | undefined {
  const names = ENDINGS.map((ending) => BASE + ending).filter((name) => existsSync(join(folder, name)));
  if (names.length > 1)
    throw new UserError(`there is ${names.join(' and ')}: keep the one that holds, remove the others`);
  return names[0];
}

async function readConfig(file: string, name: string): Promise<BenchConfig> {
  return checkConfig(await importDefault(file, name, 'export default defineConfig({ … })'), name);
}

function checkConfig(value: unknown, name: string): BenchConfig {
  return checkShape<BenchConfig>(configSchema, value, name, name.endsWith('.json') ? 'the file' : undefined);
}
