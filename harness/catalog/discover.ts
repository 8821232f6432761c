/** Finds suites, runners and reporters by folder, ours and the user's: the folder's name is the id. */

import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as z from 'zod';
import { UserError } from '../contracts/failure.ts';
import type { Reporter } from '../contracts/reporter.ts';
import type { Runner } from '../contracts/runner.ts';
import type { Suite } from '../contracts/suite.ts';
import { checkShape } from '../userFiles/checkShape.ts';
import { importDefault, MODULE_ENDINGS } from '../userFiles/importDefault.ts';
import { reporterSchema, runnerSchema, suiteSchema } from './itemSchemas.ts';
import { userSuite } from './userSuite.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** `.ts` in the checkout, `.js` in the built package. */
const EXTENSION = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
/** Where what we bring along is from. */
export const OURS = 'wasimeter';

/** Something found, and where: `wasimeter`, or the user's file relative to the configuration's folder. */
export interface Discovered<Item> {
  item: Item;
  from: string;
}

/** One kind of thing that is found by folder. */
export interface Kind<Item extends { id: string }> {
  /** In words. */
  name: string;
  folder: string;
  /** The file's name without its ending. */
  file: string;
  schema: z.ZodType;
  /** What else is made of an item when it is found; `shown` names its file in errors. */
  finish(item: Item, folder: string, shown: string): Item;
}

export const SUITES: Kind<Suite> = {
  ...{ name: 'suite', folder: 'suites', file: 'suite', schema: suiteSchema },
  finish: (suite, folder, shown) => userSuite(suite, { folder, shown }),
};
export const RUNNERS: Kind<Runner> = {
  ...{ name: 'runner', folder: 'runners', file: 'runner', schema: runnerSchema },
  finish: (runner, folder) => ({ ...runner, folder }),
};
export const REPORTERS: Kind<Reporter> = {
  ...{ name: 'reporter', folder: 'reports', file: 'reporter', schema: reporterSchema },
  finish: (reporter) => reporter,
};

/** All suites by id: those in suites/, and in suites/ below the user's `folder`. */
export const discoverSuites = async (folder?: string) => itemsOf(await discover(SUITES, folder));

/** All runners by id: those in runners/, and in runners/ below the user's `folder`. */
export const discoverRunners = async (folder?: string) => itemsOf(await discover(RUNNERS, folder));

/** All reporters by id: those in reports/, and in reports/ below the user's `folder`. */
export const discoverReporters = async (folder?: string) => itemsOf(await discover(REPORTERS, folder));

const itemsOf = <Item>(found: Map<string, Discovered<Item>>) =>
  new Map([...found].map(([id, { item }]) => [id, item]));

/** All of one kind, by id. Throws a UserError for a file that is not as it should be, and for an id that is used twice. */
export async function discover<Item extends { id: string }>(
  kind: Kind<Item>,
  folder?: string,
): Promise<Map<string, Discovered<Item>>> {
  const found = new Map<string, Discovered<Item>>();
  for (const path of foldersIn(join(ROOT, kind.folder))) {
    const file = join(path, kind.file + EXTENSION);
    if (!existsSync(file)) continue;
    add(kind, found, await load(kind, file, relative(ROOT, file)), OURS);
  }
  if (folder === undefined || isOurs(folder)) return found;
  for (const path of foldersIn(join(folder, kind.folder))) {
    const file = moduleIn(path, kind.file);
    if (file === undefined) continue;
    const shown = relative(folder, file);
    add(kind, found, await load(kind, file, shown), shown);
  }
  return found;
}

/** Loads one of a kind from a folder that the user names, relative to `base`. Throws a UserError where there is none. */
export async function loadFolder<Item extends { id: string }>(
  kind: Kind<Item>,
  base: string,
  path: string,
  where: string,
): Promise<Discovered<Item>> {
  const file = existsSync(path) ? moduleIn(path, kind.file) : undefined;
  if (file === undefined)
    throw new UserError(
      `${relative(base, path) || '.'} in ${where} ${existsSync(path) ? `has no ${kind.file}.ts or ${kind.file}.js` : 'is not there'}`,
    );
  const shown = relative(base, file);
  return { item: await load(kind, file, shown), from: shown };
}

/** Puts something found under its id. Throws a UserError naming both where the id is taken. */
export function add<Item extends { id: string }>(
  kind: Pick<Kind<Item>, 'name' | 'folder' | 'file'>,
  found: Map<string, Discovered<Item>>,
  item: Item,
  from: string,
): void {
  const before = found.get(item.id);
  if (before) {
    const other =
      before.from === OURS
        ? `wasimeter's own (${kind.folder}/${item.id}/${kind.file}${EXTENSION})`
        : before.from;
    throw new UserError(`${kind.name} '${item.id}' in ${from} has the id of ${other}: give it another`);
  }
  found.set(item.id, { item, from });
}

/** Where something found lies, and how its file is called in errors. */
export function sourceOf<Item extends { id: string }>(
  kind: Pick<Kind<Item>, 'folder' | 'file'>,
  { id }: Item,
  from: string,
  base: string,
): { folder: string; shown: string } {
  const ours = join(kind.folder, id, kind.file + EXTENSION);
  return from === OURS
    ? { folder: dirname(join(ROOT, ours)), shown: ours }
    : { folder: dirname(join(base, from)), shown: from };
}

async function load<Item extends { id: string }>(
  kind: Kind<Item>,
  file: string,
  shown: string,
): Promise<Item> {
  const example = `export default define${kind.name[0]?.toUpperCase()}${kind.name.slice(1)}({ … })`;
  const loaded = await importDefault(file, shown, example);
  // Copied before it is checked: methods that a copy would lose are then said to be missing.
  const item = typeof loaded === 'object' && loaded !== null ? { ...loaded } : loaded;
  checkShape(kind.schema, item, shown);
  const { id } = item as Item;
  if (id !== basename(dirname(file)))
    throw new UserError(`${shown} has the id '${id}'; it must be its folder's name`);
  return kind.finish(item as Item, dirname(file), shown);
}

function foldersIn(base: string): string[] {
  if (!existsSync(base)) return [];
  return readdirSync(base, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => join(base, entry.name))
    .toSorted((a, b) => a.localeCompare(b));
}

/** TypeScript goes first where Node runs it: the JavaScript beside it is then most likely made of it. */
function moduleIn(folder: string, name: string): string | undefined {
  const endings = process.features.typescript ? MODULE_ENDINGS : MODULE_ENDINGS.toReversed();
  return endings.map((ending) => join(folder, name + ending)).find((file) => existsSync(file));
}

/** Whether the command was started in wasimeter's own checkout, whose folders are ours already. */
function isOurs(folder: string): boolean {
  const roots = EXTENSION === '.js' ? [ROOT, dirname(ROOT)] : [ROOT];
  const real = realpathSync(folder);
  return roots.some((root) => realpathSync(root) === real);
}
