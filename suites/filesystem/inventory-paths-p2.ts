/** Owns the ways in which preview 2's functions on paths, directories and their listings can end. */

import type { InventoryPair } from '../../harness/contracts/suite.ts';
import {
  CREATE_DIRECTORY_AT,
  DROP_ENTRY_STREAM,
  GET_DIRECTORIES,
  LINK_AT,
  METADATA_HASH_AT,
  OPEN_AT,
  READ_DIRECTORY,
  READ_DIRECTORY_ENTRY,
  READLINK_AT,
  REMOVE_DIRECTORY_AT,
  RENAME_AT,
  SET_TIMES_AT,
  STAT_AT,
  SYMLINK_AT,
  UNLINK_FILE_AT,
} from './functions-p2.ts';
import { posix } from './spec.ts';
import { FUNCTION, PATHS, RESOURCE_DROP, TYPES } from './spec-p2.ts';

/** Of every function on paths: the text's own, and those of POSIX's path resolution. */
const RESOLVING = [
  'ok',
  'not-permitted',
  'illegal-byte-sequence',
  'invalid',
  'loop',
  'name-too-long',
  'no-entry',
  'not-directory',
];
/** Of those that change something as well. */
const CHANGING = [...RESOLVING, 'read-only'];

interface Function {
  name: string;
  spec: string;
  /** The page of POSIX to which the text refers. */
  page: string;
  outcomes: readonly string[];
  /** Outcomes that the function's own text names, besides success. */
  own?: readonly string[];
}

const FUNCTIONS: readonly Function[] = [
  {
    name: CREATE_DIRECTORY_AT,
    spec: FUNCTION.createDirectoryAt,
    page: 'mkdir',
    outcomes: [...CHANGING, 'exist'],
  },
  {
    name: LINK_AT,
    spec: FUNCTION.linkAt,
    page: 'link',
    outcomes: [...CHANGING, 'exist'],
    own: ['exist', 'no-entry', 'not-permitted'],
  },
  { name: METADATA_HASH_AT, spec: FUNCTION.metadataHashAt, page: 'fstatat', outcomes: RESOLVING },
  {
    name: OPEN_AT,
    spec: FUNCTION.openAt,
    page: 'open',
    outcomes: [...CHANGING, 'exist', 'is-directory', 'no-such-device', 'unsupported'],
    own: ['read-only'],
  },
  {
    name: READLINK_AT,
    spec: FUNCTION.readlinkAt,
    page: 'readlink',
    outcomes: RESOLVING,
    own: ['not-permitted'],
  },
  {
    name: REMOVE_DIRECTORY_AT,
    spec: FUNCTION.removeDirectoryAt,
    page: 'unlink',
    outcomes: [...CHANGING, 'busy', 'not-empty'],
    own: ['not-empty'],
  },
  {
    name: RENAME_AT,
    spec: FUNCTION.renameAt,
    page: 'rename',
    outcomes: [...CHANGING, 'busy', 'exist', 'is-directory', 'not-empty'],
  },
  { name: SET_TIMES_AT, spec: FUNCTION.setTimesAt, page: 'futimens', outcomes: [...CHANGING, 'overflow'] },
  { name: STAT_AT, spec: FUNCTION.statAt, page: 'fstatat', outcomes: RESOLVING },
  {
    name: SYMLINK_AT,
    spec: FUNCTION.symlinkAt,
    page: 'symlink',
    outcomes: [...CHANGING, 'exist'],
    own: ['not-permitted'],
  },
  {
    name: UNLINK_FILE_AT,
    spec: FUNCTION.unlinkFileAt,
    page: 'unlink',
    outcomes: [...CHANGING, 'is-directory'],
    own: ['is-directory'],
  },
  {
    name: READ_DIRECTORY,
    spec: FUNCTION.readDirectory,
    page: 'fdopendir',
    outcomes: ['ok', 'no-entry', 'not-directory'],
  },
  {
    name: READ_DIRECTORY_ENTRY,
    spec: FUNCTION.readDirectoryEntry,
    page: 'readdir',
    outcomes: ['ok', 'illegal-byte-sequence'],
  },
  { name: DROP_ENTRY_STREAM, spec: RESOURCE_DROP, page: 'closedir', outcomes: ['ok'] },
  { name: GET_DIRECTORIES, spec: FUNCTION.getDirectories, page: 'open', outcomes: ['ok'] },
];

function specOf(outcome: string, { spec, page, own }: Function): string {
  if (outcome === 'ok' || own?.includes(outcome)) return spec;
  if (outcome === 'not-permitted') return PATHS.resolving;
  if (outcome === 'read-only') return TYPES.mutateDirectory;
  return outcome === 'illegal-byte-sequence' ? PATHS.text : posix(page);
}

const asserted = FUNCTIONS.flatMap((one) =>
  one.outcomes.map(
    (outcome): InventoryPair => ({
      wasi: 'p2',
      function: one.name,
      outcome,
      spec: specOf(outcome, one),
    }),
  ),
);

const ANOTHER_USER = 'needs a user to whom the host refuses something, while the harness may run as root';
const FULL = 'needs a file system that is full or holds as many as it can';
const MOUNTS = 'needs a second file system below or beside the folder';

/**
 * What only the host's state can bring about. POSIX lists most of them for nearly every function; each stands here
 * with the functions it is typical of.
 */
const EXCLUDED: readonly (readonly [outcome: string, why: string, functions: readonly string[]])[] = [
  ['access', ANOTHER_USER, [CREATE_DIRECTORY_AT, OPEN_AT, RENAME_AT, UNLINK_FILE_AT]],
  ['insufficient-space', FULL, [CREATE_DIRECTORY_AT, OPEN_AT]],
  ['too-many-links', FULL, [LINK_AT]],
  ['cross-device', MOUNTS, [LINK_AT, RENAME_AT]],
  ['busy', 'needs a mount point, or a file that the system itself uses', [UNLINK_FILE_AT]],
  ['io', 'needs a device that fails', [OPEN_AT, READLINK_AT]],
  ['text-file-busy', 'needs a program of the host that is running', [OPEN_AT]],
];

const excluded = EXCLUDED.flatMap(([outcome, why, functions]) =>
  functions.map((name): InventoryPair => {
    const page = FUNCTIONS.find((one) => one.name === name)?.page ?? 'open';
    return { wasi: 'p2', function: name, outcome, spec: posix(page), excluded: why };
  }),
);

export const pathPairsP2: InventoryPair[] = [...asserted, ...excluded];
