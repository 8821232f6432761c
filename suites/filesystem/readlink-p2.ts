/** Owns what preview 2's `readlink-at` returns of links and what it refuses. */

import { type Expectation, err, ok } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';
import { READLINK_AT } from './functions-p2.ts';
import { P2, preopen, preopening } from './opening-p2.ts';
import { FUNCTION, PATHS, TYPES } from './spec-p2.ts';

const READLINK = 'descriptor.readlink-at';
const LONG = `${'n'.repeat(255)}/`.repeat(15).slice(0, -1);
const ENTRIES: FileTree = {
  file: 'content',
  directory: { kind: 'directory', entries: { up: { kind: 'symlink', target: '../file' } } },
  link: { kind: 'symlink', target: 'file' },
  odd: { kind: 'symlink', target: './directory//ünï ☃\\x/../' },
  long: { kind: 'symlink', target: LONG },
  'directory-link': { kind: 'symlink', target: 'directory' },
  dangling: { kind: 'symlink', target: 'absent' },
  loop: { kind: 'symlink', target: 'loop' },
  outside: { kind: 'symlink', target: '../outside' },
  root: { kind: 'symlink', target: '/file' },
};

const text = (expected: string): Expectation =>
  ok(`'${expected.slice(0, 40)}'`, (value) => value === expected);

const GROUPS: readonly {
  id: string;
  title: string;
  spec: string;
  paths: readonly (readonly [path: string, expectation: Expectation])[];
}[] = [
  {
    id: 'text',
    title: 'The text of a link comes back as it is, wherever it leads or whether it does',
    spec: FUNCTION.readlinkAt,
    paths: [
      ['link', text('file')],
      ['odd', text('./directory//ünï ☃\\x/../')],
      ['directory-link', text('directory')],
      ['dangling', text('absent')],
      ['loop', text('loop')],
    ],
  },
  {
    id: 'long',
    title: `The text of a link of ${LONG.length} bytes comes back whole`,
    spec: FUNCTION.readlinkAt,
    paths: [['long', text(LONG)]],
  },
  {
    id: 'in-directory',
    title: 'A link in a directory is found there, links on the way being followed',
    spec: FUNCTION.readlinkAt,
    paths: [
      ['directory/up', text('../file')],
      ['directory-link/up', text('../file')],
      ['directory/../link', text('file')],
    ],
  },
  {
    id: 'leads-outside',
    title: 'A text that leads up and out, but begins nowhere else, is a text like any other',
    spec: PATHS.symlinks,
    paths: [['outside', text('../outside')]],
  },
  {
    id: 'absolute',
    title: 'The text of a link that is an absolute path is not told: not-permitted',
    spec: FUNCTION.readlinkAt,
    paths: [['root', err('not-permitted')]],
  },
  {
    id: 'no-link',
    title: 'What is no symbolic link has no text: invalid',
    spec: TYPES.errorCode,
    paths: ['file', 'directory', '.', 'directory/', 'directory/..'].map((path) => [path, err('invalid')]),
  },
  {
    id: 'behind-link',
    title: 'A slash or dot behind a link leads through it, to what is no link: invalid',
    spec: TYPES.errorCode,
    paths: ['directory-link/', 'directory-link/.'].map((path) => [path, err('invalid')]),
  },
  {
    id: 'absent',
    title: 'A name that does not exist is no-entry, and a file with a trailing slash not-directory',
    spec: TYPES.errorCode,
    paths: [
      ['absent', err('no-entry')],
      ['dangling/', err('no-entry')],
      ['file/', err('not-directory')],
      ['link/', err('not-directory')],
    ],
  },
];

export const readlinkP2: ConformanceCase[] = GROUPS.map(({ id, title, spec, paths }) => ({
  ...P2,
  id: `${READLINK}/${id}`,
  title,
  spec,
  world: preopening(ENTRIES),
  script: (s) => {
    const base = preopen(s);
    for (const [path, expectation] of paths) s.expect(s.call(READLINK_AT, base, path), expectation);
  },
}));
