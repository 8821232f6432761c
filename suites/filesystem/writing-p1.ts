/** Owns what preview 1's `fd_write` and `fd_pwrite` leave in a file. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import {
  at,
  type ScriptBuilder,
  type Slot,
  type Step,
  type WasiValue,
} from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { expectFile, fileHolds, holding, LETTERS } from './content.ts';
import { countOf, expectPosition, P1, returns, shownBytes, vector, write } from './content-p1.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';
import { onHost } from './tree.ts';
import { BOUNDARIES, FEW_VECTORS, IOV_MAX, NO_VECTORS, ON_DIRECTORIES } from './vectors-p1.ts';

type Vector = Readonly<{ buf: Slot; buf_len: number }> & Record<string, WasiValue>;

interface Writer {
  name: 'fd_write' | 'fd_pwrite';
  /** Writes from the file's first byte on. */
  call(s: ScriptBuilder, fd: Slot | number, vectors: readonly Vector[]): Step;
  moves: boolean;
}

const WRITERS: readonly Writer[] = [
  { name: 'fd_write', moves: true, call: (s, fd, vectors) => s.call('fd_write', fd, vectors) },
  { name: 'fd_pwrite', moves: false, call: (s, fd, vectors) => s.call('fd_pwrite', fd, vectors, 0n) },
];

