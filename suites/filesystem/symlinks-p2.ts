/** Owns what preview 2's `symlink-at` makes, and which links lead somewhere. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';
import { OPEN_AT, READLINK_AT, STAT_AT, SYMLINK_AT } from './functions-p2.ts';
import { FOLLOW, openAt, P2, preopen, preopening } from './opening-p2.ts';
import { FUNCTION, PATHS, TYPES } from './spec-p2.ts';
import { leaves } from './tree.ts';

const ENTRIES: FileTree = {
  file: 'content',
  directory: { kind: 'directory', entries: { inner: 'inner' } },
};
const LINES = ['directory/', 'directory/inner = inner', 'file = content'];
const CASE = { ...P2, spec: FUNCTION.symlinkAt, world: preopening(ENTRIES) };

/** Texts that lead somewhere, nowhere, outside, or are unusual. */
const TEXTS: readonly { id: string; text: string; opens: Expectation }[] = [
  { id: 'file', text: 'file', opens: ok() },
  { id: 'detour', text: './directory/../file', opens: ok() },
  { id: 'slashes', text: 'directory//inner', opens: ok() },
  { id: 'into-directory', text: 'directory/inner', opens: ok() },
  { id: 'dangling', text: 'absent', opens: err('no-entry') },
  { id: 'itself', text: 'made', opens: err('loop') },
  { id: 'through-file', text: 'file/inner', opens: err('not-directory') },
  { id: 'trailing-slash', text: 'file/', opens: err('not-directory') },
  { id: 'utf8', text: 'ünïcödé ☃ 😀', opens: err('no-entry') },
  { id: 'backslash', text: 'directory\\inner', opens: err('no-entry') },
  { id: 'long', text: `${'n'.repeat(250)}/`.repeat(4).slice(0, -1), opens: err('no-entry') },
];

const texts = TEXTS.map(
  ({ id, text, opens }): ConformanceCase => ({
    ...CASE,
    id: `descriptor.symlink-at/${id}`,
    title: `A link keeps its text to the byte, and opening it follows that (${id})`,
    script: (s) => {
      const base = preopen(s);
      s.expect(s.call(SYMLINK_AT, base, text, 'made'), ok());
      s.expect(
        s.call(READLINK_AT, base, 'made'),
        ok(`'${text.slice(0, 30)}'`, (value) => value === text),
      );
      s.expect(s.call(OPEN_AT, base, FOLLOW, 'made', [], ['read']), opens);
      leaves(s, [...LINES, `made -> ${text}`]);
    },
  }),
);

/** "Other than that, symlinks may be created with any string": only at the time of an access is it looked at where they lead. */
const outside = [
  { id: 'escaping', text: '../preopen.0/file' },
  { id: 'escaping-in-the-middle', text: 'directory/../../preopen.0/file' },
].map(
  ({ id, text }): ConformanceCase => ({
    ...CASE,
    id: `descriptor.symlink-at/${id}`,
    title: `A link that leads out of the directory (${id}) can be made, but is not followed: not-permitted`,
    spec: PATHS.symlinks,
    script: (s) => {
      const base = preopen(s);
      s.expect(s.call(SYMLINK_AT, base, text, 'made'), ok());
      s.expect(s.call(OPEN_AT, base, FOLLOW, 'made', [], ['read']), err('not-permitted'));
      s.expect(s.call(STAT_AT, base, FOLLOW, 'made'), err('not-permitted'));
      leaves(s, [...LINES, `made -> ${text}`]);
    },
  }),
);

