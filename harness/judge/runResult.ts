/** Puts a run's parts together into the document that reporters read. */

import { basename } from 'node:path';
import { forConformance } from '../contracts/conformanceMode.ts';
import type { Measurement } from '../contracts/measurement.ts';
import type { Observation } from '../contracts/observation.ts';
import type { Plan, RosterEntry } from '../contracts/plan.ts';
import {
  type ConformanceRecord,
  type MachineRecord,
  type PassedTranscript,
  type PreparationRecord,
  RUN_SCHEMA,
  type RunnerRecord,
  type RunResult,
} from '../contracts/run.ts';
import { leavesOut } from '../contracts/selection.ts';
import type { Suite } from '../contracts/suite.ts';
import { type ExpectedFailure, judgeConformance } from './conformance.ts';
import { coverageSums } from './coverage.ts';
import { judgeMachine } from './machine.ts';

export interface Judged {
  id: string;
  startedAt: string;
  machine: MachineRecord;
  config: RunResult['config'];
  plan: Plan;
  suites: Suite[];
  observations: readonly Observation[];
  measurement: Measurement;
  expectedOf(runner: string): readonly ExpectedFailure[];
}

/** The run as run.json has it, and beside it the transcripts of the cases that passed: they are most of the bytes and least read. */
export function runResult(judged: Judged): { run: RunResult; transcripts: PassedTranscript[] } {
  const { plan, measurement } = judged;
  const records = judgeConformance(plan, judged.observations, judged.expectedOf);
  const run: RunResult = {
    schema: RUN_SCHEMA,
    id: judged.id,
    startedAt: judged.startedAt,
    finishedAt: lastMoment(judged),
    machine: judgeMachine(judged.machine, judged.observations),
    config: judged.config,
    runners: plan.roster.map((entry) => runnerRecord(entry, measurement)),
    conformance: records.map((record) => (record.outcome === 'pass' ? withoutTranscript(record) : record)),
    performance: measurement.performance,
    preparations: judged.observations.flatMap(preparationOf),
    notMeasured: [...plan.notMeasured, ...measurement.notMeasured],
    noise: measurement.noise,
    // What a selection covers is no measure of the suite.
    coverage: leavesOut(judged.config.selection) ? [] : judged.suites.flatMap(coverageSums),
  };
  const transcripts = records.flatMap(({ outcome, suite, case: name, wasi, runner, transcript }) =>
    outcome === 'pass' && transcript ? [{ suite, case: name, wasi, runner, transcript }] : [],
  );
  return { run, transcripts };
}

/** When the last observation was made: judging a journal again does not make the run longer. */
function lastMoment({ observations, startedAt }: Judged): string {
  const endsMs = observations.map((one) => ('endRealtimeNs' in one ? Number(one.endRealtimeNs) / 1e6 : 0));
  const lastMs = endsMs.reduce((latest, endMs) => Math.max(latest, endMs), 0);
  return lastMs === 0 ? startedAt : new Date(lastMs).toISOString();
}

/** A journal of before `fresh` was noted doesn't say when it was made: then it is called earlier. */
function preparationOf(one: Observation): PreparationRecord[] {
  if (one.kind !== 'prepare') return [];
  const { runner, guest, durationNs, fresh } = one;
  return [{ runner, guest, durationNs, fresh: fresh === true }];
}

function withoutTranscript({ transcript: _, ...record }: ConformanceRecord): ConformanceRecord {
  return record;
}

function runnerRecord({ runner, found, missing, note }: RosterEntry, measurement: Measurement): RunnerRecord {
  const { id, name, capabilities, isFloor } = runner;
  const common = { id, name, capabilities, ...(isFloor ? { isFloor } : {}) };
  if (!found) return { ...common, status: 'not-installed', reason: missing ?? 'not installed' };
  const { found: conformance } = forConformance(runner, found);
  const clockChecks = measurement.clockChecks.get(runner.id);
  return {
    ...common,
    status: 'measured',
    version: found.version,
    mode: found.mode,
    ...(conformance.mode === found.mode ? {} : { conformanceMode: conformance.mode }),
    binary: basename(found.executable),
    source: found.source,
    ...(found.sha256 === undefined ? {} : { sha256: found.sha256 }),
    ...(note === undefined ? {} : { note }),
    ...(clockChecks ? { clockChecks } : {}),
  };
}
