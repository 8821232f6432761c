/** Owns what preview 2's `unlink-file-at` removes and what it refuses. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { STAT, STAT_AT, UNLINK_FILE_AT } from './functions-p2.ts';
import { openAt, P2, preopen, preopening } from './opening-p2.ts';
import { FUNCTION } from './spec-p2.ts';
import { leaves, onHost } from './tree.ts';
import { UNLINK_LINES as LINES, UNLINK_TREE } from './worlds.ts';

const UNLINK = 'descriptor.unlink-file-at';
const CASE = { ...P2, spec: FUNCTION.unlinkFileAt, world: preopening(UNLINK_TREE) };
const links = (count: bigint) =>
  ok(`${count} links`, (value) => (value as { 'link-count': bigint })['link-count'] === count);

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
    ...CASE,
    id: `${UNLINK}/${id}`,
    title: `The name ${path} is removed, and nothing besides (${id})`,
    script: (s) => {
      const base = preopen(s);
      s.expect(s.call(UNLINK_FILE_AT, base, path), ok());
      s.expect(s.call(STAT_AT, base, [], path), err('no-entry'));
      s.expect(s.call(UNLINK_FILE_AT, base, path), err('no-entry'));
      leaves(
        s,
        LINES.filter((line) => line !== gone),
      );
    },
  }),
);

const others: ConformanceCase[] = [
  {
    ...CASE,
    id: `${UNLINK}/directory`,
    title: 'A directory is not unlinked: is-directory',
    script: (s) => {
      const base = preopen(s);
      s.expect(s.call(UNLINK_FILE_AT, base, 'directory'), err('is-directory'));
      s.expect(s.call(UNLINK_FILE_AT, base, 'directory/'), err('is-directory'));
      leaves(s, LINES);
    },
  },
  {
    ...CASE,
    id: `${UNLINK}/directory-itself`,
    title: 'The directory itself is not unlinked, by no dots that name it: is-directory',
    script: (s) => {
      const base = preopen(s);
      for (const path of ['.', './', 'directory/.', 'directory/..'])
        s.expect(s.call(UNLINK_FILE_AT, base, path), err('is-directory'));
      leaves(s, LINES);
    },
  },
  {
    ...CASE,
    id: `${UNLINK}/trailing-slash`,
    title: 'A file is no directory, nor is what a link with a trailing slash leads to a file',
    script: (s) => {
      const base = preopen(s);
      s.expect(s.call(UNLINK_FILE_AT, base, 'file/'), err('not-directory'));
      s.expect(s.call(UNLINK_FILE_AT, base, 'link/'), err('not-directory'));
      const either = oneOf(
        'with the slash the path refers to the directory ("Return `error-code::is-directory` if the path refers to a directory"), while systems see a name that is a link (ENOTDIR, as unlink removes links themselves)',
        err('is-directory'),
        err('not-directory'),
      );
      s.expect(s.call(UNLINK_FILE_AT, base, 'directory-link/'), either);
      leaves(s, LINES);
    },
  },
  {
    ...CASE,
    id: `${UNLINK}/one-of-two-names`,
    title: 'A file with two names keeps the other one',
    script: (s) => {
      const base = preopen(s);
      s.expect(s.call(UNLINK_FILE_AT, base, 'again'), ok());
      s.expect(s.call(STAT_AT, base, [], 'file'), links(1n));
      s.after('the host sees one link', [], (seen) => onHost(seen, 'file')?.links === 1 || 'it does not');
    },
  },
  {
    ...CASE,
    id: `${UNLINK}/open`,
    title: 'A file that is open when it is unlinked can be stated and has no link any more',
    world: preopening({ file: 'content' }),
    script: (s) => {
      const base = preopen(s);
      const file = openAt(s, base, 'file');
      s.expect(s.call(UNLINK_FILE_AT, base, 'file'), ok());
      s.expect(s.call(STAT, file), links(0n));
      // The name is free for another file.
      openAt(s, base, 'file', { open: ['create', 'exclusive'], flags: ['write'] });
      leaves(s, ['file = ']);
    },
  },
];

export const unlinkP2: ConformanceCase[] = [...removals, ...others];
