/** Owns that preview 2's `descriptor.sync`, `sync-data` and `advise` take what is open and change nothing. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { expectFile, holding, LETTERS } from './content.ts';
import { expectRead, write } from './content-p2.ts';
import { ADVISE, SYNC, SYNC_DATA } from './functions-p2.ts';
import { firstPreopen, open, openDirectory, P2 } from './opening-p2.ts';
import { FUNCTION } from './spec-p2.ts';
import { put, writer } from './streams-p2.ts';

const WORLD = holding(LETTERS, { folder: { kind: 'directory' } });

const syncs = (
  [
    ['sync', SYNC, FUNCTION.sync],
    ['sync-data', SYNC_DATA, FUNCTION.syncData],
  ] as const
).flatMap(([name, call, spec]): ConformanceCase[] => [
  {
    ...P2,
    id: `descriptor.${name}/written`,
    title: `A file that was written by descriptor and by stream takes ${name}, twice, and holds what was written`,
    spec,
    world: WORLD,
    script(s) {
      const file = open(s);
      write(s, file, 'AB', 0n);
      s.expect(s.call(call, file), ok());
      put(s, writer(s, file, 2n), 'CD');
      s.expect(s.call(call, file), ok());
      s.expect(s.call(call, file), ok());
      expectRead(s, file, 'ABCDefghij');
      expectFile(s, 'ABCDefghij');
    },
  },
  {
    ...P2,
    id: `descriptor.${name}/write-only`,
    title: `A file that was opened for writing only takes ${name}`,
    spec,
    world: WORLD,
    script(s) {
      const file = open(s, 'file', { flags: ['write'] });
      write(s, file, 'AB', 0n);
      s.expect(s.call(call, file), ok());
      expectFile(s, 'ABcdefghij');
    },
  },
  {
    ...P2,
    id: `descriptor.${name}/read-only`,
    title: `Of a file that was not opened for writing ${name} succeeds with no effect`,
    spec,
    world: WORLD,
    script(s) {
      s.expect(s.call(call, open(s, 'file', { flags: ['read'] })), ok());
      expectFile(s, LETTERS);
    },
  },
  {
    ...P2,
    id: `descriptor.${name}/directory`,
    title: `Of a directory, which was not opened for writing, ${name} succeeds`,
    spec,
    world: WORLD,
    script: (s) => s.expect(s.call(call, openDirectory(s)), ok()),
  },
  {
    ...P2,
    id: `descriptor.${name}/preopen`,
    title: `Of a preopened directory ${name} succeeds, or is refused with invalid`,
    spec,
    world: WORLD,
    script: (s) =>
      s.expect(
        s.call(call, firstPreopen(s)),
        oneOf(
          `it "succeeds with no effect if the file descriptor is not opened for writing", and whether a preopened directory in which files can be made is, is not said; POSIX has EINVAL where "this operation is [not] possible"`,
          ok(),
          err('invalid'),
        ),
      ),
  },
]);

const ADVICES = ['normal', 'sequential', 'random', 'will-need', 'dont-need', 'no-reuse'] as const;

const RANGES: readonly { id: string; offset: bigint; length: bigint }[] = [
  { id: 'part', offset: 2n, length: 5n },
  { id: 'all', offset: 0n, length: 0n },
  { id: 'beyond', offset: 2n ** 32n, length: 2n ** 32n },
  { id: 'to-2-to-63', offset: 5n, length: 2n ** 63n - 6n },
];

const advices = ADVICES.map(
  (advice): ConformanceCase => ({
    ...P2,
    id: `descriptor.advise/${advice}`,
    title: `The advice ${advice} is taken for a part, for all to the end, and for what lies beyond, and changes nothing`,
    spec: FUNCTION.advise,
    world: WORLD,
    script(s) {
      const file = open(s);
      for (const { offset, length } of RANGES) s.expect(s.call(ADVISE, file, offset, length, advice), ok());
      expectRead(s, file, LETTERS);
      expectFile(s, LETTERS);
    },
  }),
);

const NEGATIVE =
  'a `filesize` has no sign, and what lies beyond any file can be advised on; as an off_t of POSIX, to whose posix_fadvise the text likens the function, it is negative: "[EINVAL] … the value of len is less than zero"';

const odd = (
  [
    ['largest-length', 0n, 2n ** 64n - 1n],
    ['largest-both', 2n ** 64n - 1n, 2n ** 64n - 1n],
    ['offset-2-to-63', 2n ** 63n, 1n],
    ['across-2-to-63', 2n ** 63n - 1n, 2n ** 63n - 1n],
  ] as const
).map(
  ([id, offset, length]): ConformanceCase => ({
    ...P2,
    id: `descriptor.advise/${id}`,
    title: `Advice on ${length} bytes at ${offset} is taken, or refused with invalid`,
    spec: FUNCTION.advise,
    world: WORLD,
    script(s) {
      const file = open(s);
      s.expect(s.call(ADVISE, file, offset, length, 'will-need'), oneOf(NEGATIVE, ok(), err('invalid')));
      expectRead(s, file, LETTERS);
    },
  }),
);

const whom: ConformanceCase[] = [
  ...(['read', 'write'] as const).map(
    (flag): ConformanceCase => ({
      ...P2,
      id: `descriptor.advise/${flag}-only`,
      title: `Advice is taken on a file that was opened with ${flag} only`,
      spec: FUNCTION.advise,
      world: WORLD,
      script: (s) => s.expect(s.call(ADVISE, open(s, 'file', { flags: [flag] }), 0n, 0n, 'sequential'), ok()),
    }),
  ),
  ...(['preopen', 'directory'] as const).map(
    (kind): ConformanceCase => ({
      ...P2,
      id: `descriptor.advise/${kind}`,
      title: `Advice on a ${kind === 'preopen' ? 'preopened directory' : 'directory'} is taken or refused`,
      spec: FUNCTION.advise,
      world: WORLD,
      script: (s) =>
        s.expect(
          s.call(ADVISE, kind === 'preopen' ? firstPreopen(s) : openDirectory(s), 0n, 0n, 'normal'),
          oneOf(
            'the text names no error of directories: advice "shall have no effect on the semantics" in POSIX, so that there is nothing to refuse; EBADF and EISDIR are for what is no file that can be read',
            ok(),
            err('bad-descriptor'),
            err('is-directory'),
          ),
        ),
    }),
  ),
];

export const syncsP2: ConformanceCase[] = [...syncs, ...advices, ...odd, ...whom];
