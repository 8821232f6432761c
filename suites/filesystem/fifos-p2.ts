/** Owns what preview 2's functions make of a FIFO, which has no place to seek to. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding } from './content.ts';
import { isFalse, isTrue, orElse, textOf } from './content-p2.ts';
import {
  ADVISE,
  BLOCKING_WRITE,
  GET_FLAGS,
  GET_TYPE,
  INPUT_READ,
  IS_SAME_OBJECT,
  METADATA_HASH,
  READ,
  READ_VIA_STREAM,
  SET_SIZE,
  SET_TIMES,
  STAT,
  SYNC,
  SYNC_DATA,
  WRITE,
  WRITE_VIA_STREAM,
} from './functions-p2.ts';
import { firstPreopen, open, P2 } from './opening-p2.ts';
import { FUNCTION, TYPES } from './spec-p2.ts';

const WORLD = holding({ kind: 'fifo' }, { other: { kind: 'fifo' } });

/** With both flags, so that opening it needs nobody at the other end. */
const fifo = (s: ScriptBuilder): Slot => open(s);

const SYNCS =
  'fsync of POSIX, to which the text likens the function, "may fail" with "[EINVAL] The fildes argument does not refer to a file on which this operation is possible"';

const CALLS: readonly {
  id: string;
  title: string;
  spec: string;
  call(s: ScriptBuilder, file: Slot): Step;
  to: Expectation;
}[] = [
  {
    id: 'get-type',
    title: 'The type of a named pipe is fifo',
    spec: TYPES.descriptorType,
    call: (s, file) => s.call(GET_TYPE, file),
    to: ok('fifo', (value) => value === 'fifo'),
  },
  {
    id: 'stat',
    title: 'Stat of a named pipe says that it is one, and one link',
    spec: TYPES.descriptorType,
    call: (s, file) => s.call(STAT, file),
    to: ok('a fifo with one link', (value) => {
      const { type, 'link-count': links } = value as { type: string; 'link-count': bigint };
      return type === 'fifo' && links === 1n;
    }),
  },
  {
    id: 'get-flags',
    title: 'A named pipe that was opened with read and write has these flags',
    spec: FUNCTION.getFlags,
    call: (s, file) => s.call(GET_FLAGS, file),
    to: ok('read, write', (value) => [...(value as string[])].sort().join() === 'read,write'),
  },
  {
    id: 'read',
    title: 'Reading a named pipe at an offset, which it has not, is refused with invalid-seek',
    spec: FUNCTION.read,
    call: (s, file) => s.call(READ, file, 4n, 0n),
    to: err('invalid-seek'),
  },
  {
    id: 'write',
    title: 'Writing to a named pipe at an offset, which it has not, is refused with invalid-seek',
    spec: FUNCTION.write,
    call: (s, file) => s.call(WRITE, file, 'XY', 0n),
    to: err('invalid-seek'),
  },
  {
    id: 'advise',
    title: 'Advice on a named pipe is refused with invalid-seek',
    spec: FUNCTION.advise,
    call: (s, file) => s.call(ADVISE, file, 0n, 0n, 'normal'),
    to: err('invalid-seek'),
  },
  {
    id: 'set-size',
    title: 'Setting the size of a named pipe is refused',
    spec: FUNCTION.setSize,
    call: (s, file) => s.call(SET_SIZE, file, 10n),
    to: oneOf(
      'the text names no error; ftruncate of POSIX has EINVAL where the descriptor is not of a regular file, "[EBADF] or [EINVAL]" where it is not open for writing',
      err('invalid'),
      err('bad-descriptor'),
    ),
  },
  {
    id: 'set-times',
    title: 'The times of a named pipe are set',
    spec: FUNCTION.setTimes,
    call: (s, file) => s.call(SET_TIMES, file, { tag: 'now' }, { tag: 'now' }),
    to: ok(),
  },
  {
    id: 'sync',
    title: 'Sync of a named pipe succeeds or is refused with invalid',
    spec: FUNCTION.sync,
    call: (s, file) => s.call(SYNC, file),
    to: oneOf(SYNCS, ok(), err('invalid')),
  },
  {
    id: 'sync-data',
    title: 'Sync-data of a named pipe succeeds or is refused with invalid',
    spec: FUNCTION.syncData,
    call: (s, file) => s.call(SYNC_DATA, file),
    to: oneOf(SYNCS, ok(), err('invalid')),
  },
  {
    id: 'metadata-hash',
    title: 'There is a hash of the metadata of a named pipe',
    spec: FUNCTION.metadataHash,
    call: (s, file) => s.call(METADATA_HASH, file),
    to: ok(),
  },
];

const calls = CALLS.map(
  ({ id, title, spec, call, to }): ConformanceCase => ({
    ...P2,
    id: `descriptor.${id}/fifo`,
    title,
    spec,
    world: WORLD,
    script: (s) => s.expect(call(s, fifo(s)), to),
  }),
);

const same: ConformanceCase = {
  ...P2,
  id: 'descriptor.is-same-object/fifo',
  title: 'Two descriptors of one named pipe are the same object, and those of two are not',
  spec: FUNCTION.isSameObject,
  world: WORLD,
  script(s) {
    const from = firstPreopen(s);
    const [one, two, other] = [
      open(s, 'file', { from }),
      open(s, 'file', { from }),
      open(s, 'other', { from }),
    ];
    s.expect(s.call(IS_SAME_OBJECT, one, two), isTrue);
    s.expect(s.call(IS_SAME_OBJECT, one, other), isFalse);
  },
};

const WITHOUT_PLACE =
  'a stream is "similar to `read` in POSIX", which a named pipe has; the offset is one that a named pipe has not: the call "may fail with an error-code describing why", or its stream does';

const streams: ConformanceCase = {
  ...P2,
  id: 'descriptor.read-via-stream/fifo',
  title: 'Streams of a named pipe are refused, or fail, or what is written to the one is read by the other',
  spec: FUNCTION.readViaStream,
  world: WORLD,
  script(s) {
    const from = firstPreopen(s);
    const file = open(s, 'file', { from });
    const written = s.call(WRITE_VIA_STREAM, file, 0n);
    const read = s.call(READ_VIA_STREAM, file, 0n);
    for (const made of [written, read])
      s.expect(made, oneOf(WITHOUT_PLACE, ok('a stream'), err('invalid-seek')));
    // Where a stream was refused, `void` stands in, which no check looks at.
    const put = s.call(BLOCKING_WRITE, orElse(s, written, standIn(s, from, WRITE_VIA_STREAM)), 'through');
    const got = s.call(INPUT_READ, orElse(s, read, standIn(s, from, READ_VIA_STREAM)), 16n);
    s.check(
      'what comes is what was put',
      [written, read, put, got],
      ({ values: [one, two, three, four] }) => {
        if (one?.kind !== 'ok' || two?.kind !== 'ok' || three?.kind !== 'ok' || four?.kind !== 'ok')
          return true;
        const text = textOf(four.value) ?? '?';
        return 'through'.startsWith(text) || `it is ${JSON.stringify(text)}`;
      },
    );
  },
};

function standIn(s: ScriptBuilder, from: Slot, call: string): Slot {
  const step = s.call(call, open(s, 'void', { from, openFlags: ['create'] }), 0n);
  s.expect(step, ok());
  return step.value;
}

export const fifosP2: ConformanceCase[] = [...calls, same, streams];
