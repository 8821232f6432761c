/** Owns what preview 2's functions of open files and directories cost. */

import { at } from '../../harness/contracts/script.ts';
import type { Bench } from '../../harness/contracts/suite.ts';
import { DESCRIPTOR, opened, timeWrite } from './bench-opening-p2.ts';
import { ENTRIES } from './bench-world.ts';
import {
  ADVISE,
  APPEND_VIA_STREAM,
  GET_DIRECTORIES,
  GET_FLAGS,
  GET_TYPE,
  IS_SAME_OBJECT,
  METADATA_HASH,
  READ,
  READ_DIRECTORY,
  READ_DIRECTORY_ENTRY,
  READ_VIA_STREAM,
  SET_SIZE,
  SET_TIMES,
  STAT,
  SYNC,
  SYNC_DATA,
  WRITE_VIA_STREAM,
} from './functions-p2.ts';

const ENTRY_STREAM = 'wasi:filesystem/types#directory-entry-stream';
const PAGE = 4096;
const NOW = { tag: 'now' } as const;

export const ofDescriptors: Bench[] = [
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
    native: `pread content ${PAGE}`,
    title: 'Reading a page of a file at a place',
    headline: true,
    parameters: { bytes: PAGE },
    bench: (s) => s.time(READ, [opened(s, 'content'), BigInt(PAGE), 0n]),
  },
  {
    id: 'descriptor.write',
    native: `pwrite written ${PAGE}`,
    title: 'Writing a page of a file at a place',
    headline: true,
    parameters: { bytes: PAGE },
    bench: (s) => timeWrite(s, PAGE),
  },
  {
    id: 'descriptor.advise',
    native: `fadvise content ${PAGE}`,
    title: 'Announcing that a page of a file will be read in order',
    bench: (s) => s.time(ADVISE, [opened(s, 'content'), 0n, BigInt(PAGE), 'sequential']),
  },
  {
    id: 'descriptor.sync-data',
    native: 'fdatasync content',
    title: 'Synchronising the data of a file that did not change',
    bench: (s) => s.time(SYNC_DATA, [opened(s, 'content', ['read', 'write'])]),
  },
  {
    id: 'descriptor.sync',
    native: 'fsync content',
    title: 'Synchronising a file that did not change',
    bench: (s) => s.time(SYNC, [opened(s, 'content', ['read', 'write'])]),
  },
  {
    id: 'descriptor.get-flags',
    native: 'fcntl-getfl content',
    title: 'Asking for the flags of a descriptor',
    bench: (s) => s.time(GET_FLAGS, [opened(s, 'content')]),
  },
  {
    id: 'descriptor.get-type',
    native: 'fstat content',
    title: 'Asking for the type of a descriptor',
    bench: (s) => s.time(GET_TYPE, [opened(s, 'content')]),
  },
  {
    id: 'descriptor.set-size',
    native: `ftruncate-back sized ${PAGE}`,
    title: 'Setting the size of a file to a page and back to nothing',
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
    native: 'futimens written',
    title: 'Setting both times of an open file to now',
    bench: (s) => s.time(SET_TIMES, [opened(s, 'written', ['write']), NOW, NOW]),
  },
  {
    id: 'descriptor.stat',
    native: 'fstat content',
    title: 'Asking for the attributes of an open file',
    headline: true,
    bench: (s) => s.time(STAT, [opened(s, 'content')]),
  },
  {
    id: 'descriptor.is-same-object',
    title: 'Asking whether two descriptors are of one file',
    bench: (s) => s.time(IS_SAME_OBJECT, [opened(s, 'content'), opened(s, 'content')]),
  },
  {
    id: 'descriptor.metadata-hash',
    native: 'fstat content',
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
