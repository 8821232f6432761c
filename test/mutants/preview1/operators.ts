/** The faults that are planted, each as an operator on any function it fits; nothing here knows of a case. */

import type { GuestMemory } from './memory.ts';
import type { Parameter, Result, Signature } from './signature.ts';

export type Word = number | bigint;

/** A call of the guest's while the fault is planted. */
export interface Call {
  args: Word[];
  memory: GuestMemory;
  /** Makes the call for real; returns its errno. */
  real(args?: Word[]): number;
  /** What the fault remembers from call to call. */
  kept: { results?: Uint8Array[] };
}

export interface Mutant {
  /** `fd_read/result-off-by-one(0.value)`. */
  id: string;
  function: string;
  operator: string;
  plant(call: Call): number;
}

const IO = 29;
const INVAL = 28;
const SUCCESS = 0;
/** A fault in whether, not in what: parameters that are mere hints make no difference by the specification. */
const HINTS = ['precision'];

type Variants = (signature: Signature) => { variant: string; plant(call: Call): number }[];

const numeric = (word: Word | undefined) => Number(word ?? 0) >>> 0;
const changed = (call: Call, at: number, change: (word: Word) => Word) =>
  call.args.map((word, index) => (index === at ? change(word) : word));
const plus = (word: Word, more: number): Word =>
  typeof word === 'bigint' ? word + BigInt(more) : word + more;
const one = (plant: (call: Call) => number) => [{ variant: '', plant }];
const fallible = ({ fallible: is }: Signature) => is;

/** Does the call, then something to its results where it succeeded. */
const afterSuccess = (then: (call: Call) => void) => (call: Call) => {
  const errno = call.real();
  if (errno === SUCCESS) then(call);
  return errno;
};

const perField = (signature: Signature, then: (call: Call, address: number, size: number) => void) =>
  signature.results.flatMap((result, index) =>
    result.fields.map((field) => ({
      variant: `${index}.${field.name}`,
      plant: afterSuccess((call) => then(call, numeric(call.args[result.at]) + field.offset, field.size)),
    })),
  );

const perResult = (signature: Signature, then: (call: Call, address: number, result: Result) => void) =>
  signature.results.map((result, index) => ({
    variant: String(index),
    plant: afterSuccess((call) => then(call, numeric(call.args[result.at]), result)),
  }));

const perParameter = (
  signature: Signature,
  fits: (parameter: Parameter) => boolean,
  plant: (call: Call, parameter: Parameter) => number,
) =>
  signature.parameters
    .filter((parameter) => fits(parameter) && !HINTS.includes(parameter.name))
    .map((parameter) => ({ variant: parameter.name, plant: (call: Call) => plant(call, parameter) }));

interface Piece {
  address: number;
  length: number;
}

/** The buffers of an iovec array. */
function piecesOf(call: Call, { at }: Parameter): Piece[] {
  const [list, count] = [numeric(call.args[at]), Math.min(numeric(call.args[at + 1]), 1024)];
  return Array.from({ length: count }, (_, index) => ({
    address: Number(call.memory.number(list + 8 * index, 4)),
    length: Number(call.memory.number(list + 8 * index + 4, 4)),
  }));
}

/** The buffers that a function fills: of iovecs, or a pointer with the length behind it. */
function filled(call: Call, signature: Signature): Piece[] {
  return signature.parameters.flatMap((parameter, index) => {
    if (parameter.kind === 'iovecs') return piecesOf(call, parameter);
    const next = signature.parameters[index + 1];
    if (parameter.kind !== 'pointer' || next?.kind !== 'integer' || !/len/.test(next.name)) return [];
    return [{ address: numeric(call.args[parameter.at]), length: numeric(call.args[next.at]) }];
  });
}

const fills = ({ parameters }: Signature) =>
  parameters.some(
    ({ kind }, index) =>
      kind === 'iovecs' || (kind === 'pointer' && /len/.test(parameters[index + 1]?.name ?? '')),
  );

