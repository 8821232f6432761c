/** Owns what is asked of several descriptors in turn: each tells of what it stands for, whatever was answered before. */

import { type Expectation, ok } from '../../harness/contracts/expect.ts';
import type { Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding, LETTERS } from './content.ts';
import { asText, isFalse, isTrue, wrote } from './content-p2.ts';
import {
  GET_FLAGS,
  GET_TYPE,
  IS_SAME_OBJECT,
  METADATA_HASH,
  METADATA_HASH_AT,
  STAT_AT,
  WRITE,
} from './functions-p2.ts';
import { firstPreopen, open, openDirectory, P2 } from './opening-p2.ts';
import { FUNCTION } from './spec-p2.ts';
import { appender, put, writer } from './streams-p2.ts';
import { onHost } from './tree.ts';

const WORLD = holding(LETTERS, {
  other: { kind: 'file', content: 'something else' },
  folder: { kind: 'directory' },
});

const is = (wanted: string): Expectation => ok(wanted, (value) => String(value) === wanted);

const told: ConformanceCase[] = [
  {
    ...P2,
    id: 'descriptor.get-flags/each-its-own',
    title: 'Two descriptors of one file tell each the flags that it was opened with',
    spec: FUNCTION.getFlags,
    world: WORLD,
    script(s) {
      const [reads, writes] = [open(s, 'file', { flags: ['read'] }), open(s, 'file', { flags: ['write'] })];
      s.expect(s.call(GET_FLAGS, reads), is('read'));
      s.expect(s.call(GET_FLAGS, writes), is('write'));
    },
  },
  {
    ...P2,
    id: 'descriptor.get-type/each-its-own',
    title: 'A file and a directory tell each what it is',
    spec: FUNCTION.getType,
    world: WORLD,
    script(s) {
      const [file, folder] = [open(s), openDirectory(s)];
      s.expect(s.call(GET_TYPE, file), is('regular-file'));
      s.expect(s.call(GET_TYPE, folder), is('directory'));
    },
  },
  {
    ...P2,
    id: 'descriptor.is-same-object/each-its-own',
    title: 'A file is the same as itself, and after that another one is still another one',
    spec: FUNCTION.isSameObject,
    world: WORLD,
    script(s) {
      const [file, other] = [open(s), open(s, 'other')];
      s.expect(s.call(IS_SAME_OBJECT, file, file), isTrue);
      s.expect(s.call(IS_SAME_OBJECT, file, other), isFalse);
    },
  },
];

/** The hash of one, of another, and of the first again, beside that by the other function, which "performs the same hash computation". */
const hashes = (
  [
    ['metadata-hash', FUNCTION.metadataHash],
    ['metadata-hash-at', FUNCTION.metadataHashAt],
  ] as const
).map(
  ([method, spec]): ConformanceCase => ({
    ...P2,
    id: `descriptor.${method}/each-its-own`,
    title: `${method} of a file is that by the other function, also when that of another was asked for since`,
    spec,
    world: WORLD,
    script(s) {
      const base = firstPreopen(s);
      const opened = new Map<string, Slot>(
        ['file', 'other'].map((path) => [path, open(s, path, { from: base })]),
      );
      const byHandle = (path: string) => s.call(METADATA_HASH, opened.get(path)!);
      const byPath = (path: string) => s.call(METADATA_HASH_AT, base, [], path);
      const [own, others] = method === 'metadata-hash' ? [byHandle, byPath] : [byPath, byHandle];
      const steps = [...['file', 'other', 'file'].map(own), others('file'), others('file')];
      for (const step of steps) s.expect(step, ok());
      s.check('the first and the third are that by the other function', steps, ({ values }) => {
        const [first, , third, before, after] = values.map((seen) => asText(seen));
        // "… the computed hash value should usually not change. … However, none of these is required."
        if (before !== after) return { holds: 'the hash of what nobody changed is another one each time' };
        return (first === before && third === before) || `${first}, then ${third}, and ${before}`;
      });
    },
  }),
);

const SET_TIMES_AT = 'wasi:filesystem/types#[method]descriptor.set-times-at';
const FAR = 2n ** 32n + 1_000n;

const written: ConformanceCase[] = [
  {
    ...P2,
    id: 'descriptor.write/each-its-own',
    title: 'Each write tells how many bytes it has written itself',
    spec: FUNCTION.write,
    world: WORLD,
    script(s) {
      const file = open(s);
      s.expect(s.call(WRITE, file, 'abcde', 0n), wrote(5));
      s.expect(s.call(WRITE, file, 'xy', 5n), wrote(2));
    },
  },
  {
    ...P2,
    id: 'descriptor.append-via-stream/each-its-own',
    title: 'Two streams that append to two files write each to its own',
    spec: FUNCTION.appendViaStream,
    world: WORLD,
    script(s) {
      const streams = ['file', 'other'].map((path) => appender(s, open(s, path)));
      streams.forEach((stream, nth) => {
        put(s, stream, ['!', '?'][nth]!);
      });
      s.after('each file has its own', [], (seen) => {
        const [one, other] = ['file', 'other'].map((path) => onHost(seen, path)?.sizeBytes);
        return (
          (one === LETTERS.length + 1 && other === 'something else'.length + 1) || `${one} and ${other} bytes`
        );
      });
    },
  },
  {
    ...P2,
    id: 'descriptor.write-via-stream/from-2-to-32',
    title: 'A stream that writes from 2^32 on writes there, and nothing at the begin',
    spec: FUNCTION.writeViaStream,
    world: WORLD,
    script(s) {
      put(s, writer(s, open(s), 2n ** 32n), 'XY');
      s.after('the file reaches beyond 2^32', [], (seen) => {
        const size = onHost(seen, 'file')?.sizeBytes;
        return size === 2 ** 32 + 2 || `it has ${size} bytes`;
      });
    },
  },
];

const later = (['access', 'modification'] as const).map(
  (which): ConformanceCase => ({
    ...P2,
    id: `descriptor.set-times-at/2-to-32-${which}`,
    title: `A time of ${which} beyond 2^32 seconds is kept`,
    spec: FUNCTION.setTimes,
    world: WORLD,
    script(s) {
      const base = firstPreopen(s);
      const given = { tag: 'timestamp', value: { seconds: FAR, nanoseconds: 0 } };
      const early = { tag: 'timestamp', value: { seconds: 1_000n, nanoseconds: 0 } };
      const times = which === 'access' ? [given, early] : [early, given];
      s.expect(s.call(SET_TIMES_AT, base, [], 'file', ...times), ok());
      const stat = s.call(STAT_AT, base, [], 'file');
      s.check('it reads as it was set', [stat], ({ values: [seen] }) => {
        const value =
          seen?.kind === 'ok' ? (seen.value as { [name: string]: { seconds: bigint } }) : undefined;
        const found = value?.[`data-${which}-timestamp`]?.seconds;
        return found === FAR || `${found} seconds`;
      });
    },
  }),
);

export const eachOwnP2: ConformanceCase[] = [...told, ...hashes, ...written, ...later];
