/** Owns how the streams of preview 2's `descriptor.read-via-stream` get on with each other and with changes of the file. */

import { ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding, LETTERS } from './content.ts';
import { expectRead, write } from './content-p2.ts';
import { BLOCKING_READ, INPUT_STREAM, READ_VIA_STREAM, SET_SIZE } from './functions-p2.ts';
import { firstPreopen, open, openDirectory, P2 } from './opening-p2.ts';
import { FUNCTION } from './spec-p2.ts';
import { beginning, closed, expectRefused, expectRest, reader } from './streams-p2.ts';

const AHEAD =
  'the stream is "similar to `read` in POSIX", which gives what is in the file when it is called; that a stream may not read ahead is not said';

const interplay: ConformanceCase[] = [
  {
    ...P2,
    id: 'descriptor.read-via-stream/several',
    title: 'Several streams of one file, by one descriptor or two, each go on from where they were',
    spec: FUNCTION.readViaStream,
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
    spec: FUNCTION.readViaStream,
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
    spec: FUNCTION.readViaStream,
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
    spec: FUNCTION.readViaStream,
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
    spec: FUNCTION.readViaStream,
    world: holding(),
    script(s) {
      const file = open(s);
      const stream = reader(s, file, 5n);
      s.expect(s.call(SET_SIZE, file, 3n), ok());
      expectRest(s, stream, '');
    },
  },
  {
    ...P2,
    id: 'descriptor.read-via-stream/grown',
    title: 'A stream that has read all there was reads what was added then, unless it had seen the end',
    spec: FUNCTION.readViaStream,
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
    spec: FUNCTION.readViaStream,
    world: holding(),
    script(s) {
      const file = open(s);
      const streams = [reader(s, file), reader(s, file), reader(s, file, 10n), reader(s, file)] as const;
      s.expect(s.call(BLOCKING_READ, streams[1], 2n), beginning('ab'));
      expectRest(s, streams[2], '');
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
    spec: FUNCTION.readViaStream,
    world: holding(LETTERS, { other: LETTERS }),
    script(s) {
      const from = firstPreopen(s);
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
      spec: FUNCTION.readViaStream,
      world: holding(LETTERS, { folder: { kind: 'directory' } }),
      script(s) {
        const from = firstPreopen(s);
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

export const readingTogetherP2: ConformanceCase[] = [...interplay, ...refused];
