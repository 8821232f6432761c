/** Random values of any WASI type, for tests by property. */

import type { WasiValue } from '../contracts/script.ts';
import type { Random } from '../stats/random.ts';
import type { Interfaces } from './interfaces.ts';
import type { Type } from './interfaceTypes.ts';
import { casesOf, fieldsOf } from './layout.ts';

const MOST_ELEMENTS = 4;
const TEXTS = ['', 'a', 'ä€𝄞', '"quoted\\\n"', '\0', 'x'.repeat(300)];

/** A value that lifting gives back as it is: a list of bytes is a Uint8Array, a handle a number. */
export function randomValue(interfaces: Interfaces, type: Type, random: Random): WasiValue {
  const shape = interfaces.resolve(type);
  const below = (count: number) => Math.floor(random.nextUnit() * count);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const wide = () => (BigInt(random.nextUint32()) << 32n) | BigInt(random.nextUint32());
  /** The ends of a range are where widths and signs go wrong. */
  const integer = (bits: number, signed: boolean) => {
    const any = pick([0n, 2n ** BigInt(bits) - 1n, 2n ** BigInt(bits - 1), wide()]);
    return signed ? BigInt.asIntN(bits, any) : BigInt.asUintN(bits, any);
  };
  if (typeof shape === 'string') {
    if (shape === 'bool') return below(2) === 1;
    if (shape === 'string') return pick(TEXTS);
    if (shape === 'char') return pick(['a', 'ä', '€', '𝄞']);
    const bits = Number(shape.slice(1));
    const value = integer(bits, shape.startsWith('s'));
    return bits === 64 ? value : Number(value);
  }
  switch (shape.kind) {
    case 'enum':
      return pick(shape.cases);
    case 'flags':
      return shape.flags.filter(() => below(2) === 1);
    case 'list': {
      const length = below(MOST_ELEMENTS + 1);
      if (interfaces.resolve(shape.element) === 'u8') return Uint8Array.from({ length }, () => below(256));
      return Array.from({ length }, () => randomValue(interfaces, shape.element, random));
    }
    case 'record':
      return Object.fromEntries(
        fieldsOf(interfaces, shape).map(({ name, type: own }) => [
          name,
          randomValue(interfaces, own, random),
        ]),
      );
    case 'tuple':
      return shape.elements.map((element) => randomValue(interfaces, element, random));
    case 'option':
      return below(2) === 0 ? null : randomValue(interfaces, shape.element, random);
    case 'variant':
    case 'result': {
      const { name, type: own } = pick(casesOf(interfaces, shape).cases);
      return own === null ? { tag: name } : { tag: name, value: randomValue(interfaces, own, random) };
    }
    default:
      return random.nextUint32();
  }
}
