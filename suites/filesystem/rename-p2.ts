/** Owns what preview 2's `rename-at` does with each kind of entry onto each kind of name, and what it refuses. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { GET_DIRECTORIES, RENAME_AT, STAT, STAT_AT } from './functions-p2.ts';
import { openAt, P2, preopen, preopening, preopenNamed } from './opening-p2.ts';
import { RENAMINGS } from './renamings.ts';
import { FUNCTION, TYPES } from './spec-p2.ts';
import { leaves } from './tree.ts';
import { RENAME_LINES, RENAME_TREE } from './worlds.ts';

const CASE = { ...P2, spec: FUNCTION.renameAt, world: preopening(RENAME_TREE) };

const successes = RENAMINGS.map(
  ({ id, title, from, to, gone = [], come = [] }): ConformanceCase => ({
    ...CASE,
    id: `descriptor.rename-at/${id}`,
    title,
    script: (s) => {
      const base = preopen(s);
      s.expect(s.call(RENAME_AT, base, from, base, to), ok());
      leaves(s, [...RENAME_LINES.filter((line) => !gone.includes(line)), ...come]);
    },
  }),
);

const NOT_EMPTY = oneOf(
  'POSIX: "EEXIST or ENOTEMPTY The link named by new is a directory that is not an empty directory"',
  err('not-empty'),
  err('exist'),
);
const DOT = oneOf(
  'POSIX: EINVAL where "either pathname argument contains a final component that is dot or dot-dot", and "EBUSY The directory named by old or new is currently in use by the system"',
  err('invalid'),
  err('busy'),
);

const FAILURES: readonly {
  id: string;
  title: string;
  pairs: readonly (readonly [string, string])[];
  expectation: Expectation;
}[] = [
  {
    id: 'file-on-directory',
    title: 'No file and no link replaces a directory, empty or not: is-directory',
    pairs: [
      ['file', 'empty'],
      ['file', 'full'],
      ['link', 'empty'],
    ],
    expectation: err('is-directory'),
  },
  {
    id: 'directory-on-file',
    title: 'No directory replaces what is none: not-directory',
    pairs: [
      ['tree', 'file'],
      ['empty', 'link'],
      ['empty', 'tree-link'],
      ['empty', 'dangling'],
    ],
    expectation: err('not-directory'),
  },
  {
    id: 'directory-on-full',
    title: 'No directory replaces one that is not empty: not-empty',
    pairs: [['tree', 'full']],
    expectation: NOT_EMPTY,
  },
  {
    id: 'into-itself',
    title: 'A directory does not move into itself: invalid',
    pairs: [
      ['tree', 'tree/made'],
      ['full', 'full/deep'],
    ],
    expectation: err('invalid'),
  },
  {
    id: 'dot',
    title: 'A directory is not renamed by its name in itself, nor does another take that name',
    pairs: [
      ['.', 'made'],
      ['tree/.', 'made'],
      ['tree', 'full/.'],
    ],
    expectation: DOT,
  },
  {
    id: 'dot-dot',
    title: 'A directory is not renamed by the name that a directory in it has for it',
    pairs: [
      ['tree/..', 'made'],
      ['tree', 'full/..'],
    ],
    expectation: DOT,
  },
  {
    id: 'file-trailing-slash',
    title: 'A file is no directory, neither as source nor as target with a trailing slash: not-directory',
    pairs: [
      ['file/', 'made'],
      ['file', 'made/'],
      ['file', 'other/'],
    ],
    expectation: err('not-directory'),
  },
  {
    id: 'absent',
    title: 'What does not exist is not renamed, and what it would replace stays: no-entry',
    pairs: [
      ['absent', 'made'],
      ['absent', 'other'],
      ['file', 'absent/made'],
    ],
    expectation: err('no-entry'),
  },
];

const failures = FAILURES.map(
  ({ id, title, pairs, expectation }): ConformanceCase => ({
    ...CASE,
    id: `descriptor.rename-at/${id}`,
    title,
    spec: TYPES.errorCode,
    script: (s) => {
      const base = preopen(s);
      for (const [from, to] of pairs) s.expect(s.call(RENAME_AT, base, from, base, to), expectation);
      leaves(s, RENAME_LINES);
    },
  }),
);

const others: ConformanceCase[] = [
  {
    ...CASE,
    id: 'descriptor.rename-at/two-preopens',
    title: 'Files and directories move from one preopen to another, each path beginning at its own',
    world: {
      preopens: [
        {
          guest: '/first',
          entries: { file: 'first', directory: { kind: 'directory', entries: { inner: 'inner' } } },
        },
        { guest: '/other-one', entries: { file: 'second' } },
      ],
    },
    script: (s) => {
      const directories = s.call(GET_DIRECTORIES);
      const first = preopenNamed(s, directories, 2, '/first'.length);
      const second = preopenNamed(s, directories, 2, '/other-one'.length);
      s.expect(s.call(RENAME_AT, second, 'directory', first, 'made'), err('no-entry'));
      s.expect(s.call(RENAME_AT, first, 'directory', second, 'moved'), ok());
      s.expect(s.call(RENAME_AT, first, 'file', second, 'file'), ok());
      leaves(s, []);
      leaves(s, ['file = first', 'moved/', 'moved/inner = inner'], 1);
    },
  },
  {
    ...CASE,
    id: 'descriptor.rename-at/open-file',
    title: 'A file that is open stays open under its new name, and what it replaces loses its name only',
    script: (s) => {
      const base = preopen(s);
      const file = openAt(s, base, 'other');
      const replaced = openAt(s, base, 'full/inner');
      s.expect(s.call(RENAME_AT, base, 'other', base, 'full/inner'), ok());
      const links = (count: bigint) =>
        ok(`${count} links`, (value) => (value as { 'link-count': bigint })['link-count'] === count);
      s.expect(s.call(STAT, file), links(1n));
      s.expect(s.call(STAT, replaced), links(0n));
      s.expect(s.call(STAT_AT, base, [], 'other'), err('no-entry'));
      leaves(s, [
        ...RENAME_LINES.filter((line) => line !== 'other = other' && line !== 'full/inner = inner'),
        'full/inner = other',
      ]);
    },
  },
];

export const renameP2: ConformanceCase[] = [...successes, ...failures, ...others];
