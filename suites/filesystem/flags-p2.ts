/** Owns what preview 2's `descriptor.get-flags` and `descriptor.get-type` say of what is open. */

import { type Expectation, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding, LETTERS } from './content.ts';
import { write } from './content-p2.ts';
import { GET_FLAGS, GET_TYPE, UNLINK_FILE_AT } from './functions-p2.ts';
import { firstPreopen, open, openDirectory, P2 } from './opening-p2.ts';
import { FUNCTION, TYPES } from './spec-p2.ts';
import { put, writer } from './streams-p2.ts';

const flags = (...names: string[]): Expectation =>
  ok(names.join(', ') || 'none', (value) => {
    const got = value as readonly string[];
    return got.length === names.length && names.every((name) => got.includes(name));
  });

const WORLD = holding(LETTERS, {
  folder: { kind: 'directory' },
  link: { kind: 'symlink', target: 'file' },
  'folder-link': { kind: 'symlink', target: 'folder' },
});

const modes = (
  [
    ['read', ['read']],
    ['write', ['write']],
    ['read-write', ['read', 'write']],
  ] as const
).map(
  ([id, names]): ConformanceCase => ({
    ...P2,
    id: `descriptor.get-flags/${id}`,
    title: `A file that was opened with ${names.join(' and ')} has just that, whatever was done with it`,
    spec: FUNCTION.getFlags,
    world: WORLD,
    script(s) {
      const file = open(s, 'file', { flags: names });
      s.expect(s.call(GET_FLAGS, file), flags(...names));
      if ((names as readonly string[]).includes('write')) {
        write(s, file, 'X', 0n);
        put(s, writer(s, file), 'Y');
      }
      s.expect(s.call(GET_FLAGS, file), flags(...names));
    },
  }),
);

const none: ConformanceCase = {
  ...P2,
  id: 'descriptor.get-flags/none',
  title: 'A file that was opened without any flag has none, or read only, as its system opens none without',
  spec: FUNCTION.getFlags,
  world: WORLD,
  script: (s) =>
    s.expect(
      s.call(GET_FLAGS, open(s, 'file', { flags: [] })),
      oneOf(
        'they are the "flags to use for the resulting descriptor", and whether a host adds one where none is given is not said; POSIX opens nothing without an access mode, to whose F_GETFL the text likens the function',
        flags(),
        flags('read'),
      ),
    ),
};

const directories: ConformanceCase[] = [
  {
    ...P2,
    id: 'descriptor.get-flags/directory-read',
    title: 'A directory that was opened with read has that flag only, and not mutate-directory',
    spec: FUNCTION.getFlags,
    world: WORLD,
    script: (s) => s.expect(s.call(GET_FLAGS, openDirectory(s)), flags('read')),
  },
  {
    ...P2,
    id: 'descriptor.get-flags/directory-mutate',
    title: 'A directory that was opened with read and mutate-directory has just these flags',
    spec: FUNCTION.getFlags,
    world: WORLD,
    script(s) {
      const names = ['read', 'mutate-directory'];
      const folder = open(s, 'folder', { flags: names, openFlags: ['directory'] });
      s.expect(s.call(GET_FLAGS, folder), flags(...names));
    },
  },
  {
    ...P2,
    id: 'descriptor.get-flags/preopen',
    title: 'A preopened directory in which files can be made has the flag mutate-directory',
    // "When this flag is unset … operations … which would create, rename, delete, modify … shall fail".
    spec: TYPES.mutateDirectory,
    world: WORLD,
    script(s) {
      const from = firstPreopen(s);
      open(s, 'made', { from, openFlags: ['create'] });
      s.expect(
        s.call(GET_FLAGS, from),
        ok('mutate-directory', (value) => (value as readonly string[]).includes('mutate-directory')),
      );
    },
  },
];

const KINDS: readonly { id: string; words: string; type: string; open(s: ScriptBuilder): Slot }[] = [
  { id: 'file', words: 'a file', type: 'regular-file', open: (s) => open(s) },
  { id: 'directory', words: 'a directory', type: 'directory', open: (s) => openDirectory(s) },
  { id: 'preopen', words: 'a preopened directory', type: 'directory', open: firstPreopen },
  { id: 'link', words: 'what a link to a file leads to', type: 'regular-file', open: (s) => open(s, 'link') },
  {
    id: 'directory-link',
    words: 'what a link to a directory leads to',
    type: 'directory',
    open: (s) => openDirectory(s, 'folder-link'),
  },
  {
    id: 'unlinked',
    words: 'a file without a name',
    type: 'regular-file',
    open(s) {
      const from = firstPreopen(s);
      const file = open(s, 'file', { from });
      s.expect(s.call(UNLINK_FILE_AT, from, 'file'), ok());
      return file;
    },
  },
];

const types = KINDS.map(
  ({ id, words, type, open: of }): ConformanceCase => ({
    ...P2,
    id: `descriptor.get-type/${id}`,
    title: `The type of ${words} is ${type}`,
    spec: FUNCTION.getType,
    world: WORLD,
    script: (s) =>
      s.expect(
        s.call(GET_TYPE, of(s)),
        ok(type, (value) => value === type),
      ),
  }),
);

export const flagsP2: ConformanceCase[] = [...modes, none, ...directories, ...types];
