/** Owns which bytes preview 2's `descriptor.read` returns, and when it says that the end was reached. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding, LETTERS } from './content.ts';
import { bytes, END_REACHED, expectRead, textOf } from './content-p2.ts';
import { READ } from './functions-p2.ts';
import { firstPreopen, open, openDirectory, P2 } from './opening-p2.ts';
import { FUNCTION, TYPES } from './spec-p2.ts';

const PAST_TOP =
  'as a `filesize`, which has no sign, such an offset lies past the end, where nothing is read; as an off_t of POSIX, to whose pread the text likens the function, it is negative: "[EINVAL] The offset argument is invalid"';
const ACROSS_TOP =
  'the offset is past the end, where nothing is read; the last byte asked for has an offset that no off_t holds, of which POSIX says nothing for files that end before';

const NOTHING = bytes('', true);

/** What `read` finds in ten bytes. */
const PLACES: readonly {
  id: string;
  length: bigint;
  offset: bigint;
  finds: Expectation;
  patience?: number;
}[] = [
  { id: 'first', length: 4n, offset: 0n, finds: bytes('abcd', false) },
  { id: 'middle', length: 5n, offset: 3n, finds: bytes('defgh', false) },
  { id: 'whole', length: 10n, offset: 0n, finds: bytes(LETTERS) },
  { id: 'last-byte', length: 1n, offset: 9n, finds: bytes('j') },
  { id: 'longer', length: 16n, offset: 0n, finds: bytes(LETTERS) },
  { id: 'across-the-end', length: 5n, offset: 8n, finds: bytes('ij') },
  { id: 'at-the-end', length: 5n, offset: 10n, finds: NOTHING },
  { id: 'past-the-end', length: 5n, offset: 11n, finds: NOTHING },
  { id: 'offset-2-to-32', length: 5n, offset: 2n ** 32n, finds: NOTHING },
  { id: 'offset-2-to-32-and-3', length: 5n, offset: 2n ** 32n + 3n, finds: NOTHING },
  { id: 'offset-2-to-63-less-6', length: 5n, offset: 2n ** 63n - 6n, finds: NOTHING },
  {
    id: 'offset-2-to-63-less-1',
    length: 5n,
    offset: 2n ** 63n - 1n,
    finds: oneOf(ACROSS_TOP, NOTHING, err('invalid'), err('overflow')),
  },
  { id: 'offset-2-to-63', length: 5n, offset: 2n ** 63n, finds: oneOf(PAST_TOP, NOTHING, err('invalid')) },
  {
    id: 'offset-2-to-64-less-1',
    length: 5n,
    offset: 2n ** 64n - 1n,
    finds: oneOf(PAST_TOP, NOTHING, err('invalid')),
  },
  // A host that makes room for as much as is asked for is busy with that for much longer than it may be.
  {
    id: 'length-2-to-32-and-4',
    length: 2n ** 32n + 4n,
    offset: 0n,
    finds: bytes(LETTERS),
    patience: 0.2,
  },
  { id: 'length-2-to-63', length: 2n ** 63n, offset: 2n, finds: bytes('cdefghij') },
  { id: 'length-2-to-64-less-1', length: 2n ** 64n - 1n, offset: 0n, finds: bytes(LETTERS) },
  // Nothing was asked for, so that nothing about the end has been found out.
  { id: 'length-0', length: 0n, offset: 0n, finds: bytes('', false) },
  { id: 'length-0-at-the-end', length: 0n, offset: 10n, finds: bytes('') },
];

const places = PLACES.map(
  ({ id, length, offset, finds, patience = 1 }): ConformanceCase => ({
    ...P2,
    id: `descriptor.read/${id}`,
    title: `Reading ${length} bytes at ${offset} of ten gives those that are there, and says when the end was reached`,
    spec: FUNCTION.read,
    world: holding(),
    patience,
    script: (s) => s.expect(s.call(READ, open(s), length, offset), finds),
  }),
);

const NOT_OPEN_FOR_READING =
  'the text names no error of directories; POSIX has EISDIR for reading them, and EBADF for what is "not a valid file descriptor open for reading"';

