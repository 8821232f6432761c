/** Owns what preview 1's `fd_read` and `fd_pread` bring into which buffers. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import {
  at,
  type ScriptBuilder,
  type Slot,
  type Step,
  type WasiValue,
} from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding, LETTERS } from './content.ts';
import {
  beginsWith,
  buffer,
  countOf,
  expectBuffer,
  expectPosition,
  P1,
  returns,
  shownBytes,
} from './content-p1.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { BOUNDARIES, FEW_VECTORS, IOV_MAX, NO_VECTORS, ON_DIRECTORIES } from './vectors-p1.ts';

type Vector = Readonly<{ buf: Slot; buf_len: number }> & Record<string, WasiValue>;

interface Reader {
  name: 'fd_read' | 'fd_pread';
  /** Reads from the file's first byte on. */
  call(s: ScriptBuilder, fd: Slot | number, vectors: readonly Vector[]): Step;
  /** Whether the descriptor's position goes on by what was read. */
  moves: boolean;
}

const READERS: readonly Reader[] = [
  { name: 'fd_read', moves: true, call: (s, fd, vectors) => s.call('fd_read', fd, vectors) },
  { name: 'fd_pread', moves: false, call: (s, fd, vectors) => s.call('fd_pread', fd, vectors, 0n) },
];

const SIZE = 16;

/** Lists of vectors into one buffer of canaries, as [offset, length]. */
const LISTS: readonly { id: string; words: string; vectors: [number, number][] }[] = [
  { id: 'whole', words: 'one vector as long as the file', vectors: [[0, 10]] },
  { id: 'part', words: 'a vector shorter than the file', vectors: [[0, 4]] },
  { id: 'longer', words: 'a vector longer than the file', vectors: [[0, SIZE]] },
  {
    id: 'several',
    words: 'three vectors',
    vectors: [
      [9, 3],
      [4, 4],
      [0, 3],
    ],
  },
  {
    id: 'empty-first',
    words: 'an empty vector before one of five bytes',
    vectors: [
      [0, 0],
      [3, 5],
    ],
  },
  {
    id: 'empty-between',
    words: 'an empty vector between two others',
    vectors: [
      [0, 4],
      [4, 0],
      [4, 4],
    ],
  },
  {
    id: 'all-empty',
    words: 'two empty vectors',
    vectors: [
      [0, 0],
      [4, 0],
    ],
  },
  {
    id: 'overlapping',
    words: 'two vectors that overlap',
    vectors: [
      [0, 6],
      [3, 4],
    ],
  },
];

/** What the buffer holds when `count` bytes of the file have gone through the vectors in order. */
function scattered(vectors: readonly [number, number][], count: number): string {
  const bytes = Buffer.alloc(SIZE, 0xa5);
  let done = 0;
  for (const [offset, length] of vectors)
    for (let index = 0; index < length && done < count; index += 1, done += 1)
      bytes[offset + index] = LETTERS.charCodeAt(done);
  return bytes.toString('latin1');
}

/** The counts at which a read may stop: where a vector is full, and where the file ends. */
function stops(vectors: readonly [number, number][], available: number): number[] {
  let sum = 0;
  const sums = vectors.map(([, length]) => {
    sum += length;
    return Math.min(sum, available);
  });
  const positive = sums.filter((one) => one > 0);
  return positive.length > 0 ? [...new Set(positive)] : [0];
}

const lists = READERS.flatMap((reader) =>
  LISTS.map(
    ({ id, words, vectors }): ConformanceCase => ({
      ...P1,
      id: `${reader.name}/${id}`,
      title: `${reader.name} into ${words} fills these in order, says by how many bytes, and touches nothing beside`,
      spec: p1Docs(reader.name),
      world: holding(),
      script(s) {
        const { value: fd } = open(s, 'file');
        const block = buffer(s, SIZE);
        const step = reader.call(
          s,
          fd,
          vectors.map(([offset, length]) => ({ buf: at`${block} + ${offset}`, buf_len: length })),
        );
        const allowed = stops(vectors, LETTERS.length);
        const [only] = allowed;
        s.expect(
          step,
          allowed.length === 1
            ? returns(only ?? 0)
            : oneOf(FEW_VECTORS, ...allowed.map((count) => returns(count))),
        );
        const tell = s.call('fd_tell', fd);
        s.expect(tell, ok());
        s.check(
          'the bytes are the first ones of the file',
          [step, s.show(block, SIZE), tell],
          ({ values }) => {
            const count = countOf(values[0]);
            const moved = countOf(values[2]);
            if (moved !== (reader.moves ? count : 0)) return `the position is now ${moved}`;
            return beginsWith(shownBytes(values[1]), SIZE, scattered(vectors, count));
          },
        );
      },
    }),
  ),
);

