/** Owns how preview 2 resolves paths: dots, doubled and trailing slashes, and links on the way. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { OPEN_AT, STAT, STAT_AT } from './functions-p2.ts';
import { FOLLOW, P2, preopen, preopening } from './opening-p2.ts';
import { FUNCTION, PATHS, TYPES } from './spec-p2.ts';
import { leaves } from './tree.ts';
import { RESOLUTION_TREE } from './worlds.ts';

const LONG = `${'./'.repeat(2000)}file`;
const TOO_LONG = oneOf(
  'POSIX: "ENAMETOOLONG The length of a pathname exceeds {PATH_MAX}", which a runtime that walks the path itself does not meet',
  err('name-too-long'),
  ok(),
);

/** A number of bytes tells which file was found. */
type Found = 11 | 22 | 'directory' | 'symbolic-link' | Expectation;

/** Groups of paths: what each names, following a last link and not. */
const GROUPS: readonly {
  id: string;
  title: string;
  spec?: string;
  paths: readonly (readonly [string, Found, Found?])[];
}[] = [
  {
    id: 'dots',
    title: 'Dots are the directory itself and the one above, as long as they stay inside',
    paths: [
      ['.', 'directory'],
      ['./file', 11],
      ['././directory/./file', 22],
      ['directory/.', 'directory'],
      ['directory/..', 'directory'],
      ['directory/../file', 11],
      ['directory/deep/../../file', 11],
      ['directory/deep/../../directory/file', 22],
    ],
  },
  {
    id: 'slashes',
    title: 'Slashes in a row are one',
    paths: [
      ['directory//file', 22],
      ['directory///deep', 'directory'],
      ['.//file', 11],
    ],
  },
  {
    id: 'trailing-slash-directory',
    title: 'A directory can be named with slashes behind',
    paths: [
      ['directory/', 'directory'],
      ['directory//', 'directory'],
      ['directory/deep/', 'directory'],
      ['./', 'directory'],
    ],
  },
  {
    id: 'trailing-slash-file',
    title: 'A file is no directory, and a slash behind it names nothing: not-directory',
    paths: [
      ['file/', err('not-directory')],
      ['file//', err('not-directory')],
      ['directory/file/', err('not-directory')],
    ],
  },
  {
    id: 'dot-behind-file',
    title: 'A file is no directory, and a dot behind it names nothing: not-directory',
    paths: [
      ['file/.', err('not-directory')],
      ['directory/file/.', err('not-directory')],
    ],
  },
  {
    id: 'dot-dot-behind-file',
    title: 'A file is no directory, and has none above it: not-directory',
    paths: [
      ['file/..', err('not-directory')],
      ['file/../file', err('not-directory')],
    ],
  },
  {
    id: 'trailing-slash-link-to-file',
    title: 'A link to a file with a slash behind names nothing: not-directory',
    paths: [['file-link/', err('not-directory')]],
  },
  {
    id: 'absent-then-up',
    title: 'What does not exist leads nowhere, not even back: no-entry',
    paths: [
      ['absent/../file', err('no-entry')],
      ['directory/absent/../file', err('no-entry')],
    ],
  },
  {
    id: 'behind-absent',
    title: 'A dot or slash behind what does not exist names nothing: no-entry',
    paths: [
      ['absent/.', err('no-entry')],
      ['absent/', err('no-entry')],
      ['absent/file', err('no-entry')],
    ],
  },
  {
    id: 'links-in-the-middle',
    title: 'Links in the middle of a path are followed always, one at the end only if asked',
    spec: TYPES.pathFlags,
    paths: [
      ['directory-link/file', 22],
      ['directory/up/file', 11],
      ['directory/up/directory/up/directory-link/file', 22],
      ['file-link', 22, 'symbolic-link'],
      ['directory-link', 'directory', 'symbolic-link'],
      ['slash-link', 'directory', 'symbolic-link'],
      ['slash-link/file', 22],
    ],
  },
  {
    id: 'link-then-up',
    title: 'The directory above is that of what a link leads to, not that of the link',
    paths: [['deep-link/../file', 22]],
  },
  {
    id: 'link-up-then-up',
    title: 'Above a link that leads to the directory itself there is nothing: not-permitted',
    paths: [['directory/up/../directory/file', err('not-permitted')]],
  },
  {
    id: 'link-with-trailing-slash',
    title: 'A link to a directory can have a slash behind',
    paths: [
      ['directory-link/', 'directory'],
      ['slash-link/', 'directory'],
    ],
  },
  {
    id: 'dot-behind-link',
    title: 'A dot behind a link to a directory is that directory',
    paths: [['directory-link/.', 'directory']],
  },
  {
    id: 'long',
    title: `A path of ${LONG.length} bytes is resolved, and one beyond 4096 is resolved or too long`,
    paths: [
      [LONG, 11],
      [`${'./'.repeat(3000)}file`, TOO_LONG],
    ],
  },
];

const finds = (found: Found): Expectation => {
  if (typeof found === 'object') return found;
  if (typeof found === 'number')
    return ok(`the file of ${found} bytes`, (value) => (value as { size: bigint }).size === BigInt(found));
  return ok(`a ${found}`, (value) => (value as { type: string }).type === found);
};

