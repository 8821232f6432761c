/** The shape of what a case expects of a fixture, as a user may have written it. */

import * as z from 'zod';
import type { FixtureExpectation } from '../contracts/fixture.ts';
import type { Fields } from './worldSchema.ts';

const end = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exits'), code: z.int(), stdout: z.string().optional() }),
  z.strictObject({ kind: z.literal('traps'), stdout: z.string().optional() }),
  z.strictObject({ kind: z.literal('refused') }),
]);

export const fixtureSchema = z
  .strictObject({
    ends: z.array(end).min(1),
    ambiguity: z.string().min(10).optional(),
  } satisfies Fields<FixtureExpectation>)
  .refine(({ ends, ambiguity }) => ends.length === 1 || ambiguity !== undefined, {
    message: 'several ends need an `ambiguity`: which text leaves it open',
    path: ['ambiguity'],
  });
