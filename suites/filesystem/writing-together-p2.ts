/** Owns how the streams of preview 2's `descriptor.write-via-stream` get on with each other and with changes of the file. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { expectFile, holding, LETTERS } from './content.ts';
import { expectRead, write } from './content-p2.ts';
import {
  BLOCKING_FLUSH,
  BLOCKING_READ,
  BLOCKING_WRITE,
  CHECK_WRITE,
  OUTPUT_STREAM,
  OUTPUT_WRITE,
  SET_SIZE,
  WRITE_VIA_STREAM,
} from './functions-p2.ts';
import { firstPreopen, open, openDirectory, P2 } from './opening-p2.ts';
import { FUNCTION, STREAMS } from './spec-p2.ts';
import { appender, beginning, expectRefused, expectRest, put, reader, writer } from './streams-p2.ts';

const interplay: ConformanceCase[] = [
  {
    ...P2,
    id: 'descriptor.write-via-stream/several',
    title: 'Several streams that write one file each go on from where they were',
    spec: FUNCTION.readViaStream,
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
    id: 'descriptor.write-via-stream/unflushed-together',
    title: 'Two streams that were both written to before either was flushed write each its place',
    spec: FUNCTION.readViaStream,
    world: holding(),
    script(s) {
      const file = open(s);
      const streams = [writer(s, file, 1n), writer(s, file, 6n), appender(s, file)] as const;
      for (const [index, stream] of streams.entries()) {
        s.expect(s.call(CHECK_WRITE, stream), ok());
        s.expect(s.call(OUTPUT_WRITE, stream, ['BCD', 'GHI', 'KLM'][index] ?? ''), ok());
      }
      for (const stream of streams) s.expect(s.call(BLOCKING_FLUSH, stream), ok());
      expectFile(s, 'aBCDefGHIjKLM');
    },
  },
  {
    ...P2,
    id: 'descriptor.write-via-stream/overwriting',
    title: 'Where two streams write the same place, what was flushed last is there',
    spec: FUNCTION.writeViaStream,
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
    spec: FUNCTION.readViaStream,
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
    spec: FUNCTION.setSize,
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
    spec: FUNCTION.readViaStream,
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
      spec: FUNCTION.writeViaStream,
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
    spec: FUNCTION.writeViaStream,
    world: holding(LETTERS, { other: LETTERS }),
    script(s) {
      const from = firstPreopen(s);
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
      spec: FUNCTION.writeViaStream,
      world: holding(LETTERS, { folder: { kind: 'directory' } }),
      script(s) {
        const from = firstPreopen(s);
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

export const writingTogetherP2: ConformanceCase[] = [...interplay, ...refused];
