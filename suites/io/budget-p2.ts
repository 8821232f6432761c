/** Owns the budget that `check-write` gives: all of it can be used, and a byte more traps. */

import { type Expectation, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { BLOCKING_FLUSH, CHECK_WRITE, FLUSH, WRITE, WRITE_ZEROES } from './functions-p2.ts';
import { fileHolds, OUTPUTS, type OutputKind, PLAIN_OUTPUTS } from './kinds-p2.ts';
import { FILES, HELLO, open, writeTo } from './opening-p2.ts';
import { numberOf, positive } from './outcomes-p2.ts';
import { permit } from './output-p2.ts';
import { STREAMS } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-io' } as const;

/** As much as is laid out; where more is permitted, so much is a part of it. */
const MOST = 2 ** 20;

/** Writes from a block of that size by a length that only the script knows. */
function writeMany(s: ScriptBuilder, stream: Slot, length: Slot, expectation: Expectation): void {
  const place = s.alloc(MOST + 8);
  s.expect(s.raw(WRITE, [stream, place, length, s.alloc(12)]), expectation);
}

const whole: ConformanceCase[] = [
  {
    ...P2,
    id: 'output-stream.write/file-whole-budget',
    title: 'All bytes that were permitted can be written to a file by one call, and arrive',
    spec: STREAMS.checkWrite,
    world: FILES,
    script: (s) => {
      const stream = writeTo(s, open(s, 'target', 'write'));
      const budget = s.call(CHECK_WRITE, stream);
      // The lesser of the two: what is beyond is subtracted.
      const length = s.let(at`${budget.value} - (${budget.value} > ${MOST}) * (${budget.value} - ${MOST})`);
      const place = s.alloc(MOST + 8);
      const area = s.alloc(12);
      s.expect(
        s.raw(WRITE, [stream, place, length, area], [[area, 1]]),
        ok('ok', (value) => value instanceof Uint8Array && value[0] === 0),
      );
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      s.after('as many bytes are in the file', [budget], ({ values: [seen], after: [world] }) => {
        const permitted = numberOf(seen);
        const wanted = Number(permitted < BigInt(MOST) ? permitted : BigInt(MOST));
        return fileHolds(world, 'target', '\0'.repeat(wanted));
      });
    },
  },
  ...PLAIN_OUTPUTS.map(
    (kind): ConformanceCase => ({
      ...P2,
      id: `output-stream.check-write/${kind.id}-pure`,
      title: `Asking a stream to ${kind.words} for its budget again gives no permit on top of the first`,
      spec: STREAMS.checkWrite,
      world: kind.world,
      script: (s) => {
        const { stream } = kind.open(s);
        const steps = [s.call(CHECK_WRITE, stream), s.call(CHECK_WRITE, stream), s.call(CHECK_WRITE, stream)];
        for (const step of steps) s.expect(step, positive);
        s.check('the budget does not grow', steps, ({ values }) => {
          const [first, , last] = values.map(numberOf);
          return last! <= first! || `${first} bytes, later ${last}`;
        });
      },
    }),
  ),
];

/** A permit is for "the next call to `write`", and a call beyond it "will trap". */
const EXCESSES: readonly {
  id: string;
  title: (words: string) => string;
  kinds: readonly OutputKind[];
  exceed(s: ScriptBuilder, stream: Slot): void;
}[] = [
  {
    id: 'write-zeroes/KIND-beyond-budget',
    title: (words) => `Writing one zero more to ${words} than was permitted traps`,
    kinds: OUTPUTS.filter(({ id }) => id !== 'stdout-pipe'),
    exceed: (s, stream) =>
      s.expect(
        s.call(WRITE_ZEROES, stream, at`${permit(s, stream)} + 1`),
        trap('a zero more than was permitted'),
      ),
  },
  {
    id: 'write-zeroes/KIND-far-beyond-budget',
    title: (words) => `Writing 2^64 - 1 zeros to ${words} traps`,
    kinds: PLAIN_OUTPUTS,
    exceed: (s, stream) => {
      permit(s, stream);
      s.expect(s.call(WRITE_ZEROES, stream, 2n ** 64n - 1n), trap('more zeros than were permitted'));
    },
  },
  {
    // A budget of more than is laid out reaches outside memory, which traps too.
    id: 'write/KIND-beyond-budget',
    title: (words) => `Writing one byte more to ${words} than was permitted traps`,
    kinds: OUTPUTS.filter(({ id }) => id === 'file' || id === 'stdout-file'),
    exceed: (s, stream) =>
      writeMany(s, stream, at`${permit(s, stream)} + 1`, trap('a byte more than was permitted')),
  },
  {
    id: 'write/KIND-second-on-one-permit',
    title: (words) => `A second write to ${words} on one permit traps`,
    kinds: PLAIN_OUTPUTS.filter(({ id }) => id === 'file'),
    exceed: (s, stream) => {
      permit(s, stream);
      s.expect(s.call(WRITE, stream, HELLO), ok());
      s.expect(s.call(WRITE, stream, HELLO), trap('no permit was given since the last write'));
    },
  },
  {
    id: 'write/KIND-without-permit',
    title: (words) => `Writing to ${words} without having asked for a permit traps`,
    kinds: PLAIN_OUTPUTS.filter(({ id }) => id === 'file'),
    exceed: (s, stream) => s.expect(s.call(WRITE, stream, HELLO), trap('check-write gave no permit')),
  },
];

const excesses = EXCESSES.flatMap(({ id, title, kinds, exceed }) =>
  kinds.map(
    (kind): ConformanceCase => ({
      ...P2,
      id: `output-stream.${id.replace('KIND', kind.id)}`,
      title: title(kind.words),
      spec: STREAMS.precondition,
      world: kind.world,
      script: (s) => exceed(s, kind.open(s).stream),
    }),
  ),
);

const UNFINISHED =
  'whether the flush has completed by then is a matter of time: until it has, "`check-write` will return `ok(0)`"';

const flushing: ConformanceCase = {
  ...P2,
  id: 'output-stream.check-write/file-while-flushing',
  title: 'While a flush goes on nothing is permitted; when it is done and the stream is ready, something is',
  spec: STREAMS.flush,
  world: FILES,
  script: (s) => {
    const stream = writeTo(s, open(s, 'target', 'write'));
    permit(s, stream);
    s.expect(s.call(WRITE_ZEROES, stream, 10_000n), ok());
    s.expect(s.call(FLUSH, stream), ok());
    const zero = ok('0', (value) => value === 0n);
    s.expect(s.call(CHECK_WRITE, stream), oneOf(UNFINISHED, zero, positive));
    permit(s, stream);
    s.after('all is in the file', [], ({ after: [world] }) =>
      fileHolds(world, 'target', '\0'.repeat(10_000)),
    );
  },
};

export const budgetP2: ConformanceCase[] = [...whole, ...excesses, flushing];
