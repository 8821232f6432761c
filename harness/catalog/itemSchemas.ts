/** The shapes of what is found by folder: a suite, a runner, a reporter, as a user may have written them. */

import * as z from 'zod';
import type { InProcess } from '../contracts/inProcess.ts';
import type { Reporter } from '../contracts/reporter.ts';
import { type Runner, type RunnerMode, START_PHASES } from '../contracts/runner.ts';
import type { CallCase, ConformanceCase, InventoryPair, PerformanceCase, Suite } from '../contracts/suite.ts';
import { fixtureSchema } from './fixtureSchema.ts';
import { type Fields, worldSchema } from './worldSchema.ts';

const text = z.string().min(1);
const id = text.regex(/^[A-Za-z][\w.-]*$/, 'an id is letters, digits, dots, - and _');
const wasi = z.enum(['p1', 'p2', 'p3']);
const callable = z.custom<(...words: unknown[]) => unknown>(
  (value) => typeof value === 'function',
  'must be a function',
);

const inventoryPair = z.strictObject({
  wasi,
  function: text,
  outcome: text,
  spec: text,
  excluded: text.optional(),
} satisfies Fields<InventoryPair>);

const needs = z.array(z.enum(['listen', 'read-only', 'phases', 'terminal']));
const provides = z.array(z.enum(['listen', 'read-only', 'phases']));

const conformanceFields = {
  id: text,
  wasi,
  title: text,
  spec: text,
  guest: text,
  runs: z.int().min(1).max(256).optional(),
  patience: z.number().positive().max(100).optional(),
  needs: needs.optional(),
  tags: z.array(text.regex(/^[\w.:-]+$/, 'a tag is letters, digits, dots, colons, - and _')).optional(),
  world: worldSchema.optional(),
  script: callable.optional(),
  fixture: fixtureSchema.optional(),
} satisfies Fields<ConformanceCase>;

const conformanceCase = z
  .strictObject(conformanceFields)
  .refine((one) => (one.script === undefined) !== (one.fixture === undefined), {
    message: 'a case has either a script or, for a guest that is no probe, a fixture',
    path: ['script'],
  });

const benchmark = {
  id: text,
  wasi,
  title: text,
  guest: text,
  world: worldSchema.extend({ id: text }).optional(),
  needs: needs.optional(),
  headline: z.boolean().optional(),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
} satisfies Partial<Fields<PerformanceCase>>;

const call = z.strictObject({
  export: text,
  argumentBytes: z.int().nonnegative(),
} satisfies Fields<CallCase['call']>);

const isCallOrBench = {
  check: (one: { bench?: unknown; call?: unknown }) => (one.bench === undefined) !== (one.call === undefined),
  told: {
    message: 'a benchmark either writes a script for a probe or, for a guest that is a plug-in, names a call',
    path: ['bench'],
  },
};
const timed = { ...benchmark, bench: callable.optional(), call: call.optional() };

const performanceCase = z.discriminatedUnion('metric', [
  z
    .strictObject({ ...timed, metric: z.literal('latency'), native: text.optional() })
    .refine(isCallOrBench.check, isCallOrBench.told),
  z
    .strictObject({
      ...timed,
      metric: z.literal('throughput'),
      bytesPerCall: z.number().positive().optional(),
    })
    .refine(isCallOrBench.check, isCallOrBench.told)
    .refine((one) => one.call !== undefined || one.bytesPerCall !== undefined, {
      message: 'a throughput tells how many bytes a call moves',
      path: ['bytesPerCall'],
    })
    .refine((one) => one.call?.argumentBytes !== 0, {
      message: 'a call without bytes has no throughput',
      path: ['call', 'argumentBytes'],
    }),
  z.strictObject({
    ...benchmark,
    metric: z.literal('startup'),
    until: z.union([z.enum(['first-instruction', 'exit']), z.strictObject({ phase: z.enum(START_PHASES) })]),
    plain: z.literal(true).optional(),
  }),
  z.strictObject({
    ...benchmark,
    metric: z.literal('memory'),
    of: z.enum(['peak', 'private']),
    wait: callable,
  }),
]);

export const suiteSchema = z.strictObject({
  id,
  title: text,
  inventory: z.array(inventoryPair),
  conformance: z.array(conformanceCase),
  performance: z.array(performanceCase),
  untimed: z.array(z.strictObject({ wasi, function: text, reason: text })).optional(),
} satisfies Fields<Suite>);

const capability = z.strictObject({
  support: z.enum(['native', 'adapter', 'none']),
  reason: text.optional(),
});

const capabilities = z.strictObject({ p1: capability, p2: capability, p3: capability });

const timing = z
  .strictObject({ oneCpu: z.literal(true).optional(), passes: z.int().min(1).max(100).optional() })
  .optional();

const mode = z.strictObject({
  title: text,
  mode: text,
  lacks: callable.optional(),
  prepare: callable.optional(),
  prepareKey: callable.optional(),
  command: callable.optional(),
  classify: callable.optional(),
  timing,
  capabilities: capabilities.optional(),
  provides: provides.optional(),
} satisfies Fields<RunnerMode>);

export const runnerSchema = z.strictObject({
  id,
  runtime: text.optional(),
  release: text.optional(),
  executable: text.optional(),
  folder: text.optional(),
  modes: z.record(z.string().regex(/^[A-Za-z0-9][\w.-]*$/), mode).optional(),
  name: text,
  capabilities,
  provides: provides.optional(),
  install: z.looseObject({}).optional(),
  detect: callable,
  prepare: callable.optional(),
  prepareKey: callable.optional(),
  timing,
  conformance: text.optional(),
  command: callable,
  warm: z.strictObject({ command: callable, message: callable }).optional(),
  classify: callable,
  isFloor: z.literal(true).optional(),
  inProcess: z
    .union([
      z.strictObject({
        module: z.instanceof(URL),
        wasi: z.array(wasi).min(1),
        otherwise: text,
      } satisfies Fields<InProcess>),
      z.strictObject({ reason: text }),
    ])
    .optional(),
} satisfies Fields<Runner>);

export const reporterSchema = z.strictObject({
  id,
  title: text,
  render: callable,
} satisfies Fields<Reporter>);
