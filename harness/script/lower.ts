/**
 * Lowers TypeScript values to core words and memory by the canonical ABI
 * (https://github.com/WebAssembly/component-model/blob/main/design/mvp/CanonicalABI.md#flat-lowering) and, for
 * preview 1, by the witx's layouts. What it makes are statements of a script, not bytes: the probe executes them.
 */

import type { IntegerType, Slot, WasiValue } from '../contracts/script.ts';
import type { Interfaces } from './interfaces.ts';
import type { Primitive, Type } from './interfaceTypes.ts';
import { type Cases, casesOf, fieldsOf, layoutOf, primitiveLayout } from './layout.ts';
import { argumentText } from './words.ts';

/** The statements that lowering may need. */
export interface Emitter {
  alloc(sizeBytes: number, align: number): Slot;
  put(address: Slot, bytes: Uint8Array): void;
  store(type: IntegerType, address: Slot, value: Slot | bigint): void;
}

export interface Lowering {
  interfaces: Interfaces;
  emit: Emitter;
}

/** True for an expression rather than a value. */
export function isSlot(value: unknown): value is Slot {
  return typeof value === 'object' && value !== null && 'expression' in value;
}

const OFFSET = (address: Slot, offset: number): Slot =>
  offset === 0 ? address : { expression: `${address.expression}+${offset}` };

/** The core words of a value passed flat. */
export function lowerFlat(to: Lowering, type: Type, value: WasiValue): (Slot | bigint)[] {
  const shape = to.interfaces.resolve(type);
  if (isScalar(shape)) return [scalarWord(shape, value)];
  if (shape === 'string' || (typeof shape === 'object' && shape.kind === 'list'))
    return sequence(to, shape, value);
  if (typeof shape === 'string') return [scalarWord(shape, value)];
  if (shape.kind === 'record' || shape.kind === 'tuple')
    return fieldsOf(to.interfaces, shape).flatMap((field) =>
      lowerFlat(to, field.type, fieldValue(value, field.name, shape.kind === 'tuple')),
    );
  if (shape.kind === 'variant' || shape.kind === 'option' || shape.kind === 'result') {
    const { cases } = casesOf(to.interfaces, shape);
    const { index, payload } = chosen(shape.kind, cases, value);
    const width = Math.max(
      0,
      ...cases.map((one) => (one.type === null ? 0 : flatWidth(to.interfaces, one.type))),
    );
    const own = cases[index]?.type;
    const words = own ? lowerFlat(to, own, payload) : [];
    while (words.length < width) words.push(0n);
    return [BigInt(index), ...words];
  }
  throw new TypeError(`cannot lower ${JSON.stringify(shape)}`);
}

/** Writes a value into memory at `address`. */
export function storeValue(to: Lowering, type: Type, value: WasiValue, address: Slot): void {
  const shape = to.interfaces.resolve(type);
  if (isScalar(shape)) {
    const { size } = layoutOf(to.interfaces, type);
    to.emit.store(`u${size * 8}` as IntegerType, address, scalarWord(shape, value));
  } else if (shape === 'string' || (typeof shape === 'object' && shape.kind === 'list')) {
    const [pointer, length] = sequence(to, shape, value);
    to.emit.store('u32', address, pointer ?? 0n);
    to.emit.store('u32', OFFSET(address, 4), length ?? 0n);
  } else if (typeof shape === 'object' && (shape.kind === 'record' || shape.kind === 'tuple')) {
    for (const field of fieldsOf(to.interfaces, shape))
      storeValue(
        to,
        field.type,
        fieldValue(value, field.name, shape.kind === 'tuple'),
        OFFSET(address, field.offset),
      );
  } else if (
    typeof shape === 'object' &&
    (shape.kind === 'variant' || shape.kind === 'option' || shape.kind === 'result')
  ) {
    const { cases, tag, payloadOffset } = casesOf(to.interfaces, shape);
    const { index, payload } = chosen(shape.kind, cases, value);
    to.emit.store(`u${primitiveLayout(tag).size * 8}` as IntegerType, address, BigInt(index));
    const own = cases[index]?.type;
    if (own) storeValue(to, own, payload, OFFSET(address, payloadOffset));
  } else throw new TypeError(`cannot store ${JSON.stringify(shape)}`);
}

