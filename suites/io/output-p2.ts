/** Owns writing to every kind of output stream: what was permitted arrives, in order and to the last byte. */

import { ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { WorldAfter } from '../../harness/contracts/world.ts';
import {
  BLOCKING_FLUSH,
  BLOCKING_WRITE,
  BLOCKING_ZEROES,
  CHECK_WRITE,
  FLUSH,
  SUBSCRIBE_OUTPUT,
  WRITE,
  WRITE_ZEROES,
} from './functions-p2.ts';
import { fileHolds, holds, OUTPUTS, type OutputKind, PLAIN_OUTPUTS, SINKS } from './kinds-p2.ts';
import { connectToPeer, FILES, HELLO, LISTENING, open, waitFor, writeTo } from './opening-p2.ts';
import { positive } from './outcomes-p2.ts';
import { STREAMS } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-io' } as const;

const zeros = (length: number) => '\0'.repeat(length);
/** A text in which what is missing or doubled shows. */
const pattern = (length: number) =>
  Array.from({ length }, (_, index) => String.fromCharCode(97 + ((index * 7 + (index >> 5)) % 26))).join('');

/** Waits until the stream takes something, and asks how much. */
export function permit(s: ScriptBuilder, stream: Slot): Slot {
  waitFor(s, stream, SUBSCRIBE_OUTPUT);
  const step = s.call(CHECK_WRITE, stream);
  s.expect(step, positive);
  return step.value;
}

function written(s: ScriptBuilder, stream: Slot, text: string): void {
  permit(s, stream);
  s.expect(s.call(WRITE, stream, text), ok());
}

interface Way {
  id: string;
  title: (words: string) => string;
  spec: string;
  kinds?: readonly OutputKind[];
  /** Writes, and returns what must arrive, by how many calls. */
  write(s: ScriptBuilder, stream: Slot): [wanted: string, writes?: number];
}

const WAYS: readonly Way[] = [
  {
    id: 'check-write/KIND',
    title: (words) => `A stream to ${words} that is ready permits more than 0 bytes, each time it is asked`,
    spec: STREAMS.checkWrite,
    kinds: PLAIN_OUTPUTS,
    write: (s, stream) => {
      permit(s, stream);
      s.expect(s.call(CHECK_WRITE, stream), positive);
      return [''];
    },
  },
  {
    id: 'write/KIND',
    title: (words) => `What is written to ${words} and flushed arrives, and the stream takes more`,
    spec: STREAMS.write,
    write: (s, stream) => {
      written(s, stream, HELLO);
      s.expect(s.call(FLUSH, stream), ok());
      permit(s, stream);
      return [HELLO];
    },
  },
  {
    id: 'write/KIND-in-order',
    title: (words) => `What is written to ${words} in different ways arrives in order, each part once`,
    spec: STREAMS.write,
    write: (s, stream) => {
      written(s, stream, 'one,');
      written(s, stream, 'two,');
      permit(s, stream);
      s.expect(s.call(WRITE_ZEROES, stream, 3n), ok());
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      s.expect(s.call(BLOCKING_WRITE, stream, 'three,'), ok());
      s.expect(s.call(BLOCKING_ZEROES, stream, 2n), ok());
      written(s, stream, 'four');
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      return [`one,two,${zeros(3)}three,${zeros(2)}four`, 6];
    },
  },
  {
    id: 'write/KIND-empty',
    title: (words) => `Writing no bytes to ${words} within a permit succeeds and changes nothing`,
    spec: STREAMS.write,
    kinds: PLAIN_OUTPUTS,
    write: (s, stream) => {
      written(s, stream, '');
      written(s, stream, HELLO);
      written(s, stream, '');
      permit(s, stream);
      s.expect(s.call(WRITE_ZEROES, stream, 0n), ok());
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      return [HELLO, 2];
    },
  },
  {
    id: 'write/KIND-bytes',
    title: (words) => `Bytes that are no text are written to ${words} verbatim`,
    spec: STREAMS.write,
    kinds: PLAIN_OUTPUTS,
    write: (s, stream) => {
      permit(s, stream);
      s.expect(s.call(WRITE, stream, new Uint8Array([0xff, 0, 0x0a, 0x0d, 0xc3, 0x28])), ok());
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      return ['\xff\0\n\r\xc3\x28'];
    },
  },
  {
    id: 'write-zeroes/KIND',
    title: (words) => `As many zeros as are asked for are written to ${words}`,
    spec: STREAMS.writeZeroes,
    kinds: SINKS,
    write: (s, stream) => {
      written(s, stream, 'a');
      permit(s, stream);
      s.expect(s.call(WRITE_ZEROES, stream, 1000n), ok());
      written(s, stream, 'z');
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      return [`a${zeros(1000)}z`, 4];
    },
  },
  ...[0, 1, 4095, 4096].flatMap((length): Way[] => [
    {
      id: `blocking-write-and-flush/KIND-${length}`,
      title: (words) => `blocking-write-and-flush writes ${length} bytes to ${words} in one call`,
      spec: STREAMS.blockingWrite,
      kinds: length === 4096 ? SINKS : PLAIN_OUTPUTS,
      write: (s, stream) => {
        s.expect(s.call(BLOCKING_WRITE, stream, pattern(length)), ok());
        return [pattern(length)];
      },
    },
    {
      id: `blocking-write-zeroes-and-flush/KIND-${length}`,
      title: (words) => `blocking-write-zeroes-and-flush writes ${length} zeros to ${words} in one call`,
      spec: STREAMS.blockingZeroes,
      kinds: PLAIN_OUTPUTS,
      write: (s, stream) => {
        s.expect(s.call(BLOCKING_ZEROES, stream, BigInt(length)), ok());
        return [zeros(length)];
      },
    },
  ]),
  {
    id: 'blocking-write-and-flush/KIND-many',
    title: (words) => `Four times 4096 bytes, the most for a call, arrive in order at ${words}`,
    spec: STREAMS.blockingWrite,
    kinds: PLAIN_OUTPUTS,
    write: (s, stream) => {
      const parts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(4096));
      const place = s.alloc(4096);
      const area = s.alloc(12);
      for (const part of parts) {
        s.fill(place, 4096, part.charCodeAt(0));
        s.expect(
          s.raw(BLOCKING_WRITE, [stream, place, 4096n, area], [[area, 1]]),
          ok('ok', (value) => value instanceof Uint8Array && value[0] === 0),
        );
      }
      return [parts.join(''), parts.length];
    },
  },
  {
    id: 'flush/KIND-nothing',
    title: (words) => `Flushing a stream to ${words} to which nothing was written succeeds, twice as well`,
    spec: STREAMS.flush,
    kinds: PLAIN_OUTPUTS,
    write: (s, stream) => {
      s.expect(s.call(FLUSH, stream), ok());
      s.expect(s.call(FLUSH, stream), ok());
      permit(s, stream);
      return [''];
    },
  },
  {
    id: 'flush/KIND',
    title: (words) => `After a flush of ${words}, asked for twice, the stream becomes ready and takes more`,
    spec: STREAMS.flush,
    kinds: PLAIN_OUTPUTS,
    write: (s, stream) => {
      written(s, stream, HELLO);
      s.expect(s.call(FLUSH, stream), ok());
      s.expect(s.call(FLUSH, stream), ok());
      written(s, stream, ' again');
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      return [`${HELLO} again`, 2];
    },
  },
  {
    id: 'blocking-flush/KIND',
    title: (words) => `blocking-flush of ${words} returns when all is out and the stream takes more`,
    spec: STREAMS.blockingFlush,
    kinds: SINKS,
    write: (s, stream) => {
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      written(s, stream, HELLO);
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      s.expect(s.call(CHECK_WRITE, stream), positive);
      return [HELLO];
    },
  },
];

