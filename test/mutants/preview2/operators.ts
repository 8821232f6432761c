/** The faults that are planted in preview 2, each as an operator on any function it fits; nothing here knows of a case. */

import { argumentFaults } from './argumentFaults.ts';
import type { Mutant } from './call.ts';
import type { Variants } from './fault.ts';
import { outcomeFaults } from './outcomeFaults.ts';
import { resultFaults } from './resultFaults.ts';
import type { Signature } from './signature.ts';

const OPERATORS: Record<string, Variants> = { ...outcomeFaults, ...resultFaults, ...argumentFaults };

/** The operators whose fault shows where a call fails; all others need one that succeeds. */
const ON_FAILURE = ['wrong-error', 'nothing-done', 'error-hidden'];

/** The operators that need an error to act on. */
const ON_ERRORS = ['wrong-error', 'error-hidden'];

/**
 * Every fault in every function it fits. Of functions that the runtime can never carry out (`failing`) only how they fail can be
 * planted, and nothing of the kind in those that never fail (`succeeding`).
 */
export function allMutants(
  functions: readonly Signature[],
  failing: readonly string[] = [],
  succeeding: readonly string[] = [],
): Mutant[] {
  const isIdle = (name: string, operator: string) =>
    (failing.includes(name) && !ON_FAILURE.includes(operator)) ||
    (succeeding.includes(name) && ON_ERRORS.includes(operator));
  return functions.flatMap((signature) =>
    Object.entries(OPERATORS).flatMap(([operator, variants]) =>
      (isIdle(signature.name, operator) ? [] : variants(signature)).map(({ variant, plant }) => ({
        id: `${signature.name}/${operator}${variant ? `(${variant})` : ''}`,
        function: signature.name,
        operator,
        plant,
      })),
    ),
  );
}
