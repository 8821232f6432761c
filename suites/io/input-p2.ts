/** Owns reading and skipping on every kind of input stream: to the end, nothing, little, and more than can be. */

import { ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { BLOCKING_READ, BLOCKING_SKIP, READ, SKIP } from './functions-p2.ts';
import { INPUTS, type InputKind, PLAIN_INPUTS } from './kinds-p2.ts';
import { connect, HELLO, open, readFrom, waitFor } from './opening-p2.ts';
import {
  atMost,
  bytes,
  closed,
  count,
  endsAfter,
  failed,
  numberOf,
  someBytes,
  textOf,
} from './outcomes-p2.ts';
import { STREAMS } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-io' } as const;

interface Taker {
  id: string;
  name: string;
  spec: string;
  blocks: boolean;
  skips: boolean;
}

export const TAKERS: readonly Taker[] = [
  { id: 'read', name: READ, spec: STREAMS.read, blocks: false, skips: false },
  { id: 'blocking-read', name: BLOCKING_READ, spec: STREAMS.blockingRead, blocks: true, skips: false },
  { id: 'skip', name: SKIP, spec: STREAMS.skip, blocks: false, skips: true },
  { id: 'blocking-skip', name: BLOCKING_SKIP, spec: STREAMS.blockingSkip, blocks: true, skips: true },
];

/** Calls it; what does not block is called when there is something, or the end. */
function take(s: ScriptBuilder, taker: Taker, stream: Slot, length: bigint): Step {
  if (!taker.blocks) waitFor(s, stream);
  return s.call(taker.name, stream, length);
}

/** Each gives at least a byte, so that so many come to the end and one beyond. */
const toTheEnd = (s: ScriptBuilder, taker: Taker, stream: Slot, length: bigint): Step[] =>
  Array.from({ length: HELLO.length + 2 }, () => take(s, taker, stream, length));

const some = ({ skips }: Taker, most: number) => (skips ? atMost(BigInt(most)) : someBytes(most));
const none = ({ skips }: Taker) => (skips ? count(0n) : bytes(''));
const verb = ({ skips }: Taker) => (skips ? 'skips' : 'reads');

/** Standard input costs a process of its own: a file there is only read. */
const PER_KIND = TAKERS.flatMap((taker) =>
  INPUTS.filter(({ id }) => id !== 'stdin-file' || !taker.skips).map((kind) => ({ taker, kind })),
);
const PER_PLAIN_KIND = TAKERS.flatMap((taker) => PLAIN_INPUTS.map((kind) => ({ taker, kind })));

const ends = PER_KIND.map(
  ({ taker, kind }): ConformanceCase => ({
    ...P2,
    id: `input-stream.${taker.id}/${kind.id}`,
    title: `${taker.id} ${verb(taker)} all bytes of ${kind.words}, and from its end on fails with closed`,
    spec: taker.spec,
    world: kind.world,
    script: (s) => {
      const steps = toTheEnd(s, taker, kind.open(s), 64n);
      s.expect(steps[0]!, some(taker, HELLO.length));
      s.expect(steps.at(-1)!, closed);
      s.check('every byte, then the end', steps, endsAfter(HELLO));
    },
  }),
);

const bitByBit = PER_PLAIN_KIND.map(
  ({ taker, kind }): ConformanceCase => ({
    ...P2,
    id: `input-stream.${taker.id}/${kind.id}-by-one`,
    title: `${taker.id} ${verb(taker)} ${kind.words} byte by byte where one is asked for`,
    spec: taker.spec,
    world: kind.world,
    script: (s) => {
      const steps = toTheEnd(s, taker, kind.open(s), 1n);
      for (const step of steps.slice(0, HELLO.length)) s.expect(step, some(taker, 1));
      s.check('every byte, then the end', steps, endsAfter(HELLO));
    },
  }),
);

/** Of standard input one function of each pair is tried. */
const cheap = ({ taker, kind }: { taker: Taker; kind: InputKind }) =>
  PLAIN_INPUTS.includes(kind) || (kind.id === 'stdin-pipe' && taker.blocks);

const ROUNDS = 32;

const zero = PER_KIND.filter(cheap).flatMap(({ taker, kind }): ConformanceCase[] => [
  {
    ...P2,
    id: `input-stream.${taker.id}/${kind.id}-zero`,
    title: `${taker.id} of 0 bytes of ${kind.words} succeeds, takes nothing, and what is there stays`,
    spec: STREAMS.read,
    world: kind.world,
    script: (s) => {
      const stream = kind.open(s);
      waitFor(s, stream);
      s.expect(s.call(taker.name, stream, 0n), none(taker));
      s.expect(s.call(taker.name, stream, 0n), none(taker));
      const left = toTheEnd(s, { ...TAKERS[1]! }, stream, 64n);
      s.check('nothing was taken', left, endsAfter(HELLO));
    },
  },
  {
    ...P2,
    id: `input-stream.${taker.id}/${kind.id}-zero-at-the-end`,
    title: `${taker.id} of 0 bytes of ${kind.words} that has ended fails with closed`,
    spec: STREAMS.read,
    world: kind.world,
    script: (s) => {
      const stream = kind.open(s);
      const steps = toTheEnd(s, { ...TAKERS[1]! }, stream, 64n);
      s.expect(steps.at(-1)!, closed);
      // Not each call of a host that is wrong here is.
      for (let round = 0; round < ROUNDS; round += 1) s.expect(s.call(taker.name, stream, 0n), closed);
    },
  },
]);

const LENGTHS = [2n ** 64n - 1n, 2n ** 63n, 2n ** 32n];

const huge = TAKERS.flatMap((taker): ConformanceCase[] => [
  {
    ...P2,
    id: `input-stream.${taker.id}/file-huge`,
    title: `${taker.id} of more bytes than a memory of 32 bits holds gives those that a file has`,
    spec: STREAMS.readLength,
    world: PLAIN_INPUTS[0]!.world,
    script: (s) => {
      const descriptor = open(s, 'source', 'read');
      for (const length of LENGTHS)
        s.expect(take(s, taker, readFrom(s, descriptor), length), some(taker, HELLO.length));
    },
  },
  {
    ...P2,
    id: `input-stream.${taker.id}/tcp-huge`,
    title: `${taker.id} of 2^64 - 1 bytes gives those that came over a connection, and then the end`,
    spec: STREAMS.readLength,
    world: PLAIN_INPUTS[1]!.world,
    script: (s) => {
      const steps = toTheEnd(s, taker, PLAIN_INPUTS[1]!.open(s), 2n ** 64n - 1n);
      s.expect(steps[0]!, some(taker, HELLO.length));
      s.check('every byte, then the end', steps, endsAfter(HELLO));
    },
  },
]);

/** What is skipped is what would have been read. */
const between = PER_KIND.filter(({ taker }) => taker.skips)
  .filter(cheap)
  .map(
    ({ taker, kind }): ConformanceCase => ({
      ...P2,
      id: `input-stream.${taker.id}/${kind.id}-then-read`,
      title: `After ${taker.id} of 2 bytes of ${kind.words} what is read next is what follows those skipped`,
      spec: taker.spec,
      world: kind.world,
      script: (s) => {
        const stream = kind.open(s);
        const skipped = take(s, taker, stream, 2n);
        s.expect(skipped, atMost(2n));
        const read = s.call(BLOCKING_READ, stream, 1n);
        s.expect(read, someBytes(1));
        s.check('the byte after those skipped', [skipped, read], ({ values: [first, second] }) => {
          const text = second?.kind === 'ok' ? textOf(second.value) : '';
          return text === HELLO[Number(numberOf(first))] || `it is ${JSON.stringify(text)}`;
        });
      },
    }),
  );

const nothing: ConformanceCase[] = [
  ...(
    [
      { id: 'empty-file', words: 'an empty file', world: PLAIN_INPUTS[0]!.world, path: 'empty', offset: 0n },
      {
        id: 'file-at-its-end',
        words: 'a file from its end on',
        world: PLAIN_INPUTS[0]!.world,
        path: 'source',
        offset: 5n,
      },
      {
        id: 'file-beyond',
        words: 'a file from beyond its end on',
        world: PLAIN_INPUTS[0]!.world,
        path: 'source',
        offset: 4096n,
      },
    ] as const
  ).flatMap(({ id, words, world, path, offset }) =>
    TAKERS.filter(({ blocks }) => blocks).map(
      (taker): ConformanceCase => ({
        ...P2,
        id: `input-stream.${taker.id}/${id}`,
        title: `${taker.id} on ${words} fails with closed at once`,
        spec: taker.spec,
        world,
        script: (s) => {
          const stream = readFrom(s, open(s, path, 'read'), offset);
          s.expect(s.call(taker.name, stream, 64n), closed);
          s.expect(s.call(taker.name, stream, 64n), closed);
        },
      }),
    ),
  ),
  {
    ...P2,
    id: 'input-stream.read/stdin-null',
    title: 'Reading the null device as standard input fails with closed',
    spec: STREAMS.read,
    world: { stdin: 'null' },
    script: (s) => {
      const stream = INPUTS[2]!.open(s);
      waitFor(s, stream);
      s.expect(s.call(READ, stream, 64n), closed);
      s.expect(s.call(BLOCKING_READ, stream, 64n), closed);
    },
  },
  {
    ...P2,
    id: 'input-stream.blocking-read/stdin-closed',
    title: 'Reading standard input that is no descriptor at all fails, and does not give bytes',
    spec: STREAMS.blockingRead,
    world: { stdin: 'closed' },
    script: (s) => {
      const why = 'the text does not say whether a stream of nothing is closed or fails';
      s.expect(s.call(BLOCKING_READ, INPUTS[2]!.open(s), 64n), oneOf(why, closed, failed));
    },
  },
  {
    ...P2,
    id: 'input-stream.read/stdin-waits',
    title: 'Reading a pipe that is empty but has a writer gives no bytes and no end',
    spec: STREAMS.read,
    world: { stdin: { kind: 'pipe', content: HELLO, stays: true } },
    script: (s) => {
      const stream = INPUTS[2]!.open(s);
      for (const _ of HELLO) s.expect(s.call(BLOCKING_READ, stream, 1n), someBytes(1));
      s.expect(s.call(READ, stream, 64n), bytes(''));
      s.expect(s.call(SKIP, stream, 64n), count(0n));
    },
  },
  ...TAKERS.filter(({ blocks }) => !blocks).map(
    (taker): ConformanceCase => ({
      ...P2,
      id: `input-stream.${taker.id}/tcp-nothing`,
      title: `${taker.id} on a connection over which nothing came ${verb(taker)} no bytes, asked for some or for none`,
      spec: taker.spec,
      world: PLAIN_INPUTS[1]!.world,
      script: (s) => {
        const [, { input }] = connect(s);
        for (const length of [64n, 0n, 64n]) s.expect(s.call(taker.name, input, length), none(taker));
      },
    }),
  ),
  {
    ...P2,
    id: 'input-stream.blocking-read/two-streams',
    title: 'Two streams of one descriptor, from different offsets, are read in turns and keep apart',
    spec: STREAMS.blockingRead,
    world: PLAIN_INPUTS[0]!.world,
    script: (s) => {
      const descriptor = open(s, 'source', 'read');
      const [first, second] = [readFrom(s, descriptor), readFrom(s, descriptor, 2n)];
      for (const [stream, text] of [
        [first, 'h'],
        [second, 'l'],
        [first, 'e'],
        [second, 'l'],
        [second, 'o'],
        [first, 'l'],
      ] as const)
        s.expect(s.call(BLOCKING_READ, stream, 1n), bytes(text));
      s.expect(
        s.call(BLOCKING_READ, first, 1n),
        ok('"l"', (value) => textOf(value) === 'l'),
      );
    },
  },
];

export const inputP2: ConformanceCase[] = [...ends, ...bitByBit, ...zero, ...huge, ...between, ...nothing];
