/** The parts of a guest's memory that a record shows, readable by address. */

/** `[address, length, "hex"]` as a record gives it; hex is null for what lies outside memory, and may be cut. */
export type MemoryBlock = [address: number, length: number, hex: string | null];

export interface MemoryView {
  /** The bytes at an address; throws a RangeError where the record does not show them all. */
  bytes(address: number, length: number): Uint8Array;
  unsigned(address: number, sizeBytes: number): bigint;
}

/** Makes a view over a record's blocks. Later blocks hide earlier ones: they were read later. */
export function viewMemory(blocks: readonly MemoryBlock[]): MemoryView {
  const shown = blocks
    .filter((block) => block[2] !== null)
    .map(([address, , hex]) => ({ address, data: Buffer.from(hex ?? '', 'hex') }));
  const bytes = (address: number, length: number) => {
    if (length === 0) return new Uint8Array();
    const block = shown.findLast(
      (one) => one.address <= address && address + length <= one.address + one.data.length,
    );
    if (!block) throw new RangeError(`the record does not show ${length} bytes at ${address}`);
    return new Uint8Array(block.data.subarray(address - block.address, address - block.address + length));
  };
  return {
    bytes,
    unsigned: (address, sizeBytes) =>
      bytes(address, sizeBytes).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n),
  };
}
