/** Faults in whether a call succeeds: wrong, hidden or made-up errors, and success of what was never done. */

import { clear, ERROR, hasSucceeded, one, returnNothing, takeNext, type Variants } from './fault.ts';
import type { Signature } from './signature.ts';

const makesHandles = ({ results }: Signature) => results.some(({ kind }) => kind === 'handle');

export const outcomeFaults: Record<string, Variants> = {
  'wrong-error': (signature) =>
    signature.error
      ? one((call) => {
          call.real();
          const { error } = signature;
          for (const cell of error?.cells(call) ?? []) {
            takeNext(cell, error!);
            // Another kind of error has not the payload of the first.
            clear(cell.at(error!.payload.offset, 1), error!.payload.size);
          }
        })
      : [],
  'error-though-done': (signature) =>
    signature.fallible
      ? one((call) => {
          call.real();
          if (!hasSucceeded(signature, call)) return;
          returnNothing(signature, call);
          signature.result?.cell(call).write(1, ERROR);
          // `closed` of a stream's errors, which comes without a handle; the second of an enumeration.
          for (const cell of signature.error?.cells(call) ?? []) takeNext(cell, signature.error!);
        })
      : [],
  // Where it would have to hand out a handle there is no success without effect.
  'nothing-done': (signature) =>
    makesHandles(signature)
      ? []
      : one((call) => (call.isProper() ? returnNothing(signature, call) : call.real())),
  'error-hidden': (signature) =>
    signature.fallible
      ? one((call) => {
          call.real();
          if (!hasSucceeded(signature, call)) returnNothing(signature, call);
        })
      : [],
  'not-waiting': ({ name }) => {
    // write and write-zeroes want leave that their blocking forms get for themselves.
    const other = name.replace('.blocking-', '.');
    return other === name || /-and-flush$/.test(name) ? [] : one((call) => call.instead(other));
  },
};
