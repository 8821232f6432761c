/** The faults that are planted in preview 2, each as an operator on any function it fits; nothing here knows of a case. */

import { argumentFaults } from './argumentFaults.ts';
import type { Mutant } from './call.ts';
import type { Variants } from './fault.ts';
import { outcomeFaults } from './outcomeFaults.ts';
import { resultFaults } from './resultFaults.ts';
import type { Signature } from './signature.ts';

const OPERATORS: Record<string, Variants> = { ...outcomeFaults, ...resultFaults, ...argumentFaults };

/** Every fault in every function it fits. */
export function allMutants(functions: readonly Signature[]): Mutant[] {
  return functions.flatMap((signature) =>
    Object.entries(OPERATORS).flatMap(([operator, variants]) =>
      variants(signature).map(({ variant, plant }) => ({
        id: `${signature.name}/${operator}${variant ? `(${variant})` : ''}`,
        function: signature.name,
        operator,
        plant,
      })),
    ),
  );
}
