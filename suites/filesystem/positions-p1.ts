/** Owns where what preview 1 writes goes: past the end, at far offsets, in append mode, beside other descriptors. */

import { err, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { expectFile, expectSize, fileHolds, holding, LETTERS } from './content.ts';
import {
  buffer,
  countOf,
  expectBuffer,
  expectPosition,
  expectRead,
  P1,
  returns,
  vector,
  write,
} from './content-p1.ts';
import { open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { onHost } from './tree.ts';

const far: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_write/past-the-end',
    title: 'fd_write past the end fills the gap with zeros',
    spec: p1Docs('fd_write'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_seek', fd, 3n, 'end'), returns(13));
      write(s, fd, 'XY');
      expectPosition(s, fd, 15);
      expectFile(s, `${LETTERS}\0\0\0XY`);
    },
  },
  {
    ...P1,
    id: 'fd_write/empty-past-the-end',
    title: 'fd_write of an empty vector past the end leaves the file as long as it is',
    spec: p1Docs('fd_write'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_seek', fd, 30n, 'set'), returns(30));
      write(s, fd, '');
      expectFile(s, LETTERS);
    },
  },
  {
    ...P1,
    id: 'fd_write/across-2-to-32',
    title: 'What fd_write puts on both sides of 2^32 is read from there, and the position goes on across',
    spec: p1Docs('fd_write'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_seek', fd, 2n ** 32n - 2n, 'set'), returns(2n ** 32n - 2n));
      write(s, fd, 'WXYZ');
      expectPosition(s, fd, 2n ** 32n + 2n);
      s.expect(s.call('fd_seek', fd, -3n, 'end'), returns(2n ** 32n - 1n));
      expectRead(s, fd, 8, 'XYZ');
      s.expect(s.call('fd_seek', fd, 0n, 'set'), returns(0));
      expectRead(s, fd, 12, `${LETTERS}\0\0`);
      expectSize(s, 2 ** 32 + 2);
    },
  },
  {
    ...P1,
    id: 'fd_tell/two-descriptors',
    title: 'Two descriptors of one file have each a position of their own, and see what the other one writes',
    spec: p1Docs('fd_tell'),
    world: holding(),
    script(s) {
      const { value: first } = open(s, 'file');
      const { value: second } = open(s, 'file');
      expectRead(s, first, 6, 'abcdef');
      expectPosition(s, second, 0);
      write(s, second, 'ABCDEFGH');
      expectPosition(s, first, 6);
      expectRead(s, first, 4, 'GHij');
      expectPosition(s, second, 8);
    },
  },
];

const PAST_TOP =
  'POSIX has EFBIG for a position at or past "the offset maximum", EINVAL for one that as an off_t is negative, EOVERFLOW for what no off_t holds';

/** Where `fd_pwrite` writes `XYZ` in ten bytes, and what the file then holds. */
const PLACES: readonly { id: string; offset: bigint; text: string }[] = [
  { id: 'middle', offset: 3n, text: 'abcXYZghij' },
  { id: 'across-the-end', offset: 9n, text: 'abcdefghiXYZ' },
  { id: 'at-the-end', offset: 10n, text: 'abcdefghijXYZ' },
  { id: 'past-the-end', offset: 12n, text: 'abcdefghij\0\0XYZ' },
];

const places = PLACES.map(
  ({ id, offset, text }): ConformanceCase => ({
    ...P1,
    id: `fd_pwrite/offset-${id}`,
    title: `fd_pwrite at ${offset} of ten bytes writes there and leaves the position`,
    spec: p1Docs('fd_pwrite.offset'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_seek', fd, 2n, 'set'), returns(2));
      s.expect(s.call('fd_pwrite', fd, [vector(s, 'XYZ')], offset), returns(3));
      expectPosition(s, fd, 2);
      expectFile(s, text);
    },
  }),
);

const farPlaces: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_pwrite/offset-2-to-32',
    title: 'What fd_pwrite puts at 2^32 and 3 is read from there, and not from 3',
    spec: p1Docs('fd_pwrite.offset'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      const offset = 2n ** 32n + 3n;
      s.expect(s.call('fd_pwrite', fd, [vector(s, 'XYZ')], offset), returns(3));
      const block = buffer(s, 8);
      s.expect(s.call('fd_pread', fd, [{ buf: block, buf_len: 6 }], offset - 1n), returns(4));
      expectBuffer(s, block, 8, '\0XYZ');
      expectRead(s, fd, 10, LETTERS);
      expectSize(s, 2 ** 32 + 6);
    },
  },
  ...(
    [
      ['2-to-63-less-1', 2n ** 63n - 1n],
      ['2-to-63', 2n ** 63n],
      ['2-to-64-less-1', 2n ** 64n - 1n],
    ] as const
  ).map(
    ([id, offset]): ConformanceCase => ({
      ...P1,
      id: `fd_pwrite/offset-${id}`,
      title: `fd_pwrite at ${offset}, where no file reaches, is refused and writes nothing`,
      spec: p1Docs('fd_pwrite'),
      world: holding(),
      script(s) {
        const { value: fd } = open(s, 'file');
        s.expect(
          s.call('fd_pwrite', fd, [vector(s, 'XYZ')], offset),
          oneOf(PAST_TOP, err('fbig'), err('inval'), err('overflow')),
        );
        expectPosition(s, fd, 0);
        expectFile(s, LETTERS);
      },
    }),
  ),
];

const APPENDED_ANYWAY =
  '`fdflags::append` says "data written to the file is always appended to the file\'s end", `fd_pwrite` has "the offset within the file at which to write" and likens itself to Linux, where pwrite appends in append mode; POSIX says "regardless of whether O_APPEND is set"';

const appends: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_write/append',
    title: 'In append mode each write goes to the end, wherever the position was, and the position follows',
    spec: p1Docs('fdflags.append'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file', { fdflags: ['append'] });
      write(s, fd, 'KL');
      expectPosition(s, fd, 12);
      s.expect(s.call('fd_seek', fd, 2n, 'set'), returns(2));
      expectRead(s, fd, 3, 'cde');
      write(s, fd, 'MN');
      expectPosition(s, fd, 14);
      expectFile(s, `${LETTERS}KLMN`);
    },
  },
  {
    ...P1,
    id: 'fd_write/append-behind-another',
    title: 'In append mode a write goes behind what another descriptor has written meanwhile',
    spec: p1Docs('fdflags.append'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file', { fdflags: ['append'] });
      const { value: other } = open(s, 'file');
      write(s, fd, 'K');
      s.expect(s.call('fd_seek', other, 0n, 'end'), returns(11));
      write(s, other, 'LM');
      write(s, fd, 'N');
      expectFile(s, `${LETTERS}KLMN`);
    },
  },
  {
    ...P1,
    id: 'fd_pwrite/append',
    title: 'In append mode fd_pwrite writes at the end or at its offset, and leaves the position',
    spec: p1Docs('fd_pwrite'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file', { fdflags: ['append'] });
      const step = s.call('fd_pwrite', fd, [vector(s, 'XYZ')], 2n);
      s.expect(step, oneOf(APPENDED_ANYWAY, returns(3)));
      expectPosition(s, fd, 0);
      s.after('the bytes are at the end or at the offset', [step], (seen) => {
        if (countOf(seen.values[0]) !== 3 || onHost(seen)?.sizeBytes === 10)
          return fileHolds(seen, 'abXYZfghij');
        return fileHolds(seen, `${LETTERS}XYZ`);
      });
    },
  },
];

export const positionsP1: ConformanceCase[] = [...far, ...places, ...farPlaces, ...appends];
