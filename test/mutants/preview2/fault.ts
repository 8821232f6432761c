/** What several kinds of planted faults are made with. */

import type { Call } from './call.ts';
import type { Cell } from './cell.ts';
import type { Pair, Place } from './places.ts';
import type { Signature } from './signature.ts';

export interface Variant {
  variant: string;
  plant(call: Call): void;
}

/** The faults of one kind in a function. */
export type Variants = (signature: Signature) => Variant[];

const OK = 0n;
export const ERROR = 1n;
const MOST_BYTES = 65_536;

export const one = (plant: (call: Call) => void): Variant[] => [{ variant: '', plant }];

export const hasSucceeded = ({ fallible, result }: Signature, call: Call) =>
  !fallible || result?.cell(call).read(1) === OK;

/** Makes the whole result zeros: success, no elements, the first of an enumeration. */
export function returnNothing({ result, nothing }: Signature, call: Call): void {
  call.returned = [...nothing];
  if (result && nothing.length === 0) clear(result.cell(call), result.size);
}

export function clear(cell: Cell, size: number): void {
  for (let at = 0; at < size; at += 1) cell.at(at, 0).write(1, 0n);
}

/** Does the call, then something to its results where it succeeded. */
export const afterSuccess = (signature: Signature, then: (call: Call) => void) => (call: Call) => {
  call.real();
  if (hasSucceeded(signature, call)) then(call);
};

/** A fault in each place of the results that fits. */
export const perResult = (
  signature: Signature,
  fits: (place: Place) => boolean,
  then: (cell: Cell, place: Place, call: Call) => void,
): Variant[] =>
  signature.results.filter(fits).map((place) => ({
    variant: place.name,
    plant: afterSuccess(signature, (call) => {
      for (const cell of place.cells(call)) then(cell, place, call);
    }),
  }));

/** Parameters that are mere hints: by the specification it makes no difference what is made of them. */
const HINTS: Readonly<Record<string, readonly string[]>> = {
  'wasi:filesystem/types#[method]descriptor.advise': ['offset', 'length', 'advice', 'offset,length'],
};

/** Of an address: they mean nothing where it is no link-local one, and hosts pass them on or not. */
const ADDRESS_EXTRAS = /\.(?:flow-info|scope-id)(?:,|$)/;

export const isHint = ({ name }: Signature, parameter: { name: string }) =>
  ADDRESS_EXTRAS.test(parameter.name) || (HINTS[name]?.includes(parameter.name) ?? false);

/** A fault in each place of the parameters that fits; memory is as it was when the call returns. */
export const perParameter = (
  signature: Signature,
  fits: (place: Place) => boolean,
  change: (cell: Cell, place: Place, call: Call) => void,
): Variant[] =>
  signature.parameters
    .filter((place) => fits(place) && !isHint(signature, place))
    .map((place) => ({ variant: place.name, plant: (call) => calledWith(call, place, change) }));

export function calledWith(
  call: Call,
  place: Place,
  change: (cell: Cell, place: Place, call: Call) => void,
): void {
  call.memory.meanwhile(
    () => {
      for (const cell of place.cells(call)) change(cell, place, call);
    },
    () => call.real(),
  );
}

export const isInteger = ({ kind }: Place) => kind === 'integer';
export const isSequence = ({ kind }: Place) => kind === 'string' || kind === 'list';

export const addOne = (cell: Cell, { size }: Place) => cell.write(size, cell.read(size) + 1n);

/** One element less, of a string one byte. */
export function cut(cell: Cell): void {
  const length = cell.at(4, 1);
  if (length.read(4) > 0n) length.write(4, length.read(4) - 1n);
}

export const takeNext = (cell: Cell, { size, names }: Place) =>
  cell.write(size, (cell.read(size) + 1n) % BigInt(names.length));

export function reverse(cell: Cell, { kind, size, element }: Place, call: Call): void {
  if (kind === 'row') {
    const values = Array.from({ length: element }, (_, nth) => cell.at(nth * size, nth).read(size));
    values.toReversed().forEach((value, nth) => {
      cell.at(nth * size, nth).write(size, value);
    });
    return;
  }
  const address = Number(cell.read(4));
  const length = Math.min(MOST_BYTES, Number(cell.at(4, 1).read(4)) * element);
  const before = call.memory.read(address, length);
  const after = new Uint8Array(before.length);
  for (let at = 0; at < before.length; at += element)
    after.set(before.subarray(at, at + element), before.length - element - at);
  call.memory.write(address, after);
}

/** Exchanges two values, wherever both are there. */
export function swap({ isNumeric, sizes, words, first, second }: Pair, call: Call): void {
  const [ones, others] = [first(call), second(call)];
  ones.forEach((one, nth) => {
    const other = others[nth];
    if (!other) return;
    if (isNumeric) {
      const [a, b] = [one.read(sizes[0]), other.read(sizes[1])];
      one.write(sizes[0], b);
      other.write(sizes[1], a);
      return;
    }
    const [a, b] = [one.take(sizes[0], words), other.take(sizes[1], words)];
    a(other);
    b(one);
  });
}
