/** Finds suites, runners and reporters by folder: the folder's name is the id. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UserError } from '../contracts/failure.ts';
import type { Reporter } from '../contracts/reporter.ts';
import type { Runner } from '../contracts/runner.ts';
import type { Suite } from '../contracts/suite.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** `.ts` in the checkout, `.js` in the built package. */
const EXTENSION = import.meta.url.slice(import.meta.url.lastIndexOf('.'));

/** All suites in suites/, by id. */
export const discoverSuites = () => discover<Suite>('suites', 'suite');

/** All runners in runners/, by id. */
export const discoverRunners = () => discover<Runner>('runners', 'runner');

/** All reporters in reports/, by id. */
export const discoverReporters = () => discover<Reporter>('reports', 'reporter');

async function discover<Item extends { id: string }>(
  folder: string,
  file: string,
): Promise<Map<string, Item>> {
  const found = new Map<string, Item>();
  const base = join(ROOT, folder);
  for (const entry of readdirSync(base, { withFileTypes: true }).toSorted((a, b) =>
    a.name.localeCompare(b.name),
  )) {
    const path = join(base, entry.name, file + EXTENSION);
    if (!entry.isDirectory() || !existsSync(path)) continue;
    const { default: item } = (await import(pathToFileURL(path).href)) as { default?: Item };
    if (!item || typeof item !== 'object')
      throw new UserError(`${folder}/${entry.name}/${file}${EXTENSION} has no default export`);
    if (item.id !== entry.name)
      throw new UserError(
        `${folder}/${entry.name}/${file}${EXTENSION} has the id '${item.id}'; it must be its folder's name`,
      );
    found.set(item.id, item);
  }
  return found;
}
