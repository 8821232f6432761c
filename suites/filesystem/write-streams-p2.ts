/** Owns what the streams of preview 2's `descriptor.write-via-stream` write, and where. */

import { ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { expectFile, expectSize, holding, LETTERS } from './content.ts';
import { bytes, expectRead } from './content-p2.ts';
import {
  BLOCK,
  BLOCKING_FLUSH,
  BLOCKING_WRITE,
  BLOCKING_ZEROES,
  CHECK_WRITE,
  FLUSH,
  OUTPUT_STREAM,
  OUTPUT_SUBSCRIBE,
  OUTPUT_WRITE,
  POLLABLE,
  READ,
  SPLICE,
  WRITE_ZEROES,
} from './functions-p2.ts';
import { firstPreopen, open, P2 } from './opening-p2.ts';
import { FUNCTION, STREAMS } from './spec-p2.ts';
import { put, reader, writer } from './streams-p2.ts';
import { onHost } from './tree.ts';

const PLACES: readonly { id: string; offset: bigint; leaves: string }[] = [
  { id: 'first', offset: 0n, leaves: 'XYZdefghij' },
  { id: 'middle', offset: 4n, leaves: 'abcdXYZhij' },
  { id: 'across-the-end', offset: 8n, leaves: 'abcdefghXYZ' },
  { id: 'at-the-end', offset: 10n, leaves: 'abcdefghijXYZ' },
  { id: 'past-the-end', offset: 14n, leaves: 'abcdefghij\0\0\0\0XYZ' },
];

const places = PLACES.map(
  ({ id, offset, leaves }): ConformanceCase => ({
    ...P2,
    id: `descriptor.write-via-stream/${id}`,
    title: `A stream from ${offset} on writes there, and keeps what else is in the file`,
    spec: FUNCTION.writeViaStream,
    world: holding(),
    script(s) {
      put(s, writer(s, open(s), offset), 'XYZ');
      expectFile(s, leaves);
    },
  }),
);

const positive = ok('more than 0', (value) => typeof value === 'bigint' && value > 0n);

/** Ways to get bytes through a stream that writes from 3 on, each of which must leave the same. */
const WAYS: readonly { id: string; words: string; put(s: ScriptBuilder, stream: Slot): void }[] = [
  { id: 'at-once', words: 'at once', put: (s, stream) => void put(s, stream, 'DEFGH') },
  {
    id: 'in-pieces',
    words: 'in pieces, one of them empty',
    put(s, stream) {
      for (const text of ['DE', '', 'F', 'GH']) put(s, stream, text);
    },
  },
  {
    id: 'write-and-flush',
    words: 'as check-write permits, and then flushed',
    put(s, stream) {
      s.expect(s.call(CHECK_WRITE, stream), positive);
      s.expect(s.call(OUTPUT_WRITE, stream, 'DEFGH'), ok());
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
    },
  },
  {
    id: 'two-writes',
    words: 'by two writes, each as check-write permits once the stream is ready',
    put(s, stream) {
      for (const text of ['DEF', 'GH']) {
        const pollable = s.call(OUTPUT_SUBSCRIBE, stream);
        s.expect(s.call(BLOCK, pollable.value), ok());
        s.expect(s.call(CHECK_WRITE, stream), positive);
        s.expect(s.call(OUTPUT_WRITE, stream, text), ok());
        s.expect(s.drop(POLLABLE, pollable.value), ok());
      }
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
    },
  },
  {
    id: 'flush-and-poll',
    words: 'by write and flush, and waiting until it is ready',
    put(s, stream) {
      s.expect(s.call(CHECK_WRITE, stream), positive);
      s.expect(s.call(OUTPUT_WRITE, stream, 'DEFGH'), ok());
      s.expect(s.call(FLUSH, stream), ok());
      const pollable = s.call(OUTPUT_SUBSCRIBE, stream);
      s.expect(s.call(BLOCK, pollable.value), ok());
      s.expect(s.call(CHECK_WRITE, stream), positive);
      s.expect(s.drop(POLLABLE, pollable.value), ok());
    },
  },
];

const ways = WAYS.map(
  ({ id, words, put: through }): ConformanceCase => ({
    ...P2,
    id: `descriptor.write-via-stream/${id}`,
    title: `Bytes that go through a stream ${words} are in the file when it says so`,
    spec: STREAMS.blockingFlush,
    world: holding(),
    script(s) {
      const file = open(s);
      const stream = writer(s, file, 3n);
      through(s, stream);
      expectRead(s, file, 'abcDEFGHij');
      s.expect(s.drop(OUTPUT_STREAM, stream), ok());
      expectFile(s, 'abcDEFGHij');
    },
  }),
);

const LIMIT = 65_536;

const amounts: ConformanceCase[] = [
  {
    ...P2,
    id: 'descriptor.write-via-stream/4096-bytes',
    title: 'As much as 4,096 bytes goes through a stream at once',
    spec: STREAMS.blockingWrite,
    world: holding(''),
    script(s) {
      s.expect(s.call(BLOCKING_WRITE, writer(s, open(s)), 'w'.repeat(4096)), ok());
      expectFile(s, 'w'.repeat(4096));
    },
  },
  {
    ...P2,
    id: 'descriptor.write-via-stream/nothing',
    title: 'Writing and flushing nothing leaves the file as it is',
    spec: FUNCTION.writeViaStream,
    world: holding(),
    script(s) {
      const stream = writer(s, open(s), 4n);
      put(s, stream, '');
      s.expect(s.call(FLUSH, stream), ok());
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      expectFile(s, LETTERS);
    },
  },
  {
    ...P2,
    id: 'descriptor.write-via-stream/zeroes',
    title: 'Zeroes that are written by number go where the stream is, which then goes on behind them',
    spec: FUNCTION.writeViaStream,
    world: holding(),
    script(s) {
      const stream = writer(s, open(s), 2n);
      s.expect(s.call(BLOCKING_ZEROES, stream, 3n), ok());
      s.expect(s.call(CHECK_WRITE, stream), positive);
      s.expect(s.call(WRITE_ZEROES, stream, 1n), ok());
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      put(s, stream, 'G');
      expectFile(s, 'ab\0\0\0\0Ghij');
    },
  },
  {
    ...P2,
    id: 'descriptor.write-via-stream/as-much-as-permitted',
    title:
      'As much as check-write permits (64 KiB of it at most) is taken by one write, and all of it arrives',
    spec: STREAMS.checkWrite,
    world: holding(''),
    script(s) {
      const stream = writer(s, open(s));
      const block = s.alloc(LIMIT);
      s.fill(block, LIMIT, 0x77);
      const permit = s.call(CHECK_WRITE, stream);
      s.expect(permit, positive);
      const isLess = s.let(at`${permit.value} < ${LIMIT}`);
      const length = s.let(at`${permit.value} * ${isLess} + ${LIMIT} * (1 - ${isLess})`);
      const size = s.alloc(8);
      s.store('u64', size, length);
      s.expect(s.raw(OUTPUT_WRITE, [stream, block, length, s.alloc(12)]), ok());
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      s.after('the file is as long as what was written', [s.show(size, 8)], (seen) => {
        const shown = seen.values[0];
        const wanted = shown?.kind === 'ok' ? Buffer.from(shown.value as Uint8Array).readBigUInt64LE() : -1n;
        const found = onHost(seen)?.sizeBytes ?? -1;
        return BigInt(found) === wanted || `${wanted} written, ${found} found`;
      });
    },
  },
  {
    ...P2,
    id: 'descriptor.write-via-stream/beyond-4-gib',
    title: 'A stream writes across 4 GiB, and nothing 4 GiB before',
    spec: FUNCTION.writeViaStream,
    world: holding(),
    script(s) {
      const file = open(s);
      const stream = writer(s, file, 2n ** 32n - 2n);
      for (const text of ['WX', 'YZ']) put(s, stream, text);
      expectRead(s, file, 'WXYZ', 2n ** 32n - 2n);
      expectSize(s, 2 ** 32 + 2);
      s.expect(s.call(READ, file, 12n, 0n), bytes(`${LETTERS}\0\0`, false));
    },
  },
  {
    ...P2,
    id: 'descriptor.write-via-stream/splice',
    title: 'Bytes are spliced from a stream of one file into a stream of another',
    spec: FUNCTION.writeViaStream,
    world: holding(LETTERS, { other: '0123456789' }),
    script(s) {
      const from = firstPreopen(s);
      const stream = writer(s, open(s, 'file', { from }), 2n);
      const source = reader(s, open(s, 'other', { from }), 5n);
      const moved = s.call(SPLICE, stream, source, 3n);
      s.expect(
        moved,
        ok('1 to 3', (value) => typeof value === 'bigint' && value >= 1n && value <= 3n),
      );
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      s.after('as many bytes have arrived as it says', [moved], (seen) => {
        const count = seen.values[0]?.kind === 'ok' ? Number(seen.values[0].value) : 0;
        const text = Buffer.from(onHost(seen)?.head ?? '', 'base64').toString('latin1');
        const wanted = `ab${'567'.slice(0, count)}${LETTERS.slice(2 + count)}`;
        return text === wanted || `it holds ${JSON.stringify(text)}`;
      });
    },
  },
];

export const writeStreamsP2: ConformanceCase[] = [...places, ...ways, ...amounts];
