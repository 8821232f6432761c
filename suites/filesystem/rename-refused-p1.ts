/** Owns what `path_rename` refuses, leaving everything as it was. */

import { type Expectation, err, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { DIRECTORY } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { leaves } from './tree.ts';
import { RENAME_LINES, RENAME_TREE } from './worlds.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;
const WORLD = { preopens: [{ guest: '/', entries: RENAME_TREE }] };

const NOT_EMPTY = oneOf(
  'POSIX: "EEXIST or ENOTEMPTY The link named by new is a directory that is not an empty directory"',
  err('notempty'),
  err('exist'),
);
const DOT = oneOf(
  'POSIX: EINVAL where "either pathname argument contains a final component that is dot or dot-dot", and "EBUSY The directory named by old or new is currently in use by the system"',
  err('inval'),
  err('busy'),
);

const FAILURES: readonly {
  id: string;
  title: string;
  error: string;
  pairs: readonly (readonly [string, string, Expectation])[];
}[] = [
  {
    id: 'file-on-directory',
    title: 'No file replaces a directory, empty or not: isdir',
    error: 'isdir',
    pairs: [
      ['file', 'empty', err('isdir')],
      ['file', 'full', err('isdir')],
      ['link', 'empty', err('isdir')],
    ],
  },
  {
    id: 'directory-on-file',
    title: 'No directory replaces what is none: notdir',
    error: 'notdir',
    pairs: [
      ['tree', 'file', err('notdir')],
      ['empty', 'link', err('notdir')],
      ['empty', 'tree-link', err('notdir')],
    ],
  },
  {
    id: 'directory-on-full',
    title: 'No directory replaces one that is not empty: notempty',
    error: 'notempty',
    pairs: [['tree', 'full', NOT_EMPTY]],
  },
  {
    id: 'into-itself',
    title: 'A directory does not move into itself: inval',
    error: 'inval',
    pairs: [
      ['tree', 'tree/made', err('inval')],
      ['full', 'full/deep', err('inval')],
    ],
  },
  {
    id: 'dot',
    title: 'The directory itself is not renamed by its name in itself',
    error: 'inval',
    pairs: [
      ['.', 'made', DOT],
      ['tree/.', 'made', DOT],
      ['tree', 'full/.', DOT],
    ],
  },
  {
    id: 'file-trailing-slash',
    title: 'A file is no directory, neither as source nor as target with a trailing slash: notdir',
    error: 'notdir',
    pairs: [
      ['file/', 'made', err('notdir')],
      ['file', 'made/', err('notdir')],
      ['file', 'other/', err('notdir')],
    ],
  },
  {
    id: 'absent',
    title: 'What does not exist is not renamed, and what it would replace stays: noent',
    error: 'noent',
    pairs: [
      ['absent', 'made', err('noent')],
      ['absent', 'other', err('noent')],
      ['file', 'absent/made', err('noent')],
    ],
  },
];

export const renameRefusedP1 = FAILURES.map(
  ({ id, title, error, pairs }): ConformanceCase => ({
    ...P1,
    id: `path_rename/${id}`,
    title,
    spec: p1Docs(`errno.${error}`),
    world: WORLD,
    script: (s) => {
      for (const [from, to, expectation] of pairs)
        s.expect(s.call('path_rename', DIRECTORY, from, DIRECTORY, to), expectation);
      leaves(s, RENAME_LINES);
    },
  }),
);
