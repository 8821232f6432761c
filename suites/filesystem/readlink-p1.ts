/** Owns what `path_readlink` puts into buffers of each size, and what it refuses. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';
import { DIRECTORY } from './opening-p1.ts';
import { p1Docs, posix } from './spec.ts';
import { leaves } from './tree.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: p1Docs('path_readlink') } as const;
const TARGET = 'directory/ünï';
const LENGTH = Buffer.byteLength(TARGET);
const ENTRIES: FileTree = {
  file: 'content',
  directory: { kind: 'directory' },
  link: { kind: 'symlink', target: TARGET },
  'directory-link': { kind: 'symlink', target: 'directory' },
  loop: { kind: 'symlink', target: 'loop' },
};
const LINES = [
  'directory-link -> directory',
  'directory/',
  'file = content',
  `link -> ${TARGET}`,
  'loop -> loop',
];
const WORLD = { preopens: [{ guest: '/', entries: ENTRIES }] };
const CANARY = 0xa5;

/** Reads the link into a buffer of that size inside a block of canaries, all of which is looked at. */
function reads(s: ScriptBuilder, size: number): void {
  const block = s.alloc(64);
  s.fill(block, 64, CANARY);
  const buffer = { expression: `${block.expression}+8` };
  const length = Math.min(size, LENGTH);
  const step = s.call('path_readlink', DIRECTORY, 'link', buffer, size);
  const placed = ok(`${length} bytes placed`, (value) => value === length);
  s.expect(
    step,
    size > 0
      ? placed
      : oneOf(
          'an empty buffer can be filled; for some systems its size is an invalid argument',
          placed,
          err('inval'),
        ),
  );
  s.check(
    `the first ${length} bytes of the text are in the buffer and nothing beside it changed`,
    [s.show(block, 64)],
    ({ values: [shown] }) => {
      if (shown?.kind !== 'ok') return 'nothing was shown';
      const bytes = Buffer.from(shown.value as Uint8Array);
      const expected = Buffer.alloc(64, CANARY);
      Buffer.from(TARGET).copy(expected, 8, 0, length);
      return bytes.equals(expected) || `the block holds ${bytes.toString('hex')}`;
    },
  );
}

/** Room for more than the text, and a look at the text alone: what else a buffer may come to hold is the other cases' subject. */
const plain: ConformanceCase = {
  ...P1,
  id: 'path_readlink/plain',
  title:
    'path_readlink into a buffer with room gives the whole text, and nothing is written behind the buffer',
  world: WORLD,
  script: (s) => {
    const buffer = s.alloc(64, 1);
    s.fill({ expression: `${buffer.expression}+60` }, 4, CANARY);
    const step = s.call('path_readlink', DIRECTORY, 'link', buffer, 60);
    s.expect(
      step,
      ok(`${LENGTH} bytes placed`, (value) => value === LENGTH),
    );
    s.check('the buffer begins with the text', [s.show(buffer, 64)], ({ values: [shown] }) => {
      if (shown?.kind !== 'ok') return 'nothing was shown';
      const bytes = Buffer.from(shown.value as Uint8Array);
      if (!bytes.subarray(60).every((byte) => byte === CANARY)) return 'a byte behind the buffer was written';
      return bytes.subarray(0, LENGTH).equals(Buffer.from(TARGET)) || `it holds ${bytes.toString('hex')}`;
    });
  },
};

const sizes = [
  { id: 'exact', size: LENGTH },
  { id: 'larger', size: LENGTH + 9 },
  { id: 'one-too-short', size: LENGTH - 1 },
  { id: 'one-byte', size: 1 },
  { id: 'empty-buffer', size: 0 },
].map(
  ({ id, size }): ConformanceCase => ({
    ...P1,
    id: `path_readlink/${id}`,
    title: `The text of a link of ${LENGTH} bytes is placed in a buffer of ${size} as far as it goes`,
    // "If the buf argument is not large enough to contain the link content, the first bufsize bytes shall be placed in buf."
    ...(size < LENGTH ? { spec: `${posix('readlink')}#:~:text=the%20first%20bufsize%20bytes` } : {}),
    world: WORLD,
    script: (s) => reads(s, size),
  }),
);

const others: ConformanceCase[] = [
  {
    ...P1,
    id: 'path_readlink/no-link',
    title: 'What is no symbolic link has no text: inval',
    spec: p1Docs('errno.inval'),
    world: WORLD,
    script: (s) => {
      for (const path of ['file', 'directory', '.', 'directory/'])
        s.expect(s.call('path_readlink', DIRECTORY, path, s.alloc(64), 64), err('inval'));
      leaves(s, LINES);
    },
  },
  {
    ...P1,
    id: 'path_readlink/behind-link',
    title: 'A slash or dot behind a link leads through it, to what is no link: inval',
    spec: p1Docs('errno.inval'),
    world: WORLD,
    script: (s) => {
      for (const path of ['directory-link/', 'directory-link/.'])
        s.expect(s.call('path_readlink', DIRECTORY, path, s.alloc(64), 64), err('inval'));
    },
  },
  {
    ...P1,
    id: 'path_readlink/loop',
    title: 'A link to itself has a text like any other',
    world: WORLD,
    script: (s) => {
      s.expect(
        s.call('path_readlink', DIRECTORY, 'loop', s.alloc(64), 64),
        ok('4 bytes', (value) => value === 4),
      );
    },
  },
  {
    ...P1,
    id: 'path_readlink/absent',
    title: 'A name that does not exist is noent, and a file with a trailing slash notdir',
    world: WORLD,
    script: (s) => {
      s.expect(s.call('path_readlink', DIRECTORY, 'absent', s.alloc(64), 64), err('noent'));
      s.expect(s.call('path_readlink', DIRECTORY, 'file/', s.alloc(64), 64), err('notdir'));
    },
  },
];

export const readlinkP1: ConformanceCase[] = [plain, ...sizes, ...others];
