/** Owns how many bytes a second files take and give, by the size of a call, in both previews. */

import { at, type WasiValue } from '../../harness/contracts/script.ts';
import type { BenchBuilder, ThroughputCase } from '../../harness/contracts/suite.ts';
import { opened as openedP1 } from './bench-opening-p1.ts';
import { opened as openedP2, timeWrite } from './bench-opening-p2.ts';
import { FILES, MEGABYTE } from './bench-world.ts';
import { READ } from './functions-p2.ts';

const SIZES = [1, 16, 256, 4_096, 65_536, MEGABYTE];
const HEADLINE_SIZES = [4_096, 65_536];

interface Sweep {
  id: string;
  words: string;
  headline?: true;
  bench(s: BenchBuilder, bytes: number): void;
}

const vector = (s: BenchBuilder, bytes: number): WasiValue => [{ buf: s.alloc(bytes), buf_len: bytes }];

const preview1: Sweep[] = [
  {
    id: 'fd_pread',
    words: 'Reading a file at a place',
    headline: true,
    bench: (s, bytes) => {
      const file = openedP1(s, 'content');
      const to = vector(s, bytes);
      s.cycle((c) => c.moved(c.call('fd_pread', file, to, 0n).value));
    },
  },
  {
    id: 'fd_pwrite',
    words: 'Writing a file at a place',
    headline: true,
    bench: (s, bytes) => {
      const file = openedP1(s, 'written');
      const from = vector(s, bytes);
      s.cycle((c) => c.moved(c.call('fd_pwrite', file, from, 0n).value));
    },
  },
  {
    id: 'fd_write/append',
    words: 'Appending to a file, which is emptied after each call:',
    bench: (s, bytes) => {
      // Emptied, or the disk would fill: what that costs is in the figure.
      const file = openedP1(s, 'grown', { fdflags: ['append'] });
      const from = vector(s, bytes);
      s.cycle((c) => {
        c.moved(c.call('fd_write', file, from).value);
        c.call('fd_filestat_set_size', file, 0n);
      });
    },
  },
];

const preview2: Sweep[] = [
  {
    id: 'descriptor.read',
    words: 'Reading a file at a place',
    bench: (s, bytes) => {
      const file = openedP2(s, 'content');
      s.cycle((c) => {
        const { area } = c.call(READ, file, BigInt(bytes), 0n);
        // The list's length: behind the result's case and the list's address.
        c.moved(at`u32[${area} + 8]`);
      });
    },
  },
  {
    id: 'descriptor.write',
    words: 'Writing a file at a place',
    bench: timeWrite,
  },
];

const sized = (sweep: Sweep, bytes: number) => ({
  id: `${sweep.id}${sweep.id.includes('/') ? '-' : '/'}${bytes}`,
  title: `${sweep.words} ${bytes.toLocaleString('en')} bytes a call`,
  world: FILES,
  metric: 'throughput' as const,
  headline: sweep.headline === true && HEADLINE_SIZES.includes(bytes),
  parameters: { bytes },
  bytesPerCall: bytes,
  bench: (s: BenchBuilder) => sweep.bench(s, bytes),
});

export const throughput: ThroughputCase[] = SIZES.flatMap((bytes) => [
  ...preview1.map((sweep) => ({ ...sized(sweep, bytes), wasi: 'p1', guest: 'probe-p1' }) as const),
  ...preview2.map((sweep) => ({ ...sized(sweep, bytes), wasi: 'p2', guest: 'probe-p2-filesystem' }) as const),
]);
