/** What a fault can be planted in: the values inside a parameter or result, by the canonical ABI's places. */

import type { Interfaces } from '../../../harness/script/interfaces.ts';
import type { Type } from '../../../harness/script/interfaceTypes.ts';
import { casesOf, fieldsOf, layoutOf, primitiveLayout } from '../../../harness/script/layout.ts';
import { flatWidth } from '../../../harness/script/lower.ts';
import type { Call } from './call.ts';
import { type Cell, memoryCell } from './cell.ts';

/** Where the value is in this call: nowhere in a case that was not taken, several times in a list. */
export type Cells = (call: Call) => Cell[];

export interface Place {
  /** `remote-address.ipv4.port`; empty for a value that is no part of another. */
  name: string;
  /** `tag` of an option or variant, `row` of more than two values of one type, an address say. */
  kind: 'integer' | 'bool' | 'enum' | 'flags' | 'handle' | 'string' | 'list' | 'option' | 'tag' | 'row';
  /** In memory, in bytes, of what its kind speaks of: the tag, the number, a row's element. */
  size: number;
  /** Of an enumeration, flags, or a variant's cases. */
  names: readonly string[];
  /** How many bytes an element of a list takes, how many elements a row has. */
  element: number;
  /** Where elements of a list may lie. */
  align: number;
  /** What a handle is a handle of. */
  resource: string;
  /** What a variant's payload takes, and where. */
  payload: { offset: number; size: number; words: number };
  cells: Cells;
}

/** Two values beside each other in a record, tuple or parameter list that could be taken for each other. */
export interface Pair {
  name: string;
  /** Both are numbers; they may be of different sizes. */
  isNumeric: boolean;
  sizes: [first: number, second: number];
  words: number;
  first: Cells;
  second: Cells;
}

export interface Places {
  places: Place[];
  pairs: Pair[];
}

const MOST_ELEMENTS = 1024;
const NO_PAYLOAD = { offset: 0, size: 0, words: 0 };

interface Field {
  name: string;
  type: Type;
  cells: Cells;
}

const dotted = (name: string, more: string) => (name ? `${name}.${more}` : more);

/** All places within a value that begins at `cells`. */
export function placesOf(interfaces: Interfaces, name: string, type: Type, cells: Cells): Places {
  const shape = interfaces.resolve(type);
  const { size } = layoutOf(interfaces, type);
  const single = (kind: Place['kind'], more: Partial<Place> = {}): Place => ({
    ...{ name, kind, size, names: [], element: 1, align: 1, resource: '', payload: NO_PAYLOAD, cells },
    ...more,
  });
  const only = (place: Place): Places => ({ places: [place], pairs: [] });
  if (typeof shape === 'string') {
    if (shape === 'string') return only(single('string'));
    return only(single(shape === 'bool' ? 'bool' : 'integer'));
  }
  switch (shape.kind) {
    case 'enum':
      return only(single('enum', { names: shape.cases }));
    case 'flags':
      return only(single('flags', { names: shape.flags }));
    case 'record':
    case 'tuple': {
      const fields = fieldsOf(interfaces, shape);
      const [first] = fields;
      const isRow = fields.length > 2 && fields.every((field) => field.type === first?.type);
      if (first && isRow) return only(single('row', { size: first.layout.size, element: fields.length }));
      let words = 0;
      return placesOfFields(
        interfaces,
        fields.map((field): Field => {
          const before = words;
          words += flatWidth(interfaces, field.type);
          return {
            name: dotted(name, field.name),
            type: field.type,
            cells: (call) => cells(call).map((cell) => cell.at(field.offset, before)),
          };
        }),
      );
    }
    case 'list': {
      const { size: element, align } = layoutOf(interfaces, shape.element);
      const inner = placesOf(interfaces, dotted(name, '*'), shape.element, (call) =>
        cells(call).flatMap((cell) => {
          const start = Number(cell.read(4));
          const count = Math.min(MOST_ELEMENTS, Number(cell.at(4, 1).read(4)));
          return Array.from({ length: count }, (_, index) =>
            memoryCell(call.memory, start + index * element),
          );
        }),
      );
      // The bytes of data are nothing in themselves.
      const isData = interfaces.resolve(shape.element) === 'u8';
      return joined([only(single('list', { element, align })), ...(isData ? [] : [inner])]);
    }
    case 'variant':
    case 'option':
    case 'result': {
      const { cases, tag, payloadOffset } = casesOf(interfaces, shape);
      const tagSize = primitiveLayout(tag).size;
      const words = flatWidth(interfaces, type) - 1;
      const own = single(shape.kind === 'option' ? 'option' : 'tag', {
        size: tagSize,
        names: cases.map((one) => one.name),
        payload: { offset: payloadOffset, size: size - payloadOffset, words },
      });
      const inside = cases.flatMap((one, index) =>
        one.type === null
          ? []
          : [
              placesOf(interfaces, dotted(name, one.name), one.type, (call) =>
                cells(call)
                  .filter((cell) => cell.read(tagSize) === BigInt(index))
                  .map((cell) => cell.at(payloadOffset, 1)),
              ),
            ],
      );
      return joined([only(own), ...inside]);
    }
    case 'own':
    case 'borrow':
      return only(single('handle', { resource: shape.resource }));
    default:
      throw new Error(`a ${shape.kind} is no value of preview 2`);
  }
}

/** The places of values beside each other, and which of them could be taken for each other. */
export function placesOfFields(interfaces: Interfaces, fields: readonly Field[]): Places {
  const own = fields.map((field) => placesOf(interfaces, field.name, field.type, field.cells));
  const pairs = fields.flatMap((field, index): Pair[] => {
    const second = fields.slice(index + 1).find((other) => areAlike(interfaces, field.type, other.type));
    if (!second) return [];
    return [
      {
        name: `${field.name},${second.name}`,
        isNumeric: isInteger(interfaces, field.type),
        sizes: [layoutOf(interfaces, field.type).size, layoutOf(interfaces, second.type).size],
        words: flatWidth(interfaces, field.type),
        first: field.cells,
        second: second.cells,
      },
    ];
  });
  return joined([...own, { places: [], pairs }]);
}

function joined(parts: readonly Places[]): Places {
  return {
    places: parts.flatMap(({ places }) => places),
    pairs: parts.flatMap(({ pairs }) => pairs),
  };
}

const isInteger = (interfaces: Interfaces, type: Type) => /^[us]\d+$/.test(String(interfaces.resolve(type)));

/** Whether the one could stand where the other does. */
function areAlike(interfaces: Interfaces, one: Type, other: Type): boolean {
  if (isInteger(interfaces, one) && isInteger(interfaces, other)) return true;
  const plain = (type: Type) => {
    const shape = interfaces.resolve(type);
    // A borrowed handle is as good as an owned one here; what they are handles of counts.
    return JSON.stringify(typeof shape === 'object' && 'resource' in shape ? shape.resource : shape);
  };
  return plain(one) === plain(other);
}
