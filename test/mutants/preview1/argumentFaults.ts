/** Faults in what a call makes of its arguments. */

import { type Call, changed, perParameter, plus, SUCCESS, type Variants } from './fault.ts';

export const argumentFaults: Record<string, Variants> = {
  'flag-ignored': (signature) =>
    signature.parameters
      .filter(({ kind, wide }) => kind === 'flags' && !wide)
      .flatMap((parameter) =>
        parameter.names.map((name, bit) => ({
          variant: `${parameter.name}.${name}`,
          plant: (call: Call) => call.real(changed(call, parameter.at, (word) => Number(word) & ~(1 << bit))),
        })),
      ),
  // Where a descriptor is made: what only narrows rights ignores them by doing nothing, which is a fault of its own.
  'rights-ignored': (signature) =>
    signature.results.length === 0
      ? []
      : perParameter(
          signature,
          ({ kind, wide }) => kind === 'flags' && wide,
          (call, { at }) => {
            // The most that the directory may hand on is not known here: all rights, then all of files, then what was asked.
            for (const rights of [0x3fff_ffffn, 0x0fff_ffffn, 0x08e0_01ffn]) {
              const errno = call.real(changed(call, at, () => rights));
              if (errno === SUCCESS) return errno;
            }
            return call.real();
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
};
