/** The guests that are made rather than kept: modules by whose size a start takes longer or shorter. */

import { join } from 'node:path';
import type { Guest } from '../contracts/guest.ts';

/** A test makes them and holds them against these. */
const SIZED = [
  {
    id: 'sized-1k',
    sizeBytes: 1024,
    hash: 'sha256:33f99b0e2c07a86ca4c76c38cbef6f7b3add09b202e1b951f1e710fa3faa3840',
  },
  {
    id: 'sized-100k',
    sizeBytes: 102_400,
    hash: 'sha256:08a23941d5501dc845c72cd9f9f5bd5950b075cee792772cd5ff50e30e4669fa',
  },
  {
    id: 'sized-4m',
    sizeBytes: 4_194_304,
    hash: 'sha256:0cde383914b91ac1a387d61ead31605c08a4c36d9aa9dc62d44bf3b219146642',
  },
];

/** The guests, each in a file of that folder once it is made; its name tells which bytes it holds. */
export function sizedGuests(folder: string): Guest[] {
  return SIZED.map(({ id, sizeBytes, hash }) => ({
    ...({ id, wasi: 'p1', kind: 'module', hash, generated: { sizeBytes } } as const),
    file: join(folder, `${id}-${hash.replace('sha256:', '').slice(0, 16)}.wasm`),
  }));
}