const others: ConformanceCase[] = [
  {
    ...CASE,
    id: 'descriptor.symlink-at/absolute',
    title: 'A text that starts with a slash makes no link: not-permitted',
    script: (s) => {
      const base = preopen(s);
      for (const text of ['/', '/file', '//file', '/sandbox/file'])
        s.expect(s.call(SYMLINK_AT, base, text, 'made'), err('not-permitted'));
      leaves(s, LINES);
    },
  },
  {
    ...CASE,
    id: 'descriptor.symlink-at/empty',
    title: 'An empty text makes a link where the file system has such links, else none: no-entry or invalid',
    spec: PATHS.symlinks,
    script: (s) => {
      const why =
        '"symlinks may be created with any string, provided the underlying filesystem implementation supports it": Linux has no empty ones and says ENOENT';
      const step = s.call(SYMLINK_AT, preopen(s), '', 'made');
      s.expect(step, oneOf(why, err('no-entry'), err('invalid'), ok()));
      s.after('it is there just where it was made', [step], (seen) => {
        const made = seen.after[0]?.preopens[0]?.some(({ path }) => path === 'made') === true;
        return made === (seen.values[0]?.kind === 'ok') || `it is ${made ? '' : 'not '}there`;
      });
    },
  },
  {
    ...CASE,
    id: 'descriptor.symlink-at/existing',
    title: 'A name that exists is not replaced, whatever it is: exist',
    spec: TYPES.errorCode,
    world: preopening({ ...ENTRIES, dangling: { kind: 'symlink', target: 'absent' } }),
    script: (s) => {
      const base = preopen(s);
      for (const name of ['file', 'directory', 'dangling', '.', 'directory/..'])
        s.expect(s.call(SYMLINK_AT, base, 'other', name), err('exist'));
      leaves(s, [...LINES, 'dangling -> absent']);
    },
  },
  {
    ...CASE,
    id: 'descriptor.symlink-at/in-directory',
    title: 'A link in a directory begins there, not where the path that named it did, and can lead up',
    script: (s) => {
      const base = preopen(s);
      s.expect(s.call(SYMLINK_AT, base, 'inner', 'directory/made'), ok());
      s.expect(s.call(SYMLINK_AT, base, '../file', 'directory/up'), ok());
      for (const [path, size] of [
        ['directory/made', 5n],
        ['directory/up', 7n],
      ] as const)
        s.expect(
          s.call(STAT_AT, base, FOLLOW, path),
          ok(`${size} bytes`, (value) => (value as { size: bigint }).size === size),
        );
      leaves(s, [...LINES, 'directory/made -> inner', 'directory/up -> ../file']);
    },
  },
  {
    ...CASE,
    id: 'descriptor.symlink-at/chain',
    title: 'Eight links one behind the other are followed, a ring of two is loop',
    spec: TYPES.pathFlags,
    script: (s) => {
      const base = preopen(s);
      // POSIX demands at least 8 of every system (_POSIX_SYMLOOP_MAX).
      for (let index = 0; index < 8; index++)
        s.expect(s.call(SYMLINK_AT, base, index === 0 ? 'file' : `l${index - 1}`, `l${index}`), ok());
      openAt(s, base, 'l7', { path: FOLLOW });
      s.expect(s.call(SYMLINK_AT, base, 'b', 'a'), ok());
      s.expect(s.call(SYMLINK_AT, base, 'a', 'b'), ok());
      s.expect(s.call(OPEN_AT, base, FOLLOW, 'a', [], ['read']), err('loop'));
      s.expect(s.call(OPEN_AT, base, [], 'a/x', [], ['read']), err('loop'));
      s.expect(s.call(STAT_AT, base, FOLLOW, 'a'), err('loop'));
      s.expect(s.call(STAT_AT, base, [], 'b/x'), err('loop'));
    },
  },
  {
    ...CASE,
    id: 'descriptor.symlink-at/new-trailing-slash',
    title: 'A link is no directory: its name takes no trailing slash',
    script: (s) => {
      const refused = oneOf(
        'POSIX: "A component of the path prefix of path2 does not name an existing file" (no-entry) and "names … neither a directory nor a symbolic link to a directory" (not-directory) can both be said of a name that would have to be a directory',
        err('no-entry'),
        err('not-directory'),
      );
      s.expect(s.call(SYMLINK_AT, preopen(s), 'file', 'made/'), refused);
      leaves(s, LINES);
    },
  },
];

export const symlinksP2: ConformanceCase[] = [...texts, ...outside, ...others];
