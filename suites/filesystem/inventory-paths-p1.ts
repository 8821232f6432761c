/** Owns the ways in which preview 1's functions on paths can end. */

import type { InventoryPair } from '../../harness/contracts/suite.ts';
import { P1_POINTERS, p1Docs, posix, WITX_CHAR } from './spec.ts';

/** Of every function on paths: success, the witx's own errors, and those of POSIX's path resolution. */
const COMMON = ['ok', 'trap', 'badf', 'notcapable', 'perm', 'ilseq', 'inval', 'noent', 'notdir'];
const RESOLVING = [...COMMON, 'loop', 'nametoolong'];

interface Function {
  name: string;
  /** The page of POSIX to which the text refers. */
  page: string;
  outcomes: readonly string[];
}

const FUNCTIONS: readonly Function[] = [
  {
    name: 'fd_readdir',
    page: 'fdopendir',
    outcomes: [...COMMON.filter((name) => name !== 'perm'), 'overflow', 'range'],
  },
  { name: 'path_create_directory', page: 'mkdir', outcomes: [...RESOLVING, 'exist'] },
  { name: 'path_filestat_get', page: 'fstatat', outcomes: RESOLVING },
  { name: 'path_filestat_set_times', page: 'futimens', outcomes: RESOLVING },
  { name: 'path_link', page: 'link', outcomes: [...RESOLVING, 'exist'] },
  { name: 'path_open', page: 'open', outcomes: [...RESOLVING, 'exist', 'isdir', 'notsup', 'nxio'] },
  { name: 'path_readlink', page: 'readlink', outcomes: RESOLVING },
  { name: 'path_remove_directory', page: 'unlink', outcomes: [...RESOLVING, 'busy', 'notempty'] },
  { name: 'path_rename', page: 'rename', outcomes: [...RESOLVING, 'busy', 'exist', 'isdir', 'notempty'] },
  { name: 'path_symlink', page: 'symlink', outcomes: [...RESOLVING, 'exist'] },
  { name: 'path_unlink_file', page: 'unlink', outcomes: [...RESOLVING, 'isdir'] },
];

/** The text's own sentences first: pointers, rights, strings, and the errno's description. */
function specOf(outcome: string, { name, page }: Function): string {
  if (outcome === 'ok') return p1Docs(name);
  if (outcome === 'trap') return P1_POINTERS;
  if (outcome === 'notcapable' || outcome === 'perm') return p1Docs(`errno.${outcome}`);
  return outcome === 'ilseq' ? WITX_CHAR : posix(page);
}

const asserted = FUNCTIONS.flatMap((one) =>
  one.outcomes.map(
    (outcome): InventoryPair => ({
      wasi: 'p1',
      function: one.name,
      outcome,
      spec: specOf(outcome, one),
    }),
  ),
);

const ANOTHER_USER = 'needs a user to whom the host refuses something, while the harness may run as root';
const FULL = 'needs a file system that is full or holds as many as it can';
const READ_ONLY = 'needs a file system mounted for reading only';
const MOUNTS = 'needs a second file system below or beside the folder';

/**
 * What only the host's state can bring about. POSIX lists most of them for nearly every function; each stands here
 * with the functions it is typical of.
 */
const EXCLUDED: readonly (readonly [outcome: string, why: string, functions: readonly string[]])[] = [
  ['acces', ANOTHER_USER, ['path_create_directory', 'path_open', 'path_rename', 'path_unlink_file']],
  ['nospc', FULL, ['path_create_directory', 'path_open', 'path_symlink']],
  ['mlink', FULL, ['path_create_directory', 'path_link']],
  ['rofs', READ_ONLY, ['path_filestat_set_times', 'path_open', 'path_remove_directory']],
  ['xdev', MOUNTS, ['path_link', 'path_rename']],
  ['busy', 'needs a mount point, or a file that the system itself uses', ['path_unlink_file']],
  ['io', 'needs a device that fails', ['path_open', 'path_readlink']],
  [
    'mfile',
    'needs as many open descriptors as the process may have, which each runtime sets itself',
    ['path_open'],
  ],
  ['nfile', 'needs as many open files as the system may have', ['path_open']],
  ['txtbsy', 'needs a program of the host that is running', ['path_open']],
];

const excluded = EXCLUDED.flatMap(([outcome, why, functions]) =>
  functions.map((name): InventoryPair => {
    const page = FUNCTIONS.find((one) => one.name === name)?.page ?? 'open';
    return { wasi: 'p1', function: name, outcome, spec: posix(page), excluded: why };
  }),
);

export const pathPairsP1: InventoryPair[] = [...asserted, ...excluded];
