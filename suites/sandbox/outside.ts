/** Owns what stands outside of the preopened folders, and the proof that it was neither changed nor seen. */

import type { Expectation, Seen } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder } from '../../harness/contracts/script.ts';
import type { FileTree, HostEntry } from '../../harness/contracts/world.ts';

/** Of a length that nothing inside has. */
export const SECRET = 'a canary, which must not sing';
/** Times of long ago, so that whatever touches an entry shows. */
const AGO = { accessedNs: 1_000_000_000_000_000_000n, modifiedNs: 1_000_000_000_000_000_000n };

/** What the functions could work on, beside the preopened folders. */
export const OUTSIDE: FileTree = {
  empty: { kind: 'directory', ...AGO },
  folder: {
    kind: 'directory',
    entries: { inner: { kind: 'file', content: 'inner canary', ...AGO } },
    ...AGO,
  },
  pointer: { kind: 'symlink', target: 'secret' },
  secret: { kind: 'file', content: SECRET, ...AGO },
};

const drawn = (entry: HostEntry): string => {
  const { path, kind, sizeBytes, links, modifiedNs } = entry;
  if (kind === 'symlink') return `${path} -> ${entry.target}`;
  if (kind === 'directory') return `${path}/ of ${modifiedNs}`;
  const content = Buffer.from(entry.head ?? '', 'base64').toString('utf8');
  return `${path} (${kind}) of ${modifiedNs}, ${links} links, ${sizeBytes} bytes: ${content}`;
};

const UNHARMED: readonly string[] = [
  `empty/ of ${AGO.modifiedNs}`,
  `folder/ of ${AGO.modifiedNs}`,
  `folder/inner (file) of ${AGO.modifiedNs}, 1 links, 12 bytes: inner canary`,
  'pointer -> secret',
  `secret (file) of ${AGO.modifiedNs}, 1 links, ${SECRET.length} bytes: ${SECRET}`,
];

/** What is there that was not, and not there that was. */
export function harmTo(outside: readonly HostEntry[] | undefined): true | string {
  if (!outside) return 'nothing was looked at';
  const found = outside.map(drawn);
  const missing = UNHARMED.filter((line) => !found.includes(line));
  const extra = found.filter((line) => !UNHARMED.includes(line));
  if (missing.length + extra.length === 0) return true;
  return `no longer there: ${missing.join('; ') || 'nothing'}; new: ${extra.join('; ') || 'nothing'}`;
}

/** States that the world's `OUTSIDE` is afterwards as it was. */
export function unharmed(s: ScriptBuilder): void {
  s.after('outside of the preopens the host sees everything as it was', [], (seen: Seen) =>
    harmTo(seen.after[0]?.outside),
  );
}

/** Any error will do: that nothing comes of it is what matters here, and which one is right is another case. */
export const refused: Expectation = {
  describe: 'an error',
  test: (seen) => seen.kind === 'err',
  asserts: 'refused',
};