/** How many core words a type takes when passed flat. */
export function flatWidth(interfaces: Interfaces, type: Type): number {
  const shape = interfaces.resolve(type);
  if (shape === 'string' || (typeof shape === 'object' && shape.kind === 'list')) return 2;
  if (typeof shape === 'string') return 1;
  if (shape.kind === 'record' || shape.kind === 'tuple')
    return fieldsOf(interfaces, shape).reduce((sum, field) => sum + flatWidth(interfaces, field.type), 0);
  if (shape.kind === 'variant' || shape.kind === 'option' || shape.kind === 'result')
    return (
      1 +
      Math.max(
        0,
        ...casesOf(interfaces, shape).cases.map((one) =>
          one.type === null ? 0 : flatWidth(interfaces, one.type),
        ),
      )
    );
  return 1;
}

type Resolved = ReturnType<Interfaces['resolve']>;
type Scalar =
  | Exclude<Primitive, 'string'>
  | Extract<
      Type,
      { kind: 'enum' | 'flags' | 'own' | 'borrow' | 'resource' | 'handle' | 'pointer' | 'const-pointer' }
    >;

function isScalar(shape: Resolved): shape is Scalar {
  if (typeof shape === 'string') return shape !== 'string';
  return ['enum', 'flags', 'own', 'borrow', 'resource', 'handle', 'pointer', 'const-pointer'].includes(
    shape.kind,
  );
}

function scalarWord(shape: Scalar | Primitive, value: WasiValue): Slot | bigint {
  if (isSlot(value)) return value;
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof shape === 'object' && shape.kind === 'enum' && typeof value === 'string') {
    const index = shape.cases.indexOf(value);
    if (index < 0) throw new TypeError(`'${value}' is none of ${shape.cases.join(', ')}`);
    return BigInt(index);
  }
  if (typeof shape === 'object' && shape.kind === 'flags' && Array.isArray(value)) {
    return value.reduce<bigint>((bits, name) => {
      const index = shape.flags.indexOf(String(name));
      if (index < 0) throw new TypeError(`'${String(name)}' is none of the flags ${shape.flags.join(', ')}`);
      return bits | (1n << BigInt(index));
    }, 0n);
  }
  if (shape === 'char' && typeof value === 'string') return BigInt(value.codePointAt(0) ?? 0);
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  throw new TypeError(`${argumentText(value)} is no value for ${JSON.stringify(shape)}`);
}

function sequence(
  to: Lowering,
  shape: 'string' | Extract<Type, { kind: 'list' }>,
  value: WasiValue,
): [Slot | bigint, Slot | bigint] {
  const bytes = bytesOf(to, shape, value);
  if (bytes) {
    const place = to.emit.alloc(bytes.length, 1);
    if (bytes.length > 0) to.emit.put(place, bytes);
    return [place, BigInt(bytes.length)];
  }
  if (shape === 'string' || !Array.isArray(value))
    throw new TypeError(`${argumentText(value)} is no list or string`);
  const layout = layoutOf(to.interfaces, shape.element);
  const place = to.emit.alloc(layout.size * value.length, layout.align);
  value.forEach((element: WasiValue, index) => {
    storeValue(to, shape.element, element, OFFSET(place, index * layout.size));
  });
  return [place, BigInt(value.length)];
}

/** The value's bytes; undefined for one to be stored element by element, since a length counts elements, not bytes. */
function bytesOf(
  { interfaces }: Lowering,
  shape: 'string' | Extract<Type, { kind: 'list' }>,
  value: WasiValue,
): Uint8Array | undefined {
  if (shape !== 'string' && interfaces.resolve(shape.element) !== 'u8') return undefined;
  if (typeof value === 'string') return new TextEncoder().encode(value);
  return value instanceof Uint8Array ? value : undefined;
}

function fieldValue(value: WasiValue, name: string, positional: boolean): WasiValue {
  const field = positional
    ? (value as readonly WasiValue[])[Number(name)]
    : (value as { readonly [field: string]: WasiValue })[name];
  if (field === undefined) throw new TypeError(`field '${name}' is missing in ${argumentText(value)}`);
  return field;
}

/** Which case a value names: `{ tag, value }`, or for options null and the value itself. */
function chosen(
  kind: 'variant' | 'option' | 'result',
  cases: Cases['cases'],
  value: WasiValue,
): { index: number; payload: WasiValue } {
  if (kind === 'option') return value === null ? { index: 0, payload: null } : { index: 1, payload: value };
  const { tag, value: payload = null } = value as { tag: WasiValue; value?: WasiValue };
  const index = typeof tag === 'number' ? tag : cases.findIndex((one) => one.name === tag);
  if (index < 0)
    throw new TypeError(`'${String(tag)}' is none of ${cases.map((one) => one.name).join(', ')}`);
  return { index, payload };
}
