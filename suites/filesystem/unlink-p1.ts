/** Owns what `path_unlink_file` removes and what it refuses. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { leaves, onHost } from './tree.ts';
import { UNLINK_LINES, UNLINK_TREE } from './worlds.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: p1Docs('path_unlink_file') } as const;
const UNLINK = 'path_unlink_file';
const WORLD = { preopens: [{ guest: '/', entries: UNLINK_TREE }] };

const removals = (
  [
    ['file', 'file', 'file = content'],
    ['in-directory', 'directory/inner', 'directory/inner = inner'],
    ['through-link', 'directory-link/inner', 'directory/inner = inner'],
    ['link', 'link', 'link -> file'],
    ['directory-link', 'directory-link', 'directory-link -> directory'],
    ['dangling-link', 'dangling', 'dangling -> absent'],
    ['fifo', 'fifo', 'fifo (fifo)'],
    ['socket', 'socket', 'socket (socket)'],
  ] as const
).map(
  ([id, path, gone]): ConformanceCase => ({
    ...P1,
    id: `${UNLINK}/${id}`,
    title: `The name ${path} is removed, and nothing besides (${id})`,
    world: WORLD,
    script: (s) => {
      s.expect(s.call(UNLINK, DIRECTORY, path), ok());
      s.expect(s.call('path_filestat_get', DIRECTORY, [], path), err('noent'));
      s.expect(s.call(UNLINK, DIRECTORY, path), err('noent'));
      leaves(
        s,
        UNLINK_LINES.filter((line) => line !== gone),
      );
    },
  }),
);

const others: ConformanceCase[] = [
  {
    ...P1,
    id: `${UNLINK}/directory`,
    title: 'A directory is not unlinked: isdir',
    world: WORLD,
    script: (s) => {
      s.expect(s.call(UNLINK, DIRECTORY, 'directory'), err('isdir'));
      s.expect(s.call(UNLINK, DIRECTORY, 'directory/'), err('isdir'));
      leaves(s, UNLINK_LINES);
    },
  },
  {
    ...P1,
    id: `${UNLINK}/directory-itself`,
    title: 'The directory itself is not unlinked: isdir',
    world: WORLD,
    script: (s) => {
      s.expect(s.call(UNLINK, DIRECTORY, '.'), err('isdir'));
      leaves(s, UNLINK_LINES);
    },
  },
  {
    ...P1,
    id: `${UNLINK}/trailing-slash`,
    title: 'A file is no directory, nor is what a link with a trailing slash leads to a file',
    world: WORLD,
    script: (s) => {
      s.expect(s.call(UNLINK, DIRECTORY, 'file/'), err('notdir'));
      s.expect(s.call(UNLINK, DIRECTORY, 'link/'), err('notdir'));
      const either = oneOf(
        'with the slash the path refers to the directory ("Return errno::isdir if the path refers to a directory"), while systems see a name that is a link (ENOTDIR, as unlink removes links themselves)',
        err('isdir'),
        err('notdir'),
      );
      s.expect(s.call(UNLINK, DIRECTORY, 'directory-link/'), either);
      leaves(s, UNLINK_LINES);
    },
  },
  {
    ...P1,
    id: `${UNLINK}/one-of-two-names`,
    title: 'A file with two names keeps the other one',
    world: WORLD,
    script: (s) => {
      s.expect(s.call(UNLINK, DIRECTORY, 'again'), ok());
      const stat = s.call('path_filestat_get', DIRECTORY, [], 'file');
      s.expect(
        stat,
        ok('one link', (value) => (value as { nlink: bigint }).nlink === 1n),
      );
      s.after('the host sees one link', [], (seen) => onHost(seen, 'file')?.links === 1 || 'it does not');
    },
  },
  {
    ...P1,
    id: `${UNLINK}/open`,
    title: 'A file that is open when it is unlinked can be stated and has no link any more',
    world: { preopens: [{ guest: '/', entries: { file: 'content' } }] },
    script: (s) => {
      const file = open(s, 'file');
      s.expect(s.call(UNLINK, DIRECTORY, 'file'), ok());
      s.expect(
        s.call('fd_filestat_get', file.value),
        ok('7 bytes without a link', (value) => {
          const { nlink, size } = value as { nlink: bigint; size: bigint };
          return nlink === 0n && size === 7n;
        }),
      );
      // The name is free for another file.
      open(s, 'file', { oflags: ['creat', 'excl'] });
      leaves(s, ['file = ']);
    },
  },
];

export const unlinkP1: ConformanceCase[] = [...removals, ...others];
