/**
 * Owns the ways in which preview 2's functions on descriptors can end. Each function has the errors of the POSIX page that its
 * documentation names, and those that the documentation of flags and errors adds. `interrupted` is left out: a guest has no signals;
 * `would-block` too, as 0.2.0 has no flag by which a descriptor does not block.
 */

import type { InventoryPair } from '../../harness/contracts/suite.ts';
import {
  ADVISE,
  APPEND_VIA_STREAM,
  DROP_DESCRIPTOR,
  FILESYSTEM_ERROR_CODE,
  GET_FLAGS,
  GET_TYPE,
  IS_SAME_OBJECT,
  METADATA_HASH,
  READ,
  READ_VIA_STREAM,
  SET_SIZE,
  SET_TIMES,
  STAT,
  SYNC,
  SYNC_DATA,
  WRITE,
  WRITE_VIA_STREAM,
} from './functions-p2.ts';
import { posix } from './spec.ts';
import { FUNCTION, RESOURCE_DROP } from './spec-p2.ts';

interface Ways {
  name: string;
  spec: string;
  /** Outcomes by the documentation of preview 2 itself. */
  own: readonly string[];
  /** The POSIX page that the documentation names, or of the function behind what was so called in earlier versions. */
  page?: string;
  /** Errors by the POSIX page. */
  posix?: readonly string[];
  /** Errors by the POSIX page that no case can bring about. */
  excluded?: readonly (keyof typeof WHY)[];
}

const WHY = {
  io: 'needs a device that fails while it is written or read',
  'insufficient-space': 'needs a full disk',
  access: 'needs a file of another user',
  'not-permitted': 'needs a file of another user',
} as const;

const FUNCTIONS: readonly Ways[] = [
  {
    name: READ_VIA_STREAM,
    spec: FUNCTION.readViaStream,
    own: ['ok'],
    page: 'read',
    posix: ['bad-descriptor', 'is-directory', 'invalid', 'invalid-seek', 'overflow'],
  },
  {
    name: WRITE_VIA_STREAM,
    spec: FUNCTION.writeViaStream,
    own: ['ok', 'is-directory'],
    page: 'write',
    posix: ['bad-descriptor', 'file-too-large', 'invalid', 'invalid-seek', 'overflow'],
  },
  {
    name: APPEND_VIA_STREAM,
    spec: FUNCTION.appendViaStream,
    own: ['ok', 'is-directory'],
    page: 'write',
    posix: ['bad-descriptor'],
  },
  {
    name: ADVISE,
    spec: FUNCTION.advise,
    own: ['ok', 'is-directory'],
    page: 'posix_fadvise',
    posix: ['bad-descriptor', 'invalid', 'invalid-seek'],
  },
  {
    name: SYNC_DATA,
    spec: FUNCTION.syncData,
    own: ['ok'],
    page: 'fdatasync',
    posix: ['invalid'],
    excluded: ['io'],
  },
  { name: SYNC, spec: FUNCTION.sync, own: ['ok'], page: 'fsync', posix: ['invalid'], excluded: ['io'] },
  { name: GET_FLAGS, spec: FUNCTION.getFlags, own: ['ok'] },
  { name: GET_TYPE, spec: FUNCTION.getType, own: ['ok'] },
  {
    name: SET_SIZE,
    spec: FUNCTION.setSize,
    own: ['ok', 'is-directory'],
    page: 'ftruncate',
    posix: ['bad-descriptor', 'file-too-large', 'invalid'],
    excluded: ['io'],
  },
  {
    name: SET_TIMES,
    spec: FUNCTION.setTimes,
    own: ['ok', 'read-only', 'overflow'],
    page: 'futimens',
    posix: ['invalid'],
    excluded: ['access', 'not-permitted'],
  },
  {
    name: READ,
    spec: FUNCTION.read,
    own: ['ok'],
    page: 'pread',
    posix: ['bad-descriptor', 'invalid', 'invalid-seek', 'is-directory', 'overflow'],
    excluded: ['io'],
  },
  {
    name: WRITE,
    spec: FUNCTION.write,
    own: ['ok', 'is-directory'],
    page: 'pwrite',
    posix: ['bad-descriptor', 'file-too-large', 'invalid', 'invalid-seek', 'overflow'],
    excluded: ['io', 'insufficient-space'],
  },
  { name: STAT, spec: FUNCTION.stat, own: ['ok'], page: 'fstat', posix: ['overflow'] },
  { name: IS_SAME_OBJECT, spec: FUNCTION.isSameObject, own: ['ok'] },
  { name: METADATA_HASH, spec: FUNCTION.metadataHash, own: ['ok'] },
  { name: FILESYSTEM_ERROR_CODE, spec: FUNCTION.filesystemErrorCode, own: ['ok'] },
  { name: DROP_DESCRIPTOR, spec: RESOURCE_DROP, own: ['ok'] },
];

export const descriptorPairsP2: InventoryPair[] = FUNCTIONS.flatMap(
  ({ name, spec, own, page, posix: errors = [], excluded = [] }) => {
    const bySystem = page === undefined ? spec : posix(page);
    return [
      ...own.map((outcome): InventoryPair => ({ wasi: 'p2', function: name, outcome, spec })),
      ...errors.map((outcome): InventoryPair => ({ wasi: 'p2', function: name, outcome, spec: bySystem })),
      ...excluded.map(
        (outcome): InventoryPair => ({
          wasi: 'p2',
          function: name,
          outcome,
          spec: bySystem,
          excluded: WHY[outcome],
        }),
      ),
    ];
  },
);
