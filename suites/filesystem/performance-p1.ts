/** Owns what preview 1's file functions cost, each by itself or in the shortest cycle that can be repeated. */

import type { Slot, WasiValue } from '../../harness/contracts/script.ts';
import type { Bench, BenchBuilder, CycleStep, LatencyCase } from '../../harness/contracts/suite.ts';
import { opened, vectors } from './bench-opening-p1.ts';
import { DEPTHS, DIRECTORIES, ENTRIES, FILES, pathOf } from './bench-world.ts';
import { DIRECTORY, FILE_RIGHTS } from './opening-p1.ts';

const PAGE = 4096;
const LIST_BYTES = 64 * 1024;
const NOW = ['atim_now', 'mtim_now'] as const;

const openArgs = (path: string, oflags: readonly string[] = []): WasiValue[] => [
  ...[DIRECTORY, [], path, oflags, FILE_RIGHTS, [], []],
];

const ofDescriptors: Bench[] = [
  {
    id: 'fd_advise',
    native: 'fadvise content 4096',
    title: 'Announcing that a page of a file will be read in order',
    bench: (s) => s.time('fd_advise', [opened(s, 'content'), 0n, BigInt(PAGE), 'sequential']),
  },
  {
    id: 'fd_allocate',
    native: 'fallocate written 4096',
    title: 'Allocating a page of a file that has it',
    bench: (s) => s.time('fd_allocate', [opened(s, 'written'), 0n, BigInt(PAGE)]),
  },
  {
    id: 'fd_datasync',
    native: 'fdatasync content',
    title: 'Synchronising the data of a file that did not change',
    bench: (s) => s.time('fd_datasync', [opened(s, 'content')]),
  },
  {
    id: 'fd_sync',
    native: 'fsync content',
    title: 'Synchronising a file that did not change',
    bench: (s) => s.time('fd_sync', [opened(s, 'content')]),
  },
  {
    id: 'fd_fdstat_get',
    native: 'fcntl-getfl content',
    title: 'Asking for the flags and rights of a file',
    bench: (s) => s.time('fd_fdstat_get', [opened(s, 'content')]),
  },
  {
    id: 'fd_fdstat_set_flags',
    native: 'fcntl-setfl content',
    title: 'Setting the flags of a file that it has',
    bench: (s) => s.time('fd_fdstat_set_flags', [opened(s, 'content'), []]),
  },
  {
    id: 'fd_fdstat_set_rights',
    title: 'Setting the rights of a file that it has',
    bench: (s) => s.time('fd_fdstat_set_rights', [opened(s, 'content'), FILE_RIGHTS, []]),
  },
  {
    id: 'fd_filestat_get',
    native: 'fstat content',
    title: 'Asking for the attributes of an open file',
    bench: (s) => s.time('fd_filestat_get', [opened(s, 'content')]),
  },
  {
    id: 'fd_filestat_set_size',
    native: `ftruncate-back sized ${PAGE}`,
    title: 'Setting the size of a file to a page and back to nothing',
    bench: (s) => {
      const file = opened(s, 'sized');
      s.cycle((c) => {
        c.call('fd_filestat_set_size', file, BigInt(PAGE));
        c.call('fd_filestat_set_size', file, 0n);
      });
    },
  },
  {
    id: 'fd_filestat_set_times',
    native: 'futimens written',
    title: 'Setting both times of an open file to now',
    bench: (s) => s.time('fd_filestat_set_times', [opened(s, 'written'), 0n, 0n, NOW]),
  },
  ...[1, 16].flatMap((count): Bench[] => {
    const parts = count === 1 ? '' : ` in ${count} parts`;
    const suffix = count === 1 ? '' : `/iovecs-${count}`;
    const each = PAGE / count;
    const more = {
      parameters: { bytes: PAGE, iovecs: count },
      ...(count === 1 ? { headline: true as const } : {}),
    };
    return [
      {
        id: `fd_pread${suffix}`,
        ...(count === 1 ? { native: `pread content ${PAGE}` } : {}),
        title: `Reading a page of a file at a place${parts}`,
        ...more,
        bench: (s) => s.time('fd_pread', [opened(s, 'content'), vectors(s, count, each), 0n]),
      },
      {
        id: `fd_pwrite${suffix}`,
        ...(count === 1 ? { native: `pwrite written ${PAGE}` } : {}),
        title: `Writing a page of a file at a place${parts}`,
        ...more,
        bench: (s) => s.time('fd_pwrite', [opened(s, 'written'), vectors(s, count, each), 0n]),
      },
      {
        id: `fd_read${suffix}`,
        native: `readv-lseek content ${count} ${each}`,
        title: `Reading a page from where a file stands${parts}, and seeking back`,
        parameters: more.parameters,
        bench: (s) => there(s, 'content', (c, file) => c.call('fd_read', file, vectors(s, count, each))),
      },
      {
        id: `fd_write${suffix}`,
        native: `writev-lseek written ${count} ${each}`,
        title: `Writing a page to where a file stands${parts}, and seeking back`,
        parameters: more.parameters,
        bench: (s) => there(s, 'written', (c, file) => c.call('fd_write', file, vectors(s, count, each))),
      },
    ];
  }),
  {
    id: 'fd_prestat_get',
    title: 'Asking what is preopened',
    bench: (s) => s.time('fd_prestat_get', [DIRECTORY]),
  },
  {
    id: 'fd_prestat_dir_name',
    title: 'Asking for the name of what is preopened',
    bench: (s) => s.time('fd_prestat_dir_name', [DIRECTORY, s.alloc(8), 1]),
  },
  ...ENTRIES.map(
    (count): Bench => ({
      id: `fd_readdir/${count}`,
      native: `getdents of-${count}`,
      title: `Listing a directory of ${count} entries in one call`,
      parameters: { entries: count },
      bench: (s) =>
        s.time('fd_readdir', [
          opened(s, `of-${count}`, { oflags: ['directory'] }),
          s.alloc(LIST_BYTES),
          LIST_BYTES,
          0n,
        ]),
    }),
  ),
  {
    id: 'fd_renumber',
    title: 'Opening a file and giving it the number of another',
    bench: (s) => {
      const kept = opened(s, 'content');
      s.cycle((c) => {
        const file = c.call('path_open', ...openArgs('file'));
        c.call('fd_renumber', file.value, kept);
      });
    },
  },
  {
    id: 'fd_seek',
    native: 'lseek-set content',
    title: 'Seeking to the beginning of a file',
    headline: true,
    bench: (s) => s.time('fd_seek', [opened(s, 'content'), 0n, 'set']),
  },
  {
    id: 'fd_tell',
    native: 'lseek-current content',
    title: 'Asking where a file stands',
    bench: (s) => s.time('fd_tell', [opened(s, 'content')]),
  },
];

