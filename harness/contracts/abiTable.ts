/** What a table of functions says, so that the cases in which their calls break the canonical ABI can be made of it. */

import type { AbiParam } from './abiParams.ts';
import type { ScriptBuilder, Step, WasiValue } from './script.ts';
import type { World } from './world.ts';

/** What comes back through memory, to the address that is the last argument. */
export interface AbiPlace {
  sizeBytes: number;
  align: number;
  /** It is a `result`, and with the valid arguments one that is `ok`: its first byte is then 0. */
  succeeds?: true;
}

/** A list or string in what is returned, which `realloc` makes room for. */
export interface AbiReturned {
  /** Of the list's elements. */
  align: number;
  /** Prepares the call and returns what makes it, typed; each call must return the same. */
  prepare(s: ScriptBuilder): () => Step;
  /** Of what comes back, the part that is the same each time, where that is not all. */
  lasting?(value: WasiValue): WasiValue;
  /** Where the call may return without a list: the text that leaves it open. */
  maybeNone?: string;
}

export type AbiFaultKind = AbiParam['kind'] | 'place' | 'realloc';

export interface AbiFunction {
  name: string;
  /** What its cases' ids begin with, where that is not its own name. */
  id?: string;
  /** By name, in order; `self` is left out of ids. */
  params: Readonly<Record<string, AbiParam>>;
  place?: AbiPlace;
  returned?: AbiReturned;
  /** With valid arguments it never returns. */
  ends?: true;
  /** Of these kinds every fault is tried, not just one. */
  all?: readonly AbiFaultKind[];
}

export interface AbiTable {
  guest: string;
  world?: World;
  functions: readonly AbiFunction[];
  /** Looks at the host's side where arguments are refused, so that nothing may have been done. */
  untouched?(s: ScriptBuilder): void;
}
