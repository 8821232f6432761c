/** Owns the list of preview 2's functions that take a path, each with one plain call of it, for what must hold of all of them. */

import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import {
  CREATE_DIRECTORY_AT,
  LINK_AT,
  METADATA_HASH_AT,
  OPEN_AT,
  READLINK_AT,
  REMOVE_DIRECTORY_AT,
  RENAME_AT,
  SET_TIMES_AT,
  STAT_AT,
  SYMLINK_AT,
  UNLINK_FILE_AT,
} from './functions-p2.ts';
import { FUNCTION } from './spec-p2.ts';

export interface PathCall {
  /** The function, with which of its two paths is meant where it has two. */
  id: string;
  spec: string;
  /** What the path names in `PLAIN_TREE` for the call to succeed. */
  path: string;
  /** Whether it changes the file system. */
  changes: boolean;
  /** `other` is a directory for the path that is not meant. */
  call(s: ScriptBuilder, base: Slot, path: string, other: Slot): Step;
}

const looks = (name: string, spec: string, path: string, call: PathCall['call']): PathCall => ({
  id: `descriptor.${name}`,
  spec,
  path,
  changes: false,
  call,
});
const changes = (...args: Parameters<typeof looks>): PathCall => ({ ...looks(...args), changes: true });

export const SOME_TIMES = [
  { tag: 'timestamp', value: { seconds: 1_000_000_000n, nanoseconds: 0 } },
  { tag: 'timestamp', value: { seconds: 1_000_000_001n, nanoseconds: 0 } },
] as const;

export const PATH_CALLS: readonly PathCall[] = [
  changes('create-directory-at', FUNCTION.createDirectoryAt, 'made', (s, base, path) =>
    s.call(CREATE_DIRECTORY_AT, base, path),
  ),
  changes('link-at.old', FUNCTION.linkAt, 'file', (s, base, path, other) =>
    s.call(LINK_AT, base, [], path, other, 'made'),
  ),
  changes('link-at.new', FUNCTION.linkAt, 'made', (s, base, path, other) =>
    s.call(LINK_AT, other, [], 'file', base, path),
  ),
  looks('metadata-hash-at', FUNCTION.metadataHashAt, 'file', (s, base, path) =>
    s.call(METADATA_HASH_AT, base, [], path),
  ),
  looks('open-at', FUNCTION.openAt, 'file', (s, base, path) => s.call(OPEN_AT, base, [], path, [], ['read'])),
  looks('readlink-at', FUNCTION.readlinkAt, 'link', (s, base, path) => s.call(READLINK_AT, base, path)),
  changes('remove-directory-at', FUNCTION.removeDirectoryAt, 'directory', (s, base, path) =>
    s.call(REMOVE_DIRECTORY_AT, base, path),
  ),
  changes('rename-at.old', FUNCTION.renameAt, 'file', (s, base, path, other) =>
    s.call(RENAME_AT, base, path, other, 'made'),
  ),
  changes('rename-at.new', FUNCTION.renameAt, 'made', (s, base, path, other) =>
    s.call(RENAME_AT, other, 'file', base, path),
  ),
  changes('set-times-at', FUNCTION.setTimesAt, 'file', (s, base, path) =>
    s.call(SET_TIMES_AT, base, [], path, ...SOME_TIMES),
  ),
  looks('stat-at', FUNCTION.statAt, 'file', (s, base, path) => s.call(STAT_AT, base, [], path)),
  changes('symlink-at', FUNCTION.symlinkAt, 'made', (s, base, path) =>
    s.call(SYMLINK_AT, base, 'file', path),
  ),
  changes('unlink-file-at', FUNCTION.unlinkFileAt, 'file', (s, base, path) =>
    s.call(UNLINK_FILE_AT, base, path),
  ),
];
