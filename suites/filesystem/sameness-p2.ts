/** Owns when preview 2's `descriptor.is-same-object` holds, and which `metadata-hash` values agree. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding, LETTERS } from './content.ts';
import { asText, isFalse, isTrue, write } from './content-p2.ts';
import {
  IS_SAME_OBJECT,
  METADATA_HASH,
  METADATA_HASH_AT,
  RENAME_AT,
  UNLINK_FILE_AT,
} from './functions-p2.ts';
import { firstPreopen, open, openDirectory, P2 } from './opening-p2.ts';
import { FUNCTION } from './spec-p2.ts';
import { put, writer } from './streams-p2.ts';

const STAMPED = {
  kind: 'file',
  content: LETTERS,
  accessedNs: 1_111_111_111_000_000_000n,
  modifiedNs: 1_222_222_222_000_000_000n,
} as const;
const WORLD = holding(STAMPED, {
  name: { kind: 'hardlink', to: 'file' },
  link: { kind: 'symlink', target: 'file' },
  twin: STAMPED,
  folder: { kind: 'directory', entries: { inner: { kind: 'hardlink', to: 'file' } } },
});

const READ_ONLY = { flags: ['read'] } as const;

interface Two {
  id: string;
  words: string;
  open(s: ScriptBuilder, from: Slot): [Slot, Slot];
}

const SAME: readonly Two[] = [
  { id: 'itself', words: 'A descriptor and itself', open: (s, from) => twice(open(s, 'file', { from })) },
  {
    id: 'opened-twice',
    words: 'Two descriptors of one file',
    open: (s, from) => [open(s, 'file', { from }), open(s, 'file', { from, ...READ_ONLY })],
  },
  {
    id: 'hard-links',
    words: 'Descriptors opened by two names of one file',
    open: (s, from) => [open(s, 'file', { from }), open(s, 'name', { from })],
  },
  {
    id: 'hard-link-elsewhere',
    words: 'Descriptors opened by names of one file in two directories',
    open: (s, from) => [open(s, 'file', { from }), open(s, 'folder/inner', { from })],
  },
  {
    id: 'symbolic-link',
    words: 'A file and what a symbolic link to it leads to',
    open: (s, from) => [open(s, 'file', { from }), open(s, 'link', { from })],
  },
  {
    id: 'directories',
    words: 'Two descriptors of one directory',
    open: (s, from) => [openDirectory(s, 'folder', from), openDirectory(s, 'folder/.', from)],
  },
  {
    id: 'preopen',
    words: 'A preopened directory and the descriptor that is opened as its dot',
    open: (s, from) => [from, openDirectory(s, '.', from)],
  },
  {
    id: 'two-preopens',
    words: 'The descriptors that two calls of get-directories give for one preopened directory',
    open: (s, from) => [from, firstPreopen(s)],
  },
  {
    id: 'unlinked',
    words: 'Two descriptors of a file that has lost its name since',
    open(s, from) {
      const two: [Slot, Slot] = [open(s, 'twin', { from }), open(s, 'twin', { from })];
      s.expect(s.call(UNLINK_FILE_AT, from, 'twin'), ok());
      return two;
    },
  },
  {
    id: 'renamed',
    words: 'A file before it was renamed and after',
    open(s, from) {
      const before = open(s, 'file', { from });
      s.expect(s.call(RENAME_AT, from, 'file', from, 'renamed'), ok());
      return [before, open(s, 'renamed', { from })];
    },
  },
];

const DIFFERENT: readonly Two[] = [
  {
    id: 'twins',
    words: 'Two files with the same content and times',
    open: (s, from) => [open(s, 'file', { from }), open(s, 'twin', { from })],
  },
  {
    id: 'file-and-directory',
    words: 'A file and a directory',
    open: (s, from) => [open(s, 'file', { from }), openDirectory(s, 'folder', from)],
  },
  {
    id: 'directory-and-parent',
    words: 'A directory and the one that holds it',
    open: (s, from) => [from, openDirectory(s, 'folder', from)],
  },
  {
    id: 'replaced',
    words: 'A file that was unlinked and another one of its name',
    open(s, from) {
      const gone = open(s, 'twin', { from });
      s.expect(s.call(UNLINK_FILE_AT, from, 'twin'), ok());
      return [gone, open(s, 'twin', { from, openFlags: ['create'] })];
    },
  },
  {
    id: 'renamed-over',
    words: 'A file that another one was renamed over, and that other one',
    open(s, from) {
      const gone = open(s, 'twin', { from });
      s.expect(s.call(RENAME_AT, from, 'file', from, 'twin'), ok());
      return [gone, open(s, 'twin', { from })];
    },
  },
];

function twice(file: Slot): [Slot, Slot] {
  return [file, file];
}

const sameness = (
  [
    [SAME, 'are the same object', isTrue],
    [DIFFERENT, 'are not the same object', isFalse],
  ] as const
).flatMap(([list, words, expected]) =>
  list.map(
    (two): ConformanceCase => ({
      ...P2,
      id: `descriptor.is-same-object/${two.id}`,
      title: `${two.words} ${words}, asked either way`,
      spec: FUNCTION.isSameObject,
      world: WORLD,
      script(s) {
        const [one, other] = two.open(s, firstPreopen(s));
        s.expect(s.call(IS_SAME_OBJECT, one, other), expected);
        s.expect(s.call(IS_SAME_OBJECT, other, one), expected);
      },
    }),
  ),
);

/** By whatever way one asks about an object that nobody changes, "the same hash computation" is performed. */
const HASHED: readonly {
  id: string;
  words: string;
  path: string;
  open(s: ScriptBuilder, from: Slot): Slot;
}[] = [
  { id: 'by-path', words: 'a file', path: 'file', open: (s, from) => open(s, 'file', { from }) },
  {
    id: 'by-another-name',
    words: 'a file by another of its names',
    path: 'folder/inner',
    open: (s, from) => open(s, 'file', { from }),
  },
  {
    id: 'write-only',
    words: 'a file that was opened for writing only',
    path: 'file',
    open: (s, from) => open(s, 'file', { from, flags: ['write'] }),
  },
  {
    id: 'directory',
    words: 'a directory',
    path: 'folder',
    open: (s, from) => openDirectory(s, 'folder', from),
  },
  { id: 'preopen', words: 'a preopened directory', path: '.', open: (_, from) => from },
];

