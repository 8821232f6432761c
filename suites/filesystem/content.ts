/** Owns worlds of one file, and what the host must find in it afterwards. */

import type { Seen } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder } from '../../harness/contracts/script.ts';
import type { FileSpec, FileTree, World } from '../../harness/contracts/world.ts';
import { onHost } from './tree.ts';

/** Ten bytes of which no two are alike, so that any shift shows. */
export const LETTERS = 'abcdefghij';

/** A world of one preopened directory with `file` in it, and what else is given. */
export function holding(file: FileSpec = LETTERS, others: FileTree = {}): World {
  return { preopens: [{ guest: '/', entries: { file, ...others } }] };
}

/** States what the host finds in a file in the end (of 4 KiB at most). */
export function expectFile(s: ScriptBuilder, text: string, path = 'file'): void {
  s.after(`${path} holds ${JSON.stringify(text)}`, [], (seen) => fileHolds(seen, text, path));
}

/** True when the host finds exactly `text` in the file. */
export function fileHolds(seen: Seen, text: string, path = 'file'): true | string {
  const entry = onHost(seen, path);
  if (entry?.kind !== 'file') return 'there is no such file';
  const content = Buffer.from(entry.head ?? '', 'base64');
  const wanted = Buffer.from(text, 'latin1');
  if (entry.sizeBytes === wanted.length && content.equals(wanted)) return true;
  return `${entry.sizeBytes} bytes, which begin with ${readable(content)}`;
}

/** States how long a file is in the end. */
export function expectSize(s: ScriptBuilder, sizeBytes: number, path = 'file'): void {
  s.after(`${path} has ${sizeBytes} bytes`, [], (seen) => {
    const found = onHost(seen, path)?.sizeBytes;
    return found === sizeBytes || `it has ${found ?? 'no'}`;
  });
}

/** Bytes as text for the one who reads a failed case, the first of them. */
export function readable(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
}
