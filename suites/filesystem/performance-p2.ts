/** Owns what preview 2's file functions cost, each by itself or in the shortest cycle that can be repeated. */

import { at, type Slot } from '../../harness/contracts/script.ts';
import type { BenchBuilder, LatencyCase } from '../../harness/contracts/suite.ts';
import { DEPTHS, ENTRIES, FILES, pathOf } from './bench-world.ts';
import {
  ADVISE,
  APPEND_VIA_STREAM,
  CREATE_DIRECTORY_AT,
  GET_DIRECTORIES,
  GET_FLAGS,
  GET_TYPE,
  IS_SAME_OBJECT,
  LINK_AT,
  METADATA_HASH,
  METADATA_HASH_AT,
  OPEN_AT,
  READ,
  READ_DIRECTORY,
  READ_DIRECTORY_ENTRY,
  READ_VIA_STREAM,
  READLINK_AT,
  REMOVE_DIRECTORY_AT,
  RENAME_AT,
  SET_SIZE,
  SET_TIMES,
  SET_TIMES_AT,
  STAT,
  STAT_AT,
  SYMLINK_AT,
  SYNC,
  SYNC_DATA,
  UNLINK_FILE_AT,
  WRITE,
  WRITE_VIA_STREAM,
} from './functions-p2.ts';

const DESCRIPTOR = 'wasi:filesystem/types#descriptor';
const ENTRY_STREAM = 'wasi:filesystem/types#directory-entry-stream';
const PAGE = 4096;
/** `result<filesize, error-code>` in memory. */
const RESULT_BYTES = 16;
const NOW = { tag: 'now' } as const;

/** The preopened directory. */
export function root(s: BenchBuilder): Slot {
  const { area } = s.call(GET_DIRECTORIES);
  return s.let(at`u32[u32[${area}]]`);
}

/** A descriptor that is opened before. */
export const opened = (
  s: BenchBuilder,
  path: string,
  flags: readonly string[] = ['read'],
  openFlags: readonly string[] = [],
): Slot => s.let(s.call(OPEN_AT, root(s), [], path, openFlags, flags).value);

/** A write of so many bytes to the beginning; they lie in memory already, a script that held them would be too long. All are written, or it fails. */
export const timeWrite = (s: BenchBuilder, bytes: number): void =>
  s.timeRaw(WRITE, [opened(s, 'written', ['write']), s.alloc(bytes), bytes, 0n, s.alloc(RESULT_BYTES)]);

interface Bench {
  id: string;
  title: string;
  headline?: true;
  parameters?: Record<string, string | number>;
  native?: string;
  bench(s: BenchBuilder): void;
}

const ofDescriptors: Bench[] = [
  {
    id: 'get-directories',
    title: 'Asking for the preopened directories, whose handles are dropped',
    bench: (s) =>
      s.cycle((c) => {
        const { area } = c.call(GET_DIRECTORIES);
        // The only element of the list lies where the list's first word points.
        c.drop(DESCRIPTOR, at`u32[u32[${area}]]`);
      }),
  },
  {
    id: 'descriptor.read',
    title: 'Reading a page of a file at a place',
    headline: true,
    parameters: { bytes: PAGE },
    native: `pread content ${PAGE} 1`,
    bench: (s) => s.time(READ, [opened(s, 'content'), BigInt(PAGE), 0n]),
  },
  {
    id: 'descriptor.write',
    title: 'Writing a page of a file at a place',
    parameters: { bytes: PAGE },
    native: `pwrite written ${PAGE} 1`,
    bench: (s) => timeWrite(s, PAGE),
  },
  {
    id: 'descriptor.advise',
    title: 'Announcing that a page of a file will be read in order',
    native: 'fadvise content',
    bench: (s) => s.time(ADVISE, [opened(s, 'content'), 0n, BigInt(PAGE), 'sequential']),
  },
  {
    id: 'descriptor.sync-data',
    title: 'Synchronising the data of a file that did not change',
    native: 'fdatasync content',
    bench: (s) => s.time(SYNC_DATA, [opened(s, 'content', ['read', 'write'])]),
  },
  {
    id: 'descriptor.sync',
    title: 'Synchronising a file that did not change',
    native: 'fsync content',
    bench: (s) => s.time(SYNC, [opened(s, 'content', ['read', 'write'])]),
  },
  {
    id: 'descriptor.get-flags',
    title: 'Asking for the flags of a descriptor',
    native: 'fcntl-getfl content',
    bench: (s) => s.time(GET_FLAGS, [opened(s, 'content')]),
  },
  {
    id: 'descriptor.get-type',
    title: 'Asking for the type of a descriptor',
    bench: (s) => s.time(GET_TYPE, [opened(s, 'content')]),
  },
  {
    id: 'descriptor.set-size',
    title: 'Setting the size of a file to a page and back to nothing',
    native: 'ftruncate sized',
    bench: (s) => {
      const file = opened(s, 'sized', ['write']);
      s.cycle((c) => {
        c.call(SET_SIZE, file, BigInt(PAGE));
        c.call(SET_SIZE, file, 0n);
      });
    },
  },
  {
    id: 'descriptor.set-times',
    title: 'Setting both times of an open file to now',
    native: 'futimens written',
    bench: (s) => s.time(SET_TIMES, [opened(s, 'written', ['write']), NOW, NOW]),
  },
  {
    id: 'descriptor.stat',
    title: 'Asking for the attributes of an open file',
    native: 'fstat content',
    bench: (s) => s.time(STAT, [opened(s, 'content')]),
  },
  {
    id: 'descriptor.is-same-object',
    title: 'Asking whether two descriptors are of one file',
    bench: (s) => s.time(IS_SAME_OBJECT, [opened(s, 'content'), opened(s, 'content')]),
  },
  {
    id: 'descriptor.metadata-hash',
    title: 'Hashing the metadata of an open file',
    bench: (s) => s.time(METADATA_HASH, [opened(s, 'content')]),
  },
  {
    id: 'descriptor.read-via-stream',
    title: 'Making a stream that reads a file, and dropping it',
    bench: (s) => s.time(READ_VIA_STREAM, [opened(s, 'content'), 0n], { drop: true }),
  },
  {
    id: 'descriptor.write-via-stream',
    title: 'Making a stream that writes a file, and dropping it',
    bench: (s) => s.time(WRITE_VIA_STREAM, [opened(s, 'written', ['write']), 0n], { drop: true }),
  },
  {
    id: 'descriptor.append-via-stream',
    title: 'Making a stream that appends to a file, and dropping it',
    bench: (s) => s.time(APPEND_VIA_STREAM, [opened(s, 'grown', ['write'])], { drop: true }),
  },
  {
    id: 'descriptor.read-directory',
    title: 'Beginning to read a directory of 10 entries, and dropping the stream',
    bench: (s) => s.time(READ_DIRECTORY, [opened(s, 'of-10', ['read'], ['directory'])], { drop: true }),
  },
  ...ENTRIES.map(
    (count): Bench => ({
      id: `directory-entry-stream.read-directory-entry/${count}`,
      title: `Reading the first 8 entries of a directory of ${count}, one by one`,
      parameters: { entries: count, read: 8 },
      bench: (s) => {
        const directory = opened(s, `of-${count}`, ['read'], ['directory']);
        s.cycle((c) => {
          const stream = c.call(READ_DIRECTORY, directory);
          for (let read = 0; read < 8; read += 1) c.call(READ_DIRECTORY_ENTRY, stream.value);
          c.drop(ENTRY_STREAM, stream.value);
        });
      },
    }),
  ),
];

