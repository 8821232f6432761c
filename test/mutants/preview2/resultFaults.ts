/** Faults in what a call returns. */

import type { Call } from './call.ts';
import type { Cell } from './cell.ts';
import {
  addOne,
  afterSuccess,
  clear,
  cut,
  isInteger,
  isSequence,
  one,
  perResult,
  reverse,
  swap,
  takeNext,
  type Variants,
} from './fault.ts';
import type { Place } from './places.ts';
import type { Signature } from './signature.ts';

/** What is the same whenever it is asked for, or may be anything, by the text: to repeat it is no fault. */
const CONSTANT =
  /#(?:get-environment|get-arguments|initial-cwd|get-terminal-\w+|resolution)$|^wasi:random\/insecure/;
/** Any value is as good as another. */
const ARBITRARY = /^wasi:random\//;

/** Of an address that is no link-local one. */
const BOTH_ZERO = /\.flow-info,.*\.scope-id$/;

const unlessArbitrary =
  (variants: Variants): Variants =>
  (signature) =>
    ARBITRARY.test(signature.name) ? [] : variants(signature);

const bool = (value: bigint) => (cell: Cell) => cell.write(1, value);

export const resultFaults: Record<string, Variants> = {
  'result-off-by-one': unlessArbitrary((signature) => [
    ...perResult(signature, isInteger, addOne),
    ...perResult(
      signature,
      ({ kind }) => kind === 'row',
      (cell, place) => addOne(cell.at((place.element - 1) * place.size, place.element - 1), place),
    ),
  ]),
  'result-stale': (signature) =>
    signature.results.length === 0 || CONSTANT.test(signature.name)
      ? []
      : one(
          afterSuccess(signature, (call) => {
            const { back } = call.kept;
            call.kept.back = repeater(signature, call);
            back?.(call);
          }),
        ),
  'results-swapped': unlessArbitrary((signature) =>
    signature.resultPairs
      .filter(({ name }) => !BOTH_ZERO.test(name))
      .map((pair) => ({
        variant: pair.name,
        plant: afterSuccess(signature, (call) => swap(pair, call)),
      })),
  ),
  'last-dropped': (signature) => perResult(signature, isSequence, cut),
  'order-reversed': unlessArbitrary((signature) =>
    perResult(signature, ({ kind }) => kind === 'list' || kind === 'row', reverse),
  ),
  'choice-next': (signature) =>
    perResult(signature, ({ kind }) => kind === 'enum' || kind === 'tag', takeNext),
  'none-for-some': (signature) =>
    perResult(
      signature,
      ({ kind }) => kind === 'option',
      (cell, { size }) => cell.write(size, 0n),
    ),
  // The result itself: a none within a record tells what the host has not got, and it has.
  'some-for-none': (signature) =>
    perResult(
      signature,
      ({ kind, name }) => kind === 'option' && name === 'result',
      (cell, { size, payload }) => {
        if (cell.read(size) !== 0n) return;
        cell.write(size, 1n);
        clear(cell.at(payload.offset, 1), payload.size);
      },
    ),
  'always-true': (signature) => perResult(signature, ({ kind }) => kind === 'bool', bool(1n)),
  'always-false': (signature) => perResult(signature, ({ kind }) => kind === 'bool', bool(0n)),
  'flag-flipped': (signature) =>
    signature.results
      .filter(({ kind }) => kind === 'flags')
      .flatMap((place) =>
        place.names.map((name, bit) => ({
          variant: `${place.name}.${name}`,
          plant: afterSuccess(signature, (call) => {
            for (const cell of place.cells(call))
              cell.write(place.size, cell.read(place.size) ^ (1n << BigInt(bit)));
          }),
        })),
      ),
};

/** Puts what a call returned now into the place of what a later one returns. */
function repeater({ results, result }: Signature, call: Call): (later: Call) => void {
  if (!results.some(isSequence)) {
    const put = result!.cell(call).take(result!.size, 1);
    return (later) => put(result!.cell(later));
  }
  // Lists and strings lie in new memory each time: as much as fits is repeated, of what is in them.
  const backs = results.map((place) => {
    const nests = results.some(({ name }) => name.startsWith(`${place.name}.`));
    if (nests || place.kind === 'option' || place.kind === 'tag') return () => {};
    const puts = place.cells(call).map((cell) => contents(cell, place, call));
    return (later: Call) => {
      place.cells(later).forEach((cell, nth) => {
        puts[nth]?.(cell, later);
      });
    };
  });
  return (later) => {
    for (const back of backs) back(later);
  };
}

function contents(cell: Cell, place: Place, call: Call): (to: Cell, later: Call) => void {
  if (!isSequence(place)) return cell.take(place.size * (place.kind === 'row' ? place.element : 1), 1);
  const count = Number(cell.at(4, 1).read(4));
  const bytes = call.memory.read(Number(cell.read(4)), count * place.element);
  return (to, later) => {
    const most = Math.min(count, Number(to.at(4, 1).read(4)));
    later.memory.write(Number(to.read(4)), bytes.subarray(0, most * place.element));
    to.at(4, 1).write(4, BigInt(most));
  };
}
