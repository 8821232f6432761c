/** Owns what preview 2's `create-directory-at` and `remove-directory-at` make, remove and refuse. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { CREATE_DIRECTORY_AT, OPEN_AT, REMOVE_DIRECTORY_AT, STAT_AT } from './functions-p2.ts';
import { openDirectoryAt, P2, preopen, preopening } from './opening-p2.ts';
import { FUNCTION, TYPES } from './spec-p2.ts';
import { leaves } from './tree.ts';
import { DIRECTORIES_TREE, DIRECTORIES_LINES as LINES } from './worlds.ts';

const CREATE = 'descriptor.create-directory-at';
const REMOVE = 'descriptor.remove-directory-at';
const WORLD = preopening(DIRECTORIES_TREE);

const made = (
  [
    ['absent', 'A directory is made', [['made', 'made/']]],
    [
      'in-directory',
      'A directory is made in a directory, and one in that',
      [
        ['full/made', 'full/made/'],
        ['full/made/deep', 'full/made/deep/'],
      ],
    ],
    [
      'trailing-slash',
      'The name of a directory to be made can end in slashes',
      [
        ['made/', 'made/'],
        ['full/made//', 'full/made/'],
      ],
    ],
    ['through-link', 'Links in the middle of the path are followed', [['empty-link/made', 'empty/made/']]],
    [
      'detour',
      'Dots in the path of a directory to be made are followed',
      [
        ['./full/../made', 'made/'],
        ['empty/./made', 'empty/made/'],
      ],
    ],
  ] as const
).map(
  ([id, title, paths]): ConformanceCase => ({
    ...P2,
    id: `${CREATE}/${id}`,
    title,
    spec: FUNCTION.createDirectoryAt,
    world: WORLD,
    script: (s) => {
      const base = preopen(s);
      for (const [path] of paths) s.expect(s.call(CREATE_DIRECTORY_AT, base, path), ok());
      leaves(s, [...LINES, ...paths.map(([, line]) => line)]);
    },
  }),
);

interface Refusal {
  function: string;
  id: string;
  title: string;
  spec: string;
  paths: readonly string[];
  expectation: Expectation;
}

const DOT = oneOf(
  'POSIX: "EINVAL The path argument contains a last component that is dot"; and "EBUSY The directory to be removed is currently in use by the system or some process"',
  err('invalid'),
  err('busy'),
);
const DOT_DOT = oneOf(
  'POSIX: "If the path argument refers to a path whose final component is either dot or dot-dot, rmdir() shall fail": `invalid`; with `not-empty` if the directory meant has entries, which is looked at first by some',
  err('invalid'),
  err('not-empty'),
  err('busy'),
);

const REFUSALS: readonly Refusal[] = [
  {
    function: CREATE,
    id: 'existing',
    title: 'A name that exists is not made again, whatever it is: exist',
    spec: TYPES.errorCode,
    paths: ['file', 'empty', 'empty/', 'full', 'link', 'empty-link', 'dangling', 'fifo', '.', 'empty/.'],
    expectation: err('exist'),
  },
  {
    function: CREATE,
    id: 'existing-above',
    title: 'The directory above exists and is not made again: exist',
    spec: TYPES.errorCode,
    paths: ['empty/..', 'full/.hidden/..'],
    expectation: err('exist'),
  },
  {
    function: CREATE,
    id: 'absent-parent',
    title: 'No directory is made in one that does not exist: no-entry',
    spec: TYPES.errorCode,
    paths: ['absent/made', 'dangling/made'],
    expectation: err('no-entry'),
  },
  {
    function: REMOVE,
    id: 'full',
    title: 'A directory that is not empty is not removed: not-empty',
    spec: FUNCTION.removeDirectoryAt,
    paths: ['full'],
    expectation: err('not-empty'),
  },
  {
    function: REMOVE,
    id: 'no-directory',
    title: 'What is no directory is not removed, nor is a link to one: not-directory',
    spec: TYPES.errorCode,
    paths: ['file', 'file/', 'link', 'empty-link', 'dangling', 'fifo'],
    expectation: err('not-directory'),
  },
  {
    function: REMOVE,
    id: 'absent',
    title: 'What does not exist is not removed: no-entry',
    spec: TYPES.errorCode,
    paths: ['absent', 'absent/', 'absent/deep'],
    expectation: err('no-entry'),
  },
  {
    function: REMOVE,
    id: 'dot',
    title: 'A directory is not removed by its name in itself, empty or not: invalid',
    spec: TYPES.errorCode,
    paths: ['empty/.', 'full/.'],
    expectation: DOT,
  },
  {
    function: REMOVE,
    id: 'dot-dot',
    title: 'A directory is not removed by the name that a directory in it has for it',
    spec: TYPES.errorCode,
    paths: ['full/.hidden/..'],
    expectation: DOT_DOT,
  },
];

const NAMES: Readonly<Record<string, string>> = {
  [CREATE]: CREATE_DIRECTORY_AT,
  [REMOVE]: REMOVE_DIRECTORY_AT,
};

const refusals = REFUSALS.map(
  ({ function: name, id, title, spec, paths, expectation }): ConformanceCase => ({
    ...P2,
    id: `${name}/${id}`,
    title,
    spec,
    world: WORLD,
    script: (s) => {
      const base = preopen(s);
      for (const path of paths) s.expect(s.call(NAMES[name]!, base, path), expectation);
      leaves(s, LINES);
    },
  }),
);

const removed: ConformanceCase[] = (
  [
    ['empty', 'An empty directory is removed', 'empty', 'empty/'],
    ['trailing-slash', 'The name of a directory to be removed can end in slashes', 'empty//', 'empty/'],
    ['in-directory', 'An empty directory in a directory is removed', 'full/.hidden', 'full/.hidden/'],
    [
      'through-link',
      'Links and dots in the middle of the path are followed',
      'empty-link/../full/.hidden',
      'full/.hidden/',
    ],
  ] as const
).map(([id, title, path, gone]) => ({
  ...P2,
  id: `${REMOVE}/${id}`,
  title,
  spec: FUNCTION.removeDirectoryAt,
  world: WORLD,
  script: (s) => {
    const base = preopen(s);
    s.expect(s.call(REMOVE_DIRECTORY_AT, base, path), ok());
    s.expect(s.call(REMOVE_DIRECTORY_AT, base, path), err('no-entry'));
    leaves(
      s,
      LINES.filter((line) => line !== gone),
    );
  },
}));

const openRemoved: ConformanceCase = {
  ...P2,
  id: `${REMOVE}/open`,
  title: 'In a directory that was removed while open nothing is found: no-entry',
  spec: FUNCTION.removeDirectoryAt,
  world: WORLD,
  script: (s) => {
    const base = preopen(s);
    const opened = openDirectoryAt(s, base, 'empty');
    s.expect(s.call(REMOVE_DIRECTORY_AT, base, 'empty'), ok());
    s.expect(s.call(OPEN_AT, opened, [], 'file', [], ['read']), err('no-entry'));
    s.expect(s.call(STAT_AT, opened, [], 'file'), err('no-entry'));
    // Another directory of that name is another one.
    s.expect(s.call(CREATE_DIRECTORY_AT, base, 'empty'), ok());
    s.expect(s.call(CREATE_DIRECTORY_AT, base, 'empty/inner'), ok());
    s.expect(s.call(STAT_AT, opened, [], 'inner'), err('no-entry'));
    leaves(s, [...LINES, 'empty/inner/']);
  },
};

export const directoriesP2: ConformanceCase[] = [...made, ...removed, ...refusals, openRemoved];