const others: ConformanceCase[] = [
  {
    ...P2,
    id: 'descriptor.read/empty-file',
    title: 'Reading an empty file gives nothing and says that the end was reached',
    spec: FUNCTION.read,
    world: holding(''),
    script: (s) => s.expect(s.call(READ, open(s), 16n, 0n), NOTHING),
  },
  {
    ...P2,
    id: 'descriptor.read/again',
    title: 'Reading moves nothing: the same bytes come again, whatever was read between',
    spec: FUNCTION.read,
    world: holding(),
    script(s) {
      const file = open(s);
      for (const offset of [0n, 0n, 7n, 3n, 0n]) expectRead(s, file, LETTERS.slice(Number(offset)), offset);
    },
  },
  {
    ...P2,
    id: 'descriptor.read/beyond-4-gib',
    title: 'Reading beyond 4 GiB finds what is there, and not what lies 4 GiB before',
    spec: FUNCTION.read,
    world: holding({ kind: 'file', content: LETTERS, sizeBytes: 2 ** 32 + 6 }),
    script(s) {
      const file = open(s);
      s.expect(s.call(READ, file, 4n, 2n ** 32n), bytes('\0\0\0\0', false));
      s.expect(s.call(READ, file, 16n, 2n ** 32n + 3n), bytes('\0\0\0'));
    },
  },
  {
    ...P2,
    id: 'descriptor.read/read-only',
    title: 'A file that was opened for reading only is read',
    spec: FUNCTION.read,
    world: holding(),
    script: (s) => void expectRead(s, open(s, 'file', { flags: ['read'] }), LETTERS),
  },
  {
    ...P2,
    id: 'descriptor.read/write-only',
    title: 'Reading from a file that was opened for writing only is refused with bad-descriptor',
    spec: TYPES.descriptorFlags,
    world: holding(),
    script: (s) =>
      s.expect(s.call(READ, open(s, 'file', { flags: ['write'] }), 4n, 0n), err('bad-descriptor')),
  },
  ...(['preopen', 'directory'] as const).map(
    (kind): ConformanceCase => ({
      ...P2,
      id: `descriptor.read/${kind}`,
      title: `Reading bytes of a ${kind === 'preopen' ? 'preopened directory' : 'directory'} is refused`,
      spec: FUNCTION.read,
      world: holding(LETTERS, { folder: { kind: 'directory' } }),
      script: (s) =>
        s.expect(
          s.call(READ, kind === 'preopen' ? firstPreopen(s) : openDirectory(s), 4n, 0n),
          oneOf(NOT_OPEN_FOR_READING, err('is-directory'), err('bad-descriptor')),
        ),
    }),
  ),
];

const LARGE = 100_003;
const largeContent = Buffer.from(
  Array.from({ length: LARGE }, (_, index) => (index * 7 + (index >> 8)) & 0xff),
);
const SHORT_READS =
  'the call "may return fewer than requested, if the end of the file is reached or if the I/O operation is interrupted", and when a host interrupts its own is not said';

const large: ConformanceCase = {
  ...P2,
  id: 'descriptor.read/100003-bytes',
  title:
    'Reading 100,003 bytes of more gives all of them or the first ones, and does not say that it is the end',
  spec: FUNCTION.read,
  world: holding(Buffer.concat([largeContent, Buffer.from('!')])),
  script(s) {
    const step = s.call(READ, open(s), BigInt(LARGE), 0n);
    s.expect(
      step,
      oneOf(
        SHORT_READS,
        ok('the first ones, not the end', (value) => {
          const [list, end] = value as unknown as [Uint8Array, boolean];
          return list.length > 0 && !end && largeContent.subarray(0, list.length).equals(list);
        }),
      ),
    );
    // What is lifted ends at 64 KiB: the length and the last byte are looked at in memory.
    const length = s.show(at`${step.area} + 8`, 4);
    const last = s.show(at`u32[${step.area} + 4] + u32[${step.area} + 8] - 1`, 1);
    s.check('the last byte is the one that stands there', [length, last], ({ values }) => {
      const [count, byte] = values.map((seen) =>
        seen.kind === 'ok' ? Buffer.from(seen.value as Uint8Array) : Buffer.alloc(4),
      );
      const many = count?.readUInt32LE() ?? 0;
      if (many > LARGE) return `${many} bytes came back`;
      return byte?.[0] === largeContent[many - 1] || `the last of ${many} bytes is ${byte?.[0]}`;
    });
  },
};

const inPieces: ConformanceCase = {
  ...P2,
  id: 'descriptor.read/in-pieces',
  title: 'Reading on from where the last one ended until the end is said gives each byte once',
  spec: FUNCTION.read,
  world: holding(),
  script(s) {
    const file = open(s);
    const steps = [0n, 4n, 8n, 10n].map((offset) => s.call(READ, file, 4n, offset));
    for (const step of steps) s.expect(step, oneOf(END_REACHED, ok()));
    s.check('all in order, the end said with the last or after it', steps, ({ values }) => {
      const parts = values.map((seen) =>
        seen.kind === 'ok' ? (seen.value as [Uint8Array, boolean]) : undefined,
      );
      const text = parts.map((part) => textOf(part?.[0]) ?? '?').join('');
      if (text !== LETTERS) return `it gave ${JSON.stringify(text)}`;
      const ends = parts.map((part) => part?.[1]);
      return (!ends[0] && !ends[1] && ends[3] === true) || `the ends are said as ${ends.join(', ')}`;
    });
  },
};

export const readingP2: ConformanceCase[] = [...places, ...others, large, inPieces];
