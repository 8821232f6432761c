/** Owns how long preview 1's `fd_filestat_set_size` and `fd_allocate` make a file, and that advice changes nothing. */

import { type Expectation, err, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { expectFile, expectSize, fileHolds, holding, LETTERS } from './content.ts';
import { expectPosition, expectRead, P1, returns } from './content-p1.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { onHost } from './tree.ts';

const SIZES: readonly { id: string; size: number; text: string }[] = [
  { id: 'shrinks', size: 4, text: 'abcd' },
  { id: 'to-zero', size: 0, text: '' },
  { id: 'same', size: 10, text: LETTERS },
  { id: 'grows-by-one', size: 11, text: `${LETTERS}\0` },
  { id: 'grows', size: 20, text: LETTERS + '\0'.repeat(10) },
];

const sizes = SIZES.map(
  ({ id, size, text }): ConformanceCase => ({
    ...P1,
    id: `fd_filestat_set_size/${id}`,
    title: `fd_filestat_set_size to ${size} makes ten bytes so many, extra ones zero, and leaves the position`,
    spec: p1Docs('fd_filestat_set_size'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_seek', fd, 7n, 'set'), returns(7));
      s.expect(s.call('fd_filestat_set_size', fd, BigInt(size)), ok());
      expectPosition(s, fd, 7);
      s.expect(s.call('fd_seek', fd, 0n, 'set'), returns(0));
      expectRead(s, fd, 24, text);
      expectFile(s, text);
    },
  }),
);

const TOO_LARGE =
  'POSIX has EFBIG or EINVAL for a length "greater than the maximum file size", and EINVAL for one that as an off_t is negative';
const NO_FILE =
  'the text names no error of directories; ftruncate of POSIX has EBADF or EINVAL for what is not open for writing, EINVAL where "the fildes argument is not" of a regular file, EISDIR is "Is a directory", and `path_open` may leave out "rights [that] do not apply to the type of file being opened"';

const otherSizes: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_filestat_set_size/again',
    title: 'What was cut off by fd_filestat_set_size does not come back when the file grows again',
    spec: p1Docs('fd_filestat_set_size'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_filestat_set_size', fd, 3n), ok());
      s.expect(s.call('fd_filestat_set_size', fd, 6n), ok());
      expectRead(s, fd, 10, 'abc\0\0\0');
      expectFile(s, 'abc\0\0\0');
    },
  },
  {
    ...P1,
    id: 'fd_filestat_set_size/2-to-32-and-5',
    title: 'fd_filestat_set_size makes a file of more than 2^32 bytes',
    spec: p1Docs('fd_filestat_set_size.size'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_filestat_set_size', fd, 2n ** 32n + 5n), ok());
      s.expect(s.call('fd_seek', fd, -3n, 'end'), returns(2n ** 32n + 2n));
      expectRead(s, fd, 8, '\0\0\0');
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
      ...P1,
      id: `fd_filestat_set_size/${id}`,
      title: `fd_filestat_set_size to ${size}, which no file can have, is refused and changes nothing`,
      spec: p1Docs('fd_filestat_set_size'),
      world: holding(),
      script(s) {
        const { value: fd } = open(s, 'file');
        s.expect(s.call('fd_filestat_set_size', fd, size), oneOf(TOO_LARGE, err('inval'), err('fbig')));
        expectFile(s, LETTERS);
      },
    }),
  ),
  {
    ...P1,
    id: 'fd_filestat_set_size/directory',
    title: 'fd_filestat_set_size of a directory is refused',
    spec: p1Docs('fd_filestat_set_size'),
    world: holding(),
    script: (s) =>
      s.expect(
        s.call('fd_filestat_set_size', DIRECTORY, 0n),
        oneOf(NO_FILE, err('badf'), err('inval'), err('isdir'), err('notcapable')),
      ),
  },
];

const NO_ALLOCATION =
  'posix_fallocate, to which the text likens the function, has ENOTSUP where "the underlying file system does not support this operation"; which for a guest is the layer that its runtime makes';
const orNone = (expectation: Expectation) => oneOf(NO_ALLOCATION, expectation, err('notsup'));

const AREAS: readonly { id: string; offset: bigint; length: bigint; size: number }[] = [
  { id: 'inside', offset: 2n, length: 5n, size: 10 },
  { id: 'to-the-end', offset: 0n, length: 10n, size: 10 },
  { id: 'across-the-end', offset: 8n, length: 10n, size: 18 },
  { id: 'past-the-end', offset: 100n, length: 28n, size: 128 },
];