/** A call that moves the file's place, and the way back. */
function there(
  s: BenchBuilder,
  path: string,
  call: (c: Parameters<Parameters<BenchBuilder['cycle']>[0]>[0], file: Slot) => CycleStep,
): void {
  const file = opened(s, path);
  s.cycle((c) => {
    call(c, file);
    c.call('fd_seek', file, 0n, 'set');
  });
}

const ofPaths: Bench[] = [
  ...DEPTHS.flatMap((depth): Bench[] => {
    const suffix = depth === 1 ? '' : `/depth-${depth}`;
    const place = depth === 1 ? 'a file' : `a file at depth ${depth}`;
    const more = { parameters: { depth }, ...(depth === 1 ? { headline: true as const } : {}) };
    return [
      {
        id: `path_open${suffix}`,
        native: `openat-close ${pathOf(depth)}`,
        title: `Opening and closing ${place}`,
        ...more,
        bench: (s) => s.time('path_open', openArgs(pathOf(depth)), { drop: true }),
      },
      {
        id: `path_filestat_get${suffix}`,
        native: `fstatat ${pathOf(depth)}`,
        title: `Asking for the attributes of ${place} by its path`,
        ...more,
        bench: (s) => s.time('path_filestat_get', [DIRECTORY, [], pathOf(depth)]),
      },
    ];
  }),
  {
    id: 'fd_close',
    native: 'openat-close-unlinkat made',
    title: 'Creating a file, closing and removing it',
    bench: (s) =>
      s.cycle((c) => {
        const file = c.call('path_open', ...openArgs('made', ['creat', 'excl']));
        c.call('fd_close', file.value);
        c.call('path_unlink_file', DIRECTORY, 'made');
      }),
  },
  {
    id: 'path_create_directory',
    native: 'mkdirat-unlinkat made-directory',
    title: 'Making a directory and removing it',
    bench: (s) =>
      s.cycle((c) => {
        c.call('path_create_directory', DIRECTORY, 'made-directory');
        c.call('path_remove_directory', DIRECTORY, 'made-directory');
      }),
  },
  {
    id: 'path_filestat_set_times',
    native: 'utimensat written',
    title: 'Setting both times of a file to now by its path',
    bench: (s) => s.time('path_filestat_set_times', [DIRECTORY, [], 'written', 0n, 0n, NOW]),
  },
  {
    id: 'path_link',
    native: 'linkat-unlinkat file hard',
    title: 'Making a hard link and removing it',
    bench: (s) =>
      s.cycle((c) => {
        c.call('path_link', DIRECTORY, [], 'file', DIRECTORY, 'hard');
        c.call('path_unlink_file', DIRECTORY, 'hard');
      }),
  },
  {
    id: 'path_readlink',
    native: 'readlinkat link',
    title: 'Reading a symbolic link',
    bench: (s) => s.time('path_readlink', [DIRECTORY, 'link', s.alloc(64), 64]),
  },
  {
    id: 'path_rename',
    native: 'renameat-back grown renamed',
    title: 'Renaming a file and back',
    bench: (s) =>
      s.cycle((c) => {
        c.call('path_rename', DIRECTORY, 'grown', DIRECTORY, 'renamed');
        c.call('path_rename', DIRECTORY, 'renamed', DIRECTORY, 'grown');
      }),
  },
  {
    id: 'path_symlink',
    native: 'symlinkat-unlinkat file soft',
    title: 'Making a symbolic link and removing it',
    bench: (s) =>
      s.cycle((c) => {
        c.call('path_symlink', 'file', DIRECTORY, 'soft');
        c.call('path_unlink_file', DIRECTORY, 'soft');
      }),
  },
];

export const performanceP1: LatencyCase[] = [...ofDescriptors, ...ofPaths].map((one) => ({
  ...one,
  wasi: 'p1',
  guest: 'probe-p1',
  world: one.id.startsWith('fd_readdir') ? DIRECTORIES : FILES,
  metric: 'latency',
}));
