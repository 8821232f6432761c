/** Owns what the streams of preview 2's `descriptor.write-via-stream` write, and where. */

import { ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { entryIn, expectFile, expectSize, holding, LETTERS } from './content-p1.ts';
import { expectRead, open, openDirectory, P2, preopen, write } from './descriptor-files-p2.ts';
import {
  BLOCK,
  BLOCKING_FLUSH,
  BLOCKING_READ,
  BLOCKING_WRITE,
  BLOCKING_ZEROES,
  CHECK_WRITE,
  FLUSH,
  OUTPUT_STREAM,
  OUTPUT_SUBSCRIBE,
  OUTPUT_WRITE,
  POLLABLE,
  SET_SIZE,
  SPLICE,
  WRITE_VIA_STREAM,
} from './functions-descriptors-p2.ts';
import { STREAMS, TYPES } from './spec-descriptors-p2.ts';
import { beginning, expectRefused, expectRest, put, reader, writer } from './streams-p2.ts';

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
    spec: TYPES.writeViaStream,
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
    spec: TYPES.writeViaStream,
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
    spec: TYPES.writeViaStream,
    world: holding(),
    script(s) {
      const stream = writer(s, open(s), 2n);
      s.expect(s.call(BLOCKING_ZEROES, stream, 3n), ok());
      put(s, stream, 'F');
      expectFile(s, 'ab\0\0\0Fghij');
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
        const found = entryIn(seen)?.sizeBytes ?? -1;
        return BigInt(found) === wanted || `${wanted} written, ${found} found`;
      });
    },
  },
  {
    ...P2,
    id: 'descriptor.write-via-stream/beyond-4-gib',
    title: 'A stream writes across 4 GiB, and nothing 4 GiB before',
    spec: TYPES.writeViaStream,
    world: holding(),
    script(s) {
      const file = open(s);
      const stream = writer(s, file, 2n ** 32n - 2n);
      for (const text of ['WX', 'YZ']) put(s, stream, text);
      expectRead(s, file, 'WXYZ', 2n ** 32n - 2n);
      expectSize(s, 2 ** 32 + 2);
      s.after('it begins as before', [], (seen) => {
        const head = Buffer.from(entryIn(seen)?.head ?? '', 'base64').subarray(0, 12);
        return (
          head.toString('latin1') === `${LETTERS}\0\0` || `it begins with ${JSON.stringify(head.toString())}`
        );
      });
    },
  },
  {
    ...P2,
    id: 'descriptor.write-via-stream/splice',
    title: 'Bytes are spliced from a stream of one file into a stream of another',
    spec: TYPES.writeViaStream,
    world: holding(LETTERS, { other: '0123456789' }),
    script(s) {
      const from = preopen(s);
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
        const text = Buffer.from(entryIn(seen)?.head ?? '', 'base64').toString('latin1');
        const wanted = `ab${'567'.slice(0, count)}${LETTERS.slice(2 + count)}`;
        return text === wanted || `it holds ${JSON.stringify(text)}`;
      });
    },
  },
];

