/** Owns what the streams of preview 2's `descriptor.read-via-stream` read. */

import { ok, oneOf } from '../../harness/contracts/expect.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding, LETTERS } from './content-p1.ts';
import { expectRead, open, openDirectory, P2, preopen, write } from './descriptor-files-p2.ts';
import {
  BLOCK,
  BLOCKING_READ,
  BLOCKING_SKIP,
  INPUT_READ,
  INPUT_STREAM,
  INPUT_SUBSCRIBE,
  POLLABLE,
  READ_VIA_STREAM,
  SET_SIZE,
  SKIP,
} from './functions-descriptors-p2.ts';
import { STREAMS, TYPES } from './spec-descriptors-p2.ts';
import { beginning, closed, expectRefused, expectRest, reader } from './streams-p2.ts';

const PLACES: readonly { id: string; offset: bigint; text: string }[] = [
  { id: 'first', offset: 0n, text: LETTERS },
  { id: 'middle', offset: 3n, text: 'defghij' },
  { id: 'last-byte', offset: 9n, text: 'j' },
  { id: 'at-the-end', offset: 10n, text: '' },
  { id: 'past-the-end', offset: 11n, text: '' },
  { id: 'offset-2-to-32-and-3', offset: 2n ** 32n + 3n, text: '' },
  { id: 'offset-2-to-62', offset: 2n ** 62n, text: '' },
];

const places = PLACES.map(
  ({ id, offset, text }): ConformanceCase => ({
    ...P2,
    id: `descriptor.read-via-stream/${id}`,
    title: `A stream from ${offset} of ten bytes on reads ${text.length} of them, and then is closed and stays so`,
    spec: TYPES.readViaStream,
    world: holding(),
    script: (s) => expectRest(s, reader(s, open(s), offset), text),
  }),
);

const PAST_TOP =
  'as a `filesize`, which has no sign, such an offset lies past the end, where a stream ends at once; as an off_t of POSIX it is negative, for which the call "may fail with an error-code describing why the file cannot be read", or its stream does';

const pastTop = [
  ['2-to-63', 2n ** 63n],
  ['2-to-64-less-1', 2n ** 64n - 1n],
].map(
  ([id, offset]): ConformanceCase => ({
    ...P2,
    id: `descriptor.read-via-stream/offset-${String(id)}`,
    title: `A stream from ${offset} on is refused, or ends without having read anything`,
    spec: TYPES.readViaStream,
    world: holding(),
    script(s) {
      const file = open(s);
      const fallback = reader(s, file, 10n);
      expectRefused(
        s,
        s.call(READ_VIA_STREAM, file, offset as bigint),
        ['invalid', 'overflow'],
        fallback,
        (stream) => s.call(BLOCKING_READ, stream, 4n),
        PAST_TOP,
      );
    },
  }),
);

