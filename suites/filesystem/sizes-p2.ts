/** Owns how long preview 2's `descriptor.set-size` makes a file. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { expectFile, expectSize, holding, LETTERS } from './content.ts';
import { bytes, expectRead } from './content-p2.ts';
import { READ, SET_SIZE } from './functions-p2.ts';
import { firstPreopen, open, openDirectory, P2 } from './opening-p2.ts';
import { FUNCTION } from './spec-p2.ts';

const P2_SIZE = { ...P2, spec: FUNCTION.setSize } as const;

const sizes = (
  [
    ['shrinks', 4, 'abcd'],
    ['to-zero', 0, ''],
    ['same', 10, LETTERS],
    ['grows-by-one', 11, `${LETTERS}\0`],
    ['grows', 16, LETTERS + '\0'.repeat(6)],
  ] as const
).map(
  ([id, size, text]): ConformanceCase => ({
    ...P2_SIZE,
    id: `descriptor.set-size/${id}`,
    title: `Setting the size of ten bytes to ${size} makes them so many, extra ones zero`,
    world: holding(),
    script(s) {
      const file = open(s);
      s.expect(s.call(SET_SIZE, file, BigInt(size)), ok());
      expectRead(s, file, text);
      expectFile(s, text);
    },
  }),
);

const TOO_LARGE =
  'POSIX has EFBIG or EINVAL for a length "greater than the maximum file size", and EINVAL for one that as an off_t is negative';
const NOT_FOR_WRITING =
  'the text names no error; ftruncate of POSIX has "[EBADF] or [EINVAL] The fildes argument is not a file descriptor open for writing"';

const others: ConformanceCase[] = [
  {
    ...P2_SIZE,
    id: 'descriptor.set-size/again',
    title: 'What was cut off does not come back when the file grows again',
    world: holding(),
    script(s) {
      const file = open(s);
      for (const size of [3n, 6n]) s.expect(s.call(SET_SIZE, file, size), ok());
      expectRead(s, file, 'abc\0\0\0');
      expectFile(s, 'abc\0\0\0');
    },
  },
  {
    ...P2_SIZE,
    id: 'descriptor.set-size/2-to-32-and-5',
    title: 'A file can be set to more than 2^32 bytes, the last of which are zero',
    world: holding(),
    script(s) {
      const file = open(s);
      s.expect(s.call(SET_SIZE, file, 2n ** 32n + 5n), ok());
      s.expect(s.call(READ, file, 8n, 2n ** 32n + 2n), bytes('\0\0\0'));
      expectSize(s, 2 ** 32 + 5);
    },
  },
  ...(
    [
      ['2-to-63', 2n ** 63n],
      ['2-to-64-less-1', 2n ** 64n - 1n],
    ] as const
  ).map(
    ([id, size]): ConformanceCase => ({
      ...P2_SIZE,
      id: `descriptor.set-size/${id}`,
      title: `Setting the size to ${size}, which no file can have, is refused and changes nothing`,
      world: holding(),
      script(s) {
        s.expect(s.call(SET_SIZE, open(s), size), oneOf(TOO_LARGE, err('invalid'), err('file-too-large')));
        expectFile(s, LETTERS);
      },
    }),
  ),
  {
    ...P2_SIZE,
    id: 'descriptor.set-size/write-only',
    title: 'A file that was opened for writing only is cut off',
    world: holding(),
    script(s) {
      s.expect(s.call(SET_SIZE, open(s, 'file', { flags: ['write'] }), 4n), ok());
      expectFile(s, 'abcd');
    },
  },
  {
    ...P2_SIZE,
    id: 'descriptor.set-size/read-only',
    title: 'Setting the size of a file that was opened for reading only is refused and changes nothing',
    world: holding(),
    script(s) {
      s.expect(
        s.call(SET_SIZE, open(s, 'file', { flags: ['read'] }), 4n),
        oneOf(NOT_FOR_WRITING, err('bad-descriptor'), err('invalid')),
      );
      expectFile(s, LETTERS);
    },
  },
  ...(['preopen', 'directory'] as const).map(
    (kind): ConformanceCase => ({
      ...P2_SIZE,
      id: `descriptor.set-size/${kind}`,
      title: `Setting the size of a ${kind === 'preopen' ? 'preopened directory' : 'directory'} is refused`,
      world: holding(LETTERS, { folder: { kind: 'directory' } }),
      script: (s) =>
        s.expect(
          s.call(SET_SIZE, kind === 'preopen' ? firstPreopen(s) : openDirectory(s), 0n),
          oneOf(
            `${NOT_FOR_WRITING}, and EISDIR is "Is a directory"`,
            err('bad-descriptor'),
            err('invalid'),
            err('is-directory'),
          ),
        ),
    }),
  ),
];

export const sizesP2: ConformanceCase[] = [...sizes, ...others];
