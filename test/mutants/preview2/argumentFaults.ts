/** Faults in what a call makes of its arguments. */

import type { Call } from './call.ts';
import {
  addOne,
  calledWith,
  cut,
  isHint,
  isInteger,
  isSequence,
  perParameter,
  reverse,
  swap,
  takeNext,
  type Variants,
} from './fault.ts';

const WIDE = 8;
const LOW_BITS = 0xffff_ffffn;

export const argumentFaults: Record<string, Variants> = {
  'flag-ignored': (signature) =>
    signature.parameters
      .filter(({ kind }) => kind === 'flags')
      .flatMap((place) =>
        place.names.map((name, bit) => ({
          variant: `${place.name}.${name}`,
          plant: (call: Call) =>
            calledWith(call, place, (cell) =>
              cell.write(place.size, cell.read(place.size) & ~(1n << BigInt(bit))),
            ),
        })),
      ),
  'choice-taken-for-next': (signature) =>
    perParameter(signature, ({ kind }) => kind === 'enum' || kind === 'tag', takeNext),
  'bool-negated': (signature) =>
    perParameter(
      signature,
      ({ kind }) => kind === 'bool',
      (cell) => cell.write(1, cell.read(1) ^ 1n),
    ),
  'some-taken-for-none': (signature) =>
    perParameter(
      signature,
      ({ kind }) => kind === 'option',
      (cell, { size }) => cell.write(size, 0n),
    ),
  'number-off-by-one': (signature) => [
    ...perParameter(signature, isInteger, addOne),
    ...perParameter(
      signature,
      ({ kind }) => kind === 'row',
      (cell, place) => addOne(cell.at((place.element - 1) * place.size, place.element - 1), place),
    ),
  ],
  'number-cut-to-32-bits': (signature) =>
    perParameter(
      signature,
      (place) => isInteger(place) && place.size === WIDE,
      (cell) => cell.write(WIDE, cell.read(WIDE) & LOW_BITS),
    ),
  'argument-cut': (signature) => perParameter(signature, isSequence, cut),
  'argument-reversed': (signature) =>
    perParameter(signature, ({ kind }) => kind === 'list' || kind === 'row', reverse),
  'arguments-swapped': (signature) =>
    signature.parameterPairs
      .filter((pair) => !isHint(signature, pair))
      .map((pair) => ({
        variant: pair.name,
        plant: (call: Call) =>
          call.memory.meanwhile(
            () => swap(pair, call),
            () => call.real(),
          ),
      })),
  'handle-mistaken': (signature) =>
    signature.parameterPairs
      .filter(({ name }) =>
        signature.parameters.some((place) => place.kind === 'handle' && name.startsWith(`${place.name},`)),
      )
      .map((pair) => ({
        variant: pair.name,
        plant: (call: Call) => {
          const [first] = pair.first(call);
          pair.second(call)[0]?.write(4, first?.read(4) ?? 0n);
          call.real();
        },
      })),
};
