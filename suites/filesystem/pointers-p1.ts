/** Owns where preview 1's functions on descriptors may read and write memory, and where they must trap instead. */

import { ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import { at, MEMORY_SIZE, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { expectFile, holding, LETTERS } from './content.ts';
import { beginsWith, buffer, CANARY, expectBuffer, P1, shownBytes } from './content-p1.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { P1_POINTERS } from './spec.ts';

const CASE = { ...P1, spec: P1_POINTERS, world: holding() } as const;

type Word = Slot | number | bigint;

/** So that the end of memory is not a block that the probe itself uses. */
const SPARE = 131_072;

/** Functions with a place for a result: their arguments, and the place's size and alignment. */
const RETURNING: readonly {
  name: string;
  size: number;
  align: number;
  args(s: ScriptBuilder): Word[];
}[] = [
  { name: 'fd_fdstat_get', size: 24, align: 8, args: (s) => [file(s)] },
  { name: 'fd_filestat_get', size: 64, align: 8, args: (s) => [file(s)] },
  { name: 'fd_prestat_get', size: 8, align: 4, args: () => [DIRECTORY] },
  { name: 'fd_seek', size: 8, align: 8, args: (s) => [file(s), 3n, 0] },
  { name: 'fd_tell', size: 8, align: 8, args: (s) => [file(s)] },
  { name: 'fd_read', size: 4, align: 4, args: (s) => [file(s), list(s), 1] },
  { name: 'fd_pread', size: 4, align: 4, args: (s) => [file(s), list(s), 1, 0n] },
  { name: 'fd_write', size: 4, align: 4, args: (s) => [file(s), list(s), 1] },
  { name: 'fd_pwrite', size: 4, align: 4, args: (s) => [file(s), list(s), 1, 0n] },
];

const file = (s: ScriptBuilder): Slot => open(s, 'file').value;

/** One vector of four bytes. */
function list(s: ScriptBuilder, buf: Word = s.alloc(4, 1), length: Word = 4): Slot {
  const place = s.alloc(8, 4);
  s.store('u32', place, buf);
  s.store('u32', at`${place} + 4`, length);
  return place;
}

const results = RETURNING.flatMap(({ name, size, align, args }) => {
  const trapping = (id: string, words: string, place: (s: ScriptBuilder) => Word): ConformanceCase => ({
    ...CASE,
    id: `${name}/result-${id}`,
    title: `${name} traps for a result place ${words}`,
    script(s) {
      s.alloc(SPARE);
      s.expect(s.raw(name, [...args(s), place(s)]), trap(`the result place is ${words}`));
    },
  });
  return [
    trapping('misaligned', 'one byte off its alignment', (s) => at`${s.alloc(80)} + 1`),
    trapping('at-the-end', 'at the end of memory', () => MEMORY_SIZE),
    ...(size > align
      ? [
          trapping(
            'misaligned-by-half',
            `${align / 2} bytes off its alignment`,
            (s) => at`${s.alloc(80)} + ${align / 2}`,
          ),
          trapping(
            'across-the-end',
            'of which the last part lies beyond memory',
            () => at`${MEMORY_SIZE} - ${size - align}`,
          ),
        ]
      : []),
    trapping('wrapping', 'at the end of the address space', () => BigInt(2 ** 32 - align)),
  ];
});

const places = RETURNING.map(
  ({ name, size, args }): ConformanceCase => ({
    ...CASE,
    id: `${name}/result-only`,
    title: `${name} writes the ${size} bytes of its result and none beside, also in the last place of memory`,
    script(s) {
      s.alloc(SPARE);
      const block = buffer(s, size + 16);
      s.expect(s.raw(name, [...args(s), at`${block} + 8`]), ok());
      const shown = s.show(block, size + 16);
      s.expect(s.raw(name, [...args(s), at`${MEMORY_SIZE} - ${size}`]), ok());
      s.check('the bytes around are untouched', [shown], ({ values }) => {
        const bytes = shownBytes(values[0]);
        const around = [...bytes.subarray(0, 8), ...bytes.subarray(size + 8)];
        if (around.length !== 16 || around.some((byte) => byte !== CANARY))
          return `around the result: ${around.map((byte) => byte.toString(16)).join(' ')}`;
        return bytes.subarray(8, size + 8).some((byte) => byte !== CANARY) || 'no result was written';
      });
    },
  }),
);

const VECTORED: readonly { name: string; reads: boolean; more: bigint[] }[] = [
  { name: 'fd_read', reads: true, more: [] },
  { name: 'fd_pread', reads: true, more: [0n] },
  { name: 'fd_write', reads: false, more: [] },
  { name: 'fd_pwrite', reads: false, more: [0n] },
];

/** Lists of vectors that can't be read, or whose buffers can't be used. */
const BAD_LISTS: readonly { id: string; words: string; list(s: ScriptBuilder): [Word, Word] }[] = [
  {
    id: 'list-misaligned',
    words: 'a list of vectors one byte off its alignment',
    list: (s) => [misaligned(s), 1],
  },
  {
    id: 'list-across-the-end',
    words: 'a list of one vector of which half lies beyond memory',
    list: () => [at`${MEMORY_SIZE} - 4`, 1],
  },
  { id: 'list-wrapping', words: 'a list at the end of the address space', list: () => [0xffff_fff8n, 1] },
  {
    id: 'buffer-across-the-end',
    words: 'a buffer that ends one byte beyond memory',
    list: (s) => [list(s, at`${MEMORY_SIZE} - 3`), 1],
  },
  {
    id: 'buffer-wrapping',
    words: 'a buffer that begins in the last byte of the address space',
    list: (s) => [list(s, 0xffff_ffffn), 1],
  },
];

/** A good list, copied to an odd address. */
function misaligned(s: ScriptBuilder): Slot {
  const place = at`${s.alloc(16, 4)} + 1`;
  s.store('u32', place, s.alloc(4, 1));
  s.store('u32', at`${place} + 4`, 4);
  return place;
}

const lists = VECTORED.flatMap(({ name, more }) =>
  BAD_LISTS.map(
    (bad): ConformanceCase => ({
      ...CASE,
      id: `${name}/${bad.id}`,
      title: `${name} traps for ${bad.words}`,
      script(s) {
        s.alloc(SPARE);
        const fd = file(s);
        s.expect(s.raw(name, [fd, ...bad.list(s), ...more, s.alloc(4, 4)]), trap(bad.words));
      },
    }),
  ),
);

const NOT_NEEDED =
  'an out-of-bounds pointer traps where "the function needs to dereference it"; of an empty buffer no byte is needed, yet a runtime may check where it would begin';

const UNUSED =
  'an out-of-bounds pointer traps where "the function needs to dereference it"; what is read takes up only the beginning of the buffer, which lies in memory';

const edges = VECTORED.flatMap(({ name, reads, more }): ConformanceCase[] => [
  {
    ...CASE,
    id: `${name}/buffer-longer-than-memory`,
    title: `${name} traps for a buffer as long as memory that begins inside${reads ? ', or reads to its beginning' : ''}`,
    script(s) {
      const fd = file(s);
      const step = s.raw(name, [fd, list(s, s.alloc(16), MEMORY_SIZE), 1, ...more, s.alloc(4, 4)]);
      const trapped = trap('the buffer ends outside');
      s.expect(step, reads ? oneOf(UNUSED, trapped, ok()) : trapped);
    },
  },
  {
    ...CASE,
    id: `${name}/buffer-last`,
    title: `${name} can use the last four bytes of memory, and a list of vectors just before`,
    script(s) {
      s.alloc(SPARE);
      const fd = file(s);
      const buf = at`${MEMORY_SIZE} - 4`;
      const place = at`${MEMORY_SIZE} - 12`;
      s.put(buf, 'WXYZ');
      s.store('u32', place, buf);
      s.store('u32', at`${place} + 4`, 4);
      const result = s.alloc(4, 4);
      s.expect(s.raw(name, [fd, place, 1, ...more, result]), ok());
      s.check('four bytes', [s.show(result, 4), s.show(buf, 4)], ({ values }) => {
        if (shownBytes(values[0])[0] !== 4) return 'it says otherwise';
        return beginsWith(shownBytes(values[1]), 4, reads ? 'abcd' : 'WXYZ');
      });
      expectFile(s, reads ? LETTERS : 'WXYZefghij');
    },
  },
  {
    ...CASE,
    id: `${name}/empty-buffer-outside`,
    title: `${name} with an empty vector whose address is the end of memory does nothing, or traps`,
    script(s) {
      s.alloc(SPARE);
      const fd = file(s);
      const step = s.raw(name, [fd, list(s, MEMORY_SIZE, 0), 1, ...more, s.alloc(4, 4)]);
      s.expect(step, oneOf(NOT_NEEDED, ok(), trap('the address is outside')));
      expectFile(s, LETTERS);
    },
  },
]);

const names: ConformanceCase[] = [
  ...(
    [
      ['at-the-end', 'at the end of memory', MEMORY_SIZE],
      ['wrapping', 'at the end of the address space', 0xffff_ffffn],
    ] as const
  ).map(
    ([id, words, place]): ConformanceCase => ({
      ...CASE,
      world: { preopens: [{ guest: '/named' }] },
      id: `fd_prestat_dir_name/buffer-${id}`,
      title: `fd_prestat_dir_name traps for a buffer ${words}`,
      script: (s) =>
        s.expect(s.raw('fd_prestat_dir_name', [DIRECTORY, place, 6]), trap(`the buffer is ${words}`)),
    }),
  ),
  {
    ...CASE,
    id: 'fd_prestat_dir_name/buffer-last',
    title: 'fd_prestat_dir_name can write to the last byte of memory',
    script(s) {
      s.alloc(SPARE);
      const last = at`${MEMORY_SIZE} - 1`;
      s.expect(s.raw('fd_prestat_dir_name', [DIRECTORY, last, 1]), ok());
      expectBuffer(s, last, 1, '/');
    },
  },
];

export const pointersP1: ConformanceCase[] = [...results, ...places, ...lists, ...edges, ...names];
