/** Owns what becomes of preview 2's files and their streams when a descriptor is dropped. */

import { ok } from '../../harness/contracts/expect.ts';
import { at, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { expectFile, holding, LETTERS } from './content.ts';
import { expectRead, isTrue, write } from './content-p2.ts';
import {
  BLOCKING_READ,
  DESCRIPTOR,
  INPUT_STREAM,
  IS_SAME_OBJECT,
  OPEN_AT,
  OUTPUT_STREAM,
  READ_VIA_STREAM,
  UNLINK_FILE_AT,
  WRITE_VIA_STREAM,
} from './functions-p2.ts';
import { firstPreopen, open, openDirectory, P2 } from './opening-p2.ts';
import { RESOURCE_DROP } from './spec-p2.ts';
import { appender, beginning, expectRest, put, reader, writer } from './streams-p2.ts';

const P2_DROP = { ...P2, spec: RESOURCE_DROP } as const;

const drops: ConformanceCase[] = [
  {
    ...P2_DROP,
    id: 'descriptor.drop/file',
    title: 'A file is dropped, and another descriptor of it goes on',
    world: holding(),
    script(s) {
      const [one, two] = [open(s), open(s)];
      write(s, one, 'A', 0n);
      s.expect(s.drop(DESCRIPTOR, one), ok());
      expectRead(s, two, 'Abcdefghij');
      write(s, two, 'B', 1n);
      s.expect(s.drop(DESCRIPTOR, two), ok());
      expectFile(s, 'ABcdefghij');
    },
  },
  {
    ...P2_DROP,
    id: 'descriptor.drop/directories',
    title: 'What was opened below a directory goes on when that and the preopened one have been dropped',
    world: holding(LETTERS, { folder: { kind: 'directory', entries: { inner: 'inner' } } }),
    script(s) {
      const from = firstPreopen(s);
      const folder = openDirectory(s, 'folder', from);
      s.expect(s.drop(DESCRIPTOR, from), ok());
      const inner = open(s, 'inner', { from: folder, flags: ['read'] });
      s.expect(s.drop(DESCRIPTOR, folder), ok());
      expectRead(s, inner, 'inner');
      s.expect(s.drop(DESCRIPTOR, inner), ok());
    },
  },
  {
    ...P2_DROP,
    id: 'descriptor.drop/preopen-again',
    title: 'A preopened directory that was dropped is given again by get-directories, and works',
    world: holding(),
    script(s) {
      s.expect(s.drop(DESCRIPTOR, firstPreopen(s)), ok());
      const again = firstPreopen(s);
      expectRead(s, open(s, 'file', { from: again }), LETTERS);
      s.expect(s.call(IS_SAME_OBJECT, again, again), isTrue);
    },
  },
  {
    ...P2_DROP,
    id: 'descriptor.drop/unlinked',
    title: 'A file without a name is dropped, and nothing of it is left',
    world: holding(),
    script(s) {
      const from = firstPreopen(s);
      const file = open(s, 'file', { from });
      s.expect(s.call(UNLINK_FILE_AT, from, 'file'), ok());
      write(s, file, 'A', 0n);
      s.expect(s.drop(DESCRIPTOR, file), ok());
      s.after('the directory is empty', [], (seen) => {
        const found = seen.after[0]?.preopens[0]?.filter(({ path }) => path !== '');
        return found?.length === 0 || `it holds ${found?.map(({ path }) => path).join(', ')}`;
      });
    },
  },
];

/** The texts make pollables the children of streams, and nothing the child of a descriptor: it may be dropped first. */
const outliving: ConformanceCase[] = [
  {
    ...P2_DROP,
    id: 'descriptor.drop/before-reader',
    title: 'A stream goes on reading when the descriptor that it was made from has been dropped',
    world: holding(),
    script(s) {
      const file = open(s);
      const [fresh, begun] = [reader(s, file, 2n), reader(s, file)];
      s.expect(s.call(BLOCKING_READ, begun, 1n), beginning('a'));
      s.expect(s.drop(DESCRIPTOR, file), ok());
      expectRest(s, fresh, 'cdefghij');
      expectRest(s, begun, 'bcdefghij');
    },
  },
  {
    ...P2_DROP,
    id: 'descriptor.drop/before-writer',
    title:
      'Streams go on writing and appending when the descriptor that they were made from has been dropped',
    world: holding('abcdef'),
    script(s) {
      const file = open(s);
      const [fresh, begun, last] = [writer(s, file, 4n), writer(s, file, 1n), appender(s, file)];
      put(s, begun, 'B');
      s.expect(s.drop(DESCRIPTOR, file), ok());
      put(s, fresh, 'EF');
      put(s, begun, 'CD');
      put(s, last, 'GH');
      expectFile(s, 'aBCDEFGH');
    },
  },
  {
    ...P2_DROP,
    id: 'descriptor.drop/reopened-before-reader',
    title:
      'A stream stays with its file when the descriptor is dropped and another file is opened in its place',
    world: holding(LETTERS, { other: '0123456789' }),
    script(s) {
      const from = firstPreopen(s);
      const file = open(s, 'file', { from });
      const [stream, output] = [reader(s, file, 7n), writer(s, file)];
      s.expect(s.drop(DESCRIPTOR, file), ok());
      const other = open(s, 'other', { from });
      expectRest(s, stream, 'hij');
      put(s, output, 'ABC');
      expectRead(s, other, '0123456789');
      expectFile(s, 'ABCdefghij');
      expectFile(s, '0123456789', 'other');
    },
  },
];

const CYCLES = 10_000;

const many: ConformanceCase[] = [
  {
    ...P2_DROP,
    id: 'descriptor.drop/10000-files',
    title: 'A file can be opened and dropped 10,000 times, after which the next has the handle of the first',
    patience: 2,
    world: holding(),
    script(s) {
      const from = firstPreopen(s);
      const path = s.alloc(4, 1);
      s.put(path, 'file');
      const area = s.alloc(8);
      const openAt = [from, 1, path, 4, 0, 1, area] as const;
      const first = s.raw(OPEN_AT, [...openAt], [[area, 8]]);
      s.expect(first, ok());
      s.drop(DESCRIPTOR, at`u32[${area} + 4]`);
      s.loop(CYCLES, () => {
        s.raw(OPEN_AT, [...openAt]);
        s.drop(DESCRIPTOR, at`u32[${area} + 4]`);
      });
      const last = s.raw(OPEN_AT, [...openAt], [[area, 8]]);
      s.expect(last, ok());
      expectRead(s, s.let(at`u32[${area} + 4]`), LETTERS);
      // "The free list" of a component's table: an index that was taken back is given out again.
      s.check('the handles are the same', [first, last], ({ values }) => {
        const [one, two] = values.map((seen) =>
          seen.kind === 'ok' ? Buffer.from(seen.value as Uint8Array).readUInt32LE(4) : 0,
        );
        return (one !== 0 && one === two) || `they are ${one} and ${two}`;
      });
    },
  },
  {
    ...P2_DROP,
    id: 'descriptor.drop/500-before-streams',
    title:
      'A file can be opened, dropped and read by a stream that is left of it 500 times, and then once more',
    world: holding(),
    script(s) {
      const from = firstPreopen(s);
      const path = s.alloc(4, 1);
      s.put(path, 'file');
      const [area, input, output, list] = [s.alloc(8), s.alloc(8), s.alloc(8), s.alloc(16)];
      const handle = (place: Slot) => at`u32[${place} + 4]`;
      s.loop(500, () => {
        s.raw(OPEN_AT, [from, 1, path, 4, 0, 3, area]);
        s.raw(READ_VIA_STREAM, [handle(area), 0n, input]);
        s.raw(WRITE_VIA_STREAM, [handle(area), 0n, output]);
        s.drop(DESCRIPTOR, handle(area));
        s.raw(BLOCKING_READ, [handle(input), 4n, list]);
        s.drop(INPUT_STREAM, handle(input));
        s.drop(OUTPUT_STREAM, handle(output));
      });
      const file = open(s, 'file', { from });
      expectRest(s, reader(s, file), LETTERS);
      expectRead(s, file, LETTERS);
    },
  },
];

export const droppingP2: ConformanceCase[] = [...drops, ...outliving, ...many];
