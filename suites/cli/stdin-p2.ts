/** Owns what a preview 2 guest reads from its standard input, by what the host gave it. */

import { type Observed, ok, oneOf } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { Stdin } from '../../harness/contracts/world.ts';
import {
  BLOCK,
  BLOCKING_READ,
  GET_STDIN,
  INPUT_STREAM,
  POLL,
  POLLABLE,
  READ,
  READY,
  SUBSCRIBE_DURATION,
  SUBSCRIBE_INPUT,
} from './functions-p2.ts';
import { IO_STREAMS, STDIO } from './spec.ts';
import { pattern } from './transfer.ts';
import { closed, failed, readAll, readPattern } from './transfer-p2.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-cli', spec: STDIO.stdin } as const;

const HANDLE = ok('a stream');

/** Standard input's stream, which must be there. */
function getStdin(s: ScriptBuilder): Slot {
  const step = s.call(GET_STDIN);
  s.expect(step, HANDLE);
  return step.value;
}

const read = (s: ScriptBuilder, stream: Slot, sizeBytes: number) =>
  s.call(BLOCKING_READ, stream, BigInt(sizeBytes));

const bytesRead = (values: readonly Observed[]) =>
  Buffer.concat(
    values.map((seen) =>
      seen.kind === 'ok' && seen.value instanceof Uint8Array ? seen.value : Buffer.alloc(0),
    ),
  );

/** States that these reads came to the whole content, in however many pieces, and that the stream is closed afterwards. */
function wholeIs(s: ScriptBuilder, steps: Step[], content: Uint8Array): void {
  s.check('the bytes are those given, and the end comes behind them', steps, ({ values }) => {
    const bytes = bytesRead(values);
    if (!bytes.equals(content)) return `${bytes.length} bytes came, not the ${content.length} given`;
    const last = values.at(-1)!;
    return closed.test(last) || 'the last read does not say that the stream is closed';
  });
}

/** "the bytes from the source are returned verbatim". */
const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte);
/** A stream may hand out fewer bytes than there are. */
const PIECES = 4;
const MIB = 1024 * 1024;

const wholes = (['file', 'pipe'] as const).flatMap((kind): ConformanceCase[] => [
  {
    ...P2,
    id: `get-stdin/${kind}-every-byte`,
    title: `A ${kind} of each of the 256 bytes as standard input is read as it is, then the stream is closed`,
    spec: IO_STREAMS.read,
    world: { stdin: { kind, content: EVERY_BYTE } },
    script: (s) => {
      const stdin = getStdin(s);
      const steps = Array.from({ length: PIECES + 1 }, () => read(s, stdin, 1000));
      wholeIs(s, steps, EVERY_BYTE);
    },
  },
  {
    ...P2,
    id: `get-stdin/${kind}-1-mib`,
    title: `A ${kind} of a mebibyte as standard input is read whole, then the stream is closed`,
    spec: IO_STREAMS.read,
    world: {
      get stdin(): Stdin {
        return { kind, content: pattern(MIB) };
      },
    },
    script: (s) => s.expect(readPattern(s, getStdin(s), 1100).show(), readAll(MIB)),
  },
]);

/** A wait of which nobody hears anything would be a hang. */
const LONG_NS = 2_000_000_000n;

const ENDED: readonly { id: string; words: string; stdin: Stdin }[] = [
  { id: 'null', words: 'the null device', stdin: 'null' },
  { id: 'empty-file', words: 'an empty file', stdin: { kind: 'file', content: '' } },
  { id: 'empty-pipe', words: 'a pipe that nobody writes to', stdin: { kind: 'pipe', content: '' } },
];

const ends = ENDED.map(
  ({ id, words, stdin }): ConformanceCase => ({
    ...P2,
    id: `get-stdin/${id}`,
    title: `Standard input that is ${words} is ready at once and closed, however often it is read`,
    spec: IO_STREAMS.read,
    world: { stdin },
    script: (s) => {
      const stream = getStdin(s);
      const pollable = s.call(SUBSCRIBE_INPUT, stream).value;
      const late = s.call(SUBSCRIBE_DURATION, LONG_NS).value;
      s.expect(
        s.call(POLL, [pollable, late]),
        ok('the stream only', (list) => Array.isArray(list) && list.length === 1 && list[0] === 0),
      );
      s.drop(POLLABLE, pollable);
      for (let round = 0; round < 3; round += 1) s.expect(read(s, stream, 64), closed);
    },
  }),
);

const NO_STREAMS = 'the text does not say which streams a guest finds open';
const nothingRead = ok('no bytes', (bytes) => bytes instanceof Uint8Array && bytes.length === 0);
const someBytes = (most: number) =>
  ok(
    `1 to ${most} bytes`,
    (bytes) => bytes instanceof Uint8Array && bytes.length > 0 && bytes.length <= most,
  );

