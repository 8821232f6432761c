/** Makes a typed call of a WASI function into core words, a result place, and the way to lift what comes back. */

import type { Observed } from '../contracts/expect.ts';
import type { Slot, WasiValue } from '../contracts/script.ts';
import type { Interfaces } from './interfaces.ts';
import type { FunctionSignature, Type } from './interfaceTypes.ts';
import { casesOf, fieldsOf, layoutOf } from './layout.ts';
import { liftMemory, liftWord } from './lift.ts';
import { type Emitter, flatWidth, type Lowering, lowerFlat, storeValue } from './lower.ts';
import { type MemoryBlock, viewMemory } from './memory.ts';
import type { EndRecord } from './records.ts';

export interface LoweredCall {
  words: (Slot | bigint)[];
  /** Shown after the call. */
  show: [Slot, number][];
  /** Where a result that comes back through memory lies. */
  area?: Slot;
  lift(end: EndRecord): Observed;
}

/** Lowers the arguments of a call. Throws a TypeError that names the function for arguments that don't fit. */
export function lowerCall(
  interfaces: Interfaces,
  signature: FunctionSignature,
  args: readonly WasiValue[],
  emit: Emitter,
): LoweredCall {
  if (args.length !== signature.params.length)
    throw new TypeError(
      `${signature.name} takes ${signature.params.length} arguments (${signature.params.map((p) => p.name).join(', ')}), not ${args.length}`,
    );
  const to: Lowering = { interfaces, emit };
  try {
    const words = signature.indirectParams
      ? [storedParams(to, signature, args)]
      : signature.params.flatMap((param, index) => lowerFlat(to, param.type, args[index] as WasiValue));
    return interfaces.wasi === 'p1' ? preview1(to, signature, words) : component(to, signature, words);
  } catch (error) {
    throw new TypeError(`${signature.name}: ${(error as Error).message}`, { cause: error });
  }
}

function storedParams(to: Lowering, signature: FunctionSignature, args: readonly WasiValue[]): Slot {
  const tuple: Extract<Type, { kind: 'tuple' }> = {
    kind: 'tuple',
    elements: signature.params.map((param) => param.type),
  };
  const { size, align } = layoutOf(to.interfaces, tuple);
  const place = to.emit.alloc(size, align);
  fieldsOf(to.interfaces, tuple).forEach((field, index) => {
    storeValue(to, field.type, args[index] as WasiValue, {
      expression: `${place.expression}+${field.offset}`,
    });
  });
  return place;
}

function preview1(to: Lowering, signature: FunctionSignature, words: (Slot | bigint)[]): LoweredCall {
  const places = (signature.results ?? []).map((type) => {
    const { size, align } = layoutOf(to.interfaces, type);
    return { type, size, place: to.emit.alloc(size, align) };
  });
  const lift = (end: EndRecord): Observed => {
    const failed = liftErrno(to.interfaces, signature, end);
    if (failed) return failed;
    const memory = viewMemory(end.m);
    const values = places.map(({ type }, index) =>
      liftMemory(to.interfaces, type, memory, addressOf(end.m, index)),
    );
    return { kind: 'ok', value: values.length > 1 ? values : (values[0] ?? null) };
  };
  const lowered: LoweredCall = {
    words: [...words, ...places.map(({ place }) => place)],
    show: places.map(({ place, size }) => [place, size]),
    lift,
  };
  if (places[0]) lowered.area = places[0].place;
  return lowered;
}

/** The errno of a preview 1 call where it is not `success`. */
export function liftErrno(
  interfaces: Interfaces,
  signature: FunctionSignature,
  end: EndRecord,
): Observed | undefined {
  if (!signature.error) return undefined;
  const errno = liftWord(interfaces, { kind: 'ref', name: signature.error }, end.r[0] ?? 0n);
  return errno === 'success' ? undefined : { kind: 'err', error: errno };
}

function component(to: Lowering, signature: FunctionSignature, words: (Slot | bigint)[]): LoweredCall {
  const { result, retArea } = signature;
  if (result === null || result === undefined)
    return { words, show: [], lift: () => ({ kind: 'ok', value: null }) };
  const shape = to.interfaces.resolve(result);
  const fallible = typeof shape === 'object' && shape.kind === 'result';
  if (!retArea) {
    return {
      words,
      show: [],
      lift: (end) => observed(fallible, liftFlat(to.interfaces, result, end.r[0] ?? 0n)),
    };
  }
  const area = to.emit.alloc(retArea.size, retArea.align);
  return {
    words: [...words, area],
    show: [[area, retArea.size]],
    area,
    lift: (end) => {
      const shown = end.m.at(-1);
      if (!shown) throw new RangeError(`${signature.name}: the record shows no result`);
      return observed(fallible, liftMemory(to.interfaces, result, viewMemory(end.m), shown[0]));
    },
  };
}

/** A value that came back in one word; a record or tuple of one field is its field. */
function liftFlat(interfaces: Interfaces, type: Type, word: bigint): WasiValue {
  const shape = interfaces.resolve(type);
  if (typeof shape === 'object' && (shape.kind === 'record' || shape.kind === 'tuple')) {
    const field = fieldsOf(interfaces, shape).find((one) => flatWidth(interfaces, one.type) === 1);
    if (!field) return null;
    const value = liftFlat(interfaces, field.type, word);
    return shape.kind === 'tuple' ? [value] : { [field.name]: value };
  }
  return liftWord(interfaces, type, word);
}

function observed(fallible: boolean, value: WasiValue): Observed {
  if (!fallible) return { kind: 'ok', value };
  const { tag, value: payload = null } = value as { tag: string; value?: WasiValue };
  if (tag === 'ok') return { kind: 'ok', value: payload };
  return { kind: 'err', error: tag === 'err' ? payload : tag };
}

/** Result places are shown in order after whatever `cabi_realloc` handed out (nothing in preview 1). */
function addressOf(blocks: readonly MemoryBlock[], index: number): number {
  const block = blocks[index];
  if (!block) throw new RangeError('the record does not show the result');
  return block[0];
}

/** The handle or scalar that a call leaves in its result area, to be loaded from there; undefined where it comes back in a word. */
export function comesBack(
  interfaces: Interfaces,
  signature: FunctionSignature,
  area: Slot | undefined,
): Slot | undefined {
  const offset = valueOffset(interfaces, signature);
  if (!area || offset === undefined) return undefined;
  return { expression: `u${valueSize(interfaces, signature) * 8}[${area.expression}+${offset}]` };
}

/** The offset in its area of the handle or scalar that a call returns, undefined where it comes back in a word. */
function valueOffset(interfaces: Interfaces, signature: FunctionSignature): number | undefined {
  if (signature.results?.length) return 0;
  if (!signature.retArea || !signature.result) return undefined;
  const shape = interfaces.resolve(signature.result);
  if (typeof shape === 'object' && shape.kind === 'result') return casesOf(interfaces, shape).payloadOffset;
  return 0;
}

/** The size in bytes of what stands at `valueOffset`: 1, 2, 4 or 8 for scalars, else 4 (a handle or pointer). */
function valueSize(interfaces: Interfaces, signature: FunctionSignature): 1 | 2 | 4 | 8 {
  const first = signature.results?.[0];
  const shape = signature.result ? interfaces.resolve(signature.result) : undefined;
  const type = first ?? (typeof shape === 'object' && shape.kind === 'result' ? shape.ok : signature.result);
  const size = type ? layoutOf(interfaces, type).size : 4;
  return size === 1 || size === 2 || size === 8 ? size : 4;
}