const lengths: ConformanceCase[] = [
  {
    ...P2,
    id: 'descriptor.read-via-stream/in-pieces',
    title: 'A stream of a file goes on where it ended, in pieces as long as is asked for at most',
    spec: STREAMS.read,
    world: holding(),
    script: (s) => expectRest(s, reader(s, open(s)), LETTERS, 4n),
  },
  ...[2n ** 32n + 4n, 2n ** 63n, 2n ** 64n - 1n].map(
    (length): ConformanceCase => ({
      ...P2,
      id: `descriptor.read-via-stream/length-${length}`,
      title: `Reading up to ${length} bytes from a stream of ten gives the first ones`,
      spec: STREAMS.read,
      world: holding(),
      script: (s) => expectRest(s, reader(s, open(s)), LETTERS, length),
    }),
  ),
  {
    ...P2,
    id: 'descriptor.read-via-stream/length-0',
    title: 'Reading 0 bytes from a stream that is open gives an empty list, and takes nothing',
    spec: STREAMS.read,
    world: holding(),
    script(s) {
      const stream = reader(s, open(s));
      const none = ok('an empty list', (value) => value instanceof Uint8Array && value.length === 0);
      s.expect(s.call(INPUT_READ, stream, 0n), none);
      s.expect(s.call(INPUT_READ, stream, 0n), none);
      expectRest(s, stream, LETTERS);
    },
  },
  {
    ...P2,
    id: 'descriptor.read-via-stream/empty-file',
    title: 'A stream of an empty file is closed at the first read, and says so again',
    spec: TYPES.readViaStream,
    world: holding(''),
    script: (s) => expectRest(s, reader(s, open(s)), ''),
  },
  {
    ...P2,
    id: 'descriptor.read-via-stream/poll',
    title: 'Once its pollable is ready, a read that does not block gives bytes of the file',
    spec: STREAMS.read,
    world: holding(),
    script(s) {
      const stream = reader(s, open(s));
      const pollable = s.call(INPUT_SUBSCRIBE, stream);
      s.expect(s.call(BLOCK, pollable.value), ok());
      const read = s.call(INPUT_READ, stream, 16n);
      s.expect(read, beginning(LETTERS));
      s.expect(s.drop(POLLABLE, pollable.value), ok());
    },
  },
  {
    ...P2,
    id: 'descriptor.read-via-stream/beyond-4-gib',
    title: 'A stream reads beyond 4 GiB, across which it goes on',
    spec: TYPES.readViaStream,
    world: holding({ kind: 'file', content: LETTERS, sizeBytes: 2 ** 32 + 4 }),
    script: (s) => expectRest(s, reader(s, open(s), 2n ** 32n - 2n), '\0\0\0\0\0\0'),
  },
  {
    ...P2,
    id: 'descriptor.read-via-stream/read-only',
    title: 'A stream of a file that was opened for reading only reads it',
    spec: TYPES.readViaStream,
    world: holding(),
    script: (s) => expectRest(s, reader(s, open(s, 'file', { flags: ['read'] }), 7n), 'hij'),
  },
];

const number = (most: bigint) =>
  ok(`1 to ${most}`, (value) => typeof value === 'bigint' && value >= 1n && value <= most);

const skips: ConformanceCase[] = [
  {
    ...P2,
    id: 'descriptor.read-via-stream/skip',
    title: 'Skipping bytes of a file says how many, and the next read begins behind them',
    spec: STREAMS.skip,
    world: holding(),
    script(s) {
      const stream = reader(s, open(s));
      const skipped = s.call(BLOCKING_SKIP, stream, 3n);
      s.expect(skipped, number(3n));
      const read = s.call(BLOCKING_READ, stream, 16n);
      s.expect(read, ok());
      s.check('it begins behind what was skipped', [skipped, read], ({ values: [count, list] }) => {
        const from = count?.kind === 'ok' ? Number(count.value) : 0;
        return (list && beginning(LETTERS.slice(from)).test(list)) || `it does not begin at ${from}`;
      });
    },
  },
  {
    ...P2,
    id: 'descriptor.read-via-stream/skip-past-the-end',
    title: 'Skipping more than there is says how many there were, and then that the stream is closed',
    spec: STREAMS.skip,
    world: holding(),
    script(s) {
      const stream = reader(s, open(s), 8n);
      const steps = Array.from({ length: 4 }, () => s.call(BLOCKING_SKIP, stream, 2n ** 32n + 1n));
      s.check('two bytes in all, then closed', steps, ({ values }) => {
        const end = values.findIndex(({ kind }) => kind !== 'ok');
        const counts = values.slice(0, Math.max(0, end)).map((seen) => (seen.kind === 'ok' ? seen.value : 0));
        const sum = counts.reduce<bigint>((total, count) => total + BigInt(count as bigint), 0n);
        if (sum !== 2n) return `${sum} bytes were skipped`;
        return values.slice(end).every((seen) => closed.test(seen)) || 'it is not closed after that';
      });
    },
  },
  {
    ...P2,
    id: 'descriptor.read-via-stream/skip-nothing',
    title: 'Skipping 0 bytes of an open stream skips none',
    spec: STREAMS.skip,
    world: holding(),
    script(s) {
      const stream = reader(s, open(s));
      s.expect(
        s.call(SKIP, stream, 0n),
        ok('0', (value) => value === 0n),
      );
      expectRest(s, stream, LETTERS);
    },
  },
];