const hashes = HASHED.map(
  ({ id, words, path, open: of }): ConformanceCase => ({
    ...P2,
    id: `descriptor.metadata-hash/${id}`,
    title: `The hash of ${words} by its descriptor is, as long as nobody changes it, the one by path`,
    spec: FUNCTION.metadataHashAt,
    world: WORLD,
    script(s) {
      const from = firstPreopen(s);
      const descriptor = of(s, from);
      const steps = [
        s.call(METADATA_HASH, descriptor),
        s.call(METADATA_HASH_AT, from, ['symlink-follow'], path),
        s.call(METADATA_HASH, descriptor),
      ];
      for (const step of steps) s.expect(step, ok());
      s.check('it is the same by path', steps, ({ values }) => {
        const texts = values.map((seen) => asText(seen.kind === 'ok' ? seen.value : seen));
        // "If the file is not modified or replaced, the computed hash value should usually not change. … However, none of these is required."
        if (texts[0] !== texts[2])
          return { holds: 'the hash of what nobody changed is another one each time' };
        return texts[0] === texts[1] || texts.join(' ');
      });
    },
  }),
);

const changed: ConformanceCase = {
  ...P2,
  id: 'descriptor.metadata-hash/always',
  title:
    'There is a hash of a file however it was changed, when it was renamed, and when it has lost its name',
  // Whether it is another one then is only encouraged: "However, none of these is required".
  spec: FUNCTION.metadataHash,
  world: WORLD,
  script(s) {
    const from = firstPreopen(s);
    const file = open(s, 'twin', { from });
    s.expect(s.call(METADATA_HASH, file), ok());
    write(s, file, 'X', 3n);
    s.expect(s.call(METADATA_HASH, file), ok());
    put(s, writer(s, file, 20n), 'Y');
    s.expect(s.call(METADATA_HASH, file), ok());
    s.expect(s.call(RENAME_AT, from, 'twin', from, 'renamed'), ok());
    s.expect(s.call(METADATA_HASH, file), ok());
    s.expect(s.call(UNLINK_FILE_AT, from, 'renamed'), ok());
    s.expect(s.call(METADATA_HASH, file), ok());
  },
};

export const samenessP2: ConformanceCase[] = [...sameness, ...hashes, changed];
