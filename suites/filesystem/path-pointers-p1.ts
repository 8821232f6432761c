/** Owns where preview 1's functions on paths may read their paths and write their results, and where they must trap instead. */

import { ok, trap } from '../../harness/contracts/expect.ts';
import { at, MEMORY_SIZE, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { openedAgain, shownBytes } from './listing-p1.ts';
import { P1_POINTERS } from './spec.ts';
import { leaves } from './tree.ts';
import { PLAIN_LINES, PLAIN_TREE } from './worlds.ts';

const P1 = {
  wasi: 'p1',
  guest: 'probe-p1',
  spec: P1_POINTERS,
  world: { preopens: [{ guest: '/', entries: PLAIN_TREE }] },
} as const;
const CANARY = 0xa5;
const FD_READ = 2n;
const FOUR = 'file';

type Word = Slot | number | bigint;
interface Place {
  address: Word;
  length: Word;
}

/** Each function's core values around one of its paths. */
const FUNCTIONS: readonly { id: string; name: string; args(s: ScriptBuilder, path: Place): Word[] }[] = [
  { id: 'path_create_directory', name: 'path_create_directory', args: (_s, p) => [3, p.address, p.length] },
  {
    id: 'path_filestat_get',
    name: 'path_filestat_get',
    args: (s, p) => [3, 0, p.address, p.length, s.alloc(64)],
  },
  {
    id: 'path_filestat_set_times',
    name: 'path_filestat_set_times',
    args: (_s, p) => [3, 0, p.address, p.length, 1n, 2n, 5],
  },
  {
    id: 'path_link.old',
    name: 'path_link',
    args: (s, p) => [3, 0, p.address, p.length, 3, written(s, 'made').address, 4],
  },
  {
    id: 'path_link.new',
    name: 'path_link',
    args: (s, p) => [3, 0, written(s, FOUR).address, 4, 3, p.address, p.length],
  },
  {
    id: 'path_open',
    name: 'path_open',
    args: (s, p) => [3, 0, p.address, p.length, 0, FD_READ, 0n, 0, s.alloc(4)],
  },
  {
    id: 'path_readlink',
    name: 'path_readlink',
    args: (s, p) => [3, p.address, p.length, s.alloc(64), 64, s.alloc(4)],
  },
  { id: 'path_remove_directory', name: 'path_remove_directory', args: (_s, p) => [3, p.address, p.length] },
  {
    id: 'path_rename.old',
    name: 'path_rename',
    args: (s, p) => [3, p.address, p.length, 3, written(s, 'made').address, 4],
  },
  {
    id: 'path_rename.new',
    name: 'path_rename',
    args: (s, p) => [3, written(s, FOUR).address, 4, 3, p.address, p.length],
  },
  {
    id: 'path_symlink.old',
    name: 'path_symlink',
    args: (s, p) => [p.address, p.length, 3, written(s, 'made').address, 4],
  },
  {
    id: 'path_symlink.new',
    name: 'path_symlink',
    args: (s, p) => [written(s, FOUR).address, 4, 3, p.address, p.length],
  },
  { id: 'path_unlink_file', name: 'path_unlink_file', args: (_s, p) => [3, p.address, p.length] },
];

function written(s: ScriptBuilder, text: string): Place {
  const address = s.alloc(64);
  s.put(address, text);
  return { address, length: Buffer.byteLength(text) };
}

const BAD_PATHS: readonly { id: string; words: string; place: Place }[] = [
  {
    id: 'one-too-far',
    words: 'whose last byte lies behind the end of memory',
    place: { address: at`${MEMORY_SIZE} - 3`, length: 4 },
  },
  {
    id: 'wrapping',
    words: 'that wraps around the address space',
    place: { address: 0xffff_fffen, length: 4 },
  },
];

const paths = FUNCTIONS.flatMap(({ id, name, args }) =>
  BAD_PATHS.map(
    ({ id: way, words, place }): ConformanceCase => ({
      ...P1,
      id: `${id}/pointer-${way}`,
      title: `${id.replace('.', ' by its path ')} traps for a path ${words}`,
      script: (s) => {
        s.expect(s.raw(name, args(s, place)), trap(`a path ${words}`));
        leaves(s, PLAIN_LINES);
      },
    }),
  ),
);

/** Calls that succeed when `place` is good, and where that place is bad. */
const RESULTS: readonly {
  id: string;
  name: string;
  words: string;
  args(s: ScriptBuilder): Word[];
}[] = [
  {
    id: 'path_filestat_get/result-misaligned',
    name: 'path_filestat_get',
    words: 'attributes four bytes off their alignment',
    args: (s) => [3, 0, written(s, FOUR).address, 4, at`${s.alloc(80)} + 4`],
  },
  {
    id: 'path_filestat_get/result-one-too-far',
    name: 'path_filestat_get',
    words: 'attributes whose last eight bytes lie behind the end of memory',
    args: (s) => [3, 0, written(s, FOUR).address, 4, at`${MEMORY_SIZE} - 56`],
  },
  {
    id: 'path_open/result-misaligned',
    name: 'path_open',
    words: 'a descriptor two bytes off its alignment',
    args: (s) => [3, 0, written(s, FOUR).address, 4, 0, FD_READ, 0n, 0, at`${s.alloc(16)} + 2`],
  },
  {
    id: 'path_open/result-at-the-end',
    name: 'path_open',
    words: 'a descriptor behind the end of memory',
    args: (s) => [3, 0, written(s, FOUR).address, 4, 0, FD_READ, 0n, 0, MEMORY_SIZE],
  },
  {
    id: 'path_readlink/result-misaligned',
    name: 'path_readlink',
    words: 'a length one byte off its alignment',
    args: (s) => [3, written(s, 'link').address, 4, s.alloc(64), 64, at`${s.alloc(16)} + 1`],
  },
  {
    id: 'path_readlink/result-at-the-end',
    name: 'path_readlink',
    words: 'a length behind the end of memory',
    args: (s) => [3, written(s, 'link').address, 4, s.alloc(64), 64, MEMORY_SIZE],
  },
  {
    id: 'path_readlink/buffer-one-too-far',
    name: 'path_readlink',
    words: 'a buffer that the text of the link fills beyond the end of memory',
    args: (s) => [3, written(s, 'link').address, 4, at`${MEMORY_SIZE} - 3`, 4, s.alloc(4)],
  },
  {
    id: 'fd_readdir/buffer-one-too-far',
    name: 'fd_readdir',
    words: 'a buffer that the first entries fill beyond the end of memory',
    args: (s) => [openedAgain(s), at`${MEMORY_SIZE} - 24`, 64, 0n, s.alloc(4)],
  },
  {
    id: 'fd_readdir/buffer-wrapping',
    name: 'fd_readdir',
    words: 'a buffer that wraps around the address space',
    args: (s) => [openedAgain(s), 0xffff_fff8n, 64, 0n, s.alloc(4)],
  },
  {
    id: 'fd_readdir/result-misaligned',
    name: 'fd_readdir',
    words: 'a length two bytes off its alignment',
    args: (s) => [openedAgain(s), s.alloc(512), 512, 0n, at`${s.alloc(16)} + 2`],
  },
  {
    id: 'fd_readdir/result-at-the-end',
    name: 'fd_readdir',
    words: 'a length behind the end of memory',
    args: (s) => [openedAgain(s), s.alloc(512), 512, 0n, MEMORY_SIZE],
  },
];

const results = RESULTS.map(
  ({ id, name, words, args }): ConformanceCase => ({
    ...P1,
    id,
    title: `${name} traps for ${words}`,
    script: (s) => {
      s.expect(s.raw(name, args(s)), trap(words));
      leaves(s, PLAIN_LINES);
    },
  }),
);

/** The place of each result, between canaries. */
const CANARIES: readonly { name: string; bytes: number; args(s: ScriptBuilder, place: Slot): Word[] }[] = [
  { name: 'path_filestat_get', bytes: 64, args: (s, place) => [3, 0, written(s, FOUR).address, 4, place] },
  {
    name: 'path_open',
    bytes: 4,
    args: (s, place) => [3, 0, written(s, FOUR).address, 4, 0, FD_READ, 0n, 0, place],
  },
  {
    name: 'path_readlink',
    bytes: 4,
    args: (s, place) => [3, written(s, 'link').address, 4, s.alloc(64), 64, place],
  },
  { name: 'fd_readdir', bytes: 4, args: (s, place) => [openedAgain(s), s.alloc(512), 512, 0n, place] },
];

const canaries = CANARIES.map(
  ({ name, bytes, args }): ConformanceCase => ({
    ...P1,
    id: `${name}/result-only`,
    title: `${name} writes the ${bytes} bytes of its result and none beside them, nor changes the path`,
    script: (s) => {
      const block = s.alloc(128);
      s.fill(block, 128, CANARY);
      s.expect(s.raw(name, args(s, at`${block} + 32`)), ok());
      s.check('the bytes around are untouched', [s.show(block, 128)], ({ values: [shown] }) => {
        const seen = shownBytes(shown);
        const around = [...seen.subarray(0, 32), ...seen.subarray(32 + bytes)];
        if (around.length !== 128 - bytes || around.some((byte) => byte !== CANARY))
          return `the block holds ${seen.toString('hex')}`;
        return seen.subarray(32, 32 + bytes).some((byte) => byte !== CANARY) || 'no result was written';
      });
    },
  }),
);

const edges: ConformanceCase[] = [
  {
    ...P1,
    id: 'path_open/path-in-the-last-bytes',
    title: 'A path can stand in the last bytes of memory, without a NUL behind',
    script: (s) => {
      // So that the end of memory is not a block that the probe itself uses.
      s.alloc(131_072);
      const result = s.alloc(4);
      const path = at`${MEMORY_SIZE} - 4`;
      s.put(path, FOUR);
      s.expect(s.raw('path_open', [3, 0, path, 4, 0, FD_READ, 0n, 0, result]), ok());
    },
  },
  {
    ...P1,
    id: 'path_rename/path-by-length',
    title: 'A path ends where its length says, not where bytes behind it do',
    script: (s) => {
      const both = s.alloc(64);
      s.put(both, 'filemade');
      s.expect(s.raw('path_rename', [3, both, 4, 3, at`${both} + 4`, 3]), ok());
      leaves(s, ['directory/', 'link -> file', 'mad = content']);
    },
  },
];

export const pathPointersP1: ConformanceCase[] = [...paths, ...results, ...canaries, ...edges];