/** Following a last link; where that leads elsewhere than not following, both. */
const byStat = GROUPS.map(
  ({ id, title, spec, paths }): ConformanceCase => ({
    ...P2,
    id: `descriptor.stat-at/path-${id}`,
    title,
    spec: spec ?? PATHS.resolving,
    world: preopening(RESOLUTION_TREE),
    script: (s) => {
      const base = preopen(s);
      for (const [path, followed, itself] of paths) {
        s.expect(s.call(STAT_AT, base, FOLLOW, path), finds(followed));
        if (itself !== undefined) s.expect(s.call(STAT_AT, base, [], path), finds(itself));
      }
    },
  }),
);

/** Without following, all groups with a slash behind in one case, and all with a dot: the end of a path is no link there. */
const unfollowed = (
  [
    [
      'plain',
      'What is no link is found without following as well, a dot or slashes in its path or not',
      /[^/.]$/,
    ],
    ['slash', 'A slash behind a name is followed to a directory, without following links as well', /\/$/],
    ['dot', 'A dot behind a name is followed to a directory, without following links as well', /[^.]\.$/],
  ] as const
).map(
  ([id, title, ending]): ConformanceCase => ({
    ...P2,
    id: `descriptor.stat-at/path-not-followed-${id}`,
    title,
    spec: TYPES.pathFlags,
    world: preopening(RESOLUTION_TREE),
    script: (s) => {
      const base = preopen(s);
      for (const { paths } of GROUPS)
        for (const [path, found, itself] of paths)
          if (itself === undefined && path.length < 100 && ending.test(path))
            s.expect(s.call(STAT_AT, base, [], path), finds(found));
    },
  }),
);

/** The same paths opened: a runtime may resolve in one function what it refuses in another. */
const byOpen = GROUPS.map(
  ({ id, title, spec, paths }): ConformanceCase => ({
    ...P2,
    id: `descriptor.open-at/path-${id}`,
    title: `${title}; so it is for open-at`,
    spec: spec ?? FUNCTION.openAt,
    world: preopening(RESOLUTION_TREE),
    script: (s) => {
      const base = preopen(s);
      for (const [path, found, itself] of paths) {
        const opened = s.call(OPEN_AT, base, FOLLOW, path, [], ['read']);
        s.expect(opened, typeof found === 'object' ? found : ok());
        if (typeof found !== 'object') s.expect(s.call(STAT, opened.value), finds(found));
        if (itself === 'symbolic-link') s.expect(s.call(OPEN_AT, base, [], path, [], ['read']), err('loop'));
      }
    },
  }),
);

const made: ConformanceCase = {
  ...P2,
  id: 'descriptor.open-at/path-create-trailing-slash',
  title: 'No file is made by a name with a slash behind',
  spec: TYPES.openFlags,
  world: preopening({}),
  script: (s) => {
    const base = preopen(s);
    const refused = oneOf(
      'POSIX: "EISDIR … or O_CREAT is set and path ends in slashes and names nothing", "ENOENT … O_CREAT is set and the path ends with one or more trailing slash characters", "ENOTDIR": the pages of different issues differ',
      err('is-directory'),
      err('no-entry'),
      err('not-directory'),
    );
    for (const open of [['create'], ['create', 'exclusive']])
      for (const flags of [['read'], ['write']])
        s.expect(s.call(OPEN_AT, base, [], 'made/', open, flags), refused);
    leaves(s, []);
  },
};

const existing: ConformanceCase = {
  ...P2,
  id: 'descriptor.open-at/path-create-existing-with-slash',
  title:
    'A slash behind the name of what exists is no other name: no file is made, opened or truncated by it',
  spec: TYPES.openFlags,
  world: preopening({ file: 'content', directory: { kind: 'directory' } }),
  script: (s) => {
    const base = preopen(s);
    const open = (path: string, flags: string[]) => s.call(OPEN_AT, base, [], path, flags, ['read']);
    s.expect(open('directory/', ['create']), err('is-directory'));
    const both = 'it exists and is a directory: POSIX has EEXIST and EISDIR, and no order of errors';
    s.expect(open('directory/', ['create', 'exclusive']), oneOf(both, err('exist'), err('is-directory')));
    const refused = oneOf(
      'POSIX: "EISDIR … O_CREAT is set and path ends in slashes", or "ENOTDIR" for a file that would have to be a directory',
      err('is-directory'),
      err('not-directory'),
    );
    s.expect(open('file/', ['create']), refused);
    s.expect(open('file/', ['truncate']), err('not-directory'));
    leaves(s, ['directory/', 'file = content']);
  },
};

const openUnfollowed: ConformanceCase = {
  ...P2,
  id: 'descriptor.open-at/path-not-followed-slash',
  title: 'What a slash behind a link leads to is opened without following links as well, and a file is not',
  spec: TYPES.pathFlags,
  world: preopening(RESOLUTION_TREE),
  script: (s) => {
    const base = preopen(s);
    for (const path of ['directory-link/', 'directory-link//', 'slash-link/', 'directory/up/'])
      for (const open of [[], ['directory']]) s.expect(s.call(OPEN_AT, base, [], path, open, ['read']), ok());
    for (const path of ['file-link/', 'file/'])
      s.expect(s.call(OPEN_AT, base, [], path, [], ['read']), err('not-directory'));
  },
};

export const resolutionP2: ConformanceCase[] = [
  ...byStat,
  ...unfollowed,
  ...byOpen,
  openUnfollowed,
  made,
  existing,
];
