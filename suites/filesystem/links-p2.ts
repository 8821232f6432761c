/** Owns what preview 2's `link-at` makes of each kind of source and target. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { GET_DIRECTORIES, LINK_AT } from './functions-p2.ts';
import { FOLLOW, P2, preopen, preopening, preopenNamed } from './opening-p2.ts';
import { FUNCTION, TYPES } from './spec-p2.ts';
import { areOne, leaves } from './tree.ts';
import { LINKS_LINES as LINES, LINKS_TREE } from './worlds.ts';

const CASE = { ...P2, spec: FUNCTION.linkAt, world: preopening(LINKS_TREE) };

const link = (s: ScriptBuilder, base: Slot, from: string, to: string, path: readonly string[] = []): Step =>
  s.call(LINK_AT, base, path, from, base, to);

const SUCCESSES = [
  ['file', 'A file has two names after link-at', 'file', 'made', 'made = content', 'file'],
  [
    'into-directory',
    'A file can be linked to a name in a directory below',
    'file',
    'directory/made',
    'directory/made = content',
    'file',
  ],
  [
    'through-directory-link',
    'Links in the middle of both paths are followed',
    'directory-link/inner',
    'directory-link/made',
    'directory/made = inner',
    'directory/inner',
  ],
  [
    'detour',
    'Dots in both paths are followed',
    './directory/../file',
    'directory/./made',
    'directory/made = content',
    'file',
  ],
] as const;

const successes = SUCCESSES.map(
  ([id, title, from, to, line, same]): ConformanceCase => ({
    ...CASE,
    id: `descriptor.link-at/${id}`,
    title,
    script: (s) => {
      s.expect(link(s, preopen(s), from, to), ok());
      leaves(s, [...LINES, line]);
      areOne(s, same, to.replace('directory-link', 'directory').replace('/./', '/'), 2);
    },
  }),
);

/** With `symlink-follow`: what a link leads to is what gets the second name. */
const followed = (
  [
    ['link-followed', 'Following a symbolic link, the file it leads to gets a second name', 'link'],
    ['file-with-follow', 'The flag to follow links changes nothing for a file', 'file'],
  ] as const
).map(
  ([id, title, from]): ConformanceCase => ({
    ...CASE,
    id: `descriptor.link-at/${id}`,
    title,
    spec: TYPES.pathFlags,
    script: (s) => {
      s.expect(link(s, preopen(s), from, 'made', FOLLOW), ok());
      leaves(s, [...LINES, 'made = content']);
      areOne(s, 'file', 'made', 2);
    },
  }),
);

const NO_FILE =
  'as with linkat of POSIX a symbolic link that is not followed gets a second name itself; but later texts of 0.2 have it that link-at fails "with `error-code::not-permitted` if the old path is not a file"';

const ofLinks = (
  [
    ['link-itself', 'link', 'made -> file'],
    ['dangling-link', 'dangling', 'made -> absent'],
    ['loop-itself', 'loop', 'made -> loop'],
  ] as const
).map(
  ([id, from, line]): ConformanceCase => ({
    ...CASE,
    id: `descriptor.link-at/${id}`,
    title: `A symbolic link (${from}) that is not followed gets a second name itself, or is refused as no file`,
    script: (s) => {
      const step = link(s, preopen(s), from, 'made');
      s.expect(step, oneOf(NO_FILE, ok(), err('not-permitted')));
      s.after('the host sees the second name where there is one', [step], (seen) => {
        const made = seen.after[0]?.preopens[0]?.find(({ path }) => path === 'made');
        const expected = seen.values[0]?.kind === 'ok' ? line.split(' -> ')[1] : undefined;
        return made?.target === expected || `made leads to ${made?.target}, not ${expected}`;
      });
    },
  }),
);

const others: ConformanceCase[] = [
  {
    ...CASE,
    id: 'descriptor.link-at/directory',
    title: 'A directory gets no second name: not-permitted',
    script: (s) => {
      const base = preopen(s);
      s.expect(link(s, base, 'directory', 'made'), err('not-permitted'));
      s.expect(link(s, base, '.', 'made'), err('not-permitted'));
      leaves(s, LINES);
    },
  },
  {
    ...CASE,
    id: 'descriptor.link-at/existing',
    title: 'A name that exists is not replaced, whatever it is: exist',
    script: (s) => {
      const base = preopen(s);
      for (const to of ['other', 'file', 'directory', 'link', 'dangling', 'loop', 'directory/inner'])
        s.expect(link(s, base, 'file', to), err('exist'));
      leaves(s, LINES);
    },
  },
  {
    ...CASE,
    id: 'descriptor.link-at/absent',
    title:
      'What does not exist gets no second name, nor does anything in a directory that does not: no-entry',
    script: (s) => {
      const base = preopen(s);
      for (const [from, to] of [
        ['absent', 'made'],
        ['dangling/inner', 'made'],
        ['file', 'absent/made'],
      ] as const)
        s.expect(link(s, base, from, to), err('no-entry'));
      leaves(s, LINES);
    },
  },
  {
    ...CASE,
    id: 'descriptor.link-at/dangling-followed',
    title: 'Following a link to nothing is no-entry, and a link to itself loop',
    spec: TYPES.pathFlags,
    script: (s) => {
      const base = preopen(s);
      s.expect(link(s, base, 'dangling', 'made', FOLLOW), err('no-entry'));
      s.expect(link(s, base, 'loop', 'made', FOLLOW), err('loop'));
      leaves(s, LINES);
    },
  },
  {
    ...CASE,
    id: 'descriptor.link-at/trailing-slash',
    title: 'A file is no directory, neither as source nor as target with a trailing slash',
    script: (s) => {
      const base = preopen(s);
      s.expect(link(s, base, 'file/', 'made'), err('not-directory'));
      const open = oneOf(
        'POSIX: "ENOENT or ENOTDIR The path1 argument names an existing non-directory file, and the path2 argument contains at least one non-slash character and ends with one or more trailing slash characters"',
        err('no-entry'),
        err('not-directory'),
      );
      s.expect(link(s, base, 'file', 'made/'), open);
      leaves(s, LINES);
    },
  },
  {
    ...CASE,
    id: 'descriptor.link-at/two-preopens',
    title:
      'A file in one preopen can be linked into another on the same file system, and not the other way round',
    world: {
      preopens: [
        { guest: '/first', entries: { file: 'first' } },
        { guest: '/other-one', entries: {} },
      ],
    },
    script: (s) => {
      const directories = s.call(GET_DIRECTORIES);
      const first = preopenNamed(s, directories, 2, '/first'.length);
      const second = preopenNamed(s, directories, 2, '/other-one'.length);
      s.expect(s.call(LINK_AT, second, [], 'file', first, 'made'), err('no-entry'));
      s.expect(s.call(LINK_AT, first, [], 'file', second, 'made'), ok());
      leaves(s, ['file = first']);
      leaves(s, ['made = first'], 1);
    },
  },
];

export const linksP2: ConformanceCase[] = [...successes, ...followed, ...ofLinks, ...others];
