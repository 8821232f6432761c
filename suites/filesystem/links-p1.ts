/** Owns what `path_link` makes of each kind of source and target. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { DIRECTORY } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { areOne, leaves } from './tree.ts';
import { LINKS_LINES, LINKS_TREE } from './worlds.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: p1Docs('path_link') } as const;
const WORLD = { preopens: [{ guest: '/', entries: LINKS_TREE }] };
const FOLLOW = ['symlink_follow'];

const link = (s: ScriptBuilder, from: string, to: string, lookup: readonly string[] = []): Step =>
  s.call('path_link', DIRECTORY, lookup, from, DIRECTORY, to);

const SUCCESSES: readonly {
  id: string;
  title: string;
  from: string;
  to: string;
  line: string;
  follow?: boolean;
  same: string;
}[] = [
  {
    id: 'file',
    title: 'A file has two names after path_link',
    from: 'file',
    to: 'made',
    line: 'made = content',
    same: 'file',
  },
  {
    id: 'into-directory',
    title: 'A file in a directory can be linked to a name in another',
    from: 'file',
    to: 'directory/made',
    line: 'directory/made = content',
    same: 'file',
  },
  {
    id: 'through-directory-link',
    title: 'Links in the middle of both paths are followed',
    from: 'directory-link/inner',
    to: 'directory-link/made',
    line: 'directory/made = inner',
    same: 'directory/inner',
  },
  {
    id: 'link-itself',
    title: 'A symbolic link that is not followed gets a second name itself',
    from: 'link',
    to: 'made',
    line: 'made -> file',
    same: 'link',
  },
  {
    id: 'dangling-link',
    title: 'A symbolic link to nothing gets a second name itself',
    from: 'dangling',
    to: 'made',
    line: 'made -> absent',
    same: 'dangling',
  },
  {
    id: 'link-followed',
    title: 'Following a symbolic link, the file it leads to gets a second name',
    from: 'link',
    to: 'made',
    line: 'made = content',
    same: 'file',
    follow: true,
  },
  {
    id: 'file-with-follow',
    title: 'The flag to follow links changes nothing for a file',
    from: 'file',
    to: 'made',
    line: 'made = content',
    same: 'file',
    follow: true,
  },
];

const successes = SUCCESSES.map(
  ({ id, title, from, to, line, follow, same }): ConformanceCase => ({
    ...P1,
    id: `path_link/${id}`,
    title,
    ...(follow ? { spec: p1Docs('path_link.old_flags') } : {}),
    world: WORLD,
    script: (s) => {
      s.expect(link(s, from, to, follow ? FOLLOW : []), ok());
      leaves(s, [...LINKS_LINES, line]);
      areOne(s, same, to.replace('directory-link', 'directory'), 2);
    },
  }),
);

const others: ConformanceCase[] = [
  {
    ...P1,
    id: 'path_link/directory',
    title: 'A directory gets no second name: perm',
    spec: p1Docs('errno.perm'),
    world: WORLD,
    script: (s) => {
      s.expect(link(s, 'directory', 'made'), err('perm'));
      s.expect(link(s, '.', 'made'), err('perm'));
      leaves(s, LINKS_LINES);
    },
  },
  {
    ...P1,
    id: 'path_link/existing',
    title: 'A name that exists is not replaced, whatever it is: exist',
    spec: p1Docs('errno.exist'),
    world: WORLD,
    script: (s) => {
      for (const to of ['other', 'file', 'directory', 'link', 'dangling', 'loop', 'directory/inner'])
        s.expect(link(s, 'file', to), err('exist'));
      leaves(s, LINKS_LINES);
    },
  },
  {
    ...P1,
    id: 'path_link/dangling-followed',
    title: 'Following a link to nothing is noent, and a link to itself loop',
    spec: p1Docs('lookupflags.symlink_follow'),
    world: WORLD,
    script: (s) => {
      s.expect(link(s, 'dangling', 'made', FOLLOW), err('noent'));
      s.expect(link(s, 'loop', 'made', FOLLOW), err('loop'));
      leaves(s, LINKS_LINES);
    },
  },
  {
    ...P1,
    id: 'path_link/trailing-slash',
    title: 'A file is no directory, neither as source nor as target with a trailing slash',
    world: WORLD,
    script: (s) => {
      s.expect(link(s, 'file/', 'made'), err('notdir'));
      const open = oneOf(
        'POSIX: "ENOENT or ENOTDIR The path1 argument names an existing non-directory file, and the path2 argument contains at least one non-slash character and ends with one or more trailing slash characters"',
        err('noent'),
        err('notdir'),
      );
      s.expect(link(s, 'file', 'made/'), open);
      leaves(s, LINKS_LINES);
    },
  },
  {
    ...P1,
    id: 'path_link/two-preopens',
    title:
      'A file in one preopen can be linked into another on the same file system, and not the other way round',
    world: {
      preopens: [
        { guest: '/first', entries: { file: 'first' } },
        { guest: '/second', entries: {} },
      ],
    },
    script: (s) => {
      s.expect(s.call('path_link', DIRECTORY + 1, [], 'file', DIRECTORY, 'made'), err('noent'));
      s.expect(s.call('path_link', DIRECTORY, [], 'file', DIRECTORY + 1, 'made'), ok());
      leaves(s, ['file = first']);
      leaves(s, ['made = first'], 1);
    },
  },
];

export const linksP1: ConformanceCase[] = [...successes, ...others];
