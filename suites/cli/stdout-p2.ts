/** Owns what becomes of what a preview 2 guest writes to its standard output and error, by what stands behind them. */

import { createHash } from 'node:crypto';
import { type Expectation, ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { Stdout, WorldAfter } from '../../harness/contracts/world.ts';
import {
  BLOCK,
  CHECK_WRITE,
  FLUSH,
  GET_STDERR,
  GET_STDOUT,
  OUTPUT_STREAM,
  SUBSCRIBE_OUTPUT,
  WRITE,
  WRITE_AND_FLUSH,
} from './functions-p2.ts';
import { IO_STREAMS, STDIO } from './spec.ts';
import { blocksOf, closed, failed, noErrors, writeBlocks } from './transfer-p2.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-cli', spec: STDIO.stdout } as const;

/** The stream of standard output or error, which must be there. */
export function getOutput(s: ScriptBuilder, name = GET_STDOUT): Slot {
  const step = s.call(name);
  s.expect(step, ok('a stream'));
  return step.value;
}

/** Writes at most 4096 bytes and waits until they are out. */
export function say(s: ScriptBuilder, stream: Slot, content: string | Uint8Array): Step {
  const step = s.call(WRITE_AND_FLUSH, stream, Buffer.from(content));
  s.expect(step, ok());
  return step;
}

/** What standard output held in the end, up to 64 KiB. */
export const heard = (after: readonly WorldAfter[]): string =>
  Buffer.from(after[0]?.stdout?.head ?? '', 'base64').toString();

/** States that the host got these bytes and no others. */
export function arrives(s: ScriptBuilder, step: Step, expected: Uint8Array): void {
  s.after('the host got what was written', [step], ({ after }) => {
    const stdout = after[0]?.stdout;
    if (!stdout) return 'nothing was kept of it';
    if (stdout.sizeBytes !== expected.length) return `${stdout.sizeBytes} bytes came, not ${expected.length}`;
    return stdout.sha256 === createHash('sha256').update(expected).digest('hex') || 'other bytes came';
  });
}

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const MIB = 1024 * 1024;
/** Four times what a pipe holds; each KiB of it takes a slow reader a millisecond. */
const SLOW_BYTES = 256 * 1024;

const KINDS: readonly { stdout: Stdout; words: string }[] = [
  { stdout: 'file', words: 'a file' },
  { stdout: 'pipe', words: 'a pipe' },
];

const texts = KINDS.map(
  ({ stdout, words }): ConformanceCase => ({
    ...P2,
    id: `get-stdout/${stdout}-in-order`,
    title: `What is written to ${words} by two handles in turn arrives whole, each byte as it is, in its order`,
    spec: IO_STREAMS.writeAndFlush,
    world: { stdout },
    script: (s) => {
      const handles = [getOutput(s), getOutput(s)];
      const parts = [Buffer.from('first\n'), Buffer.from('second'), Buffer.from(''), EVERY_BYTE];
      const steps = parts.map((part, index) => say(s, handles[index % 2]!, part));
      arrives(s, steps[0]!, Buffer.concat(parts));
    },
  }),
);

const large = [
  ...KINDS.map((kind) => ({ ...kind, size: '1-mib', amount: 'A mebibyte', sizeBytes: MIB })),
  {
    ...{ stdout: 'slow-pipe' as const, words: 'a pipe with a slow reader' },
    ...{ size: '256-kib', amount: 'A quarter of a mebibyte', sizeBytes: SLOW_BYTES },
  },
].map(
  ({ stdout, words, size, amount, sizeBytes }): ConformanceCase => ({
    ...P2,
    id: `get-stdout/${stdout}-${size}`,
    title: `${amount} written to ${words} arrives whole`,
    spec: IO_STREAMS.writeAndFlush,
    world: { stdout },
    script: (s) => {
      const step = writeBlocks(s, getOutput(s), sizeBytes).show();
      s.expect(step, noErrors);
      arrives(s, step, blocksOf(sizeBytes));
    },
  }),
);

/** `closed` or `last-operation-failed`: which of them is left to the stream. */
const refused: Expectation = {
  describe: 'last-operation-failed or closed',
  test: (seen) => failed.test(seen) || closed.test(seen),
  asserts: 'last-operation-failed',
};

