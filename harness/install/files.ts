/** What stands in a folder. */

import { readdir, readlink } from 'node:fs/promises';
import path from 'node:path';

/** Paths of all regular files below `folder`, relative to it, sorted. */
export async function regularFiles(folder: string): Promise<string[]> {
  return (await treeOf(folder)).files;
}

export interface Tree {
  /** Paths of regular files, relative to the folder, sorted. */
  files: string[];
  /** The targets of symbolic links as they are written, by path. */
  links: Record<string, string>;
  /** What is neither file, folder nor symbolic link. */
  others: string[];
}

/** All that stands below `folder`; links are not followed. */
export async function treeOf(folder: string): Promise<Tree> {
  const tree: Tree = { files: [], links: {}, others: [] };
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const name = path.relative(folder, path.join(entry.parentPath, entry.name));
    if (entry.isFile()) tree.files.push(name);
    else if (entry.isSymbolicLink()) tree.links[name] = await readlink(path.join(folder, name));
    else if (!entry.isDirectory()) tree.others.push(name);
  }
  tree.files.sort();
  return tree;
}
