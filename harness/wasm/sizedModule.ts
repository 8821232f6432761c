/** Makes modules of a size to the byte, always the same: many functions that are really there, and a start that calls one of them. */

import { u32 } from './sections.ts';

const HEADER = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const SECTION = { custom: 0, type: 1, function: 3, table: 4, memory: 5, export: 7, element: 9, code: 10 };
const I32 = 0x7f;
const FUNC = 0x60;
const FUNCREF = 0x70;
const OP = { localGet: 0x20, call: 0x10, drop: 0x1a, i32Const: 0x41, end: 0x0b };
/** add, sub, mul, and, or, xor, shl, rotl: none traps. */
const ARITHMETIC = [0x6a, 0x6b, 0x6c, 0x71, 0x72, 0x73, 0x74, 0x77];
/** Of one function: about 200 bytes of code. */
const STEPS = 24;
const FILLING = [7, ...Buffer.from('filling')];
/** A custom section's id and its length in five bytes, before its content. */
const CUSTOM_HEAD_BYTES = 6;
/** Lengths and counts of the sections grow by some bytes with what is in them. */
const GROWTH_BYTES = 32;

/**
 * A preview 1 command of exactly `sizeBytes`. Each function computes with its argument in its own way, so that no two are alike, and stands in a
 * table, so that none can be left out; `_start` calls the first and returns. Less than a function's worth is filled by a custom section.
 * Throws a RangeError where there is no room for a function.
 */
export function sizedModule(sizeBytes: number): Uint8Array<ArrayBuffer> {
  const next = xorshift();
  const bodies: Uint8Array[] = [];
  let bytes = assemble([]).length + GROWTH_BYTES + CUSTOM_HEAD_BYTES + FILLING.length;
  for (;;) {
    const body = Uint8Array.from(bodyOf(next));
    bytes += body.length + 1 + u32(bodies.length).length;
    if (bytes > sizeBytes) break;
    bodies.push(body);
  }
  if (bodies.length === 0) throw new RangeError(`a module of ${sizeBytes} bytes has no room for a function`);
  const module = assemble(bodies);
  const content = new Uint8Array(sizeBytes - module.length - CUSTOM_HEAD_BYTES);
  content.set(FILLING);
  return joined([module, [SECTION.custom, ...paddedU32(content.length)], content]);
}

function assemble(bodies: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const count = bodies.length;
  const start = [0, OP.i32Const, 1, ...(count > 0 ? [OP.call, 0] : []), OP.drop, OP.end];
  const indices = bodies.map((_, index) => u32(index));
  return joined([
    HEADER,
    section(SECTION.type, [[2, FUNC, 1, I32, 1, I32, FUNC, 0, 0]]),
    section(SECTION.function, [u32(count + 1), new Uint8Array(count), [1]]),
    section(SECTION.table, [[1, FUNCREF, 0], u32(count)]),
    section(SECTION.memory, [[1, 0, 1]]),
    section(SECTION.export, [
      [2, 6, ...Buffer.from('memory'), 2, 0, 6, ...Buffer.from('_start'), 0, ...u32(count)],
    ]),
    section(SECTION.element, [[1, 0, OP.i32Const, 0, OP.end], u32(count), ...indices]),
    section(SECTION.code, [u32(count + 1), ...bodies, u32(start.length), start]),
  ]);
}

const section = (id: number, parts: readonly ArrayLike<number>[]): Uint8Array => {
  const content = joined(parts);
  return joined([[id], u32(content.length), content]);
};

/** One function's body with its length before it. */
function bodyOf(next: () => number): number[] {
  const code = [0, OP.localGet, 0];
  for (let step = 0; step < STEPS; step += 1) {
    const word = next();
    // The argument comes in again and again, so that nothing can be computed ahead.
    if (step % 4 === 3) code.push(OP.localGet, 0);
    else code.push(OP.i32Const, ...s32(word));
    code.push(ARITHMETIC[(word >>> 8) % ARITHMETIC.length] ?? 0);
  }
  code.push(OP.end);
  return [...u32(code.length), ...code];
}

/** Marsaglia's xorshift32, from the same word on each time. */
function xorshift(): () => number {
  let word = 0x9e3779b9;
  return () => {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    return word;
  };
}

/** A signed LEB128. */
function s32(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const low = rest & 0x7f;
    const isLast = rest >> 6 === 0 || rest >> 6 === -1;
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

/** In five bytes, whatever the value. */
const paddedU32 = (value: number) =>
  [0, 7, 14, 21, 28].map((shift) => ((value >>> shift) & 0x7f) | (shift < 28 ? 0x80 : 0));

function joined(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
