/** What a fault can be planted in: a preview 1 function's parameters and results by their place in the core call. */

import { interfacesOf } from '../../../harness/script/interfaces.ts';
import type { Type } from '../../../harness/script/interfaceTypes.ts';
import { layoutOf } from '../../../harness/script/layout.ts';

export interface Parameter {
  name: string;
  /** Its first place among the core arguments. */
  at: number;
  kind: 'fd' | 'flags' | 'enum' | 'integer' | 'pointer' | 'iovecs' | 'ciovecs' | 'path';
  /** Of flags and enumerations. */
  names: readonly string[];
  wide: boolean;
}

export interface Field {
  name: string;
  offset: number;
  size: number;
}

export interface Result {
  /** The place among the core arguments of the pointer it is written to. */
  at: number;
  size: number;
  /** Of a record; a scalar is one field. */
  fields: readonly Field[];
}

export interface Signature {
  name: string;
  parameters: readonly Parameter[];
  results: readonly Result[];
  /** Whether it returns an errno. */
  fallible: boolean;
}

/** All functions of preview 1. */
export function signatures(): Signature[] {
  const interfaces = interfacesOf('p1');
  const shapeOf = (type: Type) => interfaces.resolve(type);
  const fieldsOf = (type: Type): Field[] => {
    const shape = shapeOf(type);
    if (typeof shape === 'object' && shape.kind === 'record')
      return shape.fields.map((field) => ({
        name: field.name,
        offset: (field as { offset?: number }).offset ?? 0,
        size: layoutOf(interfaces, field.type).size,
      }));
    return [{ name: 'value', offset: 0, size: layoutOf(interfaces, type).size }];
  };
  return interfaces.names().flatMap((name) => {
    const signature = interfaces.find(name);
    if (!signature || name.includes('#')) return [];
    let at = 0;
    const parameters = signature.params.map(({ name: parameter, type }): Parameter => {
      const ref = typeof type === 'object' && type.kind === 'ref' ? type.name : '';
      const shape = shapeOf(type);
      const of = typeof shape === 'object' ? shape : undefined;
      const place = at;
      const isList = of?.kind === 'list';
      const isPath = shape === 'string';
      at += isList || isPath ? 2 : 1;
      const names = of?.kind === 'flags' ? of.flags : of?.kind === 'enum' ? of.cases : [];
      const kind = isPath
        ? 'path'
        : ref === 'iovec_array'
          ? 'iovecs'
          : isList
            ? 'ciovecs'
            : ref === 'fd'
              ? 'fd'
              : of?.kind === 'flags'
                ? 'flags'
                : of?.kind === 'enum'
                  ? 'enum'
                  : of?.kind === 'pointer' || of?.kind === 'const-pointer'
                    ? 'pointer'
                    : 'integer';
      const wide =
        kind !== 'pointer' && kind !== 'fd' && !isList && !isPath && layoutOf(interfaces, type).size === 8;
      return { name: parameter, at: place, kind, names: names as string[], wide } as Parameter;
    });
    const results = (signature.results ?? []).map((type): Result => {
      const { size } = layoutOf(interfaces, type);
      const place = at;
      at += 1;
      return { at: place, size, fields: fieldsOf(type) };
    });
    return [{ name, parameters, results, fallible: Boolean(signature.error) }];
  });
}