/** Lists of vectors out of `SOURCE`, as [offset, length]. */
const SOURCE = 'ABCDEFGHIJKLMNOP';
const LISTS: readonly { id: string; words: string; vectors: [number, number][] }[] = [
  { id: 'part', words: 'four bytes over the first of ten', vectors: [[1, 4]] },
  { id: 'longer', words: 'sixteen bytes over ten', vectors: [[0, 16]] },
  {
    id: 'several',
    words: 'three vectors',
    vectors: [
      [9, 3],
      [4, 4],
      [0, 5],
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
      [8, 4],
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

/** The counts at which a write may stop: where a vector has been written. */
function stops(vectors: readonly [number, number][]): number[] {
  let sum = 0;
  const sums = vectors.map(([, length]) => {
    sum += length;
    return sum;
  });
  const positive = sums.filter((one) => one > 0);
  return positive.length > 0 ? [...new Set(positive)] : [0];
}

const lists = WRITERS.flatMap((writer) =>
  LISTS.map(
    ({ id, words, vectors }): ConformanceCase => ({
      ...P1,
      id: `${writer.name}/${id}`,
      title: `${writer.name} of ${words} leaves these in the file, says how many, and changes nothing beside`,
      spec: p1Docs(writer.name),
      world: holding(),
      script(s) {
        const { value: fd } = open(s, 'file');
        const source = s.alloc(SOURCE.length);
        s.put(source, SOURCE);
        const step = writer.call(
          s,
          fd,
          vectors.map(([offset, length]) => ({ buf: at`${source} + ${offset}`, buf_len: length })),
        );
        const allowed = stops(vectors);
        s.expect(
          step,
          allowed.length === 1
            ? returns(allowed[0] ?? 0)
            : oneOf(FEW_VECTORS, ...allowed.map((count) => returns(count))),
        );
        const tell = s.call('fd_tell', fd);
        s.expect(tell, ok());
        s.after('the file holds what was written', [step, tell, s.show(source, SOURCE.length)], (seen) => {
          const count = countOf(seen.values[0]);
          const moved = countOf(seen.values[1]);
          if (moved !== (writer.moves ? count : 0)) return `the position is now ${moved}`;
          if (Buffer.from(shownBytes(seen.values[2])).toString() !== SOURCE) return 'the source has changed';
          const gathered = vectors.map(([offset, length]) => SOURCE.slice(offset, offset + length)).join('');
          return fileHolds(seen, gathered.slice(0, count) + LETTERS.slice(count));
        });
      },
    }),
  ),
);

const counts = WRITERS.flatMap((writer): ConformanceCase[] => [
  {
    ...P1,
    id: `${writer.name}/no-vectors`,
    title: `${writer.name} without any vector writes nothing, or is refused with inval`,
    spec: p1Docs(writer.name),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(writer.call(s, fd, []), oneOf(NO_VECTORS, returns(0), err('inval')));
      expectPosition(s, fd, 0);
      expectFile(s, LETTERS);
    },
  },
  {
    ...P1,
    id: `${writer.name}/16-vectors`,
    title: `${writer.name} takes sixteen vectors, as many as every system must`,
    spec: p1Docs(writer.name),
    world: holding(''),
    script(s) {
      const { value: fd } = open(s, 'file');
      const { buf } = vector(s, SOURCE);
      const vectors = Array.from({ length: 16 }, (_, index) => ({ buf: at`${buf} + ${index}`, buf_len: 1 }));
      const step = writer.call(s, fd, vectors);
      s.expect(step, oneOf(FEW_VECTORS, ...BOUNDARIES(16).map((count) => returns(count))));
      s.after('the file holds what was written', [step], (seen) =>
        fileHolds(seen, SOURCE.slice(0, countOf(seen.values[0]))),
      );
    },
  },
  {
    ...P1,
    id: `${writer.name}/1025-vectors`,
    title: `${writer.name} with 1,025 vectors writes as with few, or is refused with inval`,
    spec: p1Docs(writer.name),
    world: holding(''),
    script(s) {
      const { value: fd } = open(s, 'file');
      const { buf } = vector(s, 'w');
      const list = s.alloc(8 * 1025, 4);
      s.loop(1025, (index) => {
        s.store('u32', at`${list} + ${index} * 8`, buf);
        s.store('u32', at`${list} + ${index} * 8 + 4`, 1);
      });
      const result = s.alloc(4, 4);
      const step = s.raw(writer.name, [fd, list, 1025, ...(writer.moves ? [] : [0n]), result]);
      s.expect(step, oneOf(`${FEW_VECTORS}; ${IOV_MAX}`, ok(), err('inval')));
      s.after('the file holds what was written, or nothing', [step, s.show(result, 4)], (seen) => {
        const count = Buffer.from(shownBytes(seen.values[1])).readUInt32LE();
        const isWritten = seen.values[0]?.kind === 'ok';
        if (isWritten && (count < 1 || count > 1025)) return `${count} bytes are said to have been written`;
        return fileHolds(seen, isWritten ? 'w'.repeat(count) : '');
      });
    },
  },
  {
    ...P1,
    id: `${writer.name}/directory`,
    title: `${writer.name} to a directory is refused`,
    spec: p1Docs('errno.isdir'),
    world: holding(),
    script: (s) =>
      s.expect(
        writer.call(s, DIRECTORY, [vector(s, 'xy')]),
        oneOf(ON_DIRECTORIES, err('isdir'), err('badf'), err('notcapable')),
      ),
  },
  {
    ...P1,
    id: `${writer.name}/100003-bytes`,
    title: `${writer.name} of 100,003 bytes in one vector writes all of them, or says how many it has written`,
    spec: p1Docs(writer.name),
    world: holding(''),
    script(s) {
      const { value: fd } = open(s, 'file');
      const block = s.alloc(100_003);
      s.fill(block, 100_003, 0x77);
      const step = writer.call(s, fd, [{ buf: block, buf_len: 100_003 }]);
      const some = ok('at least 1 and at most 100003', (got) => Number(got) >= 1 && Number(got) <= 100_003);
      s.expect(step, oneOf(SHORT_WRITES, some));
      s.after('the file is as long as was said', [step], (seen) => {
        const found = onHost(seen)?.sizeBytes;
        return found === countOf(seen.values[0]) || `it has ${found} bytes`;
      });
    },
  },
]);

const SHORT_WRITES =
  'the text says "the number of bytes written", and not that it is all there are; POSIX, to which it likens the function, writes fewer to a regular file only where there is no room';

const sequence: ConformanceCase = {
  ...P1,
  id: 'fd_write/in-pieces',
  title: 'fd_write goes on where the last one ended, over what is there and then beyond its end',
  spec: p1Docs('fd_write'),
  world: holding(),
  script(s) {
    const { value: fd } = open(s, 'file');
    for (const text of ['ABC', 'D', 'EFGHI', 'JKL']) write(s, fd, text);
    expectPosition(s, fd, 12);
    expectFile(s, 'ABCDEFGHIJKL');
  },
};

export const writingP1: ConformanceCase[] = [...lists, ...counts, sequence];
