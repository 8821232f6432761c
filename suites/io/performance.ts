/** Owns what polling and streams cost: preview 1's `poll_oneoff`, preview 2's streams on files. */

import { at, type Slot } from '../../harness/contracts/script.ts';
import type {
  BenchBuilder,
  BenchWorld,
  CycleBuilder,
  LatencyCase,
  Suite,
} from '../../harness/contracts/suite.ts';
import {
  BLOCKING_FLUSH,
  BLOCKING_READ,
  BLOCKING_SKIP,
  BLOCKING_SPLICE,
  BLOCKING_WRITE,
  BLOCKING_ZEROES,
  CHECK_WRITE,
  DROP_ERROR,
  FLUSH,
  INPUT_STREAM,
  OUTPUT_STREAM,
  READ,
  SKIP,
  SPLICE,
  SUBSCRIBE_INPUT,
  SUBSCRIBE_OUTPUT,
  TO_DEBUG_STRING,
  WRITE,
  WRITE_ZEROES,
} from './functions-p2.ts';
import { EVENT_BYTES, layOut } from './poll.ts';

const KIBIBYTE = 1024;
const MANY = 64;

const FILES: BenchWorld = {
  id: 'streams',
  preopens: [{ guest: '/', entries: { source: new Uint8Array(64 * KIBIBYTE).fill(1), target: '' } }],
};

/** What ends a guest on some runtime has processes of its own, and takes no other figure along. */
const POLLING: BenchWorld = { id: 'polling' };
const ALONE: Readonly<Record<string, BenchWorld>> = {
  'input-stream.skip': { ...FILES, id: 'skip' },
  'input-stream.blocking-skip': { ...FILES, id: 'blocking-skip' },
  'output-stream.splice': { ...FILES, id: 'splice' },
};

const preview1 = [1, MANY].map(
  (count): LatencyCase => ({
    id: `poll_oneoff/${count}`,
    wasi: 'p1',
    title: count === 1 ? 'Polling one clock that is due' : `Polling ${count} clocks that are all due`,
    guest: 'probe-p1',
    metric: 'latency',
    // Descriptors that are ready in the place of clocks that are due: the nearest that the system has.
    native: `poll ${count}`,
    parameters: { subscriptions: count },
    world: POLLING,
    bench: (s) => {
      const due = { type: 'clock', clock: 1, timeoutNs: 0n } as const;
      const list = layOut(
        s,
        Array.from({ length: count }, () => due),
      );
      s.time('poll_oneoff', [list, s.alloc(EVENT_BYTES * count, 8), count]);
    },
  }),
);

const DESCRIPTOR = 'wasi:filesystem/types#[method]descriptor.';

function opened(s: BenchBuilder, path: string, flag: 'read' | 'write'): Slot {
  const { area } = s.call('wasi:filesystem/preopens#get-directories');
  return s.let(s.call(`${DESCRIPTOR}open-at`, at`u32[u32[${area}]]`, [], path, [], [flag]).value);
}

const reader = (s: BenchBuilder): Slot =>
  s.let(s.call(`${DESCRIPTOR}read-via-stream`, opened(s, 'source', 'read'), 0n).value);
const writer = (s: BenchBuilder): Slot =>
  s.let(s.call(`${DESCRIPTOR}write-via-stream`, opened(s, 'target', 'write'), 0n).value);

/** A stream in each round that begins at the file's beginning: used, and dropped. */
function fresh(
  s: BenchBuilder,
  ends: { read?: true; write?: true },
  use: (c: CycleBuilder, streams: { input: Slot; output: Slot }) => void,
): void {
  const source = ends.read && opened(s, 'source', 'read');
  const target = ends.write && opened(s, 'target', 'write');
  const none: Slot = { expression: '0' };
  s.cycle((c) => {
    const input = source ? c.call(`${DESCRIPTOR}read-via-stream`, source, 0n).value : none;
    const output = target ? c.call(`${DESCRIPTOR}write-via-stream`, target, 0n).value : none;
    use(c, { input, output });
    if (source) c.drop(INPUT_STREAM, input);
    if (target) c.drop(OUTPUT_STREAM, output);
  });
}

const BYTES = new Uint8Array(KIBIBYTE);
const LENGTH = BigInt(KIBIBYTE);
const OF_FILE = 'of a file that is made for it';

