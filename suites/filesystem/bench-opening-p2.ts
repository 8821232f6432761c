/** Owns what preview 2's benchmarks open before, and the shape in which they are told. */

import { at, type Slot } from '../../harness/contracts/script.ts';
import type { BenchBuilder } from '../../harness/contracts/suite.ts';
import { GET_DIRECTORIES, OPEN_AT, WRITE } from './functions-p2.ts';

export const DESCRIPTOR = 'wasi:filesystem/types#descriptor';
/** `result<filesize, error-code>` in memory. */
const RESULT_BYTES = 16;

/** The preopened directory. */
export function root(s: BenchBuilder): Slot {
  const { area } = s.call(GET_DIRECTORIES);
  return s.let(at`u32[u32[${area}]]`);
}

/** A descriptor that is opened before. */
export const opened = (
  s: BenchBuilder,
  path: string,
  flags: readonly string[] = ['read'],
  openFlags: readonly string[] = [],
): Slot => s.let(s.call(OPEN_AT, root(s), [], path, openFlags, flags).value);

/** A write of so many bytes to the beginning; they lie in memory already, a script that held them would be too long. All are written, or it fails. */
export const timeWrite = (s: BenchBuilder, bytes: number): void =>
  s.timeRaw(WRITE, [opened(s, 'written', ['write']), s.alloc(bytes), bytes, 0n, s.alloc(RESULT_BYTES)]);
