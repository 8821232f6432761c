/** Owns the list of preview 1's functions that take a path, each with one plain call of it, for what must hold of all of them. */

import type { ScriptBuilder, Step, WasiValue } from '../../harness/contracts/script.ts';
import { DIRECTORY } from './opening-p1.ts';

export interface PathCall {
  /** The function, with which of its two paths is meant where it has two. */
  id: string;
  function: string;
  /** The right that the descriptor must have. */
  right: string;
  /** What the path names in `PLAIN_TREE` for the call to succeed. */
  path: string;
  call(s: ScriptBuilder, fd: WasiValue, path: string | Uint8Array): Step;
}

const simple = (name: string, path: string, call: PathCall['call']): PathCall => ({
  id: name,
  function: name,
  right: name,
  path,
  call,
});

export const PATH_CALLS: readonly PathCall[] = [
  simple('path_create_directory', 'made', (s, fd, path) => s.call('path_create_directory', fd, path)),
  simple('path_filestat_get', 'file', (s, fd, path) => s.call('path_filestat_get', fd, [], path)),
  simple('path_filestat_set_times', 'file', (s, fd, path) =>
    s.call('path_filestat_set_times', fd, [], path, 1n, 2n, ['atim', 'mtim']),
  ),
  {
    id: 'path_link.old',
    function: 'path_link',
    right: 'path_link_source',
    path: 'file',
    call: (s, fd, path) => s.call('path_link', fd, [], path, DIRECTORY, 'made'),
  },
  {
    id: 'path_link.new',
    function: 'path_link',
    right: 'path_link_target',
    path: 'made',
    call: (s, fd, path) => s.call('path_link', DIRECTORY, [], 'file', fd, path),
  },
  simple('path_open', 'file', (s, fd, path) => s.call('path_open', fd, [], path, [], ['fd_read'], [], [])),
  simple('path_readlink', 'link', (s, fd, path) => s.call('path_readlink', fd, path, s.alloc(64), 64)),
  simple('path_remove_directory', 'directory', (s, fd, path) => s.call('path_remove_directory', fd, path)),
  {
    id: 'path_rename.old',
    function: 'path_rename',
    right: 'path_rename_source',
    path: 'file',
    call: (s, fd, path) => s.call('path_rename', fd, path, DIRECTORY, 'made'),
  },
  {
    id: 'path_rename.new',
    function: 'path_rename',
    right: 'path_rename_target',
    path: 'made',
    call: (s, fd, path) => s.call('path_rename', DIRECTORY, 'file', fd, path),
  },
  simple('path_symlink', 'made', (s, fd, path) => s.call('path_symlink', 'file', fd, path)),
  simple('path_unlink_file', 'file', (s, fd, path) => s.call('path_unlink_file', fd, path)),
];