const AHEAD =
  'the stream is "similar to `read` in POSIX", which gives what is in the file when it is called; that a stream may not read ahead is not said';

const interplay: ConformanceCase[] = [
  {
    ...P2,
    id: 'descriptor.read-via-stream/several',
    title: 'Several streams of one file, by one descriptor or two, each go on from where they were',
    spec: TYPES.readViaStream,
    world: holding(),
    script(s) {
      const [one, two] = [open(s), open(s)];
      const streams = [reader(s, one), reader(s, one), reader(s, one, 5n), reader(s, two, 2n)] as const;
      for (const [stream, text] of [
        [streams[0], 'a'],
        [streams[2], 'f'],
        [streams[3], 'c'],
        [streams[0], 'b'],
        [streams[1], 'a'],
        [streams[2], 'g'],
      ] as const)
        s.expect(s.call(BLOCKING_READ, stream, 1n), beginning(text));
      expectRest(s, streams[0], 'cdefghij');
      expectRest(s, streams[1], 'bcdefghij');
      expectRest(s, streams[2], 'hij');
      expectRest(s, streams[3], 'defghij');
    },
  },
  {
    ...P2,
    id: 'descriptor.read-via-stream/beside-read',
    title: 'Neither descriptor.read nor descriptor.write moves a stream, nor does the stream move them',
    spec: TYPES.readViaStream,
    world: holding(),
    script(s) {
      const file = open(s);
      const stream = reader(s, file);
      s.expect(s.call(BLOCKING_READ, stream, 1n), beginning('a'));
      expectRead(s, file, LETTERS);
      expectRead(s, file, 'hij', 7n);
      write(s, file, 'A', 0n);
      expectRest(s, stream, 'bcdefghij');
      expectRead(s, file, 'Abcdefghij');
    },
  },
  {
    ...P2,
    id: 'descriptor.read-via-stream/written-ahead',
    title: 'What is written ahead of a stream is read by it, unless it has read ahead',
    spec: TYPES.readViaStream,
    world: holding(),
    script(s) {
      const file = open(s);
      const stream = reader(s, file);
      s.expect(s.call(BLOCKING_READ, stream, 1n), beginning('a'));
      write(s, file, 'WXYZ', 4n);
      s.expect(
        s.call(BLOCKING_READ, stream, 9n),
        oneOf(AHEAD, beginning('bcdWXYZij'), beginning('bcdefghij')),
      );
    },
  },
  {
    ...P2,
    id: 'descriptor.read-via-stream/written-before',
    title: 'What was written before the first read of a stream is read by it',
    spec: TYPES.readViaStream,
    world: holding(),
    script(s) {
      const file = open(s);
      const stream = reader(s, file, 2n);
      write(s, file, 'WXYZ', 4n);
      expectRest(s, stream, 'cdWXYZij');
    },
  },
  {
    ...P2,
    id: 'descriptor.read-via-stream/cut-off',
    title: 'A stream whose place was cut off before its first read is closed',
    spec: TYPES.readViaStream,
    world: holding(),
    script(s) {
      const file = open(s);
      const stream = reader(s, file, 5n);
      s.expect(s.call(SET_SIZE, file, 3n), ok());
      s.expect(s.call(BLOCKING_READ, stream, 4n), closed);
    },
  },
  {
    ...P2,
    id: 'descriptor.read-via-stream/grown',
    title: 'A stream that has read all there was reads what was added then, unless it had seen the end',
    spec: TYPES.readViaStream,
    world: holding('ab'),
    script(s) {
      const file = open(s);
      const stream = reader(s, file, 1n);
      s.expect(s.call(BLOCKING_READ, stream, 1n), beginning('b'));
      write(s, file, 'CD', 2n);
      s.expect(s.call(BLOCKING_READ, stream, 8n), oneOf(AHEAD, beginning('CD'), closed));
    },
  },
  {
    ...P2,
    id: 'descriptor.read-via-stream/dropped',
    title: 'A stream can be dropped at its begin, midway and at its end, and others go on',
    spec: TYPES.readViaStream,
    world: holding(),
    script(s) {
      const file = open(s);
      const streams = [reader(s, file), reader(s, file), reader(s, file, 10n), reader(s, file)] as const;
      s.expect(s.call(BLOCKING_READ, streams[1], 2n), beginning('ab'));
      s.expect(s.call(BLOCKING_READ, streams[2], 2n), closed);
      s.expect(s.call(BLOCKING_READ, streams[3], 1n), beginning('a'));
      for (const stream of streams.slice(0, 3)) s.expect(s.drop(INPUT_STREAM, stream), ok());
      expectRest(s, streams[3], LETTERS.slice(1));
      expectRead(s, file, LETTERS);
    },
  },
];

