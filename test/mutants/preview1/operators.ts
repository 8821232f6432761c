/** The faults that are planted, each as an operator on any function it fits; nothing here knows of a case. */

import { argumentFaults } from './argumentFaults.ts';
import { bufferFaults } from './bufferFaults.ts';
import type { Mutant, Variants } from './fault.ts';
import { outcomeFaults } from './outcomeFaults.ts';
import { resultFaults } from './resultFaults.ts';
import type { Signature } from './signature.ts';

const OPERATORS: Record<string, Variants> = {
  ...outcomeFaults,
  ...resultFaults,
  ...argumentFaults,
  ...bufferFaults,
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
