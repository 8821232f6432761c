/** Owns how paths are resolved: dots, doubled and trailing slashes, and links on the way. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { DIRECTORY } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { leaves } from './tree.ts';
import { RESOLUTION_TREE } from './worlds.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;
const FOLLOW = ['symlink_follow'];

const LONGEST = 4096;
const LONG = `${'./'.repeat(2000)}file`;
const TOO_LONG = oneOf(
  'POSIX: "ENAMETOOLONG The length of a pathname exceeds {PATH_MAX}", which a runtime that walks the path itself does not meet',
  err('nametoolong'),
  ok('the file of 11 bytes', (value) => (value as { size: bigint }).size === 11n),
);

type Found = 11 | 22 | 'directory' | 'symbolic_link' | Expectation;

/** Groups of paths: what each names, following a last link and not. */
const GROUPS: readonly { id: string; title: string; paths: readonly (readonly [string, Found, Found?])[] }[] =
  [
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
      title: 'A file is no directory, and a slash behind it names nothing: notdir',
      paths: [
        ['file/', err('notdir')],
        ['file//', err('notdir')],
        ['directory/file/', err('notdir')],
      ],
    },
    {
      id: 'dots-behind-file',
      title: 'A file is no directory, and dots behind it name nothing: notdir',
      paths: [
        ['file/.', err('notdir')],
        ['file/..', err('notdir')],
        ['file/../file', err('notdir')],
      ],
    },
    {
      id: 'trailing-slash-link-to-file',
      title: 'A link to a file with a slash behind names nothing: notdir',
      paths: [['file-link/', err('notdir')]],
    },
    {
      id: 'absent-in-the-middle',
      title: 'What does not exist leads nowhere, not even back: noent',
      paths: [
        ['absent/../file', err('noent')],
        ['absent/.', err('noent')],
        ['absent/', err('noent')],
        ['directory/absent/../file', err('noent')],
      ],
    },
    {
      id: 'links-in-the-middle',
      title: 'Links in the middle of a path are followed always, one at the end only if asked',
      paths: [
        ['directory-link/file', 22],
        ['directory/up/file', 11],
        ['directory/up/directory/up/directory-link/file', 22],
        ['file-link', 22, 'symbolic_link'],
        ['directory-link', 'directory', 'symbolic_link'],
        ['slash-link', 'directory', 'symbolic_link'],
        ['slash-link/file', 22],
      ],
    },
    {
      id: 'link-then-up',
      title: 'The directory above is that of what a link leads to, not that of the link',
      paths: [
        ['deep-link/../file', 22],
        [
          'directory/up/../directory/file',
          oneOf('leaves the directory and comes back', err('notcapable'), err('perm')),
        ],
      ],
    },
    {
      id: 'link-with-trailing-slash',
      title: 'A link with a slash or dot behind is followed, asked or not',
      paths: [
        ['directory-link/', 'directory'],
        ['directory-link/.', 'directory'],
        ['slash-link/', 'directory'],
      ],
    },
    {
      id: 'long',
      title: `A path of ${LONG.length} bytes is resolved, and one beyond ${LONGEST} is resolved or too long`,
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
  return ok(`a ${found}`, (value) => (value as { filetype: string }).filetype === found);
};

const byStat = GROUPS.map(
  ({ id, title, paths }): ConformanceCase => ({
    ...P1,
    id: `path_filestat_get/path-${id}`,
    title,
    spec: p1Docs('path_filestat_get.path'),
    world: { preopens: [{ guest: '/', entries: RESOLUTION_TREE }] },
    script: (s) => {
      for (const [path, followed, itself = followed] of paths) {
        s.expect(s.call('path_filestat_get', DIRECTORY, FOLLOW, path), finds(followed));
        s.expect(s.call('path_filestat_get', DIRECTORY, [], path), finds(itself));
      }
    },
  }),
);

/** The same paths opened: a runtime may resolve in one function what it refuses in another. */
const byOpen = GROUPS.map(
  ({ id, title, paths }): ConformanceCase => ({
    ...P1,
    id: `path_open/path-${id}`,
    title: `${title}; so it is for path_open`,
    spec: p1Docs('path_open.path'),
    world: { preopens: [{ guest: '/', entries: RESOLUTION_TREE }] },
    script: (s) => {
      for (const [path, found] of paths) {
        const opened = s.call(
          'path_open',
          DIRECTORY,
          FOLLOW,
          path,
          [],
          ['fd_read', 'fd_filestat_get'],
          [],
          [],
        );
        if (found === TOO_LONG) s.expect(opened, oneOf(TOO_LONG.ambiguity ?? '', err('nametoolong'), ok()));
        else if (typeof found === 'object') s.expect(opened, found);
        else {
          s.expect(opened, ok());
          s.expect(s.call('fd_filestat_get', opened.value), finds(found));
        }
      }
    },
  }),
);

const made: ConformanceCase = {
  ...P1,
  id: 'path_open/path-creat-trailing-slash',
  title: 'No file is made by a name with a slash behind',
  spec: p1Docs('oflags.creat'),
  world: { preopens: [{ guest: '/', entries: {} }] },
  script: (s) => {
    const refused = oneOf(
      'POSIX: "EISDIR … or O_CREAT is set and path ends in slashes and names nothing", "ENOENT … O_CREAT is set and the path ends with one or more trailing slash characters", "ENOTDIR": the pages of different issues differ',
      err('isdir'),
      err('noent'),
      err('notdir'),
    );
    s.expect(s.call('path_open', DIRECTORY, [], 'made/', ['creat'], ['fd_read'], [], []), refused);
    s.expect(s.call('path_open', DIRECTORY, [], 'made/', ['creat', 'excl'], ['fd_read'], [], []), refused);
    leaves(s, []);
  },
};

export const resolutionP1: ConformanceCase[] = [...byStat, ...byOpen, made];
