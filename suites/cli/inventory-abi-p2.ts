/** Owns the list of cli functions that trap by the canonical ABI: all that take or return what can be wrong. */

import { abiTraps } from '../../harness/contracts/abiInventory.ts';

const STREAMS = ['stdin', 'stdout', 'stderr'];
const TERMINALS = ['terminal-input', 'terminal-output'];

export const inventoryAbiP2 = [
  ...abiTraps('wasi:cli/environment', ['get-environment', 'get-arguments', 'initial-cwd']),
  ...abiTraps('wasi:cli/exit', ['exit']),
  ...STREAMS.flatMap((name) => abiTraps(`wasi:cli/terminal-${name}`, [`get-terminal-${name}`])),
  ...TERMINALS.flatMap((name) => abiTraps(`wasi:cli/${name}`, [`[resource-drop]${name}`])),
];