/**
 * States that what was read is the begin of these words and that the rest follows: "The callee may return a list of bytes less than
 * `len` in size". A byte at a time comes whole, and is there already or the read waits for it.
 */
function gathers(s: ScriptBuilder, stream: Slot, first: Step, words: string): void {
  s.expect(first, someBytes(words.length));
  const [rest, area] = [s.alloc(words.length), s.alloc(12, 4)];
  const got = at`u32[${first.area} + 8]`;
  // After an error, or too many bytes, nothing more is read.
  const isSome = at`(u8[${first.area}] == 0) * (${got} < ${words.length + 1})`;
  const missing = s.let(at`(${isSome}) * (${words.length} - ${got})`);
  s.loop(missing, (index) => {
    s.raw(BLOCKING_READ, [stream, 1, area]);
    s.store('u8', at`${rest} + ${index}`, at`(u8[${area}] == 0) * u8[u32[${area} + 4]]`);
  });
  s.check(`the bytes are '${words}'`, [first, s.show(rest, missing)], ({ values }) => {
    const found = bytesRead(values).toString();
    return found === words || `they are '${found}'`;
  });
}

const others: ConformanceCase[] = [
  {
    ...P2,
    id: 'get-stdin/closed',
    title:
      'With no standard input at all, reading the stream ends at once: closed, with nothing or with an error',
    world: { stdin: 'closed' },
    script: (s) => s.expect(s.call(READ, getStdin(s), 64n), oneOf(NO_STREAMS, closed, failed, nothingRead)),
  },
  {
    ...P2,
    id: 'get-stdin/pipe-open',
    title:
      'A pipe whose writer stays hands out what there is, then has nothing, without being closed or ready',
    spec: IO_STREAMS.read,
    world: { stdin: { kind: 'pipe', content: 'hello', stays: true } },
    script: (s) => {
      const stream = getStdin(s);
      gathers(s, stream, read(s, stream, 64), 'hello');
      s.expect(s.call(READ, stream, 64n), nothingRead);
      const pollable = s.call(SUBSCRIBE_INPUT, stream).value;
      s.expect(
        s.call(READY, pollable),
        ok('false', (ready) => ready === false),
      );
    },
  },
  {
    ...P2,
    id: 'get-stdin/subscribe',
    title:
      'The pollable of standard input is ready when something was written to its pipe, which read returns',
    spec: IO_STREAMS.subscribe,
    world: { stdin: { kind: 'pipe', content: 'hello', stays: true } },
    script: (s) => {
      const stream = getStdin(s);
      const pollable = s.call(SUBSCRIBE_INPUT, stream).value;
      s.expect(s.call(BLOCK, pollable), ok());
      gathers(s, stream, s.call(READ, stream, 64n), 'hello');
    },
  },
  {
    ...P2,
    id: 'get-stdin/nothing-asked',
    title: 'Reading 0 bytes takes nothing away from standard input',
    spec: IO_STREAMS.read,
    world: { stdin: { kind: 'file', content: 'abc' } },
    script: (s) => {
      const stream = getStdin(s);
      s.expect(s.call(READ, stream, 0n), nothingRead);
      gathers(s, stream, read(s, stream, 8), 'abc');
    },
  },
  {
    ...P2,
    id: 'get-stdin/twice',
    title:
      'Two handles of standard input are of one input: no byte is lost or comes twice, whichever is read',
    world: { stdin: { kind: 'file', content: 'abcdef' } },
    script: (s) => {
      const [first, second] = [getStdin(s), getStdin(s)];
      gathers(s, first, read(s, first, 2), 'ab');
      gathers(s, second, read(s, second, 2), 'cd');
      gathers(s, first, read(s, first, 2), 'ef');
    },
  },
  {
    ...P2,
    id: 'get-stdin/dropped',
    title: 'Dropping one handle of standard input leaves another usable, and a third can be had',
    world: { stdin: { kind: 'file', content: 'abcdef' } },
    script: (s) => {
      const [first, second] = [getStdin(s), getStdin(s)];
      s.expect(s.drop(INPUT_STREAM, first), ok());
      gathers(s, second, read(s, second, 2), 'ab');
      s.expect(s.drop(INPUT_STREAM, second), ok());
      const third = getStdin(s);
      gathers(s, third, read(s, third, 2), 'cd');
    },
  },
  {
    ...P2,
    id: 'get-stdin/terminal',
    title: 'A terminal as standard input hands out a line when it has ended, without waiting for more',
    spec: IO_STREAMS.read,
    needs: ['terminal'],
    world: { stdin: { kind: 'terminal', content: 'a line\n' } },
    script: (s) => {
      const stdin = getStdin(s);
      gathers(s, stdin, read(s, stdin, 64), 'a line\n');
    },
  },
];

export const stdinP2: ConformanceCase[] = [...wholes, ...ends, ...others];
