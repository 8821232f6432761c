/** Looks at what a guest left on the host. */

import { createHash } from 'node:crypto';
import {
  type BigIntStats,
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
} from 'node:fs';
import type { HostEntry, HostOutput } from '../../contracts/world.ts';

const MOST_ENTRIES = 5000;
const HEAD_BYTES = 4096;
const OUTPUT_HEAD_BYTES = 65_536;
/** A guest can make a sparse file of any size: larger ones are not read. */
const MOST_READ_BYTES = 16 * 1024 * 1024;

/** Every entry below a folder, the folder itself first, in the order of their bytes; without those of its own entries that are left out. */
export function lookAt(folder: string, leavesOut: (name: string) => boolean = () => false): HostEntry[] {
  const found: HostEntry[] = [];
  // Depth first with the paths as bytes: names may be no UTF-8.
  const visit = (path: Buffer, inside: Buffer): void => {
    if (found.length >= MOST_ENTRIES) return;
    const stats = lstatSync(path, { bigint: true });
    const entry = describe(path, inside, stats);
    found.push(entry);
    if (entry.kind !== 'directory') return;
    const names = readdirSync(path, { encoding: 'buffer' }).toSorted(Buffer.compare);
    for (const name of names)
      if (inside.length > 0 || !leavesOut(String(name)))
        visit(joined(path, name), inside.length === 0 ? name : joined(inside, name));
  };
  visit(Buffer.from(folder), Buffer.alloc(0));
  return found;
}

/** What stands in a file, as output. */
export function outputIn(file: number): HostOutput {
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  const piece = Buffer.alloc(65_536);
  let size = 0;
  for (;;) {
    const count = readSync(file, piece, 0, piece.length, size);
    if (count === 0) break;
    const bytes = piece.subarray(0, count);
    hash.update(bytes);
    if (size < OUTPUT_HEAD_BYTES) head.push(Buffer.from(bytes.subarray(0, OUTPUT_HEAD_BYTES - size)));
    size += count;
  }
  return { head: Buffer.concat(head).toString('base64'), sizeBytes: size, sha256: hash.digest('hex') };
}

function describe(path: Buffer, inside: Buffer, stats: BigIntStats): HostEntry {
  const kind = kindOf(stats);
  return {
    path: readable(inside),
    kind,
    sizeBytes: Number(stats.size),
    mode: Number(stats.mode & 0o7777n),
    links: Number(stats.nlink),
    device: String(stats.dev),
    inode: String(stats.ino),
    accessedNs: String(stats.atimeNs),
    modifiedNs: String(stats.mtimeNs),
    changedNs: String(stats.ctimeNs),
    ...(kind === 'file' && stats.size <= MOST_READ_BYTES ? contentOf(path) : {}),
    ...(kind === 'symlink' ? { target: readable(readlinkSync(path, { encoding: 'buffer' })) } : {}),
  };
}

function contentOf(path: Buffer): Pick<HostEntry, 'head' | 'sha256'> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    // A guest, or the case itself, may have taken away the right to read it.
    return {};
  }
  try {
    const { head, sha256 } = outputIn(file);
    return { head: Buffer.from(head, 'base64').subarray(0, HEAD_BYTES).toString('base64'), sha256 };
  } finally {
    closeSync(file);
  }
}

function kindOf(stats: BigIntStats): HostEntry['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isFIFO()) return 'fifo';
  if (stats.isSocket()) return 'socket';
  return 'other';
}

const joined = (folder: Buffer, name: Buffer) => Buffer.concat([folder, Buffer.from('/'), name]);

/** UTF-8 as it is; where it is none, its bytes beyond ASCII as `\xNN`. */
function readable(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return [...bytes]
      .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`))
      .join('');
  }
}