const allocations: ConformanceCase[] = [
  ...AREAS.map(
    ({ id, offset, length, size }): ConformanceCase => ({
      ...P1,
      id: `fd_allocate/${id}`,
      title: `fd_allocate of ${length} bytes at ${offset} of ten makes the file ${size} long, and keeps what it holds`,
      spec: p1Docs('fd_allocate'),
      world: holding(),
      script(s) {
        const { value: fd } = open(s, 'file');
        const step = s.call('fd_allocate', fd, offset, length);
        s.expect(step, orNone(ok()));
        expectPosition(s, fd, 0);
        s.after('the file is as long as it must be', [step], (seen) =>
          fileHolds(seen, seen.values[0]?.kind === 'ok' ? LETTERS.padEnd(size, '\0') : LETTERS),
        );
      },
    }),
  ),
  ...(
    [
      ['no-length', 3n, 0n, [err('inval')]],
      ['too-long', 1n, 2n ** 63n - 1n, [err('fbig'), err('inval')]],
      ['wrapping', 2n ** 63n, 2n ** 63n, [err('fbig'), err('inval')]],
    ] as const
  ).map(
    ([id, offset, length, refusals]): ConformanceCase => ({
      ...P1,
      id: `fd_allocate/${id}`,
      title: `fd_allocate of ${length} bytes at ${offset} is refused and changes nothing`,
      spec: p1Docs('fd_allocate'),
      world: holding(),
      script(s) {
        const { value: fd } = open(s, 'file');
        s.expect(
          s.call('fd_allocate', fd, offset, length),
          oneOf(
            `${NO_ALLOCATION}; EFBIG is for what is greater than the maximum file size, EINVAL for a length of zero and for what as an off_t is negative`,
            ...refusals,
            err('notsup'),
          ),
        );
        expectFile(s, LETTERS);
      },
    }),
  ),
  {
    ...P1,
    id: 'fd_allocate/beyond-4-gib',
    title: 'fd_allocate of one byte at 2^32 makes the file longer than 4 GiB',
    spec: p1Docs('fd_allocate'),
    world: holding(LETTERS),
    script(s) {
      const step = s.call('fd_allocate', open(s, 'file').value, 2n ** 32n, 1n);
      s.expect(step, orNone(ok()));
      s.after('the file is as long as it must be', [step], (seen) => {
        const size = onHost(seen)?.sizeBytes;
        return seen.values[0]?.kind !== 'ok' || size === 2 ** 32 + 1 || `it has ${size} bytes`;
      });
    },
  },
  {
    ...P1,
    id: 'fd_allocate/directory',
    title: 'fd_allocate on a directory is refused',
    spec: p1Docs('fd_allocate'),
    world: holding(),
    script: (s) =>
      s.expect(
        s.call('fd_allocate', DIRECTORY, 0n, 10n),
        oneOf(
          `${NO_ALLOCATION}; ENODEV is for what is no regular file, EBADF for what is not open for writing, EISDIR is "Is a directory", and \`path_open\` may leave out "rights [that] do not apply to the type of file being opened"`,
          err('nodev'),
          err('badf'),
          err('isdir'),
          err('notcapable'),
          err('notsup'),
        ),
      ),
  },
];

const ADVICES = ['normal', 'sequential', 'random', 'willneed', 'dontneed', 'noreuse'] as const;
const NO_ADVICE =
  'a number that is none of the cases of `advice` is an "invalid argument", as in posix_fadvise, or no value of the type at all, of which the text says nothing and which as an error in the ABI may trap';
const NEGATIVE =
  'a `filesize` has no sign, and what lies beyond any file can be advised on; as an off_t of POSIX it is negative: "[EINVAL] … the value of len is less than zero"';
const ADVICE_TO_DIRECTORY =
  'the text names no error of directories: advice "shall have no effect on the semantics" in POSIX, so that there is nothing to refuse; EBADF and EISDIR are for what is no file that can be read, and `path_open` may leave out "rights [that] do not apply to the type of file being opened"';

const advices: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_advise/each',
    title:
      'fd_advise takes each advice for a part, for all to the end, and for what lies beyond, and changes nothing',
    spec: p1Docs('advice'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      for (const advice of ADVICES)
        for (const [offset, length] of [
          [2n, 5n],
          [0n, 0n],
          [2n ** 32n, 2n ** 32n],
        ] as const)
          s.expect(s.call('fd_advise', fd, offset, length, advice), ok());
      expectPosition(s, fd, 0);
      expectRead(s, fd, 12, LETTERS);
      expectFile(s, LETTERS);
    },
  },
  ...[6, 255].map(
    (advice): ConformanceCase => ({
      ...P1,
      id: `fd_advise/advice-${advice}`,
      title: `fd_advise with advice ${advice}, which does not exist, is refused with inval or by a trap`,
      spec: p1Docs('fd_advise'),
      world: holding(),
      script(s) {
        const { value: fd } = open(s, 'file');
        s.expect(
          s.call('fd_advise', fd, 0n, 0n, advice),
          oneOf(NO_ADVICE, err('inval'), trap('no value of the type')),
        );
      },
    }),
  ),
  {
    ...P1,
    id: 'fd_advise/largest-length',
    title: 'fd_advise on 2^64 - 1 bytes is taken, or refused with inval',
    spec: p1Docs('fd_advise'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_advise', fd, 0n, 2n ** 64n - 1n, 'normal'), oneOf(NEGATIVE, ok(), err('inval')));
    },
  },
  {
    ...P1,
    id: 'fd_advise/directory',
    title: 'fd_advise on a directory is taken or refused',
    spec: p1Docs('fd_advise'),
    world: holding(),
    script: (s) =>
      s.expect(
        s.call('fd_advise', DIRECTORY, 0n, 0n, 'normal'),
        oneOf(ADVICE_TO_DIRECTORY, ok(), err('badf'), err('isdir'), err('notcapable')),
      ),
  },
];

export const sizesP1: ConformanceCase[] = [...sizes, ...otherSizes, ...allocations, ...advices];