const preview2 = (
  [
    [
      'input-stream.read',
      `Reading 1 KiB from a stream ${OF_FILE}`,
      (s) => fresh(s, { read: true }, (c, { input }) => c.call(READ, input, LENGTH)),
    ],
    [
      'input-stream.blocking-read',
      `Reading 1 KiB from a stream ${OF_FILE}, waiting for it`,
      (s) => fresh(s, { read: true }, (c, { input }) => c.call(BLOCKING_READ, input, LENGTH)),
    ],
    [
      'input-stream.skip',
      `Skipping 1 KiB of a stream ${OF_FILE}`,
      (s) => fresh(s, { read: true }, (c, { input }) => c.call(SKIP, input, LENGTH)),
    ],
    [
      'input-stream.blocking-skip',
      `Skipping 1 KiB of a stream ${OF_FILE}, waiting for it`,
      (s) => fresh(s, { read: true }, (c, { input }) => c.call(BLOCKING_SKIP, input, LENGTH)),
    ],
    [
      'input-stream.subscribe',
      'Making and dropping the pollable of an input stream',
      (s) => s.time(SUBSCRIBE_INPUT, [reader(s)], { drop: true }),
    ],
    ['output-stream.check-write', 'Asking how much may be written', (s) => s.time(CHECK_WRITE, [writer(s)])],
    [
      'output-stream.write',
      `Writing 1 KiB to a stream ${OF_FILE} after asking, and flushing`,
      (s) =>
        fresh(s, { write: true }, (c, { output }) => {
          c.call(CHECK_WRITE, output);
          c.call(WRITE, output, BYTES);
          c.call(BLOCKING_FLUSH, output);
        }),
    ],
    [
      'output-stream.blocking-write-and-flush',
      `Writing 1 KiB to a stream ${OF_FILE}, in one call`,
      (s) => fresh(s, { write: true }, (c, { output }) => c.call(BLOCKING_WRITE, output, BYTES)),
    ],
    [
      'output-stream.flush',
      'Flushing a stream to which nothing was written, without waiting',
      (s) => s.time(FLUSH, [writer(s)]),
    ],
    [
      'output-stream.blocking-flush',
      'Flushing a stream to which nothing was written',
      (s) => s.time(BLOCKING_FLUSH, [writer(s)]),
    ],
    [
      'output-stream.subscribe',
      'Making and dropping the pollable of an output stream',
      (s) => s.time(SUBSCRIBE_OUTPUT, [writer(s)], { drop: true }),
    ],
    [
      'output-stream.write-zeroes',
      `Writing 1 KiB of zeros to a stream ${OF_FILE} after asking, and flushing`,
      (s) =>
        fresh(s, { write: true }, (c, { output }) => {
          c.call(CHECK_WRITE, output);
          c.call(WRITE_ZEROES, output, LENGTH);
          c.call(BLOCKING_FLUSH, output);
        }),
    ],
    [
      'output-stream.blocking-write-zeroes-and-flush',
      `Writing 1 KiB of zeros to a stream ${OF_FILE}, in one call`,
      (s) => fresh(s, { write: true }, (c, { output }) => c.call(BLOCKING_ZEROES, output, LENGTH)),
    ],
    [
      'output-stream.splice',
      'Moving 1 KiB from one file to another by streams made for it, after asking, and flushing',
      (s) =>
        fresh(s, { read: true, write: true }, (c, { input, output }) => {
          c.call(CHECK_WRITE, output);
          c.call(SPLICE, output, input, LENGTH);
          c.call(BLOCKING_FLUSH, output);
        }),
    ],
    [
      'output-stream.blocking-splice',
      'Moving 1 KiB from one file to another by streams made for it, in one call',
      (s) =>
        fresh(s, { read: true, write: true }, (c, { input, output }) =>
          c.call(BLOCKING_SPLICE, output, input, LENGTH),
        ),
    ],
  ] as [id: string, title: string, bench: (s: BenchBuilder) => void][]
).map(
  ([id, title, bench]): LatencyCase => ({
    ...{ id, title, bench },
    wasi: 'p2',
    guest: 'probe-p2-io',
    world: ALONE[id] ?? FILES,
    metric: 'latency',
  }),
);

export const performance: LatencyCase[] = [...preview1, ...preview2];

const NO_ERROR = "which errors a stream gives, and when, is its host's own: none can be had on every runtime";

export const untimed: NonNullable<Suite['untimed']> = [
  { wasi: 'p2', function: TO_DEBUG_STRING, reason: NO_ERROR },
  { wasi: 'p2', function: DROP_ERROR, reason: NO_ERROR },
];
