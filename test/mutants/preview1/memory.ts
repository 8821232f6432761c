/** Reads and writes a guest's memory for planted faults; what lies outside is nothing and stays untouched. */

/** A `WebAssembly.Memory`: its buffer is another one after each growth. */
export interface LinearMemory {
  readonly buffer: ArrayBuffer;
}

export class GuestMemory {
  readonly #memory: LinearMemory;

  constructor(memory: LinearMemory) {
    this.#memory = memory;
  }

  /** A copy; empty where it does not lie in memory. */
  read(address: number, length: number): Uint8Array {
    const bytes = new Uint8Array(this.#memory.buffer);
    return address >>> 0 <= bytes.length - length
      ? bytes.slice(address >>> 0, (address >>> 0) + length)
      : new Uint8Array();
  }

  write(address: number, bytes: Uint8Array): void {
    const all = new Uint8Array(this.#memory.buffer);
    if (address >>> 0 <= all.length - bytes.length) all.set(bytes, address >>> 0);
  }

  /** A little-endian number of 1, 2, 4 or 8 bytes. */
  number(address: number, size: number): bigint {
    return this.read(address, size).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  }

  setNumber(address: number, size: number, value: bigint): void {
    this.write(
      address,
      Uint8Array.from({ length: size }, (_, index) => Number((value >> BigInt(8 * index)) & 0xffn)),
    );
  }
}
