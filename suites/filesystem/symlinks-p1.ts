/** Owns what `path_symlink` makes, and which links lead somewhere. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { leaves } from './tree.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: p1Docs('path_symlink') } as const;
const FOLLOW = ['symlink_follow'];
const WORLD = {
  preopens: [
    {
      guest: '/sandbox',
      entries: { file: 'content', directory: { kind: 'directory', entries: { inner: 'inner' } } },
    },
  ],
} as const;
const LINES = ['directory/', 'directory/inner = inner', 'file = content'];

const LEAVES_SANDBOX =
  'a link is only text ("The contents of the symbolic link"), and following it is what must fail; but a link that other programs of the host would follow out of the directory may be refused: `notcapable` is "Capabilities insufficient", `perm` "Operation not permitted"';
const CREATED_OR_REFUSED = oneOf(LEAVES_SANDBOX, ok(), err('notcapable'), err('perm'));
const REFUSED = oneOf(
  'the text says of no function what a path that leaves the directory returns: `notcapable`, `perm`; or where no link was made, `noent`',
  err('notcapable'),
  err('perm'),
  err('noent'),
);

/** Texts that lead somewhere, nowhere, or are unusual. */
const TEXTS: readonly { id: string; text: string; opens: Expectation }[] = [
  { id: 'file', text: 'file', opens: ok() },
  { id: 'detour', text: './directory/../file', opens: ok() },
  { id: 'into-directory', text: 'directory/inner', opens: ok() },
  { id: 'dangling', text: 'absent', opens: err('noent') },
  { id: 'itself', text: 'made', opens: err('loop') },
  { id: 'through-file', text: 'file/inner', opens: err('notdir') },
  { id: 'trailing-slash', text: 'file/', opens: err('notdir') },
  { id: 'utf8', text: 'ünïcödé ☃ 😀', opens: err('noent') },
  { id: 'long', text: `${'n'.repeat(250)}/`.repeat(4).slice(0, -1), opens: err('noent') },
];

const texts = TEXTS.map(
  ({ id, text, opens }): ConformanceCase => ({
    ...P1,
    id: `path_symlink/${id}`,
    title: `A link keeps its text to the byte, and opening it follows that (${id})`,
    world: WORLD,
    script: (s) => {
      s.expect(s.call('path_symlink', text, DIRECTORY, 'made'), ok());
      s.expect(s.call('path_open', DIRECTORY, FOLLOW, 'made', [], ['fd_read'], [], []), opens);
      leaves(s, [...LINES, `made -> ${text}`]);
    },
  }),
);

const outside = [
  { id: 'absolute', text: '/file' },
  { id: 'escaping', text: '../preopen.0/file' },
  { id: 'escaping-in-the-middle', text: 'directory/../../preopen.0/file' },
].map(
  ({ id, text }): ConformanceCase => ({
    ...P1,
    id: `path_symlink/${id}`,
    title: `A link that leads out of the directory (${id}) may be made or refused, but is not followed`,
    world: WORLD,
    script: (s) => {
      s.expect(s.call('path_symlink', text, DIRECTORY, 'made'), CREATED_OR_REFUSED);
      s.expect(s.call('path_open', DIRECTORY, FOLLOW, 'made', [], ['fd_read'], [], []), REFUSED);
      s.expect(s.call('path_filestat_get', DIRECTORY, FOLLOW, 'made'), REFUSED);
    },
  }),
);

const others: ConformanceCase[] = [
  {
    ...P1,
    id: 'path_symlink/empty',
    title: 'An empty text makes no link: noent',
    spec: p1Docs('errno.noent'),
    world: WORLD,
    script: (s) => {
      s.expect(s.call('path_symlink', '', DIRECTORY, 'made'), err('noent'));
      leaves(s, LINES);
    },
  },
  {
    ...P1,
    id: 'path_symlink/existing',
    title: 'A name that exists is not replaced, whatever it is: exist',
    spec: p1Docs('errno.exist'),
    world: {
      preopens: [
        {
          guest: '/',
          entries: { ...WORLD.preopens[0].entries, dangling: { kind: 'symlink', target: 'absent' } },
        },
      ],
    },
    script: (s) => {
      for (const name of ['file', 'directory', 'dangling', '.'])
        s.expect(s.call('path_symlink', 'other', DIRECTORY, name), err('exist'));
      leaves(s, [...LINES, 'dangling -> absent']);
    },
  },
  {
    ...P1,
    id: 'path_symlink/in-directory',
    title: 'A link in a directory begins there, not where the path that named it did',
    world: WORLD,
    script: (s) => {
      s.expect(s.call('path_symlink', 'inner', DIRECTORY, 'directory/made'), ok());
      open(s, 'directory/made', { lookup: FOLLOW, rights: ['fd_read'] });
      leaves(s, [...LINES, 'directory/made -> inner']);
    },
  },
  {
    ...P1,
    id: 'path_symlink/up',
    title: 'A link can lead up from a directory as long as it stays inside',
    world: WORLD,
    script: (s) => {
      s.expect(s.call('path_symlink', '../file', DIRECTORY, 'directory/made'), ok());
      open(s, 'directory/made', { lookup: FOLLOW, rights: ['fd_read'] });
      leaves(s, [...LINES, 'directory/made -> ../file']);
    },
  },
  {
    ...P1,
    id: 'path_symlink/chain',
    title: 'Eight links one behind the other are followed, a ring of two is loop',
    spec: p1Docs('errno.loop'),
    world: WORLD,
    script: (s) => {
      // POSIX demands at least 8 of every system (_POSIX_SYMLOOP_MAX).
      for (let index = 0; index < 8; index++)
        s.expect(
          s.call('path_symlink', index === 0 ? 'file' : `l${index - 1}`, DIRECTORY, `l${index}`),
          ok(),
        );
      open(s, 'l7', { lookup: FOLLOW, rights: ['fd_read'] });
      s.expect(s.call('path_symlink', 'b', DIRECTORY, 'a'), ok());
      s.expect(s.call('path_symlink', 'a', DIRECTORY, 'b'), ok());
      s.expect(s.call('path_open', DIRECTORY, FOLLOW, 'a', [], ['fd_read'], [], []), err('loop'));
      s.expect(s.call('path_open', DIRECTORY, [], 'a/x', [], ['fd_read'], [], []), err('loop'));
    },
  },
  {
    ...P1,
    id: 'path_symlink/new-trailing-slash',
    title: 'A link is no directory: its name takes no trailing slash',
    world: WORLD,
    script: (s) => {
      const refused = oneOf(
        'POSIX: "A component of the path prefix of path2 does not name an existing file" (noent) and "names … neither a directory nor a symbolic link to a directory" (notdir) can both be said of a name that would have to be a directory',
        err('noent'),
        err('notdir'),
      );
      s.expect(s.call('path_symlink', 'file', DIRECTORY, 'made/'), refused);
      leaves(s, LINES);
    },
  },
];

export const symlinksP1: ConformanceCase[] = [...texts, ...outside, ...others];
