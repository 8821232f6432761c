/** Reads and writes a guest's memory for planted faults; what lies outside is nothing and stays untouched. */

/** A `WebAssembly.Memory`: its buffer is another one after each growth. */
export interface LinearMemory {
  readonly buffer: ArrayBuffer;
}

export class GuestMemory {
  readonly #memory: LinearMemory;
  #undo: (() => void)[] | undefined;

  constructor(memory: LinearMemory) {
    this.#memory = memory;
  }

  get size(): number {
    return this.#memory.buffer.byteLength;
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
    if (address >>> 0 > all.length - bytes.length) return;
    if (this.#undo) {
      const before = this.read(address, bytes.length);
      this.#undo.push(() => this.write(address, before));
    }
    all.set(bytes, address >>> 0);
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

  /** Makes changes, does something, and takes the changes back: what the guest holds must not differ afterwards. */
  meanwhile<Result>(change: () => void, then: () => Result): Result {
    const undo: (() => void)[] = [];
    this.#undo = undo;
    try {
      change();
    } finally {
      this.#undo = undefined;
    }
    try {
      return then();
    } finally {
      for (const back of undo.toReversed()) back();
    }
  }
}
