/** Owns what preview 1's benchmarks open before, and the buffers that they read and write. */

import { at, type Slot, type WasiValue } from '../../harness/contracts/script.ts';
import type { BenchBuilder } from '../../harness/contracts/suite.ts';
import { DIRECTORY, FILE_RIGHTS, type Opening } from './opening-p1.ts';

const DIRECTORY_RIGHTS = ['fd_readdir', 'path_open'] as const;

/** A descriptor that is opened before. */
export function opened(
  s: BenchBuilder,
  path: string,
  opening: Pick<Opening, 'oflags' | 'fdflags'> = {},
): Slot {
  const { oflags = [], fdflags = [] } = opening;
  const rights = oflags.includes('directory') ? DIRECTORY_RIGHTS : FILE_RIGHTS;
  return s.let(s.call('path_open', DIRECTORY, [], path, oflags, rights, [], fdflags).value);
}

/** So many vectors of the same length, one behind the other. */
export const vectors = (s: BenchBuilder, count: number, bytes: number): WasiValue => {
  const buffer = s.alloc(count * bytes);
  return Array.from({ length: count }, (_, index) => ({
    buf: at`${buffer} + ${index * bytes}`,
    buf_len: bytes,
  }));
};
