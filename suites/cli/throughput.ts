/** Owns how many bytes a second standard input gives and standard output takes, by the size of a call, in both previews. */

import { at, type WasiValue } from '../../harness/contracts/script.ts';
import type { BenchBuilder, BenchWorld, ThroughputCase } from '../../harness/contracts/suite.ts';
import { BLOCKING_READ, GET_STDIN, GET_STDOUT, WRITE_AND_FLUSH } from './functions-p2.ts';

const SIZES = [1, 16, 256, 4_096, 65_536, 1_048_576];
/** "the `blocking-write-and-flush` function … up to 4096 bytes". */
const MOST_AT_ONCE = 4_096;

/** Pipes at whose other ends something gives, or takes, as fast as it can. */
const PIPES: BenchWorld = { id: 'pipes', stdin: 'endless', stdout: 'sink' };
const FILE: BenchWorld = { id: 'stdout-file', stdout: 'file' };

interface Sweep {
  id: string;
  words: string;
  world: BenchWorld;
  most?: number;
  bench(s: BenchBuilder, bytes: number): void;
}

const vector = (s: BenchBuilder, bytes: number): WasiValue => [{ buf: s.alloc(bytes), buf_len: bytes }];

const writeP1 = (s: BenchBuilder, bytes: number) => {
  const from = vector(s, bytes);
  s.cycle((c) => c.moved(c.call('fd_write', 1, from).value));
};
const writeP2 = (s: BenchBuilder, bytes: number) =>
  // A list of so many bytes and the place of the result: written out, they would make the script too long.
  s.timeRaw(WRITE_AND_FLUSH, [s.let(s.call(GET_STDOUT).value), s.alloc(bytes), bytes, s.alloc(16)]);

const preview1: Sweep[] = [
  {
    id: 'fd_read/stdin',
    words: 'Reading standard input, a pipe, at most',
    world: PIPES,
    bench: (s, bytes) => {
      const to = vector(s, bytes);
      s.cycle((c) => c.moved(c.call('fd_read', 0, to).value));
    },
  },
  { id: 'fd_write/stdout-pipe', words: 'Writing to standard output, a pipe,', world: PIPES, bench: writeP1 },
  { id: 'fd_write/stdout-file', words: 'Writing to standard output, a file,', world: FILE, bench: writeP1 },
];

const preview2: Sweep[] = [
  {
    id: 'input-stream.blocking-read/stdin',
    words: 'Reading standard input, a pipe, at most',
    world: PIPES,
    bench: (s, bytes) => {
      const input = s.let(s.call(GET_STDIN).value);
      s.cycle((c) => {
        const { area } = c.call(BLOCKING_READ, input, BigInt(bytes));
        // The list's length: behind the result's case and the list's address.
        c.moved(at`u32[${area} + 8]`);
      });
    },
  },
  {
    id: 'output-stream.blocking-write-and-flush/stdout-pipe',
    words: 'Writing to standard output, a pipe,',
    world: PIPES,
    most: MOST_AT_ONCE,
    bench: writeP2,
  },
  {
    id: 'output-stream.blocking-write-and-flush/stdout-file',
    words: 'Writing to standard output, a file,',
    world: FILE,
    most: MOST_AT_ONCE,
    bench: writeP2,
  },
];

const sized = ({ id, words, world, bench }: Sweep, bytes: number) => ({
  id: `${id}-${bytes}`,
  title: `${words} ${bytes.toLocaleString('en')} bytes a call`,
  world,
  metric: 'throughput' as const,
  parameters: { bytes },
  bytesPerCall: bytes,
  bench: (s: BenchBuilder) => bench(s, bytes),
});

export const throughput: ThroughputCase[] = SIZES.flatMap((bytes) => [
  ...preview1.map((sweep) => ({ ...sized(sweep, bytes), wasi: 'p1', guest: 'probe-p1' }) as const),
  ...preview2
    .filter(({ most = bytes }) => bytes <= most)
    .map((sweep) => ({ ...sized(sweep, bytes), wasi: 'p2', guest: 'probe-p2-cli' }) as const),
]);
