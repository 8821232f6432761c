/** Unpacking an archive from the network with the system's tar: only what is wanted, and nothing that leaves its folder. */

import { mkdir, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { ChildError, runChild } from './children.ts';
import type { Machine } from './options.ts';
import { SourceUnavailable } from './sourceTrouble.ts';

export interface Wanted {
  /** A file's path below the archive's one top folder, if it has one. */
  executable: string;
  /** Folders beside it, of which all is wanted; they need not be there. */
  folders: string[];
}

const MOST_ENTRIES = 5_000;
/** In blocks of 512 bytes, as the shell counts: no file may unpack to more than 1 GiB. */
const MOST_BLOCKS = 2 * 2 ** 20;

/**
 * Unpacks what is wanted of `archive` into the new folder `into` and returns the folder in which the wanted paths begin. Throws
 * for an archive that is harmed, hostile, or lacks the executable.
 */
export async function unpackArchive(
  archive: string,
  into: string,
  wanted: Wanted,
  machine: Machine,
): Promise<string> {
  const names = lines(await tar(['-tf', archive], machine));
  const details = lines(await tar(['--numeric-owner', '-tvf', archive], machine));
  if (names.length > MOST_ENTRIES) throw new Error(`the archive holds ${names.length} files`);
  if (names.length !== details.length) throw new Error('the archive lists its files in two ways');
  for (const [at, name] of names.entries()) checkEntry(name, details[at]!);

  const found = names.filter((name) => tail(name) === wanted.executable || bare(name) === wanted.executable);
  if (found.length !== 1)
    throw new Error(`the archive holds ${found.length} files ${wanted.executable}, expected one`);
  const top = bare(found[0]!).slice(0, -wanted.executable.length);
  const chosen = names.filter(
    (name) =>
      name === found[0] ||
      wanted.folders.some((folder) => bare(name).startsWith(`${top}${folder}/`) && !name.endsWith('/')),
  );
  await mkdir(into);
  // By name, so that nothing else reaches the disk; the limit holds for each file.
  await tar(['-xf', archive, '-C', into, '--no-same-owner', '--', ...chosen], machine);
  await checkTree(into);
  return path.join(into, top);
}

/** Refuses an entry that points out of the folder it will be unpacked into, or is no file, folder or link. */
function checkEntry(name: string, detail: string): void {
  if (leaves(name)) throw new Error(`the archive names ${JSON.stringify(name)}, which leaves its folder`);
  const type = detail[0] ?? '';
  if (type === '-' || type === 'd') return;
  if (type !== 'h' && type !== 'l')
    throw new Error(`the archive's ${JSON.stringify(name)} is neither file, folder nor link`);
  const words = ` ${name} ${type === 'h' ? 'link to' : '->'} `;
  const at = detail.indexOf(words);
  const target = at < 0 ? '/' : detail.slice(at + words.length);
  // A hard link's target is named from the archive's root, a symbolic link's from its own folder.
  const leads = type === 'h' ? target : path.join(path.dirname(name), target);
  if (path.isAbsolute(target) || leaves(leads))
    throw new Error(`the archive's link ${JSON.stringify(name)} leads out of its folder`);
}

const leaves = (name: string) => path.isAbsolute(name) || name.split('/').includes('..');

/** What was unpacked is looked at again: listings and archives can be at odds. */
async function checkTree(folder: string): Promise<void> {
  const root = await realpath(folder);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() || entry.isDirectory()) continue;
    const real = entry.isSymbolicLink() ? await realpath(file).catch(() => '') : '';
    if (!real.startsWith(root + path.sep))
      throw new Error(`the archive's link ${JSON.stringify(entry.name)} leads out of its folder`);
  }
}

async function tar(args: string[], machine: Machine): Promise<string> {
  const bounded = { env: { ...machine.env, LC_ALL: 'C' }, timeoutMs: machine.downloadTimeoutMs };
  try {
    return await runChild('sh', ['-c', `ulimit -f ${MOST_BLOCKS}; exec tar "$@"`, 'sh', ...args], bounded);
  } catch (error) {
    if (error instanceof ChildError && /\b(tar|xz|gzip)\b.*not found|Cannot exec/.test(error.output))
      throw new SourceUnavailable('this machine lacks tar, or xz for it');
    throw new Error(`the archive is harmed: ${(error as Error).message}`);
  }
}

const lines = (text: string) => text.split('\n').filter((line) => line !== '');
/** Without a leading `./`. */
const bare = (name: string) => name.replace(/^(\.\/)+/, '');
/** Below the top folder. */
const tail = (name: string) => bare(name).split('/').slice(1).join('/');
