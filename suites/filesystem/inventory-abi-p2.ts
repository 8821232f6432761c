/** Owns the list of filesystem functions that trap by the canonical ABI: all that take or return what can be wrong. */

import { abiTraps } from '../../harness/contracts/abiInventory.ts';

const METHODS = [
  'read-via-stream write-via-stream append-via-stream advise sync-data get-flags get-type set-size set-times read write',
  'read-directory sync create-directory-at stat stat-at set-times-at link-at open-at readlink-at remove-directory-at',
  'rename-at symlink-at unlink-file-at is-same-object metadata-hash metadata-hash-at',
].flatMap((line) => line.split(' ').map((name) => `[method]descriptor.${name}`));

export const inventoryAbiP2 = [
  ...abiTraps('wasi:filesystem/preopens', ['get-directories']),
  ...abiTraps('wasi:filesystem/types', [
    ...METHODS,
    '[method]directory-entry-stream.read-directory-entry',
    'filesystem-error-code',
    '[resource-drop]descriptor',
    '[resource-drop]directory-entry-stream',
  ]),
];
