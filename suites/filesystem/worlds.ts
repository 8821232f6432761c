/** Owns the trees that cases of both previews begin with, each with its lines as `drawn` has them while nothing has happened. */

import type { FileTree } from '../../harness/contracts/world.ts';

/** What the plain calls of path-calls-p1.ts and path-calls-p2.ts work on. */
export const PLAIN_TREE: FileTree = {
  file: 'content',
  directory: { kind: 'directory' },
  link: { kind: 'symlink', target: 'file' },
};
export const PLAIN_LINES = ['directory/', 'file = content', 'link -> file'] as const;

export const DIRECTORIES_TREE: FileTree = {
  file: 'content',
  empty: { kind: 'directory' },
  full: { kind: 'directory', entries: { inner: 'inner', '.hidden': { kind: 'directory' } } },
  link: { kind: 'symlink', target: 'file' },
  'empty-link': { kind: 'symlink', target: 'empty' },
  dangling: { kind: 'symlink', target: 'absent' },
  fifo: { kind: 'fifo' },
};
export const DIRECTORIES_LINES = [
  'dangling -> absent',
  'empty-link -> empty',
  'empty/',
  'fifo (fifo)',
  'file = content',
  'full/',
  'full/.hidden/',
  'full/inner = inner',
  'link -> file',
];

export const LINKS_TREE: FileTree = {
  file: 'content',
  other: 'other',
  directory: { kind: 'directory', entries: { inner: 'inner' } },
  link: { kind: 'symlink', target: 'file' },
  'directory-link': { kind: 'symlink', target: 'directory' },
  dangling: { kind: 'symlink', target: 'absent' },
  loop: { kind: 'symlink', target: 'loop' },
};
export const LINKS_LINES = [
  'dangling -> absent',
  'directory-link -> directory',
  'directory/',
  'directory/inner = inner',
  'file = content',
  'link -> file',
  'loop -> loop',
  'other = other',
];

/** An entry of each kind. */
export const RENAME_TREE: FileTree = {
  file: 'content',
  other: 'other',
  empty: { kind: 'directory' },
  full: { kind: 'directory', entries: { inner: 'inner' } },
  tree: { kind: 'directory', entries: { leaf: 'leaf' } },
  link: { kind: 'symlink', target: 'file' },
  'tree-link': { kind: 'symlink', target: 'tree' },
  dangling: { kind: 'symlink', target: 'absent' },
  same: { kind: 'hardlink', to: 'file' },
};
export const RENAME_LINES = [
  'dangling -> absent',
  'empty/',
  'file = content',
  'full/',
  'full/inner = inner',
  'link -> file',
  'other = other',
  'same = content',
  'tree-link -> tree',
  'tree/',
  'tree/leaf = leaf',
];

/** Each file's size tells which one was found. */
export const RESOLUTION_TREE: FileTree = {
  file: 'x'.repeat(11),
  directory: {
    kind: 'directory',
    entries: { file: 'x'.repeat(22), up: { kind: 'symlink', target: '..' }, deep: { kind: 'directory' } },
  },
  'directory-link': { kind: 'symlink', target: 'directory' },
  'deep-link': { kind: 'symlink', target: 'directory/deep' },
  'file-link': { kind: 'symlink', target: 'directory/file' },
  'slash-link': { kind: 'symlink', target: 'directory/' },
};

export const UNLINK_TREE: FileTree = {
  file: 'content',
  again: { kind: 'hardlink', to: 'file' },
  directory: { kind: 'directory', entries: { inner: 'inner' } },
  link: { kind: 'symlink', target: 'file' },
  'directory-link': { kind: 'symlink', target: 'directory' },
  dangling: { kind: 'symlink', target: 'absent' },
  fifo: { kind: 'fifo' },
  socket: { kind: 'socket' },
};
export const UNLINK_LINES = [
  'again = content',
  'dangling -> absent',
  'directory-link -> directory',
  'directory/',
  'directory/inner = inner',
  'fifo (fifo)',
  'file = content',
  'link -> file',
  'socket (socket)',
];
