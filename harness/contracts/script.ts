/** How a suite writes a script: statements with typed arguments, and what is expected of each. */

import type { Expectation, Said, Seen } from './expect.ts';

/** An expression of the script language that stands for a 64-bit word: a handle, a descriptor, an address, a number. */
export interface Slot {
  readonly expression: string;
}

/** A WASI value in TypeScript: integers of 64 bits are bigints, variants `{ tag, value }`, flags string lists. */
export type WasiValue =
  | number
  | bigint
  | boolean
  | string
  | null
  | Uint8Array
  | Slot
  | readonly WasiValue[]
  | { readonly [field: string]: WasiValue };

/** A recorded statement. */
export interface Step {
  /** The statement's line in the script, from 1. */
  readonly line: number;
  /** The flat result. */
  readonly result: Slot;
  /** The handle or scalar in the result, also where it comes back through memory (`result<own<T>, E>`). */
  readonly value: Slot;
  /** Where a result that comes back through memory lies. */
  readonly area: Slot;
}

export type ReallocMode = 'normal' | 'grow' | 'misalign' | 'oob' | 'trap' | 'reenter';

export type IntegerType = 'u8' | 'u16' | 'u32' | 'u64';

/** The current size of the guest's memory in bytes. */
export const MEMORY_SIZE: Slot = { expression: '$memory' };

/** The function that drops a resource: `wasi:io/poll#[resource-drop]pollable` of `wasi:io/poll#pollable`. */
export const dropOf = (kind: string): string => kind.replace('#', '#[resource-drop]');

/** Which run this is, from 0, of a case that has several. */
export const RUN: Slot = { expression: '$run' };

/**
 * An expression over slots, for addresses and lengths: `` at`${area} + 8` `` (spaces are dropped).
 * The operators are those of docs/script-language.md.
 */
export function at(parts: TemplateStringsArray, ...values: (Slot | number | bigint)[]): Slot {
  let text = '';
  parts.forEach((part, index) => {
    const value = values[index];
    text += part.replaceAll(' ', '');
    if (value !== undefined) text += typeof value === 'object' ? `(${value.expression})` : String(value);
  });
  return { expression: text };
}

export interface ScriptBuilder {
  /** Fresh zero bytes. */
  alloc(sizeBytes: number, align?: number): Slot;
  put(address: Slot, bytes: Uint8Array | string): void;
  store(type: IntegerType, address: Slot, value: Slot | number | bigint): void;
  fill(address: Slot, length: number, byte: number): void;
  let(value: Slot): Slot;
  /**
   * Calls a function with typed arguments, lowered by the interface's types; places for returned values are made.
   * Preview 1 pointers and descriptors, preview 2 handles are slots or numbers.
   */
  call(name: string, ...args: WasiValue[]): Step;
  /** Calls with core values as they are; `show` reports memory afterwards. What comes back is lifted as a bare word,
   * or where the call succeeded and `show` is given as the shown bytes. */
  raw(name: string, args: (Slot | number | bigint)[], show?: [address: Slot, length: Slot | number][]): Step;
  /** Drops a resource. `kind` is e.g. `wasi:io/poll#pollable`. */
  drop(kind: string, handle: Slot | number): Step;
  show(address: Slot, length: Slot | number): Step;
  digest(address: Slot, length: Slot | number): Step;
  /** Repeats statements; only the loop as a whole is recorded. A slot of 0 or 1 makes them conditional. */
  loop(count: number | Slot, body: (index: Slot) => void): Step;
  mark(): Step;
  realloc(mode: ReallocMode): void;
  exit(code: number): Step;
  trap(): Step;
  /** States what a step must come to. */
  expect(step: Step, expectation: Expectation): void;
  /** States something about several steps, runs or the host's clock together; `test` returns true or what is wrong. */
  check(what: string, steps: Step[], test: (seen: Seen) => Said): void;
  /** States something about the host's side after the guest's end, and about steps: `seen.after` holds it. */
  after(what: string, steps: Step[], test: (seen: Seen) => Said): void;
}
