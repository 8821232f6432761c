/** Owns what a runtime's process holds in memory while its guest waits for standard input. */

import type { BenchWorld, MemoryCase } from '../../harness/contracts/suite.ts';

/** Open until the process was looked at. */
const OPEN_INPUT: BenchWorld = { id: 'open-input', stdin: { kind: 'pipe', content: '', stays: true } };

const BYTES = 1;

const PROBES: Pick<MemoryCase, 'wasi' | 'guest' | 'wait'>[] = [
  {
    wasi: 'p1',
    guest: 'probe-p1',
    wait: (s) => void s.call('fd_read', 0, [{ buf: s.alloc(BYTES), buf_len: BYTES }]),
  },
  {
    wasi: 'p2',
    guest: 'probe-p2-cli',
    wait: (s) => {
      const input = s.call('wasi:cli/stdin#get-stdin').value;
      s.call('wasi:io/streams#[method]input-stream.blocking-read', input, BigInt(BYTES));
    },
  },
];

const HELD = [
  { of: 'peak', id: 'peak-memory', words: 'The most memory that was resident' },
  { of: 'private', id: 'private-memory', words: 'Resident memory that is shared with no other process' },
] as const;

export const memory: MemoryCase[] = PROBES.flatMap((probe) =>
  HELD.map(({ of, id, words }) => ({
    ...probe,
    id,
    title: `${words} while a ${probe.wasi === 'p1' ? 'preview 1 module' : 'preview 2 component'} waits`,
    metric: 'memory',
    world: OPEN_INPUT,
    of,
  })),
);
