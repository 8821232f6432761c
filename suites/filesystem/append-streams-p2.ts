/** Owns what the streams of preview 2's `descriptor.append-via-stream` write, which is always at the end. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { expectFile, holding, LETTERS } from './content.ts';
import { expectRead, write } from './content-p2.ts';
import {
  APPEND_VIA_STREAM,
  BLOCKING_FLUSH,
  BLOCKING_WRITE,
  BLOCKING_ZEROES,
  CHECK_WRITE,
  OUTPUT_STREAM,
  OUTPUT_WRITE,
  SET_SIZE,
} from './functions-p2.ts';
import { firstPreopen, open, openDirectory, P2 } from './opening-p2.ts';
import { FUNCTION } from './spec-p2.ts';
import { appender, expectRefused, put, writer } from './streams-p2.ts';

const P2_APPEND = { ...P2, spec: FUNCTION.appendViaStream } as const;

const alone: ConformanceCase[] = [
  {
    ...P2_APPEND,
    id: 'descriptor.append-via-stream/appends',
    title: 'A stream that appends writes behind what is there, piece by piece',
    world: holding(),
    script(s) {
      const file = open(s);
      const stream = appender(s, file);
      for (const text of ['K', '', 'LM', 'NO']) put(s, stream, text);
      expectRead(s, file, 'abcdefghijKLMNO');
      expectFile(s, 'abcdefghijKLMNO');
    },
  },
  {
    ...P2_APPEND,
    id: 'descriptor.append-via-stream/empty-file',
    title: 'A stream that appends to an empty file writes from its begin on',
    world: holding(''),
    script(s) {
      const stream = appender(s, open(s));
      put(s, stream, 'ab');
      put(s, stream, 'cd');
      expectFile(s, 'abcd');
    },
  },
  {
    ...P2_APPEND,
    id: 'descriptor.append-via-stream/write-and-flush',
    title: 'Bytes appended by write and flush, and zeroes by number, are behind what is there',
    world: holding('ab'),
    script(s) {
      const stream = appender(s, open(s));
      s.expect(
        s.call(CHECK_WRITE, stream),
        ok('more than 0', (value) => typeof value === 'bigint' && value > 0n),
      );
      s.expect(s.call(OUTPUT_WRITE, stream, 'CD'), ok());
      s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      s.expect(s.call(BLOCKING_ZEROES, stream, 2n), ok());
      put(s, stream, 'E');
      s.expect(s.drop(OUTPUT_STREAM, stream), ok());
      expectFile(s, 'abCD\0\0E');
    },
  },
  {
    ...P2_APPEND,
    id: 'descriptor.append-via-stream/write-only',
    title: 'A file that was opened for writing only is appended to',
    world: holding(),
    script(s) {
      put(s, appender(s, open(s, 'file', { flags: ['write'] })), 'KLM');
      expectFile(s, 'abcdefghijKLM');
    },
  },
];

const together: ConformanceCase[] = [
  {
    ...P2_APPEND,
    id: 'descriptor.append-via-stream/several',
    title: 'What several streams of one file append stands one behind the other, in the order of writing',
    world: holding('ab'),
    script(s) {
      const file = open(s);
      const streams = [appender(s, file), appender(s, file), appender(s, open(s))] as const;
      for (const [index, text] of [
        [0, 'CD'],
        [1, 'E'],
        [2, 'FG'],
        [0, 'H'],
        [2, 'I'],
        [1, 'JK'],
      ] as const)
        put(s, streams[index], text);
      expectFile(s, 'abCDEFGHIJK');
    },
  },
  {
    ...P2_APPEND,
    id: 'descriptor.append-via-stream/after-write',
    title: 'A stream that appends writes behind what descriptor.write has added meanwhile',
    world: holding('ab'),
    script(s) {
      const file = open(s);
      const stream = appender(s, file);
      write(s, file, 'CD', 2n);
      put(s, stream, 'E');
      write(s, file, 'F', 5n);
      put(s, stream, 'G');
      write(s, file, 'A', 0n);
      expectFile(s, 'AbCDEFG');
    },
  },
  {
    ...P2_APPEND,
    id: 'descriptor.append-via-stream/after-cut',
    title: 'A stream that appends writes at the new end of a file that was cut off',
    world: holding(),
    script(s) {
      const file = open(s);
      const stream = appender(s, file);
      put(s, stream, 'K');
      s.expect(s.call(SET_SIZE, file, 3n), ok());
      put(s, stream, 'DEF');
      expectFile(s, 'abcDEF');
    },
  },
  {
    ...P2_APPEND,
    id: 'descriptor.append-via-stream/after-growth',
    title: 'A stream that appends writes behind the zeros of a file that was made longer',
    world: holding('ab'),
    script(s) {
      const file = open(s);
      const stream = appender(s, file);
      s.expect(s.call(SET_SIZE, file, 5n), ok());
      put(s, stream, 'FG');
      expectFile(s, 'ab\0\0\0FG');
    },
  },
  {
    ...P2_APPEND,
    id: 'descriptor.append-via-stream/beside-write-stream',
    title: 'A stream with an offset beside one that appends writes over what the other has appended',
    world: holding('ab'),
    script(s) {
      const file = open(s);
      const [one, two] = [appender(s, file), writer(s, file, 1n)];
      put(s, one, 'CDEF');
      put(s, two, 'xy');
      put(s, one, 'G');
      put(s, two, 'z');
      expectFile(s, 'axyzEFG');
    },
  },
];

const refused: ConformanceCase[] = [
  {
    ...P2_APPEND,
    id: 'descriptor.append-via-stream/read-only',
    title: 'A file that was opened for reading only gives no stream that appends, or one that fails',
    world: holding(LETTERS, { other: '' }),
    script(s) {
      const from = firstPreopen(s);
      const fallback = writer(s, open(s, 'other', { from }));
      const made = s.call(APPEND_VIA_STREAM, open(s, 'file', { from, flags: ['read'] }));
      expectRefused(s, made, ['bad-descriptor'], fallback, (stream) => s.call(BLOCKING_WRITE, stream, 'XYZ'));
      expectFile(s, LETTERS);
    },
  },
  ...(['preopen', 'directory'] as const).map(
    (kind): ConformanceCase => ({
      ...P2_APPEND,
      id: `descriptor.append-via-stream/${kind}`,
      title: `A ${kind === 'preopen' ? 'preopened directory' : 'directory'} gives no stream that appends, or one that fails`,
      world: holding(LETTERS, { folder: { kind: 'directory' } }),
      script(s) {
        const from = firstPreopen(s);
        const fallback = writer(s, open(s, 'file', { from }));
        const directory = kind === 'preopen' ? from : openDirectory(s, 'folder', from);
        const made = s.call(APPEND_VIA_STREAM, directory);
        expectRefused(s, made, ['is-directory', 'bad-descriptor'], fallback, (stream) =>
          s.call(BLOCKING_WRITE, stream, 'XYZ'),
        );
      },
    }),
  ),
];

export const appendStreamsP2: ConformanceCase[] = [...alone, ...together, ...refused];