const ofPaths: Bench[] = [
  ...DEPTHS.flatMap((depth): Bench[] => {
    const suffix = depth === 1 ? '' : `/depth-${depth}`;
    const place = depth === 1 ? 'a file' : `a file at depth ${depth}`;
    const more = { parameters: { depth }, ...(depth === 1 ? { headline: true as const } : {}) };
    return [
      {
        id: `descriptor.open-at${suffix}`,
        title: `Opening and dropping ${place}`,
        native: `openat ${pathOf(depth)}`,
        ...more,
        bench: (s) => s.time(OPEN_AT, [root(s), [], pathOf(depth), [], ['read']], { drop: true }),
      },
      {
        id: `descriptor.stat-at${suffix}`,
        title: `Asking for the attributes of ${place} by its path`,
        native: `fstatat ${pathOf(depth)}`,
        ...more,
        bench: (s) => s.time(STAT_AT, [root(s), [], pathOf(depth)]),
      },
    ];
  }),
  {
    id: 'descriptor.metadata-hash-at',
    title: 'Hashing the metadata of a file by its path',
    bench: (s) => s.time(METADATA_HASH_AT, [root(s), [], 'file']),
  },
  {
    id: 'descriptor.set-times-at',
    title: 'Setting both times of a file to now by its path',
    native: 'utimensat written',
    bench: (s) => s.time(SET_TIMES_AT, [root(s), [], 'written', NOW, NOW]),
  },
  {
    id: 'descriptor.readlink-at',
    title: 'Reading a symbolic link',
    native: 'readlinkat link',
    bench: (s) => s.time(READLINK_AT, [root(s), 'link']),
  },
  {
    id: 'descriptor.unlink-file-at',
    title: 'Creating a file, dropping and removing it',
    native: 'openat-create made',
    bench: (s) => {
      const at = root(s);
      s.cycle((c) => {
        const file = c.call(OPEN_AT, at, [], 'made', ['create', 'exclusive'], ['write']);
        c.drop(DESCRIPTOR, file.value);
        c.call(UNLINK_FILE_AT, at, 'made');
      });
    },
  },
  {
    id: 'descriptor.create-directory-at',
    title: 'Making a directory and removing it',
    native: 'mkdirat-unlinkat made-directory',
    bench: (s) => {
      const at = root(s);
      s.cycle((c) => {
        c.call(CREATE_DIRECTORY_AT, at, 'made-directory');
        c.call(REMOVE_DIRECTORY_AT, at, 'made-directory');
      });
    },
  },
  {
    id: 'descriptor.link-at',
    title: 'Making a hard link and removing it',
    native: 'linkat-unlinkat file hard',
    bench: (s) => {
      const at = root(s);
      s.cycle((c) => {
        c.call(LINK_AT, at, [], 'file', at, 'hard');
        c.call(UNLINK_FILE_AT, at, 'hard');
      });
    },
  },
  {
    id: 'descriptor.rename-at',
    title: 'Renaming a file and back',
    native: 'renameat-back grown renamed',
    bench: (s) => {
      const at = root(s);
      s.cycle((c) => {
        c.call(RENAME_AT, at, 'sized', at, 'renamed');
        c.call(RENAME_AT, at, 'renamed', at, 'sized');
      });
    },
  },
  {
    id: 'descriptor.symlink-at',
    title: 'Making a symbolic link and removing it',
    native: 'symlinkat-unlinkat soft',
    bench: (s) => {
      const at = root(s);
      s.cycle((c) => {
        c.call(SYMLINK_AT, at, 'file', 'soft');
        c.call(UNLINK_FILE_AT, at, 'soft');
      });
    },
  },
];

export const performanceP2: LatencyCase[] = [...ofDescriptors, ...ofPaths].map((one) => ({
  ...one,
  wasi: 'p2',
  guest: 'probe-p2-filesystem',
  world: FILES,
  metric: 'latency',
}));
