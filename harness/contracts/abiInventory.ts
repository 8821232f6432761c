/** Owns the inventory's pairs of functions that trap by the canonical ABI. */

import { CANONICAL_ABI } from './abiParams.ts';
import type { InventoryPair } from './suite.ts';

/** The pairs of an interface's functions that trap by the canonical ABI. */
export const abiTraps = (wit: string, names: readonly string[]): InventoryPair[] =>
  names.map((name) => ({
    wasi: 'p2',
    function: `${wit}#${name}`,
    outcome: 'trap',
    spec: name.startsWith('[resource-drop]') ? CANONICAL_ABI.drop : CANONICAL_ABI.lower,
  }));

/** An inventory together with such pairs, but for those of functions that it has trap already, since their own documentation says so. */
export const withAbiTraps = (
  own: readonly InventoryPair[],
  traps: readonly InventoryPair[],
): InventoryPair[] => [
  ...own,
  ...traps.filter(
    (trap) => !own.some((one) => one.function === trap.function && one.outcome === trap.outcome),
  ),
];
