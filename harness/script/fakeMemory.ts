/** A guest's memory for tests: carries out the statements that lowering emits, and shows records as a probe would. */

import type { Slot } from '../contracts/script.ts';
import type { Emitter } from './lower.ts';
import type { MemoryBlock, MemoryView } from './memory.ts';
import { viewMemory } from './memory.ts';

const FIRST_ADDRESS = 0x1_0000;

export interface FakeMemory {
  emit: Emitter;
  /** The number that an expression over allocated places stands for. */
  value(word: Slot | bigint): bigint;
  /** All that was allocated, as a record shows it. */
  blocks(): MemoryBlock[];
  view(): MemoryView;
}

/** An empty memory that hands out aligned places, one after another with a gap. */
export function fakeMemory(): FakeMemory {
  const places: { name: string; address: number; bytes: Uint8Array }[] = [];
  let next = FIRST_ADDRESS;
  const value = (word: Slot | bigint): bigint => {
    if (typeof word === 'bigint') return BigInt.asUintN(64, word);
    return word.expression
      .split('+')
      .map((term) => {
        if (!term.startsWith('$')) return BigInt(term);
        const place = places.find((one) => one.name === term.slice(1));
        if (!place) throw new Error(`no place ${term}`);
        return BigInt(place.address);
      })
      .reduce((sum, one) => sum + one, 0n);
  };
  const write = (address: number, bytes: Uint8Array) => {
    const place = places.find(
      (one) => one.address <= address && address + bytes.length <= one.address + one.bytes.length,
    );
    if (!place)
      throw new RangeError(`writes ${bytes.length} bytes at ${address}, outside what was allocated`);
    place.bytes.set(bytes, address - place.address);
  };
  const emit: Emitter = {
    alloc: (sizeBytes, align) => {
      const address = Math.ceil(next / align) * align;
      next = address + sizeBytes + 1;
      const name = `a${places.length}`;
      places.push({ name, address, bytes: new Uint8Array(sizeBytes) });
      return { expression: `$${name}` };
    },
    put: (address, bytes) => write(Number(value(address)), bytes),
    store: (type, address, word) => {
      const size = Number(type.slice(1)) / 8;
      const at = Number(value(address));
      if (at % size !== 0) throw new RangeError(`stores a ${type} at ${at}, which is not aligned`);
      const bytes = Uint8Array.from({ length: size }, (_, index) =>
        Number((value(word) >> BigInt(8 * index)) & 0xffn),
      );
      write(at, bytes);
    },
  };
  const blocks = () =>
    places.map(
      ({ address, bytes }): MemoryBlock => [address, bytes.length, Buffer.from(bytes).toString('hex')],
    );
  return { emit, value, blocks, view: () => viewMemory(blocks()) };
}
