/**
 * Owns the ways in which preview 1's functions on descriptors can end. Each function has the errors of the POSIX page that its
 * documentation names, and those that the documentation of errors, rights and pointers adds. EINTR is left out: preview 1 has no
 * signals that a guest could handle.
 */

import type { InventoryPair } from '../../harness/contracts/suite.ts';
import { P1_POINTERS, p1Docs, posix } from './spec.ts';

interface Ways {
  name: string;
  /** The POSIX page that the documentation names, or the one behind the Linux function it names. */
  page?: string;
  /** Outcomes by the documentation of preview 1 itself. */
  own: readonly string[];
  /** Errors by the POSIX page. */
  posix?: readonly string[];
  /** Errors by the POSIX page that no case can bring about. */
  excluded?: readonly (keyof typeof WHY)[];
}

const WHY = {
  io: 'needs a device that fails while it is written or read',
  nospc: 'needs a full disk',
  acces: 'needs a file of another user',
  perm: 'needs a file of another user',
  rofs: 'needs a file system that is mounted read-only',
} as const;

const FUNCTIONS: readonly Ways[] = [
  {
    name: 'fd_advise',
    page: 'posix_fadvise',
    own: ['ok', 'badf', 'notcapable', 'isdir', 'trap'],
    posix: ['inval', 'spipe'],
  },
  {
    name: 'fd_allocate',
    page: 'posix_fallocate',
    own: ['ok', 'badf', 'notcapable', 'isdir'],
    posix: ['fbig', 'inval', 'nodev', 'notsup', 'spipe'],
    excluded: ['io', 'nospc'],
  },
  { name: 'fd_close', page: 'close', own: ['ok', 'badf'], excluded: ['io'] },
  {
    name: 'fd_datasync',
    page: 'fdatasync',
    own: ['ok', 'badf', 'notcapable', 'isdir'],
    posix: ['inval'],
    excluded: ['io'],
  },
  { name: 'fd_fdstat_get', own: ['ok', 'badf', 'trap'] },
  {
    name: 'fd_fdstat_set_flags',
    own: ['ok', 'badf', 'notcapable', 'inval', 'notsup', 'trap'],
  },
  { name: 'fd_fdstat_set_rights', own: ['ok', 'badf', 'notcapable', 'inval', 'trap'] },
  {
    name: 'fd_filestat_get',
    page: 'fstat',
    own: ['ok', 'badf', 'notcapable', 'trap'],
    excluded: ['io'],
  },
  {
    name: 'fd_filestat_set_size',
    page: 'ftruncate',
    own: ['ok', 'badf', 'notcapable', 'isdir'],
    posix: ['fbig', 'inval'],
    excluded: ['io'],
  },
  {
    name: 'fd_filestat_set_times',
    page: 'futimens',
    own: ['ok', 'badf', 'notcapable', 'inval'],
    excluded: ['acces', 'perm', 'rofs'],
  },
  {
    name: 'fd_pread',
    page: 'read',
    own: ['ok', 'badf', 'notcapable', 'trap'],
    posix: ['inval', 'isdir', 'overflow', 'spipe'],
    excluded: ['io'],
  },
  { name: 'fd_prestat_get', own: ['ok', 'badf', 'inval', 'notdir', 'notsup', 'trap'] },
  {
    name: 'fd_prestat_dir_name',
    own: ['ok', 'badf', 'inval', 'nametoolong', 'nobufs', 'notdir', 'notsup', 'trap'],
  },
  {
    name: 'fd_pwrite',
    page: 'write',
    own: ['ok', 'badf', 'notcapable', 'isdir', 'trap'],
    posix: ['fbig', 'inval', 'overflow', 'spipe'],
    excluded: ['io', 'nospc'],
  },
  {
    name: 'fd_read',
    page: 'readv',
    own: ['ok', 'badf', 'notcapable', 'trap'],
    posix: ['again', 'inval', 'isdir'],
    excluded: ['io'],
  },
  { name: 'fd_renumber', page: 'dup2', own: ['ok', 'badf'] },
  {
    name: 'fd_seek',
    page: 'lseek',
    own: ['ok', 'badf', 'notcapable', 'trap'],
    posix: ['inval', 'overflow', 'spipe'],
  },
  {
    name: 'fd_sync',
    page: 'fsync',
    own: ['ok', 'badf', 'notcapable', 'isdir'],
    posix: ['inval'],
    excluded: ['io'],
  },
  { name: 'fd_tell', page: 'lseek', own: ['ok', 'badf', 'notcapable', 'trap'], posix: ['spipe'] },
  {
    name: 'fd_write',
    page: 'writev',
    own: ['ok', 'badf', 'notcapable', 'isdir', 'trap'],
    posix: ['again', 'inval', 'pipe'],
    excluded: ['io', 'nospc'],
  },
];

/** Where the documentation of preview 1 says so. */
function specOf(name: string, outcome: string): string {
  if (outcome === 'ok') return p1Docs(name);
  return outcome === 'trap' ? P1_POINTERS : p1Docs(`errno.${outcome}`);
}

export const descriptorPairsP1: InventoryPair[] = FUNCTIONS.flatMap(
  ({ name, page, own, posix: errors = [], excluded = [] }) => {
    const pair = (outcome: string, spec: string, more = {}): InventoryPair => ({
      wasi: 'p1',
      function: name,
      outcome,
      spec,
      ...more,
    });
    const byPosix = posix(page ?? name);
    return [
      ...own.map((outcome) => pair(outcome, specOf(name, outcome))),
      ...errors.map((outcome) => pair(outcome, byPosix)),
      ...excluded.map((outcome) => pair(outcome, byPosix, { excluded: WHY[outcome] })),
    ];
  },
);
