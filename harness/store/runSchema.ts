/** The schema of run.json, `wasimeter/run@1`; the committed JSON Schema is made of it. */

import * as z from 'zod';
import { OUTCOMES, RUN_SCHEMA, type RunResult } from '../contracts/run.ts';

const text = z.string().max(1_000_000);
const wasi = z.enum(['p1', 'p2', 'p3']);
const count = z.int().min(0);
const figure = z.number();

const capability = z.object({ support: z.enum(['native', 'adapter', 'none']), reason: text.optional() });

const clockCheck = z.object({
  wasi,
  ratio: figure,
  tickNs: figure.min(0),
  verdict: z.enum(['agrees', 'disagrees', 'coarse']),
});

const runner = z.object({
  id: text,
  name: text,
  status: z.enum(['measured', 'not-installed']),
  version: text.optional(),
  mode: text.optional(),
  conformanceMode: text.optional(),
  reason: text.optional(),
  binary: text.optional(),
  source: text.optional(),
  sha256: text.optional(),
  note: text.optional(),
  capabilities: z.object({ p1: capability, p2: capability, p3: capability }),
  clockChecks: z.array(clockCheck).optional(),
});

const transcriptLine = z.object({
  statement: text,
  text,
  mark: z.enum(['ok', 'failed', 'trap', 'unfinished']),
  expected: text.optional(),
});

const conformance = z.object({
  suite: text,
  case: text,
  wasi,
  runner: text,
  title: text,
  outcome: z.enum(OUTCOMES as [string, ...string[]]),
  reason: text.optional(),
  expected: text.optional(),
  spec: text,
  covers: z.array(text),
  durationMs: figure.min(0),
  flaky: z.array(z.enum(OUTCOMES as [string, ...string[]])).optional(),
  ambiguities: z.array(z.object({ call: text, seen: text, why: text })).optional(),
  notes: z.array(text).optional(),
  transcript: z.array(transcriptLine).optional(),
});

/** A line of transcripts.ndjson. */
export const transcriptSchema = conformance
  .pick({ suite: true, case: true, wasi: true, runner: true })
  .extend({ transcript: z.array(transcriptLine) });

const performance = z.object({
  suite: text,
  case: text,
  wasi,
  runner: text,
  title: text,
  metric: z.enum(['latency', 'throughput', 'startup', 'memory']),
  unit: z.enum(['ns', 'B/s', 'B']),
  better: z.enum(['lower', 'higher']),
  parameters: z.record(text, z.union([text, figure])),
  headline: z.boolean(),
  value: figure.min(0),
  ciLow: figure.min(0),
  ciHigh: figure.min(0),
  p99: figure.min(0).optional(),
  samples: z.array(figure.min(0)),
  rounds: count,
  flags: z.array(
    z.enum(['contaminated', 'coarse-clock', 'clock-disagrees', 'spawn-overhead', 'call-fails', 'one-cpu']),
  ),
  identity: z.object({ estimator: text, scriptHash: text, guestHash: text }),
});

const trialName = z.object({ suite: text, case: text, wasi, runner: text });
export const selectionSchema = z.object({
  cases: z.array(text).optional(),
  wasi: z.array(wasi).optional(),
  tags: z.array(text).optional(),
  covering: z.literal(true).optional(),
  trials: z.array(trialName).optional(),
});
const hostNoise = z.object({
  durationMs: figure.min(0),
  controls: count,
  roundNs: figure.min(0),
  quietShare: figure.min(0).max(1),
  p95Ratio: figure.min(0),
  slowSpells: count,
  longestSpellNs: figure.min(0),
  verdict: z.enum(['quiet', 'usable', 'noisy']),
});
const preparation = z.object({ runner: text, guest: text, durationNs: figure.min(0), fresh: z.boolean() });

export const runSchema = z.object({
  schema: z.literal(RUN_SCHEMA),
  id: text,
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  machine: z.object({
    os: text,
    kernel: text,
    arch: text,
    cpuModel: text,
    cores: count,
    memoryBytes: count,
    filesystem: text,
    node: text,
    loadAverage: figure.min(0),
    harness: text,
    allowedCpus: count.optional(),
    cpuQuota: figure.min(0).optional(),
    governor: text.optional(),
    virtualization: text.optional(),
    clockResolutionNs: figure.min(0).optional(),
    clockCostNs: figure.min(0).optional(),
    loadAverageAtEnd: figure.min(0).optional(),
    stealShare: figure.min(0).max(1).optional(),
    noise: hostNoise.optional(),
  }),
  config: z.object({
    profile: text,
    suites: z.array(text),
    runners: z.array(text),
    processes: count,
    seed: count,
    selection: selectionSchema.optional(),
  }),
  runners: z.array(runner),
  conformance: z.array(conformance),
  performance: z.array(performance),
  // Absent from runs of before it was recorded.
  preparations: z.array(preparation).default([]),
  notMeasured: z.array(z.object({ suite: text, case: text, wasi, runner: text, reason: text })),
  noise: z.array(
    z.object({
      runner: text,
      wasi,
      quietShare: figure.min(0).max(1),
      quietProcesses: figure.min(0).max(1),
      verdict: z.enum(['quiet', 'contaminated']),
      roundNs: figure.min(0).optional(),
    }),
  ),
  coverage: z.array(z.object({ suite: text, wasi, pairs: count, asserted: count, excluded: count })),
});

/** Holds the schema to the contract: each must accept what the other describes. */
type Same<A, B> = [A] extends [B] ? true : never;
export type SchemaCoversContract = Same<RunResult, z.infer<typeof runSchema>>;
const covered: SchemaCoversContract = true;
void covered;

/** The JSON Schema of run.json, for docs/run.schema.json. Fields that a later version adds are none of its business. */
export function runJsonSchema(): object {
  return { $id: RUN_SCHEMA, title: 'A run of wasimeter', ...z.toJSONSchema(runSchema, { io: 'input' }) };
}
