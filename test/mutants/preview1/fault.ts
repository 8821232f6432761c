/** What a planted fault is, and what several kinds of them are made with. */

import type { GuestMemory } from '../memory.ts';
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

export const IO = 29;
export const INVAL = 28;
export const SUCCESS = 0;
/** Parameters that are mere hints: by the specification it makes no difference what is made of them. */
const HINTS: Readonly<Record<string, readonly string[]>> = {
  clock_time_get: ['precision'],
  fd_advise: ['offset', 'len'],
};

/** The faults of one kind in a function. */
export type Variants = (signature: Signature) => { variant: string; plant(call: Call): number }[];

export const numeric = (word: Word | undefined) => Number(word ?? 0) >>> 0;
export const changed = (call: Call, at: number, change: (word: Word) => Word) =>
  call.args.map((word, index) => (index === at ? change(word) : word));
export const plus = (word: Word, more: number): Word =>
  typeof word === 'bigint' ? word + BigInt(more) : word + more;
export const one = (plant: (call: Call) => number) => [{ variant: '', plant }];
export const fallible = ({ fallible: is }: Signature) => is;

/** Does the call, then something to its results where it succeeded. */
export const afterSuccess = (then: (call: Call) => void) => (call: Call) => {
  const errno = call.real();
  if (errno === SUCCESS) then(call);
  return errno;
};

export const perField = (signature: Signature, then: (call: Call, address: number, size: number) => void) =>
  signature.results.flatMap((result, index) =>
    result.fields.map((field) => ({
      variant: `${index}.${field.name}`,
      plant: afterSuccess((call) => then(call, numeric(call.args[result.at]) + field.offset, field.size)),
    })),
  );

export const perResult = (
  signature: Signature,
  then: (call: Call, address: number, result: Result) => void,
) =>
  signature.results.map((result, index) => ({
    variant: String(index),
    plant: afterSuccess((call) => then(call, numeric(call.args[result.at]), result)),
  }));

export const perParameter = (
  signature: Signature,
  fits: (parameter: Parameter) => boolean,
  plant: (call: Call, parameter: Parameter) => number,
) =>
  signature.parameters
    .filter((parameter) => fits(parameter) && !HINTS[signature.name]?.includes(parameter.name))
    .map((parameter) => ({ variant: parameter.name, plant: (call: Call) => plant(call, parameter) }));