const refused: ConformanceCase[] = [
  {
    ...P2,
    id: 'descriptor.read-via-stream/write-only',
    title: 'A file that was opened for writing only gives no stream to read from, or one that fails',
    spec: TYPES.readViaStream,
    world: holding(LETTERS, { other: LETTERS }),
    script(s) {
      const from = preopen(s);
      const fallback = reader(s, open(s, 'other', { from }), 10n);
      const made = s.call(READ_VIA_STREAM, open(s, 'file', { from, flags: ['write'] }), 0n);
      expectRefused(s, made, ['bad-descriptor'], fallback, (stream) => s.call(BLOCKING_READ, stream, 4n));
    },
  },
  ...(['preopen', 'directory'] as const).map(
    (kind): ConformanceCase => ({
      ...P2,
      id: `descriptor.read-via-stream/${kind}`,
      title: `A ${kind === 'preopen' ? 'preopened directory' : 'directory'} gives no stream to read from, or one that fails`,
      spec: TYPES.readViaStream,
      world: holding(LETTERS, { folder: { kind: 'directory' } }),
      script(s) {
        const from = preopen(s);
        const fallback = reader(s, open(s, 'file', { from }), 10n);
        const directory = kind === 'preopen' ? from : openDirectory(s, 'folder', from);
        expectRefused(
          s,
          s.call(READ_VIA_STREAM, directory, 0n),
          ['is-directory', 'bad-descriptor'],
          fallback,
          (stream) => s.call(BLOCKING_READ, stream, 4n),
        );
      },
    }),
  ),
];

const LARGE = 100_003;
const large: ConformanceCase = {
  ...P2,
  id: 'descriptor.read-via-stream/100003-bytes',
  title: 'A stream of 100,003 bytes reads as many, and one from the last byte on reads that one',
  spec: TYPES.readViaStream,
  world: holding(Buffer.from(Array.from({ length: LARGE }, (_, index) => (index * 7 + (index >> 8)) & 0xff))),
  script(s) {
    const file = open(s);
    const stream = reader(s, file);
    // Whatever it gives at a time: the sum goes on until the end, where nothing is added any more.
    const sum = s.alloc(8);
    const area = s.alloc(12);
    s.loop(200, () => {
      s.raw(BLOCKING_READ, [stream, 4096n, area]);
      s.store('u64', sum, at`u64[${sum}] + u32[${area} + 8] * (u8[${area}] == 0)`);
    });
    const total = s.show(sum, 8);
    s.check('all bytes have come', [total], ({ values: [seen] }) => {
      const count = seen?.kind === 'ok' ? Buffer.from(seen.value as Uint8Array).readBigUInt64LE() : 0n;
      return count === BigInt(LARGE) || `${count} bytes came`;
    });
    const last = s.call(BLOCKING_READ, reader(s, file, BigInt(LARGE - 1)), 4n);
    s.expect(last, beginning(String.fromCharCode(((LARGE - 1) * 7 + ((LARGE - 1) >> 8)) & 0xff)));
  },
};

export const readStreamsP2: ConformanceCase[] = [
  ...places,
  ...pastTop,
  ...lengths,
  ...skips,
  ...interplay,
  ...refused,
  large,
];
