/** The schema of bench.config.ts; the JSON Schema for editors is made of it. */

import * as z from 'zod';
import type { BenchConfig } from '../contracts/config.ts';
import { TIME_BUDGET } from './profiles.ts';

const extent = z.enum(['headline', 'all', 'none']);

const profile = z.strictObject({
  cases: z.enum(['all', 'covering']).optional(),
  only: z.union([extent, z.array(extent).min(1)]).optional(),
  processes: z.int().min(2).max(1000).optional(),
  patience: z.number().min(1).max(20).optional(),
  batches: z.int().min(25).max(1000).optional(),
  upTo: z.int().min(2).max(1000).optional(),
  timeBudget: z.string().regex(TIME_BUDGET, 'is a number with s, m or h: 90s, 10m').optional(),
});

const argument = z.string().max(4096);
const runnerId = z.string().min(1).max(100);

const pathRunner = z.strictObject({ id: runnerId, path: z.string().min(1).max(4096) });

const commandRunner = z.strictObject({
  id: runnerId.regex(/^[A-Za-z][\w.-]*$/, 'a command runner is named by letters, digits, dots, - and _'),
  name: z.string().min(1).max(100).optional(),
  command: z.array(argument).min(1).max(200),
  wasi: z
    .array(z.enum(['p1', 'p2']))
    .min(1)
    .max(2),
  version: z.array(argument).min(1).max(20).optional(),
  traps: z
    .strictObject({
      exitCodes: z.array(z.int().min(1).max(255)).max(255).optional(),
      stderr: z.string().min(1).max(500).refine(isExpression, 'is no regular expression').optional(),
    })
    .optional(),
});

function isExpression(text: string): boolean {
  try {
    new RegExp(text, 'm');
    return true;
  } catch {
    return false;
  }
}

/** A hundred times as much is no floor any more. */
const share = z.union([
  z.number().min(0.001).max(100),
  z.templateLiteral([z.number().min(0.1).max(10_000), '%']),
]);

const gate = z.strictObject({
  baseline: z.string().min(1).max(4096).optional(),
  candidate: z.string().min(1).max(4096).optional(),
  floor: share.optional(),
  floors: z.record(z.string().min(1).max(500), share).optional(),
  failOn: z.array(z.enum(['regressed', 'unexpected', 'unsure'])).optional(),
  waive: z
    .array(
      z.strictObject({
        benchmark: z.string().min(1).max(500),
        upTo: share,
        until: z.iso.date(),
        reason: z.string().min(8, 'a reason says in a few words why it is let pass').max(1000),
        link: z.url({ protocol: /^https?$/ }).optional(),
      }),
    )
    .optional(),
});

export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  runners: z
    .array(z.union([z.string().min(1).max(100), pathRunner, commandRunner]))
    .min(1)
    .optional(),
  suites: z.array(z.string().min(1)).min(1).optional(),
  reports: z
    .array(z.union([z.string().min(1), z.tuple([z.string().min(1), z.record(z.string(), z.unknown())])]))
    .min(1)
    .optional(),
  profile: z.string().optional(),
  profiles: z.record(z.string(), profile).optional(),
  gate: gate.optional(),
  caseTimeoutSeconds: z.number().positive().max(3600).optional(),
  seed: z.int().min(0).max(0xffff_ffff).optional(),
}) satisfies z.ZodType<BenchConfig>;

/** The JSON Schema of bench.config.json, for docs/bench.config.schema.json. */
export function configJsonSchema(): object {
  return { title: "wasimeter's bench.config", ...z.toJSONSchema(configSchema, { io: 'input' }) };
}