export const OPERATORS: Record<string, Variants> = {
  'wrong-errno': (signature) =>
    fallible(signature)
      ? one((call) => {
          const errno = call.real();
          return errno === SUCCESS ? errno : errno === IO ? INVAL : IO;
        })
      : [],
  'error-though-done': (signature) =>
    fallible(signature)
      ? one((call) => {
          const errno = call.real();
          return errno === SUCCESS ? IO : errno;
        })
      : [],
  'nothing-done': () => one(() => SUCCESS),
  'error-hidden': (signature) =>
    fallible(signature)
      ? one((call) => {
          call.real();
          return SUCCESS;
        })
      : [],
  'result-off-by-one': (signature) =>
    perField(signature, (call, address, size) =>
      call.memory.setNumber(address, size, call.memory.number(address, size) + 1n),
    ),
  'result-stale': (signature) =>
    signature.results.length === 0
      ? []
      : one(
          afterSuccess((call) => {
            const places = signature.results.map(({ at, size }) => ({
              address: numeric(call.args[at]),
              size,
            }));
            const fresh = places.map(({ address, size }) => call.memory.read(address, size));
            // The first call has nothing to repeat: it leaves zeros.
            places.forEach(({ address, size }, index) => {
              call.memory.write(address, call.kept.results?.[index] ?? new Uint8Array(size));
            });
            call.kept.results = fresh;
          }),
        ),
  'results-swapped': (signature) => {
    const fields = signature.results.flatMap((result) =>
      result.fields.map((field) => ({ ...field, at: result.at })),
    );
    return fields.slice(1).flatMap((field, index) => {
      const before = fields[index]!;
      if (before.size !== field.size) return [];
      return [
        {
          variant: `${before.name},${field.name}`,
          plant: afterSuccess((call) => {
            const first = numeric(call.args[before.at]) + before.offset;
            const second = numeric(call.args[field.at]) + field.offset;
            const bytes = call.memory.read(first, field.size);
            call.memory.write(first, call.memory.read(second, field.size));
            call.memory.write(second, bytes);
          }),
        },
      ];
    });
  },
  'result-misplaced': (signature) =>
    perResult(signature, (call, address, { size }) => {
      const bytes = call.memory.read(address, size);
      call.memory.write(address, new Uint8Array(size));
      call.memory.write(address + size, bytes);
    }),
  'neighbour-written': (signature) => [
    ...perResult(signature, (call, address, { size }) =>
      call.memory.write(address + size, Uint8Array.of(0x5a)),
    ),
    ...(fills(signature)
      ? [
          {
            variant: 'buffer',
            plant: afterSuccess((call) => {
              const last = filled(call, signature).at(-1);
              if (last) call.memory.write(last.address + last.length, Uint8Array.of(0x5a));
            }),
          },
        ]
      : []),
  ],
  'flag-ignored': (signature) =>
    signature.parameters
      .filter(({ kind, wide }) => kind === 'flags' && !wide)
      .flatMap((parameter) =>
        parameter.names.map((name, bit) => ({
          variant: `${parameter.name}.${name}`,
          plant: (call: Call) => call.real(changed(call, parameter.at, (word) => Number(word) & ~(1 << bit))),
        })),
      ),
  'rights-ignored': (signature) =>
    perParameter(
      signature,
      ({ kind, wide }) => kind === 'flags' && wide,
      (call, { at }) => {
        const errno = call.real(changed(call, at, () => 0x1fff_ffffn));
        return errno === SUCCESS ? errno : call.real();
      },
    ),
  'rights-dropped': (signature) =>
    perParameter(
      signature,
      ({ kind, wide }) => kind === 'flags' && wide,
      (call, { at }) => call.real(changed(call, at, () => 0n)),
    ),
  'choice-ignored': (signature) =>
    perParameter(
      signature,
      ({ kind }) => kind === 'enum',
      (call, { at }) => call.real(changed(call, at, () => 0)),
    ),
  'choice-next': (signature) =>
    perParameter(
      signature,
      ({ kind }) => kind === 'enum',
      (call, { at, names }) => call.real(changed(call, at, (word) => (Number(word) + 1) % names.length)),
    ),
  'number-off-by-one': (signature) =>
    perParameter(
      signature,
      ({ kind }) => kind === 'integer',
      (call, { at }) => call.real(changed(call, at, (word) => plus(word, 1))),
    ),
  'number-cut-to-32-bits': (signature) =>
    perParameter(
      signature,
      ({ kind, wide }) => kind === 'integer' && wide,
      (call, { at }) => call.real(changed(call, at, (word) => BigInt.asUintN(32, BigInt(word)))),
    ),
  'path-cut': (signature) =>
    perParameter(
      signature,
      ({ kind }) => kind === 'path',
      (call, { at }) =>
        call.real(changed(call, at + 1, (word) => (Number(word) > 0 ? Number(word) - 1 : word))),
    ),
  'descriptor-mistaken': (signature) => {
    const [first, second] = signature.parameters.filter(({ kind }) => kind === 'fd');
    if (!first || !second) return [];
    const swapped = (call: Call) =>
      call.args.map((word, index) =>
        index === first.at ? call.args[second.at]! : index === second.at ? call.args[first.at]! : word,
      );
    return [
      { variant: 'swapped', plant: (call) => call.real(swapped(call)) },
      {
        variant: 'first-twice',
        plant: (call) => call.real(changed(call, second.at, () => call.args[first.at]!)),
      },
    ];
  },
  'last-byte-dropped': (signature) => [
    ...(fills(signature)
      ? [
          {
            variant: 'read',
            plant: (call: Call) => {
              const before = filled(call, signature).map((piece) => ({
                ...piece,
                bytes: call.memory.read(piece.address, piece.length),
              }));
              const errno = call.real();
              // The last byte that the call changed stays as it was.
              for (const { address, length, bytes } of before.toReversed()) {
                const now = call.memory.read(address, length);
                const last = now.findLastIndex((byte, index) => byte !== bytes[index]);
                if (last < 0) continue;
                call.memory.write(address + last, bytes.subarray(last, last + 1));
                break;
              }
              return errno;
            },
          },
        ]
      : []),
    ...signature.parameters
      .filter(({ kind }) => kind === 'ciovecs')
      .map((parameter) => ({
        variant: 'written',
        plant: (call: Call) => {
          const list = numeric(call.args[parameter.at]);
          const index = piecesOf(call, parameter).findLastIndex(({ length }) => length > 0);
          if (index < 0) return call.real();
          const place = list + 8 * index + 4;
          const length = call.memory.number(place, 4);
          call.memory.setNumber(place, 4, length - 1n);
          const errno = call.real();
          call.memory.setNumber(place, 4, length);
          const told = signature.results[0];
          if (errno === SUCCESS && told) {
            const address = numeric(call.args[told.at]);
            call.memory.setNumber(address, 4, call.memory.number(address, 4) + 1n);
          }
          return errno;
        },
      })),
  ],
  'order-reversed': (signature) =>
    perParameter(
      signature,
      ({ kind }) => kind === 'iovecs' || kind === 'ciovecs',
      (call, parameter) => {
        const list = numeric(call.args[parameter.at]);
        const length = 8 * piecesOf(call, parameter).length;
        const before = call.memory.read(list, length);
        const reversed = new Uint8Array(length);
        for (let at = 0; at < before.length; at += 8)
          reversed.set(before.subarray(at, at + 8), length - 8 - at);
        call.memory.write(list, reversed);
        const errno = call.real();
        call.memory.write(list, before);
        return errno;
      },
    ),
};

/** The operators whose fault shows where a call fails; all others need one that succeeds. */
const ON_FAILURE = ['wrong-errno', 'nothing-done', 'error-hidden'];

/**
 * Every fault in every function it fits. Of functions that the runtime can never carry out (`failing`) only how they fail can be
 * planted.
 */
export function allMutants(functions: readonly Signature[], failing: readonly string[] = []): Mutant[] {
  return functions.flatMap((signature) =>
    Object.entries(OPERATORS).flatMap(([operator, variants]) =>
      (failing.includes(signature.name) && !ON_FAILURE.includes(operator) ? [] : variants(signature)).map(
        ({ variant, plant }) => ({
          id: `${signature.name}/${operator}${variant ? `(${variant})` : ''}`,
          function: signature.name,
          operator,
          plant,
        }),
      ),
    ),
  );
}
