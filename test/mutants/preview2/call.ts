/** A call of the guest's while a fault is planted: its core words, the memory, and the way to make it for real. */

import type { GuestMemory } from '../memory.ts';
import type { Word } from './cell.ts';

export interface Call {
  /** The core arguments: what is changed here before `real` is what the runtime gets. */
  args: Word[];
  memory: GuestMemory;
  /** Makes the call for real. */
  real(): void;
  /** Makes a call of another function with these arguments. */
  instead(name: string): void;
  /** What the guest gets in a word, where it gets one. */
  returned: Word[];
  /** Whether nothing about the call demands a trap, as far as words and memory tell. */
  isProper(): boolean;
  /** What the fault remembers from call to call. */
  kept: { back?: ((later: Call) => void) | undefined };
}

export interface Mutant {
  /** `wasi:io/poll#[method]pollable.ready/always-true`. */
  id: string;
  function: string;
  operator: string;
  plant(call: Call): void;
}
