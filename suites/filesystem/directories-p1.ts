/** Owns what `path_create_directory` and `path_remove_directory` make, remove and refuse. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { DIRECTORY_RIGHTS } from './directory-rights-p1.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { leaves } from './tree.ts';
import { DIRECTORIES_LINES, DIRECTORIES_TREE } from './worlds.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;
const CREATE = 'path_create_directory';
const REMOVE = 'path_remove_directory';
const WORLD = { preopens: [{ guest: '/', entries: DIRECTORIES_TREE }] };

const made = (
  [
    ['absent', 'A directory is made', ['made']],
    ['in-directory', 'A directory is made in a directory, and one in that', ['full/made', 'full/made/deep']],
    ['trailing-slash', 'The name of a directory to be made can end in slashes', ['made/', 'full/made//']],
    ['through-link', 'Links in the middle of the path are followed', ['empty-link/made']],
    ['detour', 'Dots in the path are followed', ['./full/../made', 'empty/./made']],
  ] as const
).map(
  ([id, title, paths]): ConformanceCase => ({
    ...P1,
    id: `${CREATE}/${id}`,
    title,
    spec: p1Docs(CREATE),
    world: WORLD,
    script: (s) => {
      for (const path of paths) s.expect(s.call(CREATE, DIRECTORY, path), ok());
      const ends: Readonly<Record<string, string>> = {
        'empty-link/made': 'empty/made',
        './full/../made': 'made',
        'empty/./made': 'empty/made',
      };
      leaves(s, [
        ...DIRECTORIES_LINES,
        ...paths.map((path) => `${(ends[path] ?? path).replace(/\/+$/, '')}/`),
      ]);
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
  err('inval'),
  err('busy'),
);

const REFUSALS: readonly Refusal[] = [
  {
    function: CREATE,
    id: 'existing',
    title: 'A name that exists is not made again, whatever it is: exist',
    spec: 'errno.exist',
    paths: ['file', 'empty', 'empty/', 'full', 'link', 'empty-link', 'dangling', 'fifo', '.', 'empty/.'],
    expectation: err('exist'),
  },
  {
    function: CREATE,
    id: 'absent-parent',
    title: 'No directory is made in one that does not exist: noent',
    spec: 'errno.noent',
    paths: ['absent/made', 'dangling/made'],
    expectation: err('noent'),
  },
  {
    function: REMOVE,
    id: 'full',
    title: 'A directory that is not empty is not removed: notempty',
    spec: REMOVE,
    paths: ['full'],
    expectation: err('notempty'),
  },
  {
    function: REMOVE,
    id: 'no-directory',
    title: 'What is no directory is not removed, nor is a link to one: notdir',
    spec: 'errno.notdir',
    paths: ['file', 'file/', 'link', 'empty-link', 'dangling', 'fifo'],
    expectation: err('notdir'),
  },
  {
    function: REMOVE,
    id: 'absent',
    title: 'What does not exist is not removed: noent',
    spec: 'errno.noent',
    paths: ['absent', 'absent/', 'absent/deep'],
    expectation: err('noent'),
  },
  {
    function: REMOVE,
    id: 'dot',
    title: 'A directory is not removed by its name in itself, empty or not: inval',
    spec: 'errno.inval',
    paths: ['empty/.', 'full/.'],
    expectation: DOT,
  },
];

const refusals = REFUSALS.map(
  ({ function: name, id, title, spec, paths, expectation }): ConformanceCase => ({
    ...P1,
    id: `${name}/${id}`,
    title,
    spec: p1Docs(spec),
    world: WORLD,
    script: (s) => {
      for (const path of paths) s.expect(s.call(name, DIRECTORY, path), expectation);
      leaves(s, DIRECTORIES_LINES);
    },
  }),
);

const removed: ConformanceCase[] = (
  [
    ['empty', 'An empty directory is removed', 'empty', 'empty/'],
    ['trailing-slash', 'The name of a directory to be removed can end in slashes', 'empty//', 'empty/'],
    ['in-directory', 'An empty directory in a directory is removed', 'full/.hidden', 'full/.hidden/'],
  ] as const
).map(([id, title, path, gone]) => ({
  ...P1,
  id: `${REMOVE}/${id}`,
  title,
  spec: p1Docs(REMOVE),
  world: WORLD,
  script: (s) => {
    s.expect(s.call(REMOVE, DIRECTORY, path), ok());
    s.expect(s.call(REMOVE, DIRECTORY, path), err('noent'));
    leaves(
      s,
      DIRECTORIES_LINES.filter((line) => line !== gone),
    );
  },
}));

const openRemoved: ConformanceCase = {
  ...P1,
  id: `${REMOVE}/open`,
  title: 'In a directory that was removed while open nothing is made or found: noent',
  spec: p1Docs(REMOVE),
  world: WORLD,
  script: (s) => {
    const opened = open(s, 'empty', {
      oflags: ['directory'],
      rights: DIRECTORY_RIGHTS,
      inheriting: ['fd_read'],
    });
    s.expect(s.call(REMOVE, DIRECTORY, 'empty'), ok());
    // POSIX on rmdir: "no new entries may be created in the directory".
    s.expect(s.call(CREATE, opened.value, 'made'), err('noent'));
    s.expect(s.call('path_open', opened.value, [], 'made', ['creat'], ['fd_read'], [], []), err('noent'));
    s.expect(s.call('path_filestat_get', opened.value, [], 'made'), err('noent'));
    s.expect(s.call('fd_close', opened.value), ok());
    leaves(
      s,
      DIRECTORIES_LINES.filter((line) => line !== 'empty/'),
    );
  },
};

export const directoriesP1: ConformanceCase[] = [...made, ...removed, ...refusals, openRemoved];
