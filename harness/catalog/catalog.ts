/** All that a user can name: what was found by folder, and what the configuration describes itself. */

import { resolve } from 'node:path';
import type { Choice, CommandRunner, PathRunner } from '../contracts/config.ts';
import { UserError } from '../contracts/failure.ts';
import type { Reporter } from '../contracts/reporter.ts';
import type { Runner } from '../contracts/runner.ts';
import type { Suite } from '../contracts/suite.ts';
import { parseRunnerId, runnerIdText } from '../naming/runnerId.ts';
import { unknownWord } from '../userFiles/unknownWord.ts';
import { commandRunner } from './commandRunner.ts';
import { coveringSuite } from './coveringSuite.ts';
import { deriveRunner } from './deriveRunner.ts';
import {
  add,
  type Discovered,
  discover,
  type Kind,
  loadFolder,
  REPORTERS,
  RUNNERS,
  SUITES,
  sourceOf,
} from './discover.ts';
import { checkGuests } from './userSuite.ts';

/** One kind of things that are named by id or by folder. */
interface Shelf<Item> {
  byId: Map<string, Discovered<Item>>;
  /** Ids of those that were loaded from a folder which the user names, by that folder. */
  byFolder: Map<string, string>;
}

export interface Catalog extends RunnerCatalog {
  suites: Shelf<Suite>;
  reporters: Shelf<Reporter>;
}

/** The runners alone. */
export interface RunnerCatalog {
  /** Where the configuration lies: relative folders begin here. */
  folder: string;
  runners: Map<string, Discovered<Runner>>;
  /** Known runtimes at executables of the user's, by id. */
  atPath: Map<string, Discovered<Runner>>;
}

/** What a configuration describes itself. */
export interface Described {
  runners: readonly { entry: PathRunner | CommandRunner; where: string }[];
  suites: readonly Choice[];
  reports: readonly Choice[];
}

/** Finds everything; `guests` are the ids of the prebuilt ones. Throws a UserError for what is not as it should be. */
export async function openCatalog(
  folder: string,
  described: Described,
  guests: Iterable<string>,
): Promise<Catalog> {
  const [suites, runners, reporters] = await Promise.all([
    discover(SUITES, folder),
    openRunners(folder, described.runners),
    discover(REPORTERS, folder),
  ]);
  const catalog: Catalog = {
    ...runners,
    suites: { byId: suites, byFolder: new Map() },
    reporters: { byId: reporters, byFolder: new Map() },
  };
  await addFolders(SUITES, catalog.suites, described.suites, folder);
  await addFolders(REPORTERS, catalog.reporters, described.reports, folder);
  const known = new Set(guests);
  const all = [...suites.values()].map(({ item }) => item);
  for (const [id, { item, from }] of suites) {
    checkGuests(item, known, from);
    suites.set(id, { item: coveringSuite(item, all, sourceOf(SUITES, item, from, folder)), from });
  }
  return catalog;
}

/** Finds the runners, and nothing else that could be wrong. Throws a UserError as openCatalog does. */
export async function openRunners(folder: string, described: Described['runners']): Promise<RunnerCatalog> {
  const catalog: RunnerCatalog = { folder, runners: await discover(RUNNERS, folder), atPath: new Map() };
  for (const { entry, where } of described) addRunner(catalog, entry, where);
  return catalog;
}

/** A word with a separator in it is a folder. */
const isFolder = (word: string) => /[\\/]/.test(word) || word === '.';

async function addFolders<Item extends { id: string }>(
  kind: Kind<Item>,
  shelf: Shelf<Item>,
  choices: readonly Choice[],
  base: string,
): Promise<void> {
  for (const { word, where } of choices) {
    const path = resolve(base, word);
    if (!isFolder(word) || shelf.byFolder.has(path)) continue;
    const { item, from } = await loadFolder(kind, base, path, where);
    // The same file may have been found by its folder already.
    if (shelf.byId.get(item.id)?.from !== from) add(kind, shelf.byId, item, from);
    shelf.byFolder.set(path, item.id);
  }
}

function addRunner(catalog: RunnerCatalog, entry: PathRunner | CommandRunner, where: string): void {
  if ('command' in entry) {
    add(RUNNERS, catalog.runners, commandRunner(entry, catalog.folder, where), where);
    return;
  }
  const id = parseRunnerId(entry.id, `${where}.id`);
  const text = runnerIdText(id);
  const before = catalog.atPath.get(text);
  if (before) throw new UserError(`runner '${text}' in ${where} was given a path before, in ${before.from}`);
  const base = known(catalog.runners, 'runner', id.runtime, `${where}.id`).item;
  const item = deriveRunner(base, id, `${where}.id`, resolve(catalog.folder, entry.path));
  catalog.atPath.set(text, { item, from: where });
}

function known<Item>(
  shelf: Map<string, Discovered<Item>>,
  what: string,
  word: string,
  where: string,
): Discovered<Item> {
  const found = shelf.get(word);
  if (!found) throw unknownWord(what, word, [...shelf.keys()], where);
  return found;
}

function find<Item extends { id: string }>(
  kind: Kind<Item>,
  shelf: Shelf<Item>,
  { word, where }: Choice,
  base: string,
): Item {
  const id = isFolder(word) ? (shelf.byFolder.get(resolve(base, word)) ?? word) : word;
  return known(shelf.byId, kind.name, id, where).item;
}

/** The suite of an id or folder. Throws a UserError with the nearest id where there is none. */
export const findSuite = (catalog: Catalog, choice: Choice): Suite =>
  find(SUITES, catalog.suites, choice, catalog.folder);

/** The reporter of an id or folder. Throws a UserError with the nearest id where there is none. */
export const findReporter = (catalog: Catalog, choice: Choice): Reporter =>
  find(REPORTERS, catalog.reporters, choice, catalog.folder);

/** The runner of an id, `<runtime>[+mode][@release]`. Throws a UserError with the nearest runtime or mode where there is none. */
export function findRunner(catalog: RunnerCatalog, { word, where }: Choice): Runner {
  const id = parseRunnerId(word, where);
  const text = runnerIdText(id);
  const given = catalog.atPath.get(text);
  if (given) return given.item;
  const { mode: _, ...withoutMode } = id;
  // The modes of a runtime at a path of the user's are that runtime's; its releases are not.
  const atPath = catalog.atPath.get(runnerIdText(withoutMode));
  if (atPath) return deriveRunner(atPath.item, id, where);
  const base = known(catalog.runners, 'runner', id.runtime, where).item;
  return text === id.runtime ? base : deriveRunner(base, id, where);
}

/** The runners of several ids, each once. */
export function findRunners(catalog: RunnerCatalog, choices: readonly Choice[]): Runner[] {
  const found = new Map(choices.map((choice) => findRunner(catalog, choice)).map((one) => [one.id, one]));
  return [...found.values()];
}

/** The runners that are measured when none are named: each runtime once, and those at paths of the user's. */
export function allRunners(catalog: RunnerCatalog): Discovered<Runner>[] {
  return [...new Map([...catalog.runners, ...catalog.atPath]).values()];
}
