/** Owns what preview 2's `metadata-hash-at` returns: the hash that `metadata-hash` has for the same object. */

import { err, type Observed, ok } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';
import { METADATA_HASH, METADATA_HASH_AT } from './functions-p2.ts';
import { FOLLOW, openAt, openDirectoryAt, P2, preopen, preopening } from './opening-p2.ts';
import { FUNCTION, TYPES } from './spec-p2.ts';

const ENTRIES: FileTree = {
  file: { kind: 'file', content: 'content', modifiedNs: 1_222_222_222_000_000_000n },
  directory: { kind: 'directory', entries: { inner: 'inner' } },
  link: { kind: 'symlink', target: 'file' },
  'directory-link': { kind: 'symlink', target: 'directory' },
  dangling: { kind: 'symlink', target: 'absent' },
  loop: { kind: 'symlink', target: 'loop' },
};
const CASE = { ...P2, spec: FUNCTION.metadataHashAt, world: preopening(ENTRIES) };

const hashOf = (seen: Observed | undefined) => {
  if (seen?.kind !== 'ok') return 'none';
  const { lower, upper } = seen.value as { lower: bigint; upper: bigint };
  return `${upper}:${lower}`;
};
const IS_HASH = ok('two numbers', (value) => {
  const { lower, upper } = value as { lower: bigint; upper: bigint };
  return typeof lower === 'bigint' && typeof upper === 'bigint';
});

/** Ways to name one object, all of which have the hash of what is opened by the last. */
const OBJECTS: readonly {
  id: string;
  words: string;
  paths: readonly (readonly [path: string, flags: readonly string[]])[];
  path: string;
}[] = [
  {
    id: 'file',
    words: 'a file',
    path: 'file',
    paths: [
      ['file', []],
      ['./file', FOLLOW],
      ['directory/../file', []],
      ['link', FOLLOW],
    ],
  },
  {
    id: 'directory',
    words: 'a directory',
    path: 'directory',
    paths: [
      ['directory', []],
      ['directory/', []],
      ['directory/.', []],
      ['directory-link', FOLLOW],
    ],
  },
];

const objects = OBJECTS.map(
  ({ id, words, path, paths }): ConformanceCase => ({
    ...CASE,
    id: `descriptor.metadata-hash-at/${id}`,
    title: `The hash of ${words} is the same by every path that leads there and by its descriptor`,
    script: (s) => {
      const base = preopen(s);
      const opened = id === 'file' ? openAt(s, base, path) : openDirectoryAt(s, base, path);
      const steps = [
        ...paths.map(([one, flags]) => s.call(METADATA_HASH_AT, base, flags, one)),
        s.call(METADATA_HASH, opened),
      ];
      for (const step of steps.slice(0, -1)) s.expect(step, IS_HASH);
      s.check('all are the same', steps, ({ values }) => {
        const hashes = values.map(hashOf);
        return new Set(hashes).size === 1 || hashes.join(' ');
      });
    },
  }),
);

const others: ConformanceCase[] = [
  {
    ...CASE,
    id: 'descriptor.metadata-hash-at/directory-itself',
    title: 'The hash of a preopened directory is the same by its descriptor and by its name in itself',
    script: (s) => {
      const base = preopen(s);
      const steps = [s.call(METADATA_HASH, base), s.call(METADATA_HASH_AT, base, [], '.')];
      s.expect(steps[1]!, IS_HASH);
      s.check('both are the same', steps, ({ values: [own, named] }) => {
        const hashes = [hashOf(own), hashOf(named)];
        return hashes[0] === hashes[1] || hashes.join(' and ');
      });
    },
  },
  {
    ...CASE,
    id: 'descriptor.metadata-hash-at/links',
    title: 'A link that is not followed has a hash of its own kind, also where it leads nowhere',
    spec: TYPES.pathFlags,
    script: (s) => {
      const base = preopen(s);
      for (const path of ['link', 'directory-link', 'dangling', 'loop'])
        s.expect(s.call(METADATA_HASH_AT, base, [], path), IS_HASH);
    },
  },
  {
    ...CASE,
    id: 'descriptor.metadata-hash-at/not-found',
    title: 'What is not found has no hash, and a link to itself that is followed is loop',
    spec: TYPES.errorCode,
    script: (s) => {
      const base = preopen(s);
      s.expect(s.call(METADATA_HASH_AT, base, [], 'absent'), err('no-entry'));
      s.expect(s.call(METADATA_HASH_AT, base, FOLLOW, 'dangling'), err('no-entry'));
      s.expect(s.call(METADATA_HASH_AT, base, FOLLOW, 'loop'), err('loop'));
    },
  },
];

export const pathHashP2: ConformanceCase[] = [...objects, ...others];
