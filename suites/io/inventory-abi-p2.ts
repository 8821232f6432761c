/**
 * Owns the list of stream and error functions that trap by the canonical ABI: all that take or return what can be wrong. Those whose
 * WIT itself has them trap are in the suite's own inventory: `write` and its like, the drops of streams.
 */

import { abiTraps } from '../../harness/contracts/abiFaults.ts';

const INPUT = ['read', 'blocking-read', 'skip', 'blocking-skip', 'subscribe'];
const OUTPUT = ['check-write', 'flush', 'blocking-flush', 'subscribe', 'splice', 'blocking-splice'];

export const inventoryAbiP2 = [
  ...abiTraps('wasi:io/streams', [
    ...INPUT.map((name) => `[method]input-stream.${name}`),
    ...OUTPUT.map((name) => `[method]output-stream.${name}`),
  ]),
  ...abiTraps('wasi:io/error', ['[method]error.to-debug-string', '[resource-drop]error']),
];
