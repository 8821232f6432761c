/** What stands in a folder. */

import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** Paths of all regular files below `folder`, relative to it, sorted. */
export async function regularFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}
