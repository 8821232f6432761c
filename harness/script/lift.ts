/**
 * Lifts values from core words and shown memory, the inverse of lower.ts
 * (https://github.com/WebAssembly/component-model/blob/main/design/mvp/CanonicalABI.md#loading).
 */

import type { WasiValue } from '../contracts/script.ts';
import type { Interfaces } from './interfaces.ts';
import type { Type } from './interfaceTypes.ts';
import { casesOf, fieldsOf, layoutOf, primitiveLayout } from './layout.ts';
import type { MemoryView } from './memory.ts';

/** Bytes of one list that are lifted; a longer one is cut, as the records themselves are. */
const MOST_BYTES = 65_536;
const MOST_ELEMENTS = 10_000;

/** The value of a scalar type held in a word; integers of 64 bits stay bigints. */
export function liftWord(interfaces: Interfaces, type: Type, word: bigint): WasiValue {
  const shape = interfaces.resolve(type);
  if (typeof shape === 'object') {
    switch (shape.kind) {
      case 'enum':
        return shape.cases[Number(word)] ?? `unknown(${word})`;
      case 'flags': {
        const names = shape.flags.filter((_, index) => (word >> BigInt(index)) & 1n);
        const unknown = word >> BigInt(shape.flags.length);
        return unknown === 0n
          ? names
          : [...names, `unknown(0x${unknown.toString(16)} << ${shape.flags.length})`];
      }
      case 'own':
      case 'borrow':
      case 'resource':
      case 'handle':
      case 'pointer':
      case 'const-pointer':
        return Number(word);
      default: {
        const single = variantIndex(interfaces, shape, word);
        if (single !== undefined) return single;
        throw new TypeError(`a ${shape.kind} is not held in one word`);
      }
    }
  }
  switch (shape) {
    case 'bool':
      return word !== 0n;
    case 'u64':
      return BigInt.asUintN(64, word);
    case 's64':
      return BigInt.asIntN(64, word);
    case 'u8':
    case 'u16':
    case 'u32':
      return Number(word);
    case 's8':
    case 's16':
    case 's32':
      return Number(BigInt.asIntN(primitiveLayout(shape).size * 8, word));
    case 'char':
      return String.fromCodePoint(Number(word));
    default:
      throw new TypeError(`cannot lift ${shape} from a word`);
  }
}

/** A variant without payloads, or a result without types, is its discriminant. */
function variantIndex(
  interfaces: Interfaces,
  shape: Exclude<Type, string>,
  word: bigint,
): WasiValue | undefined {
  if (shape.kind !== 'variant' && shape.kind !== 'option' && shape.kind !== 'result') return undefined;
  const { cases } = casesOf(interfaces, shape);
  if (cases.some((one) => one.type !== null)) return undefined;
  return { tag: cases[Number(word)]?.name ?? `unknown(${word})` };
}

/** The value at an address. */
export function liftMemory(
  interfaces: Interfaces,
  type: Type,
  memory: MemoryView,
  address: number,
): WasiValue {
  const shape = interfaces.resolve(type);
  // A byte order mark is a character like any other.
  if (shape === 'string')
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(sequenceBytes(memory, address));
  if (typeof shape === 'string')
    return liftWord(interfaces, shape, memory.unsigned(address, primitiveLayout(shape).size));
  switch (shape.kind) {
    case 'list': {
      if (interfaces.resolve(shape.element) === 'u8') return sequenceBytes(memory, address);
      const start = Number(memory.unsigned(address, 4));
      const count = Math.min(MOST_ELEMENTS, Number(memory.unsigned(address + 4, 4)));
      const { size } = layoutOf(interfaces, shape.element);
      return Array.from({ length: count }, (_, index) =>
        liftMemory(interfaces, shape.element, memory, start + index * size),
      );
    }
    case 'record':
      return Object.fromEntries(
        fieldsOf(interfaces, shape).map((field) => [
          field.name,
          liftMemory(interfaces, field.type, memory, address + field.offset),
        ]),
      );
    case 'tuple':
      return fieldsOf(interfaces, shape).map((field) =>
        liftMemory(interfaces, field.type, memory, address + field.offset),
      );
    case 'variant':
    case 'option':
    case 'result': {
      const { cases, tag, payloadOffset } = casesOf(interfaces, shape);
      const index = Number(memory.unsigned(address, primitiveLayout(tag).size));
      const own = cases[index];
      if (!own) return { tag: `unknown(${index})` };
      const payload =
        own.type === null ? undefined : liftMemory(interfaces, own.type, memory, address + payloadOffset);
      if (shape.kind === 'option') return payload ?? null;
      return payload === undefined ? { tag: own.name } : { tag: own.name, value: payload };
    }
    default:
      return liftWord(interfaces, type, memory.unsigned(address, layoutOf(interfaces, type).size));
  }
}

function sequenceBytes(memory: MemoryView, address: number): Uint8Array {
  const length = Number(memory.unsigned(address + 4, 4));
  return memory.bytes(Number(memory.unsigned(address, 4)), Math.min(length, MOST_BYTES));
}