const interplay: ConformanceCase[] = [
  {
    ...P2,
    id: 'descriptor.write-via-stream/several',
    title: 'Several streams that write one file each go on from where they were',
    spec: TYPES.readViaStream,
    world: holding('..............'),
    script(s) {
      const file = open(s);
      const streams = [writer(s, file), writer(s, file, 8n), writer(s, open(s), 4n)] as const;
      for (const [index, text] of [
        [0, 'A'],
        [1, 'IJ'],
        [2, 'EF'],
        [0, 'BCD'],
        [1, 'KL'],
        [2, 'GH'],
      ] as const)
        put(s, streams[index], text);
      expectFile(s, 'ABCDEFGHIJKL..');
    },
  },
  {
    ...P2,
    id: 'descriptor.write-via-stream/overwriting',
    title: 'Where two streams write the same place, what was flushed last is there',
    spec: TYPES.writeViaStream,
    world: holding(),
    script(s) {
      const file = open(s);
      const streams = [writer(s, file), writer(s, file)] as const;
      put(s, streams[0], 'AAAA');
      put(s, streams[1], 'BB');
      put(s, streams[0], 'CC');
      put(s, streams[1], 'DDDD');
      expectFile(s, 'BBDDDDghij');
    },
  },
  {
    ...P2,
    id: 'descriptor.write-via-stream/beside-write',
    title: 'Neither descriptor.write nor descriptor.read moves a stream, nor does the stream move them',
    spec: TYPES.readViaStream,
    world: holding(),
    script(s) {
      const file = open(s);
      const stream = writer(s, file, 2n);
      put(s, stream, 'CD');
      write(s, file, 'H', 7n);
      expectRead(s, file, 'abCDefgHij');
      put(s, stream, 'EF');
      write(s, file, 'A', 0n);
      expectFile(s, 'AbCDEFgHij');
    },
  },
  {
    ...P2,
    id: 'descriptor.write-via-stream/beside-set-size',
    title: 'A stream stays where it is when the file is cut off or grows, and zeros fill what lies between',
    spec: TYPES.setSize,
    world: holding(),
    script(s) {
      const file = open(s);
      const stream = writer(s, file, 2n);
      put(s, stream, 'CD');
      s.expect(s.call(SET_SIZE, file, 1n), ok());
      put(s, stream, 'EF');
      s.expect(s.call(SET_SIZE, file, 9n), ok());
      put(s, stream, 'G');
      expectFile(s, 'a\0\0\0EFG\0\0');
    },
  },
  {
    ...P2,
    id: 'descriptor.write-via-stream/beside-reader',
    title: 'What a stream has flushed is read by another stream that comes there later',
    spec: TYPES.readViaStream,
    world: holding(''),
    script(s) {
      const file = open(s);
      const stream = writer(s, file);
      put(s, stream, 'AB');
      s.expect(s.call(BLOCKING_READ, reader(s, file), 8n), beginning('AB'));
      put(s, stream, 'CD');
      expectRest(s, reader(s, file, 1n), 'BCD');
    },
  },
  {
    ...P2,
    id: 'descriptor.write-via-stream/dropped',
    title:
      'A stream dropped after it was flushed leaves what it wrote, and one that wrote nothing leaves nothing',
    spec: STREAMS.output,
    world: holding(),
    script(s) {
      const file = open(s);
      const streams = [writer(s, file), writer(s, file, 20n)] as const;
      put(s, streams[0], 'ABC');
      for (const stream of streams) s.expect(s.drop(OUTPUT_STREAM, stream), ok());
      expectRead(s, file, 'ABCdefghij');
      expectFile(s, 'ABCdefghij');
    },
  },
];

const TOO_FAR =
  'no file reaches so far: "may fail with an error-code describing why the file cannot be written", or the stream fails when it is written to';

const refused: ConformanceCase[] = [
  ...(
    [
      ['2-to-63-less-1', 2n ** 63n - 1n],
      ['2-to-63', 2n ** 63n],
      ['2-to-64-less-1', 2n ** 64n - 1n],
    ] as const
  ).map(
    ([id, offset]): ConformanceCase => ({
      ...P2,
      id: `descriptor.write-via-stream/offset-${id}`,
      title: `A stream from ${offset} on is refused or fails, and changes nothing`,
      spec: TYPES.writeViaStream,
      world: holding(LETTERS, { other: '' }),
      script(s) {
        const file = open(s);
        const fallback = writer(s, open(s, 'other'));
        const codes = ['file-too-large', 'invalid', 'overflow'];
        expectRefused(
          s,
          s.call(WRITE_VIA_STREAM, file, offset),
          codes,
          fallback,
          (stream) => s.call(BLOCKING_WRITE, stream, 'XYZ'),
          TOO_FAR,
        );
        expectFile(s, LETTERS);
      },
    }),
  ),
  {
    ...P2,
    id: 'descriptor.write-via-stream/read-only',
    title: 'A file that was opened for reading only gives no stream to write to, or one that fails',
    spec: TYPES.writeViaStream,
    world: holding(LETTERS, { other: LETTERS }),
    script(s) {
      const from = preopen(s);
      const fallback = writer(s, open(s, 'other', { from }));
      const made = s.call(WRITE_VIA_STREAM, open(s, 'file', { from, flags: ['read'] }), 0n);
      expectRefused(s, made, ['bad-descriptor'], fallback, (stream) => s.call(BLOCKING_WRITE, stream, 'XYZ'));
      expectFile(s, LETTERS);
    },
  },
  ...(['preopen', 'directory'] as const).map(
    (kind): ConformanceCase => ({
      ...P2,
      id: `descriptor.write-via-stream/${kind}`,
      title: `A ${kind === 'preopen' ? 'preopened directory' : 'directory'} gives no stream to write to, or one that fails`,
      spec: TYPES.writeViaStream,
      world: holding(LETTERS, { folder: { kind: 'directory' } }),
      script(s) {
        const from = preopen(s);
        const fallback = writer(s, open(s, 'file', { from }));
        const directory = kind === 'preopen' ? from : openDirectory(s, 'folder', from);
        const made = s.call(WRITE_VIA_STREAM, directory, 0n);
        expectRefused(s, made, ['is-directory', 'bad-descriptor'], fallback, (stream) =>
          s.call(BLOCKING_WRITE, stream, 'XYZ'),
        );
      },
    }),
  ),
];

export const writeStreamsP2: ConformanceCase[] = [...places, ...ways, ...amounts, ...interplay, ...refused];
