/** Faults in whether a call succeeds: wrong, hidden or made-up errors, and success of what was never done. */

import { fallible, INVAL, IO, one, SUCCESS, type Variants } from './fault.ts';

export const outcomeFaults: Record<string, Variants> = {
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
};
