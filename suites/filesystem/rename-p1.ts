/** Owns what `path_rename` does with each kind of entry onto each kind of name. */

import { err, ok } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { leaves } from './tree.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: p1Docs('path_rename') } as const;
/** An entry of each kind. */
export const RENAME_TREE: FileTree = {
  file: 'content',
  other: 'other',
  empty: { kind: 'directory' },
  full: { kind: 'directory', entries: { inner: 'inner' } },
  tree: { kind: 'directory', entries: { leaf: 'leaf' } },
  link: { kind: 'symlink', target: 'file' },
  'tree-link': { kind: 'symlink', target: 'tree' },
  dangling: { kind: 'symlink', target: 'absent' },
  same: { kind: 'hardlink', to: 'file' },
};
/** The same, drawn as it is while nothing has happened. */
export const RENAME_LINES = [
  'dangling -> absent',
  'empty/',
  'file = content',
  'full/',
  'full/inner = inner',
  'link -> file',
  'other = other',
  'same = content',
  'tree-link -> tree',
  'tree/',
  'tree/leaf = leaf',
];
const WORLD = { preopens: [{ guest: '/', entries: RENAME_TREE }] };

interface Renaming {
  id: string;
  title: string;
  from: string;
  to: string;
  gone?: readonly string[];
  come?: readonly string[];
}

/** What can be renamed to what, with the lines of `RENAME_LINES` that go and come. */
export const RENAMINGS: readonly Renaming[] = [
  {
    id: 'file-to-absent',
    title: 'A file gets another name',
    from: 'file',
    to: 'made',
    gone: ['file = content'],
    come: ['made = content'],
  },
  {
    id: 'file-into-directory',
    title: 'A file moves into a directory',
    from: 'file',
    to: 'full/made',
    gone: ['file = content'],
    come: ['full/made = content'],
  },
  {
    id: 'file-out-of-directory',
    title: 'A file moves out of a directory',
    from: 'full/inner',
    to: 'inner',
    gone: ['full/inner = inner'],
    come: ['inner = inner'],
  },
  {
    id: 'file-on-file',
    title: 'A file replaces a file',
    from: 'file',
    to: 'other',
    gone: ['file = content', 'other = other'],
    come: ['other = content'],
  },
  {
    id: 'file-on-link',
    title: 'A file replaces a symbolic link and not what it leads to',
    from: 'other',
    to: 'link',
    gone: ['other = other', 'link -> file'],
    come: ['link = other'],
  },
  {
    id: 'file-on-directory-link',
    title: 'A file replaces a symbolic link to a directory',
    from: 'other',
    to: 'tree-link',
    gone: ['other = other', 'tree-link -> tree'],
    come: ['tree-link = other'],
  },
  {
    id: 'file-on-dangling-link',
    title: 'A file replaces a symbolic link to nothing',
    from: 'other',
    to: 'dangling',
    gone: ['other = other', 'dangling -> absent'],
    come: ['dangling = other'],
  },
  {
    id: 'link-to-absent',
    title: 'A symbolic link is renamed itself',
    from: 'link',
    to: 'made',
    gone: ['link -> file'],
    come: ['made -> file'],
  },
  {
    id: 'dangling-link-on-file',
    title: 'A symbolic link to nothing replaces a file',
    from: 'dangling',
    to: 'other',
    gone: ['dangling -> absent', 'other = other'],
    come: ['other -> absent'],
  },
  {
    id: 'directory-to-absent',
    title: 'A directory moves with all that is in it',
    from: 'tree',
    to: 'full/tree',
    gone: ['tree/', 'tree/leaf = leaf'],
    come: ['full/tree/', 'full/tree/leaf = leaf'],
  },
  {
    id: 'directory-on-empty',
    title: 'A directory replaces an empty one',
    from: 'tree',
    to: 'empty',
    gone: ['tree/', 'tree/leaf = leaf', 'empty/'],
    come: ['empty/', 'empty/leaf = leaf'],
  },
  {
    id: 'directory-trailing-slashes',
    title: 'The names of a directory can end in slashes',
    from: 'tree/',
    to: 'made/',
    gone: ['tree/', 'tree/leaf = leaf'],
    come: ['made/', 'made/leaf = leaf'],
  },
  {
    id: 'through-link',
    title: 'Links in the middle of both paths are followed',
    from: 'tree-link/leaf',
    to: 'tree-link/made',
    gone: ['tree/leaf = leaf'],
    come: ['tree/made = leaf'],
  },
  { id: 'file-onto-itself', title: 'A file renamed onto itself stays', from: 'file', to: 'file' },
  { id: 'directory-onto-itself', title: 'A directory renamed onto itself stays', from: 'tree', to: 'tree' },
  {
    id: 'two-names-of-one-file',
    title: 'Renaming one name of a file onto its other leaves both',
    from: 'file',
    to: 'same',
  },
];

const successes = RENAMINGS.map(
  ({ id, title, from, to, gone = [], come = [] }): ConformanceCase => ({
    ...P1,
    id: `path_rename/${id}`,
    title,
    world: WORLD,
    script: (s) => {
      s.expect(s.call('path_rename', DIRECTORY, from, DIRECTORY, to), ok());
      leaves(s, [...RENAME_LINES.filter((line) => !gone.includes(line)), ...come]);
    },
  }),
);

const others: ConformanceCase[] = [
  {
    ...P1,
    id: 'path_rename/two-preopens',
    title:
      'Files and directories move from one preopen to another on the same file system, each path beginning at its own',
    world: {
      preopens: [
        {
          guest: '/first',
          entries: { file: 'first', directory: { kind: 'directory', entries: { inner: 'inner' } } },
        },
        { guest: '/second', entries: { file: 'second' } },
      ],
    },
    script: (s) => {
      s.expect(s.call('path_rename', DIRECTORY + 1, 'directory', DIRECTORY, 'made'), err('noent'));
      s.expect(s.call('path_rename', DIRECTORY, 'directory', DIRECTORY + 1, 'moved'), ok());
      s.expect(s.call('path_rename', DIRECTORY, 'file', DIRECTORY + 1, 'file'), ok());
      leaves(s, []);
      leaves(s, ['file = first', 'moved/', 'moved/inner = inner'], 1);
    },
  },
  {
    ...P1,
    id: 'path_rename/open-file',
    title: 'A file that is open stays open under its new name',
    world: WORLD,
    script: (s) => {
      const file = open(s, 'file');
      const before = s.call('fd_filestat_get', file.value);
      s.expect(s.call('path_rename', DIRECTORY, 'file', DIRECTORY, 'made'), ok());
      const after = s.call('path_filestat_get', DIRECTORY, [], 'made');
      s.expect(before, ok());
      s.expect(after, ok());
      s.check('the serial number stays', [before, after], ({ values: [a, b] }) => {
        const number = (seen: typeof a) =>
          seen?.kind === 'ok' ? (seen.value as { ino: bigint }).ino : undefined;
        return number(a) === number(b) || `it was ${number(a)} and is ${number(b)}`;
      });
    },
  },
];

export const renameP1: ConformanceCase[] = [...successes, ...others];
