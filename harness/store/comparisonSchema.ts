/** The schema of comparison.json, `wasimeter/comparison@1`. */

import * as z from 'zod';
import { COMPARISON_SCHEMA, type Comparison, VERDICTS } from '../contracts/comparison.ts';
import { OUTCOMES } from '../contracts/run.ts';

const text = z.string().max(10_000);
const wasi = z.enum(['p1', 'p2', 'p3']);
const figure = z.number().min(0);
const arm = z.object({
  runner: text,
  version: text.optional(),
  mode: text.optional(),
  sha256: text.optional(),
  run: text,
});

const evidence = z.object({
  baseline: figure,
  candidate: figure,
  ratio: z.object({ value: figure, low: figure, high: figure }),
  p: figure.max(1),
  holmP: figure.max(1),
  processes: z.tuple([z.int().min(0), z.int().min(0)]),
  contaminated: text.optional(),
  notices: z.array(text),
});

/** A day of the calendar, as waivers name it. */
export const waiverSchema = z.strictObject({
  benchmark: z.string().min(1).max(500),
  upTo: figure,
  until: z.iso.date(),
  reason: z.string().min(1).max(1000),
  link: z.url({ protocol: /^https?$/ }).optional(),
});

const benchmark = z.object({
  ...{ suite: text, case: text, wasi, title: text },
  metric: z.enum(['latency', 'throughput', 'startup', 'memory']),
  unit: z.enum(['ns', 'B/s', 'B']),
  better: z.enum(['lower', 'higher']),
  parameters: z.record(text, z.union([text, z.number()])),
  headline: z.boolean(),
  arms: z.tuple([text, text]),
  verdict: z.enum(VERDICTS as unknown as [Comparison['benchmarks'][number]['verdict'], ...never[]]),
  floor: z.object({ share: figure, why: text }),
  first: evidence,
  confirming: evidence.optional(),
  waiver: waiverSchema.optional(),
  notices: z.array(text),
});

const outcome = z.object({
  ...{ suite: text, case: text, wasi, runner: text },
  outcome: z.enum(OUTCOMES as [string, ...string[]]),
  reason: z.string().max(1_000_000).optional(),
});

export const comparisonSchema = z.object({
  schema: z.literal(COMPARISON_SCHEMA),
  kind: z.enum(['side-by-side', 'stored']),
  arms: z.array(z.object({ baseline: arm, candidate: arm })),
  seed: z.int().min(0),
  benchmarks: z.array(benchmark),
  notCompared: z.array(z.object({ suite: text, case: text, wasi, runner: text, reason: text })),
  notices: z.array(text),
  gate: z
    .object({
      regressed: z.int().min(0),
      unexpected: z.array(outcome),
      failOn: z.array(z.enum(['regressed', 'unexpected', 'unsure'])),
      exitCode: z.int().min(0).max(255),
    })
    .optional(),
});

/** Holds the schema to the contract. */
type Same<A, B> = [A] extends [B] ? true : never;
const covered: Same<Comparison, z.infer<typeof comparisonSchema>> = true;
void covered;

/** The JSON Schema of comparison.json, for docs/comparison.schema.json. */
export function comparisonJsonSchema(): object {
  return {
    $id: COMPARISON_SCHEMA,
    title: 'A comparison of wasimeter',
    ...z.toJSONSchema(comparisonSchema, { io: 'input' }),
  };
}
