/** Where a value begins, in core words or in memory: faults read and write both alike. */

import type { GuestMemory } from '../memory.ts';

export type Word = number | bigint;

export interface Cell {
  /** The unsigned number that stands here. */
  read(size: number): bigint;
  write(size: number, value: bigint): void;
  /** The place so many bytes further in memory, so many words further among words. */
  at(offset: number, words: number): Cell;
  /** The value's bytes or words, and the way to put others there. */
  take(size: number, words: number): (to: Cell) => void;
}

/** A value in core words: arguments, or the one that a call returns. */
export function wordCell(words: Word[], index: number): Cell {
  const put = (at: number, value: bigint) => {
    if (at >= words.length) return;
    words[at] = typeof words[at] === 'bigint' ? value : Number(BigInt.asIntN(32, value));
  };
  return {
    read: (size) => BigInt.asUintN(8 * size, BigInt(words[index] ?? 0)),
    write: (size, value) => put(index, BigInt.asUintN(8 * size, value)),
    at: (_offset, more) => wordCell(words, index + more),
    take: (size, count) => {
      const taken = words.slice(index, index + count).map(BigInt);
      return (to) => {
        // A narrow value keeps its width, a wide one is all 64 bits.
        taken.forEach((word, nth) => {
          to.at(0, nth).write(count === 1 ? size : 8, word);
        });
      };
    },
  };
}

/** A value in linear memory. */
export function memoryCell(memory: GuestMemory, address: number): Cell & { address: number } {
  return {
    address,
    read: (size) => memory.number(address, size),
    write: (size, value) => memory.setNumber(address, size, value),
    at: (offset) => memoryCell(memory, address + offset),
    take: (size) => {
      const taken = memory.read(address, size);
      return (to) => memory.write((to as Cell & { address: number }).address, taken);
    },
  };
}
