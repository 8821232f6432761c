/** What a command works with: the folder's configuration, and everything that can be named there. */

import { type Catalog, openCatalog, openRunners, type RunnerCatalog } from '../harness/catalog/catalog.ts';
import { loadGuests } from '../harness/catalog/guests.ts';
import { type LoadedConfig, loadConfig, loadRunners, type Overrides } from '../harness/config/load.ts';
import type { Choice } from '../harness/contracts/config.ts';
import type { Guest } from '../harness/contracts/guest.ts';
import { resolveOwnImport } from './ownImport.ts';
import { CACHE_FOLDER } from './paths.ts';

export interface Workspace {
  config: LoadedConfig;
  catalog: Catalog;
  guests: Map<string, Guest>;
}

/** Loads configuration and catalog of the folder the command was started in. Throws a UserError for a mistake in either. */
export async function openWorkspace(overrides: Overrides = {}): Promise<Workspace> {
  resolveOwnImport();
  const folder = process.cwd();
  const config = await loadConfig(folder, overrides);
  const guests = loadGuests(undefined, CACHE_FOLDER);
  const described = {
    ...config.described,
    // The command line may name folders, too.
    suites: [...config.described.suites, ...(config.suites ?? [])],
    reports: [...config.described.reports, ...config.reports],
  };
  return { config, catalog: await openCatalog(folder, described, guests.keys()), guests };
}

/** The runners of the folder, and those that its configuration asks for: what else is wrong in it is not in their way. */
export async function openRunnerCatalog(): Promise<{ catalog: RunnerCatalog; asked: Choice[] | undefined }> {
  resolveOwnImport();
  const folder = process.cwd();
  const { runners, described } = await loadRunners(folder);
  return { catalog: await openRunners(folder, described), asked: runners };
}
