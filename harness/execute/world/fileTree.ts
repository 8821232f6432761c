/** Makes a case's files on the host. */

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import type { FileSpec, FileTree } from '../../contracts/world.ts';

/** Where targets begin: of hard links, and of symbolic links that are to be whole paths of the host. */
interface Roots {
  tree: string;
  world: string;
}

/**
 * Makes the entries in `folder`, which exists; `world` is the folder that holds all of a world's. Throws where the filesystem refuses
 * one.
 */
export function makeTree(folder: string, entries: FileTree, world = dirname(folder)): Promise<void> {
  return makeEntries(folder, entries, { tree: folder, world });
}

async function makeEntries(folder: string, entries: FileTree, roots: Roots): Promise<void> {
  for (const [name, spec] of Object.entries(entries))
    await makeEntry(pathOf(folder, name, spec), spec, roots);
}

/** A name given in bytes makes a path in bytes. */
function pathOf(folder: string, name: string, spec: FileSpec): string | Buffer {
  const nameHex = typeof spec === 'object' && 'kind' in spec ? spec.nameHex : undefined;
  if (nameHex === undefined) return join(folder, name);
  return Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(nameHex, 'hex')]);
}

type Entry = Exclude<FileSpec, string | Uint8Array>;

async function makeEntry(path: string | Buffer, given: FileSpec, roots: Roots): Promise<void> {
  const spec: Entry =
    typeof given === 'string' || given instanceof Uint8Array ? { kind: 'file', content: given } : given;
  switch (spec.kind) {
    case 'file':
      writeFile(path, spec.content ?? '', spec.sizeBytes);
      break;
    case 'directory':
      mkdirSync(path);
      await makeEntries(String(path), spec.entries ?? {}, roots);
      break;
    case 'symlink':
      symlinkSync(spec.absolute ? join(roots.world, spec.target) : spec.target, path);
      return;
    case 'hardlink':
      linkSync(join(roots.tree, spec.to), path);
      return;
    case 'fifo':
      execFileSync('mkfifo', [String(path)]);
      break;
    case 'socket':
      await leaveSocket(String(path));
      break;
  }
  if (spec.mode !== undefined) chmodSync(path, spec.mode);
  if (spec.accessedNs !== undefined || spec.modifiedNs !== undefined)
    setTimes(String(path), spec.accessedNs, spec.modifiedNs);
}

function writeFile(path: string | Buffer, content: string | Uint8Array, sizeBytes: number | undefined): void {
  const file = openSync(path, 'wx');
  try {
    writeSync(file, typeof content === 'string' ? Buffer.from(content) : content);
    if (sizeBytes !== undefined) ftruncateSync(file, sizeBytes);
  } finally {
    closeSync(file);
  }
}

/** By `touch` where it must, since Node's own call knows times to the microsecond only and starting a process takes milliseconds. */
function setTimes(path: string, accessedNs: bigint | undefined, modifiedNs: bigint | undefined): void {
  const before = lstatSync(path, { bigint: true });
  const wanted = { accessed: accessedNs ?? before.atimeNs, modified: modifiedNs ?? before.mtimeNs };
  lutimesSync(path, Number(wanted.accessed) / 1e9, Number(wanted.modified) / 1e9);
  const after = lstatSync(path, { bigint: true });
  if (after.atimeNs === wanted.accessed && after.mtimeNs === wanted.modified) return;
  const at = (ns: bigint) => `@${ns / 1_000_000_000n}.${String(ns % 1_000_000_000n).padStart(9, '0')}`;
  if (wanted.accessed === wanted.modified) {
    execFileSync('touch', ['-h', '-d', at(wanted.accessed), path]);
    return;
  }
  execFileSync('touch', ['-a', '-h', '-d', at(wanted.accessed), path]);
  execFileSync('touch', ['-m', '-h', '-d', at(wanted.modified), path]);
}

/**
 * A socket that nobody listens on any more. Closing removes the name that was listened on, so it is given a second one; and the
 * folder goes by its descriptor where it can, since a socket's path has at most 107 bytes.
 */
async function leaveSocket(path: string): Promise<void> {
  const folder = openSync(dirname(path), 'r');
  const server = createServer();
  try {
    const listening = `${basename(path)}.listening`;
    const short = process.platform === 'linux' ? `/proc/self/fd/${folder}` : dirname(path);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(`${short}/${listening}`, resolve);
    });
    linkSync(join(dirname(path), listening), path);
    await new Promise((resolve) => server.close(resolve));
  } finally {
    closeSync(folder);
  }
}