const ways = WAYS.flatMap(({ id, title, spec, kinds = OUTPUTS, write }) =>
  kinds.map(
    (kind): ConformanceCase => ({
      ...P2,
      id: `output-stream.${id.replace('KIND', kind.id)}`,
      title: title(kind.words),
      spec,
      world: kind.world,
      script: (s) => {
        const { stream, arrived } = kind.open(s);
        arrived(...write(s, stream));
      },
    }),
  ),
);

const LIMIT =
  '"Perform a write of up to 4096": the text sets a limit and does not say what becomes of a call beyond it';

/** Where what was written is looked at on the host's side: a guest that has trapped looks no more. */
const LOOKED_AT = [
  {
    id: 'file',
    words: 'a file',
    world: FILES,
    open: (s: ScriptBuilder) => writeTo(s, open(s, 'target', 'write')),
    holds: (after: WorldAfter | undefined, wanted: string) => fileHolds(after, 'target', wanted),
  },
  {
    id: 'tcp',
    words: 'a connection',
    world: LISTENING,
    open: (s: ScriptBuilder) => connectToPeer(s).output,
    holds: (after: WorldAfter | undefined, wanted: string) => holds(after?.peers?.[0]?.received, wanted),
  },
];

const BEYOND = 4097;

/** States that what went in by a call that succeeded is there as a whole. */
const allOrTrap = (
  s: ScriptBuilder,
  step: Step,
  look: (after: WorldAfter | undefined) => true | string,
): void =>
  s.after('it traps, or all is there', [step], ({ values: [seen], after: [world] }) =>
    seen?.kind === 'trap' ? true : look(world),
  );

/** A call beyond the limit either traps or writes all of it: what it must not do is to write a part. */
const beyond = LOOKED_AT.flatMap((kind): ConformanceCase[] => [
  {
    ...P2,
    id: `output-stream.blocking-write-and-flush/${kind.id}-4097`,
    title: `blocking-write-and-flush of 4097 bytes to ${kind.words} traps, or writes them all`,
    spec: STREAMS.blockingWrite,
    world: kind.world,
    script: (s) => {
      const step = s.call(BLOCKING_WRITE, kind.open(s), pattern(BEYOND));
      s.expect(step, oneOf(LIMIT, trap('beyond 4096 bytes'), ok()));
      allOrTrap(s, step, (after) => kind.holds(after, pattern(BEYOND)));
    },
  },
  {
    ...P2,
    id: `output-stream.blocking-write-zeroes-and-flush/${kind.id}-4097`,
    title: `blocking-write-zeroes-and-flush of 4097 zeros to ${kind.words} traps, or writes them all`,
    spec: STREAMS.blockingZeroes,
    world: kind.world,
    script: (s) => {
      const step = s.call(BLOCKING_ZEROES, kind.open(s), BigInt(BEYOND));
      s.expect(step, oneOf(LIMIT, trap('beyond 4096 zeros'), ok()));
      allOrTrap(s, step, (after) => kind.holds(after, zeros(BEYOND)));
    },
  },
]);

export const outputP2: ConformanceCase[] = [...ways, ...beyond];
