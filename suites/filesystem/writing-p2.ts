/** Owns what preview 2's `descriptor.write` leaves in a file. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { expectFile, expectSize, fileHolds, holding, LETTERS } from './content.ts';
import { bytes, expectRead, write, wrote } from './content-p2.ts';
import { READ, WRITE } from './functions-p2.ts';
import { firstPreopen, open, openDirectory, P2 } from './opening-p2.ts';
import { FUNCTION, TYPES } from './spec-p2.ts';
import { onHost } from './tree.ts';

/** Where a text is written into ten bytes, and what the file then holds. */
const PLACES: readonly { id: string; text: string; offset: bigint; leaves: string }[] = [
  { id: 'first', text: 'ABC', offset: 0n, leaves: 'ABCdefghij' },
  { id: 'middle', text: 'DEF', offset: 3n, leaves: 'abcDEFghij' },
  { id: 'last-byte', text: 'J', offset: 9n, leaves: 'abcdefghiJ' },
  { id: 'across-the-end', text: 'IJKL', offset: 8n, leaves: 'abcdefghIJKL' },
  { id: 'at-the-end', text: 'KLM', offset: 10n, leaves: 'abcdefghijKLM' },
  { id: 'past-the-end', text: 'XYZ', offset: 15n, leaves: 'abcdefghij\0\0\0\0\0XYZ' },
  { id: 'nothing', text: '', offset: 4n, leaves: LETTERS },
  { id: 'longer', text: 'ABCDEFGHIJKLMNOP', offset: 0n, leaves: 'ABCDEFGHIJKLMNOP' },
];

const places = PLACES.map(
  ({ id, text, offset, leaves }): ConformanceCase => ({
    ...P2,
    id: `descriptor.write/${id}`,
    title: `Writing ${text.length} bytes at ${offset} into ten puts them there, says how many, and keeps the others`,
    spec: FUNCTION.write,
    world: holding(),
    script(s) {
      const file = open(s);
      write(s, file, text, offset);
      expectRead(s, file, leaves.slice(0, 16));
      expectFile(s, leaves);
    },
  }),
);

const EMPTY_EXTENT =
  'the file "is extended to the extent of the write", which for no bytes may be taken to lie at its offset; POSIX says of pwrite without bytes that it "shall return zero and have no other results"';
const TOO_FAR =
  'POSIX has EFBIG where "the starting position is greater than or equal to the offset maximum", and EINVAL for an offset that as an off_t is negative or wraps';

