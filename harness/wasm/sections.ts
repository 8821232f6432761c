/** Takes a wasm binary apart into its sections and puts it together again, whatever is in them. */

export interface Section {
  id: number;
  payload: Uint8Array;
}

/** A core module or a component: both are eight bytes and sections. */
export interface Binary {
  kind: 'module' | 'component';
  header: Uint8Array;
  sections: Section[];
}

const HEADER_BYTES = 8;
const LARGEST = 0xffff_ffff;

/** Reads bytes one after another; throws a RangeError behind the end. */
export interface Reader {
  readonly at: number;
  readonly isDone: boolean;
  byte(): number;
  bytes(count: number): Uint8Array;
  /** An unsigned LEB128 of at most 32 bits. */
  u32(): number;
  /** A signed LEB128 of at most 32 bits. */
  s32(): number;
  name(): string;
}

/** A reader of these bytes from `start` on. */
export function reader(bytes: Uint8Array, start = 0): Reader {
  let at = start;
  const byte = () => {
    const value = bytes[at];
    if (value === undefined) throw new RangeError(`wasm ends too early, at byte ${at}`);
    at += 1;
    return value;
  };
  const take = (count: number) => {
    if (count > bytes.length - at) throw new RangeError(`wasm ends too early, at byte ${at}`);
    at += count;
    return bytes.subarray(at - count, at);
  };
  const leb = () => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const next = byte();
      value += (next & 0x7f) * 2 ** shift;
      if (next < 0x80) return { value, bits: shift + 7, isNegative: (next & 0x40) !== 0 };
    }
    throw new RangeError(`a number is too long, at byte ${at}`);
  };
  const u32 = () => {
    const { value } = leb();
    if (value > LARGEST) throw new RangeError(`a number is too large, at byte ${at}`);
    return value;
  };
  return {
    get at() {
      return at;
    },
    get isDone() {
      return at >= bytes.length;
    },
    byte,
    bytes: take,
    u32,
    s32: () => {
      const { value, bits, isNegative } = leb();
      return (isNegative && bits < 32 ? value - 2 ** bits : value) | 0;
    },
    name: () => new TextDecoder().decode(take(u32())),
  };
}

/** An unsigned LEB128. */
export function u32(value: number): number[] {
  const low = value % 128;
  const rest = Math.floor(value / 128);
  return rest === 0 ? [low] : [low | 0x80, ...u32(rest)];
}

/** A signed LEB128 of a 32-bit number, also given unsigned. */
export function s32(value: number): number[] {
  const number = value | 0;
  const low = number & 0x7f;
  const rest = number >> 7;
  const isLast = (rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40);
  return isLast ? [low] : [low | 0x80, ...s32(rest)];
}

/** Throws a RangeError for what is no wasm. */
export function parseBinary(bytes: Uint8Array): Binary {
  const header = bytes.subarray(0, HEADER_BYTES);
  const text = Buffer.from(header).toString('hex');
  const kind = text === '0061736d01000000' ? 'module' : text === '0061736d0d000100' ? 'component' : undefined;
  if (!kind) throw new RangeError('these bytes are neither a core module nor a component');
  const input = reader(bytes, HEADER_BYTES);
  const sections: Section[] = [];
  while (!input.isDone) {
    const id = input.byte();
    sections.push({ id, payload: input.bytes(input.u32()) });
  }
  return { kind, header, sections };
}

/** The bytes of a binary. */
export function binaryBytes({ header, sections }: Binary): Uint8Array {
  return Buffer.concat([
    header,
    ...sections.flatMap(({ id, payload }) => [Buffer.from([id, ...u32(payload.length)]), payload]),
  ]);
}
