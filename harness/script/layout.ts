/**
 * Sizes and alignments of WASI types in linear memory.
 * Preview 2: https://github.com/WebAssembly/component-model/blob/main/design/mvp/CanonicalABI.md#alignment and #element-size.
 * Preview 1 brings its own from the witx, where they are given they hold.
 */

import type { Interfaces } from './interfaces.ts';
import type { Primitive, Type } from './interfaceTypes.ts';

export interface Layout {
  size: number;
  align: number;
}

const PRIMITIVE: Record<Primitive, Layout> = {
  bool: { size: 1, align: 1 },
  u8: { size: 1, align: 1 },
  s8: { size: 1, align: 1 },
  u16: { size: 2, align: 2 },
  s16: { size: 2, align: 2 },
  u32: { size: 4, align: 4 },
  s32: { size: 4, align: 4 },
  f32: { size: 4, align: 4 },
  char: { size: 4, align: 4 },
  u64: { size: 8, align: 8 },
  s64: { size: 8, align: 8 },
  f64: { size: 8, align: 8 },
  string: { size: 8, align: 4 },
};
const WORD: Layout = { size: 4, align: 4 };

/** The smallest multiple of `align` not below `offset`. */
export function alignTo(offset: number, align: number): number {
  return Math.ceil(offset / align) * align;
}

/** The integer type that holds the discriminant of a variant with so many cases. */
export function discriminant(caseCount: number): Primitive {
  if (caseCount <= 256) return 'u8';
  return caseCount <= 65_536 ? 'u16' : 'u32';
}

/** The integer type that holds so many flags; preview 2 knows up to 32. */
export function flagsRepr(count: number): Primitive {
  if (count <= 8) return 'u8';
  return count <= 16 ? 'u16' : 'u32';
}

/** Size and alignment of a type in bytes. */
export function layoutOf(interfaces: Interfaces, type: Type): Layout {
  const shape = interfaces.resolve(type);
  if (typeof shape === 'string') return PRIMITIVE[shape];
  switch (shape.kind) {
    case 'list':
      return { size: 8, align: 4 };
    case 'own':
    case 'borrow':
    case 'resource':
    case 'handle':
    case 'pointer':
    case 'const-pointer':
      return WORD;
    case 'enum':
      return PRIMITIVE[shape.repr ?? discriminant(shape.cases.length)];
    case 'flags':
      return PRIMITIVE[shape.repr ?? flagsRepr(shape.flags.length)];
    case 'record':
    case 'tuple': {
      const placed = fieldsOf(interfaces, shape);
      if (shape.kind === 'record' && shape.size !== undefined)
        return { size: shape.size, align: shape.align ?? 1 };
      const align = Math.max(1, ...placed.map((field) => field.layout.align));
      const last = placed.at(-1);
      return { size: alignTo(last ? last.offset + last.layout.size : 0, align), align };
    }
    default: {
      const variant = casesOf(interfaces, shape);
      if (shape.kind === 'variant' && shape.size !== undefined)
        return { size: shape.size, align: shape.align ?? 1 };
      return { size: variant.size, align: variant.align };
    }
  }
}

/** The fields of a record or tuple with their offsets in bytes. */
export function fieldsOf(
  interfaces: Interfaces,
  shape: Extract<Type, { kind: 'record' | 'tuple' }>,
): { name: string; type: Type; offset: number; layout: Layout }[] {
  const fields =
    shape.kind === 'record'
      ? shape.fields
      : shape.elements.map((type, index) => ({ name: String(index), type, offset: undefined }));
  let next = 0;
  return fields.map((field) => {
    const layout = layoutOf(interfaces, field.type);
    const offset = field.offset ?? alignTo(next, layout.align);
    next = offset + layout.size;
    return { name: field.name, type: field.type, offset, layout };
  });
}

export interface Cases {
  cases: { name: string; type: Type | null }[];
  tag: Primitive;
  payloadOffset: number;
  size: number;
  align: number;
}

/** A variant, option or result as cases with their discriminant and payload offset. */
export function casesOf(
  interfaces: Interfaces,
  shape: Extract<Type, { kind: 'variant' | 'option' | 'result' }>,
): Cases {
  const cases =
    shape.kind === 'variant'
      ? shape.cases
      : shape.kind === 'option'
        ? [
            { name: 'none', type: null },
            { name: 'some', type: shape.element },
          ]
        : [
            { name: 'ok', type: shape.ok },
            { name: 'err', type: shape.err },
          ];
  const tag = (shape.kind === 'variant' ? shape.repr : undefined) ?? discriminant(cases.length);
  const payloads = cases.flatMap((one) => (one.type === null ? [] : [layoutOf(interfaces, one.type)]));
  const payloadAlign = Math.max(1, ...payloads.map((layout) => layout.align));
  const align = Math.max(PRIMITIVE[tag].align, payloadAlign);
  const payloadOffset =
    (shape.kind === 'variant' ? shape.payloadOffset : undefined) ??
    alignTo(PRIMITIVE[tag].size, payloadAlign);
  const size = alignTo(payloadOffset + Math.max(0, ...payloads.map((layout) => layout.size)), align);
  return { cases, tag, payloadOffset, size, align };
}

/** The layout of a primitive. */
export function primitiveLayout(type: Primitive): Layout {
  return PRIMITIVE[type];
}
