/** The manifest of a cached runtime: what was installed, and whether the folder still holds that and nothing else. */

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { DirectStart } from '../contracts/install.ts';
import { treeOf } from './files.ts';
import { hashFile } from './hashFile.ts';

const NAME = 'manifest.json';

/** Paths inside the folder. */
const inside = z
  .string()
  .max(1000)
  .refine((text) => !path.isAbsolute(text) && !text.split('/').includes('..'), 'leaves its folder');

const startSchema = z.object({
  /** The program that the script at the folder's top starts. */
  program: inside,
  /** Folders of the libraries that it is given. */
  libraries: z.array(inside),
  /** The loader it is started by; the system's without it. */
  loader: inside.optional(),
});

const manifestSchema = z.object({
  version: z.string(),
  source: z.string(),
  /** SHA-256 of every regular file, by its path inside the folder. */
  files: z.record(z.string(), z.string()),
  /** Targets of the symbolic links. */
  links: z.record(z.string(), z.string()).optional(),
  /** Versions of the packages it was unpacked from, where that is what it is made of. */
  packages: z.record(z.string(), z.string()).optional(),
  start: startSchema.optional(),
});

export type Manifest = z.infer<typeof manifestSchema>;
/** What a way of bringing in a runtime says of it besides its files. */
export type Brought = Pick<Manifest, 'packages' | 'start'>;

/** Where the manifest of a cached folder stands. */
export const manifestFile = (folder: string): string => path.join(folder, NAME);

/** Writes the manifest of an unpacked tree: all its files and links. */
export async function writeManifest(
  folder: string,
  version: string,
  source: string,
  brought: Brought,
): Promise<void> {
  const { files: names, links } = await treeOf(folder);
  const files: Record<string, string> = {};
  for (const name of names) files[name] = await hashFile(path.join(folder, name));
  const isLinked = Object.keys(links).length > 0;
  const manifest: Manifest = { version, source, files, ...(isLinked ? { links } : {}), ...brought };
  await writeFile(manifestFile(folder), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** The manifest of a folder; undefined where it has none that can be read. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(manifestFile(folder), 'utf8')));
  } catch {
    return undefined;
  }
}

/** What in a folder is not as its manifest says, in words behind the folder's name; undefined where all is. */
export async function difference(folder: string, manifest: Manifest): Promise<string | undefined> {
  const { files, links, others } = await treeOf(folder);
  for (const [name, target] of Object.entries(manifest.links ?? {}))
    if (links[name] !== target) return `${name} is not what was installed`;
  for (const [name, hash] of Object.entries(manifest.files)) {
    const actual = files.includes(name) ? await hashFile(path.join(folder, name)) : 'missing';
    if (actual !== hash) return `${name} is not what was installed`;
  }
  // A library more would be loaded as gladly as one that was changed.
  const stray = [...files, ...Object.keys(links), ...others].find(
    (name) =>
      name !== NAME && !Object.hasOwn(manifest.files, name) && !Object.hasOwn(manifest.links ?? {}, name),
  );
  return stray === undefined ? undefined : `${stray} was not installed with it`;
}

/** How the runtime in a folder is started without its script. */
export function startIn(folder: string, { start }: Manifest): DirectStart | undefined {
  if (!start) return undefined;
  const program = path.join(folder, start.program);
  const libraries = start.libraries.map((one) => path.join(folder, one)).join(':');
  if (start.loader === undefined) {
    const env = { LD_LIBRARY_PATH: libraries, DYLD_LIBRARY_PATH: libraries };
    return { file: program, args: [], env, program };
  }
  return { file: path.join(folder, start.loader), args: ['--library-path', libraries, program], program };
}