const counts = READERS.flatMap((reader): ConformanceCase[] => [
  {
    ...P1,
    id: `${reader.name}/no-vectors`,
    title: `${reader.name} without any vector reads nothing, or is refused with inval`,
    spec: p1Docs(reader.name),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(reader.call(s, fd, []), oneOf(NO_VECTORS, returns(0), err('inval')));
      expectPosition(s, fd, 0);
    },
  },
  {
    ...P1,
    id: `${reader.name}/16-vectors`,
    title: `${reader.name} takes sixteen vectors, as many as every system must`,
    spec: p1Docs(reader.name),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      const block = buffer(s, SIZE);
      const vectors = Array.from({ length: 16 }, (_, index) => ({
        buf: at`${block} + ${index}`,
        buf_len: 1,
      }));
      const step = reader.call(s, fd, vectors);
      s.expect(step, oneOf(FEW_VECTORS, ...BOUNDARIES(10).map((count) => returns(count))));
      s.check('the bytes are the first ones of the file', [step, s.show(block, SIZE)], ({ values }) =>
        beginsWith(shownBytes(values[1]), SIZE, LETTERS.slice(0, countOf(values[0]))),
      );
    },
  },
  {
    ...P1,
    id: `${reader.name}/1025-vectors`,
    title: `${reader.name} with 1,025 vectors reads as with few, or is refused with inval`,
    spec: p1Docs(reader.name),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      const block = buffer(s, 1032);
      const list = s.alloc(8 * 1025, 4);
      s.loop(1025, (index) => {
        s.store('u32', at`${list} + ${index} * 8`, at`${block} + ${index}`);
        s.store('u32', at`${list} + ${index} * 8 + 4`, 1);
      });
      const result = s.alloc(4, 4);
      const args = [fd, list, 1025, ...(reader.moves ? [] : [0n]), result];
      const step = s.raw(reader.name, args);
      s.expect(step, oneOf(`${FEW_VECTORS}; ${IOV_MAX}`, ok(), err('inval')));
      const shown = [s.show(result, 4), s.show(block, 1032)];
      s.check('the bytes are the first ones of the file, or none', [step, ...shown], ({ values }) => {
        const count = Buffer.from(shownBytes(values[1])).readUInt32LE();
        const isRead = values[0]?.kind === 'ok';
        if (isRead && (count < 1 || count > 10)) return `${count} bytes are said to have been read`;
        return beginsWith(shownBytes(values[2]), 1032, isRead ? LETTERS.slice(0, count) : '');
      });
    },
  },
  {
    ...P1,
    id: `${reader.name}/directory`,
    title: `${reader.name} of a directory is refused`,
    spec: p1Docs('errno.isdir'),
    world: holding(),
    script(s) {
      const block = buffer(s, SIZE);
      s.expect(
        reader.call(s, DIRECTORY, [{ buf: block, buf_len: SIZE }]),
        oneOf(ON_DIRECTORIES, err('isdir'), err('badf'), err('notcapable')),
      );
      expectBuffer(s, block, SIZE, '');
    },
  },
  {
    ...P1,
    id: `${reader.name}/empty-file`,
    title: `${reader.name} of an empty file reads nothing`,
    spec: p1Docs(reader.name),
    world: holding(''),
    script(s) {
      const { value: fd } = open(s, 'file');
      const block = buffer(s, SIZE);
      s.expect(reader.call(s, fd, [{ buf: block, buf_len: SIZE }]), returns(0));
      expectBuffer(s, block, SIZE, '');
    },
  },
]);

const LARGE = 100_003;
const largeByte = (index: number) => (index * 7 + (index >> 8)) & 0x7f;
const SHORT_READS =
  'the text says "the number of bytes read", and not that it is all there is; read of POSIX gives fewer bytes of a regular file only at its end or after a signal, and the text likens the function to it';

const large = READERS.map(
  (reader): ConformanceCase => ({
    ...P1,
    id: `${reader.name}/100003-bytes`,
    title: `${reader.name} of 100,003 bytes into one vector reads all of them, or says how many it has read`,
    spec: p1Docs(reader.name),
    world: holding(Buffer.from(Array.from({ length: LARGE }, (_, index) => largeByte(index)))),
    script(s) {
      const { value: fd } = open(s, 'file');
      const block = buffer(s, LARGE + 16);
      const step = reader.call(s, fd, [{ buf: block, buf_len: LARGE }]);
      const some = ok(`at least 1 and at most ${LARGE}`, (got) => Number(got) >= 1 && Number(got) <= LARGE);
      s.expect(step, oneOf(SHORT_READS, some));
      const around = s.show(at`${block} + ${step.value} - 1`, 17);
      s.check('the last byte read is there, and none behind', [step, around], ({ values }) =>
        beginsWith(shownBytes(values[1]), 17, String.fromCharCode(largeByte(countOf(values[0]) - 1))),
      );
    },
  }),
);

export const readingP1: ConformanceCase[] = [...lists, ...counts, ...large];
