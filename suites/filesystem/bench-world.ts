/** Owns the files that benchmarks find, in both previews. */

import type { BenchWorld } from '../../harness/contracts/suite.ts';
import type { FileTree } from '../../harness/contracts/world.ts';

export const MEGABYTE = 1_048_576;

/** How deep paths go. */
export const DEPTHS = [1, 8, 32] as const;
/** How many entries directories have. */
export const ENTRIES = [10, 1000] as const;

/** `d/d/…/file`: a path of so many components. */
export const pathOf = (depth: number): string => `${'d/'.repeat(depth - 1)}file`;

const deep = (depth: number): FileTree => ({
  file: 'content',
  ...(depth > 1 ? { d: { kind: 'directory', entries: deep(depth - 1) } } : {}),
});

const many = (count: number): FileTree =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`entry-${String(index).padStart(4, '0')}`, '']),
  );

/** Bytes that no file system leaves out as zeros. */
const content = Uint8Array.from({ length: MEGABYTE }, (_, index) => (index * 31 + (index >> 8)) & 0xff);

const entries: FileTree = {
  ...deep(Math.max(...DEPTHS)),
  content,
  written: content,
  grown: '',
  sized: '',
  link: { kind: 'symlink', target: 'file' },
};

export const FILES: BenchWorld = { id: 'files', preopens: [{ guest: '/', entries }] };

/** Apart from the files: making a thousand of them for each process takes longer than timing it. */
export const DIRECTORIES: BenchWorld = {
  id: 'directories',
  preopens: [
    {
      guest: '/',
      entries: Object.fromEntries(
        ENTRIES.map((count) => [`of-${count}`, { kind: 'directory', entries: many(count) } as const]),
      ),
    },
  ],
};
