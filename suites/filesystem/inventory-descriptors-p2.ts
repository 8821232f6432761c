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
  ERROR_CODE,
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
} from './functions-descriptors-p2.ts';
import { posix } from './spec.ts';
import { RESOURCE_DROP, TYPES } from './spec-descriptors-p2.ts';

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
    spec: TYPES.readViaStream,
    own: ['ok'],
    page: 'read',
    posix: ['bad-descriptor', 'is-directory', 'invalid', 'invalid-seek', 'overflow'],
  },
  {
    name: WRITE_VIA_STREAM,
    spec: TYPES.writeViaStream,
    own: ['ok', 'is-directory'],
    page: 'write',
    posix: ['bad-descriptor', 'file-too-large', 'invalid', 'invalid-seek', 'overflow'],
  },
  {
    name: APPEND_VIA_STREAM,
    spec: TYPES.appendViaStream,
    own: ['ok', 'is-directory'],
    page: 'write',
    posix: ['bad-descriptor'],
  },
  {
    name: ADVISE,
    spec: TYPES.advise,
    own: ['ok', 'is-directory'],
    page: 'posix_fadvise',
    posix: ['bad-descriptor', 'invalid', 'invalid-seek'],
  },
  {
    name: SYNC_DATA,
    spec: TYPES.syncData,
    own: ['ok'],
    page: 'fdatasync',
    posix: ['invalid'],
    excluded: ['io'],
  },
  { name: SYNC, spec: TYPES.sync, own: ['ok'], page: 'fsync', posix: ['invalid'], excluded: ['io'] },
  { name: GET_FLAGS, spec: TYPES.getFlags, own: ['ok'] },
  { name: GET_TYPE, spec: TYPES.getType, own: ['ok'] },
  {
    name: SET_SIZE,
    spec: TYPES.setSize,
    own: ['ok', 'is-directory'],
    page: 'ftruncate',
    posix: ['bad-descriptor', 'file-too-large', 'invalid'],
    excluded: ['io'],
  },
  {
    name: SET_TIMES,
    spec: TYPES.setTimes,
    own: ['ok', 'read-only', 'overflow'],
    page: 'futimens',
    posix: ['invalid'],
    excluded: ['access', 'not-permitted'],
  },
  {
    name: READ,
    spec: TYPES.read,
    own: ['ok'],
    page: 'pread',
    posix: ['bad-descriptor', 'invalid', 'invalid-seek', 'is-directory', 'overflow'],
    excluded: ['io'],
  },
  {
    name: WRITE,
    spec: TYPES.write,
    own: ['ok', 'is-directory'],
    page: 'pwrite',
    posix: ['bad-descriptor', 'file-too-large', 'invalid', 'invalid-seek', 'overflow'],
    excluded: ['io', 'insufficient-space'],
  },
  { name: STAT, spec: TYPES.stat, own: ['ok'], page: 'fstat', posix: ['overflow'] },
  { name: IS_SAME_OBJECT, spec: TYPES.isSameObject, own: ['ok'] },
  { name: METADATA_HASH, spec: TYPES.metadataHash, own: ['ok'] },
  { name: ERROR_CODE, spec: TYPES.errorCode, own: ['ok'] },
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
