/** Preview 1's side of the cases that both previews have. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { PathCall, Preview } from './path-call.ts';
import { P1_CAPABILITIES, p1Docs } from './spec.ts';

const FOLLOW = ['symlink_follow'];
const READ = ['fd_read', 'fd_filestat_get'];
const WRITE = ['fd_read', 'fd_write', 'fd_filestat_set_size'];

/** The first preopened directory. */
export const FIRST = 3;

const calls: readonly PathCall[] = [
  {
    id: 'path_create_directory',
    victim: 'made',
    call: (s, fd, path) => s.call('path_create_directory', fd, path),
  },
  {
    id: 'path_filestat_get',
    victim: 'secret',
    reads: true,
    stats: true,
    call: (s, fd, path) => s.call('path_filestat_get', fd, [], path),
    follow: (s, fd, path) => s.call('path_filestat_get', fd, FOLLOW, path),
  },
  {
    id: 'path_filestat_set_times',
    victim: 'secret',
    call: (s, fd, path) => s.call('path_filestat_set_times', fd, [], path, 1n, 2n, ['atim', 'mtim']),
    follow: (s, fd, path) => s.call('path_filestat_set_times', fd, FOLLOW, path, 1n, 2n, ['atim', 'mtim']),
  },
  {
    id: 'path_link.old',
    victim: 'secret',
    call: (s, fd, path) => s.call('path_link', fd, [], path, FIRST, 'linked'),
    follow: (s, fd, path) => s.call('path_link', fd, FOLLOW, path, FIRST, 'linked'),
  },
  {
    id: 'path_link.new',
    victim: 'made',
    call: (s, fd, path) => s.call('path_link', FIRST, [], 'file', fd, path),
  },
  {
    id: 'path_open',
    victim: 'secret',
    reads: true,
    opens: true,
    call: (s, fd, path) => s.call('path_open', fd, [], path, [], READ, [], []),
    follow: (s, fd, path) => s.call('path_open', fd, FOLLOW, path, [], READ, [], []),
  },
  {
    id: 'path_open.creat',
    victim: 'made',
    opens: true,
    call: (s, fd, path) => s.call('path_open', fd, [], path, ['creat'], WRITE, [], []),
    follow: (s, fd, path) => s.call('path_open', fd, FOLLOW, path, ['creat'], WRITE, [], []),
  },
  {
    id: 'path_open.trunc',
    victim: 'secret',
    opens: true,
    call: (s, fd, path) => s.call('path_open', fd, [], path, ['trunc'], WRITE, [], []),
    follow: (s, fd, path) => s.call('path_open', fd, FOLLOW, path, ['trunc'], WRITE, [], []),
  },
  {
    id: 'path_readlink',
    victim: 'pointer',
    reads: true,
    readsLinks: true,
    call: (s, fd, path) => s.call('path_readlink', fd, path, s.alloc(64), 64),
  },
  {
    id: 'path_remove_directory',
    victim: 'empty',
    call: (s, fd, path) => s.call('path_remove_directory', fd, path),
  },
  {
    id: 'path_rename.old',
    victim: 'secret',
    call: (s, fd, path) => s.call('path_rename', fd, path, FIRST, 'renamed'),
  },
  {
    id: 'path_rename.new',
    victim: 'made',
    call: (s, fd, path) => s.call('path_rename', FIRST, 'file', fd, path),
  },
  {
    id: 'path_symlink',
    victim: 'made',
    call: (s, fd, path) => s.call('path_symlink', 'file', fd, path),
  },
  {
    id: 'path_unlink_file',
    victim: 'secret',
    call: (s, fd, path) => s.call('path_unlink_file', fd, path),
  },
];

export const preview1: Preview = {
  on: { wasi: 'p1', guest: 'probe-p1' },
  calls,
  directories: (_s, names = ['']) => names.map((_, index) => FIRST + index),
  plant: (s, directory, text, path) => s.call('path_symlink', text, directory, path),
  rename: (s, from, old, to, path) => s.call('path_rename', from, old, to, path),
  removeDirectory: (s, directory, path) => s.call('path_remove_directory', directory, path),
  openDirectory: (s, directory, path) => {
    // All rights that the preopen hands on: what is refused later is not refused for want of one.
    const rights = s.call('fd_fdstat_get', directory);
    const { area } = rights;
    const step = s.call(
      'path_open',
      directory,
      [],
      path,
      ['directory'],
      { expression: `u64[${area.expression}+8]` },
      { expression: `u64[${area.expression}+16]` },
      [],
    );
    s.expect(step, ok());
    return step.value;
  },
  notPermitted: oneOf(
    'the text says of no function what a path that leaves the directory returns: `notcapable` is "Capabilities insufficient", `perm` "Operation not permitted"',
    err('notcapable'),
    err('perm'),
  ),
  spec: {
    paths: P1_CAPABILITIES,
    links: P1_CAPABILITIES,
    sandboxing: P1_CAPABILITIES,
    preopens: p1Docs('prestat'),
  },
};
