/** Owns what the streams of preview 2's `descriptor.read-via-stream` read. */

import { ok } from '../../harness/contracts/expect.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding, LETTERS } from './content.ts';
import { textOf } from './content-p2.ts';
import {
  BLOCK,
  BLOCKING_READ,
  BLOCKING_SKIP,
  INPUT_READ,
  INPUT_SUBSCRIBE,
  POLLABLE,
  READ_VIA_STREAM,
  SKIP,
} from './functions-p2.ts';
import { open, P2 } from './opening-p2.ts';
import { FUNCTION, STREAMS } from './spec-p2.ts';
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
    spec: FUNCTION.readViaStream,
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
    spec: FUNCTION.readViaStream,
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
    title:
      'Reading 0 bytes takes nothing: it gives an empty list while the stream is open, and closed when it is not',
    spec: STREAMS.read,
    world: holding(),
    script(s) {
      const stream = reader(s, open(s));
      const none = ok('an empty list', (value) => value instanceof Uint8Array && value.length === 0);
      s.expect(s.call(INPUT_READ, stream, 0n), none);
      s.expect(s.call(INPUT_READ, stream, 0n), none);
      expectRest(s, stream, LETTERS);
      s.expect(s.call(INPUT_READ, stream, 0n), closed);
    },
  },
  {
    ...P2,
    id: 'descriptor.read-via-stream/empty-file',
    title: 'A stream of an empty file is closed at the first read, and says so again',
    spec: FUNCTION.readViaStream,
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
    spec: FUNCTION.readViaStream,
    world: holding({ kind: 'file', content: LETTERS, sizeBytes: 2 ** 32 + 4 }),
    script: (s) => expectRest(s, reader(s, open(s), 2n ** 32n - 2n), '\0\0\0\0\0\0'),
  },
  {
    ...P2,
    id: 'descriptor.read-via-stream/read-only',
    title: 'A stream of a file that was opened for reading only reads it',
    spec: FUNCTION.readViaStream,
    world: holding(),
    script: (s) => expectRest(s, reader(s, open(s, 'file', { flags: ['read'] }), 7n), 'hij'),
  },
];

const TRIES = 40;

const blocks: ConformanceCase = {
  ...P2,
  id: 'descriptor.read-via-stream/blocks-for-a-byte',
  title:
    'A read that blocks until a byte is there never gives none: at the end it says that the stream is closed',
  spec: STREAMS.blockingRead,
  world: holding('a'),
  script(s) {
    const file = open(s);
    const steps = Array.from({ length: TRIES }, (_, index) =>
      s.call(BLOCKING_READ, reader(s, file, BigInt(index % 3)), 4n),
    );
    s.check('a byte or closed, each time', steps, ({ values }) => {
      const none = values.filter((seen) => seen.kind === 'ok' && textOf(seen.value) === '').length;
      if (none > 0) return `${none} of ${TRIES} gave an empty list`;
      return values.every((seen) => seen.kind === 'ok' || closed.test(seen)) || 'some failed';
    });
  },
};

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
      const steps = Array.from({ length: 4 }, () => s.call(BLOCKING_SKIP, stream, 100n));
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

const LARGE = 100_003;
const large: ConformanceCase = {
  ...P2,
  id: 'descriptor.read-via-stream/100003-bytes',
  title: 'A stream of 100,003 bytes reads as many, and one from the last byte on reads that one',
  spec: FUNCTION.readViaStream,
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

export const readStreamsP2: ConformanceCase[] = [...places, ...pastTop, ...lengths, blocks, ...skips, large];
