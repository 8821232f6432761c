/** Owns the list of stream and error functions that trap by the canonical ABI: all that take or return what can be wrong. */

import { abiTraps } from '../../harness/contracts/abiInventory.ts';

const INPUT = ['read', 'blocking-read', 'skip', 'blocking-skip', 'subscribe'];
const OUTPUT = [
  'check-write write blocking-write-and-flush flush blocking-flush subscribe write-zeroes',
  'blocking-write-zeroes-and-flush splice blocking-splice',
].flatMap((line) => line.split(' '));

export const inventoryAbiP2 = [
  ...abiTraps('wasi:io/streams', [
    ...INPUT.map((name) => `[method]input-stream.${name}`),
    ...OUTPUT.map((name) => `[method]output-stream.${name}`),
    '[resource-drop]input-stream',
    '[resource-drop]output-stream',
  ]),
  ...abiTraps('wasi:io/error', ['[method]error.to-debug-string', '[resource-drop]error']),
];