const others: ConformanceCase[] = [
  {
    ...P2,
    id: 'descriptor.write/nothing-past-the-end',
    title: 'Writing no bytes past the end keeps what is there',
    spec: FUNCTION.write,
    world: holding(),
    script(s) {
      s.expect(s.call(WRITE, open(s), '', 14n), oneOf(EMPTY_EXTENT, wrote(0)));
      s.after('the file ends where it did, or in zeros up to there', [], (seen) => {
        const same = fileHolds(seen, LETTERS);
        return same === true || fileHolds(seen, `${LETTERS}\0\0\0\0`) === true || same;
      });
    },
  },
  ...(
    [
      ['2-gib', 2 ** 31],
      ['4-gib', 2 ** 32],
      ['1-tib', 2 ** 40],
    ] as const
  ).map(
    ([id, size]): ConformanceCase => ({
      ...P2,
      id: `descriptor.write/across-${id}`,
      title: `Writing across ${size} bytes makes the file as long as that, and changes nothing at its begin`,
      spec: FUNCTION.write,
      world: holding(),
      script(s) {
        const file = open(s);
        write(s, file, 'WXYZ', BigInt(size) - 2n);
        s.expect(s.call(READ, file, 16n, BigInt(size) - 4n), bytes('\0\0WXYZ'));
        s.expect(s.call(READ, file, 12n, 0n), bytes(`${LETTERS}\0\0`, false));
        expectSize(s, size + 2);
      },
    }),
  ),
  ...(
    [
      ['2-to-63-less-2', 2n ** 63n - 2n],
      ['2-to-63-less-1', 2n ** 63n - 1n],
      ['2-to-63', 2n ** 63n],
      ['2-to-64-less-1', 2n ** 64n - 1n],
    ] as const
  ).map(
    ([id, offset]): ConformanceCase => ({
      ...P2,
      id: `descriptor.write/offset-${id}`,
      title: `Writing at ${offset}, where no file can reach, is refused and changes nothing`,
      spec: FUNCTION.write,
      world: holding(),
      script(s) {
        s.expect(
          s.call(WRITE, open(s), 'XYZ', offset),
          oneOf(TOO_FAR, err('file-too-large'), err('invalid'), err('overflow')),
        );
        expectFile(s, LETTERS);
      },
    }),
  ),
  {
    ...P2,
    id: 'descriptor.write/each-byte',
    title: 'Bytes of every value are written as they are',
    spec: FUNCTION.write,
    world: holding(''),
    script(s) {
      const all = Uint8Array.from({ length: 256 }, (_, index) => index);
      s.expect(s.call(WRITE, open(s), all, 0n), wrote(256));
      expectFile(s, Buffer.from(all).toString('latin1'));
    },
  },
  {
    ...P2,
    id: 'descriptor.write/write-only',
    title: 'A file that was opened for writing only is written, and not cut off before',
    spec: FUNCTION.write,
    world: holding(),
    script(s) {
      write(s, open(s, 'file', { flags: ['write'] }), 'BC', 1n);
      expectFile(s, 'aBCdefghij');
    },
  },
  {
    ...P2,
    id: 'descriptor.write/read-only',
    title:
      'Writing to a file that was opened for reading only is refused with bad-descriptor and changes nothing',
    spec: TYPES.descriptorFlags,
    world: holding(),
    script(s) {
      s.expect(s.call(WRITE, open(s, 'file', { flags: ['read'] }), 'ABC', 0n), err('bad-descriptor'));
      expectFile(s, LETTERS);
    },
  },
  ...(['preopen', 'directory'] as const).map(
    (kind): ConformanceCase => ({
      ...P2,
      id: `descriptor.write/${kind}`,
      title: `Writing to a ${kind === 'preopen' ? 'preopened directory' : 'directory'} is refused`,
      spec: FUNCTION.write,
      world: holding(LETTERS, { folder: { kind: 'directory' } }),
      script: (s) =>
        s.expect(
          s.call(WRITE, kind === 'preopen' ? firstPreopen(s) : openDirectory(s), 'ABC', 0n),
          oneOf(
            'the text names no error of directories; POSIX has EBADF for what is "not a valid file descriptor open for writing", and EISDIR for a directory that is to be written',
            err('bad-descriptor'),
            err('is-directory'),
          ),
        ),
    }),
  ),
  {
    ...P2,
    id: 'descriptor.write/two-descriptors',
    title: 'What is written by one descriptor of a file is read by another one, at once',
    spec: FUNCTION.write,
    world: holding(LETTERS, { other: { kind: 'hardlink', to: 'file' } }),
    script(s) {
      const [one, two] = [open(s), open(s, 'other')];
      write(s, one, 'ABC', 0n);
      expectRead(s, two, 'ABCdefghij');
      write(s, two, 'KLM', 10n);
      expectRead(s, one, 'ABCdefghijKLM');
      expectFile(s, 'ABCdefghijKLM');
    },
  },
];

const LARGE = 100_003;
const large: ConformanceCase = {
  ...P2,
  id: 'descriptor.write/100003-bytes',
  title: 'Writing 100,003 bytes writes all of them, or the first ones and says how many',
  spec: FUNCTION.write,
  world: holding(''),
  script(s) {
    const file = open(s);
    const block = s.alloc(LARGE);
    s.fill(block, LARGE, 0x77);
    const area = s.alloc(16);
    s.expect(s.raw(WRITE, [file, block, LARGE, 0n, area]), ok());
    const count = s.show(at`${area} + 8`, 8);
    s.after('the file is as long as was said', [count], (seen) => {
      const shown = seen.values[0];
      const said = shown?.kind === 'ok' ? Buffer.from(shown.value as Uint8Array).readBigUInt64LE() : -1n;
      const found = onHost(seen)?.sizeBytes;
      return (said >= 1n && said <= LARGE && BigInt(found ?? -1) === said) || `${said} said, ${found} found`;
    });
  },
};

export const writingP2: ConformanceCase[] = [...places, ...others, large];