const others: ConformanceCase[] = [
  // A host may keep lines back until they end.
  ...[
    { id: 'closed-pipe', words: 'Writing', content: 'lost' },
    { id: 'closed-pipe-line', words: 'Writing whole lines', content: 'lost\n' },
  ].map(
    ({ id, words, content }): ConformanceCase => ({
      ...P2,
      id: `get-stdout/${id}`,
      title: `${words} to a pipe that nobody reads any more fails, time and again, and does not end the guest`,
      spec: IO_STREAMS.writeAndFlush,
      world: { stdout: 'closed-pipe' },
      script: (s) => {
        const stream = getOutput(s);
        for (let round = 0; round < 3; round += 1)
          s.expect(s.call(WRITE_AND_FLUSH, stream, Buffer.from(content)), refused);
        s.expect(s.call(GET_STDOUT), ok('a stream'));
      },
    }),
  ),
  {
    ...P2,
    id: 'get-stdout/stays-closed',
    title:
      'A stream to a pipe that nobody reads, having failed, says that it is closed instead of permitting writes',
    spec: IO_STREAMS.errors,
    world: { stdout: 'closed-pipe' },
    script: (s) => {
      const stream = getOutput(s);
      s.expect(s.call(WRITE_AND_FLUSH, stream, Buffer.from('lost\n')), refused);
      s.expect(s.call(CHECK_WRITE, stream), closed);
    },
  },
  {
    ...P2,
    id: 'get-stdout/write-then-flush',
    title: 'What check-write permits can be written, and is with the host when a flush has ended',
    spec: IO_STREAMS.flush,
    world: { stdout: 'pipe' },
    script: (s) => {
      const stream = getOutput(s);
      const ready = () => s.expect(s.call(BLOCK, s.call(SUBSCRIBE_OUTPUT, stream).value), ok());
      ready();
      // A permit may be for a single byte.
      const steps = [...'123'].map((part) => {
        s.expect(
          s.call(CHECK_WRITE, stream),
          ok('at least a byte', (permitted) => typeof permitted === 'bigint' && permitted > 0n),
        );
        const step = s.call(WRITE, stream, Buffer.from(part));
        s.expect(step, ok());
        s.expect(s.call(FLUSH, stream), ok());
        ready();
        return step;
      });
      arrives(s, steps[0]!, Buffer.from('123'));
    },
  },
  {
    ...P2,
    id: 'get-stdout/dropped',
    title: 'Dropping one handle of standard output leaves another usable, and a third can be had',
    world: { stdout: 'pipe' },
    script: (s) => {
      const [first, second] = [getOutput(s), getOutput(s)];
      say(s, first, 'one ');
      s.expect(s.drop(OUTPUT_STREAM, first), ok());
      const step = say(s, second, 'two ');
      s.expect(s.drop(OUTPUT_STREAM, second), ok());
      say(s, getOutput(s), 'three');
      arrives(s, step, Buffer.from('one two three'));
    },
  },
  {
    ...P2,
    id: 'get-stdout/terminal',
    title: 'What is written to a terminal arrives as it is',
    spec: IO_STREAMS.writeAndFlush,
    needs: ['terminal'],
    world: { stdout: 'terminal' },
    script: (s) => arrives(s, say(s, getOutput(s), 'a\n\tb\x1b[1mé\n'), Buffer.from('a\n\tb\x1b[1mé\n')),
  },
  {
    ...P2,
    id: 'get-stderr/twice',
    title: 'Two handles of standard error are both usable, in turn, beside standard output',
    spec: STDIO.stderr,
    world: { stdout: 'file' },
    script: (s) => {
      const [first, second] = [getOutput(s, GET_STDERR), getOutput(s, GET_STDERR)];
      for (const handle of [first, second, first]) say(s, handle, 'said to standard error\n');
      const step = say(s, getOutput(s), 'out');
      arrives(s, step, Buffer.from('out'));
    },
  },
  {
    ...P2,
    id: 'get-stderr/dropped',
    title: 'Dropping one handle of standard error leaves another usable, and a third can be had',
    spec: STDIO.stderr,
    script: (s) => {
      const [first, second] = [getOutput(s, GET_STDERR), getOutput(s, GET_STDERR)];
      s.expect(s.drop(OUTPUT_STREAM, first), ok());
      say(s, second, 'said to standard error\n');
      s.expect(s.drop(OUTPUT_STREAM, second), ok());
      say(s, getOutput(s, GET_STDERR), 'said to standard error\n');
    },
  },
];

export const stdoutP2: ConformanceCase[] = [...texts, ...large, ...others];
