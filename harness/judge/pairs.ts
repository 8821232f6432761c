/** Owns which records of two arms are of one benchmark, and which have no counterpart or may not be compared. */

import type { NotCompared } from '../contracts/comparison.ts';
import type { PerformanceRecord, RunResult } from '../contracts/run.ts';
import { benchmarkName } from '../naming/benchmarkName.ts';
import type { MeasuredArm } from './control.ts';
import type { MeasuredPair } from './evidence.ts';

/** A runner in a run. */
export interface ArmIn {
  run: Pick<RunResult, 'performance' | 'noise' | 'notMeasured' | 'runners'>;
  runner: string;
}

/** Fewer processes than that, of which figures say how many, are no ground for a verdict. */
const LEAST_PROCESSES = 5;

/** The benchmarks of both arms, and those of either that can't be compared with the reason. */
export function pairArms(
  baseline: ArmIn,
  candidate: ArmIn,
): { pairs: MeasuredPair[]; notCompared: NotCompared[] } {
  const pairs: MeasuredPair[] = [];
  const notCompared: NotCompared[] = [];
  const own = (arm: ArmIn) => arm.run.performance.filter(({ runner }) => runner === arm.runner);
  const others = new Map(own(candidate).map((record) => [benchmarkName(record), record]));
  const without = (record: PerformanceRecord, runner: string, reason: string) => {
    const { suite, case: id, wasi } = record;
    notCompared.push({ suite, case: id, wasi, runner, reason });
  };
  for (const record of own(baseline)) {
    const name = benchmarkName(record);
    const other = others.get(name);
    others.delete(name);
    if (!other) without(record, candidate.runner, missingIn(candidate, record));
    else {
      const reason = incomparable(record, other);
      if (reason) without(record, candidate.runner, reason);
      else pairs.push({ name, baseline: measured(baseline, record), candidate: measured(candidate, other) });
    }
  }
  for (const record of others.values()) without(record, baseline.runner, missingIn(baseline, record));
  return { pairs, notCompared };
}

function measured({ run, runner }: ArmIn, record: PerformanceRecord): MeasuredArm {
  return {
    record,
    noise: run.noise.find((one) => one.runner === runner && one.wasi === record.wasi),
    mode: run.runners.find(({ id }) => id === runner)?.mode,
  };
}

function missingIn({ run, runner }: ArmIn, record: PerformanceRecord): string {
  const known = run.notMeasured.find(
    (one) => one.runner === runner && benchmarkName(one) === benchmarkName(record),
  );
  return known?.reason ?? 'it was not measured';
}

/** Why two records of one name are not of one thing. */
function incomparable(baseline: PerformanceRecord, candidate: PerformanceRecord): string | undefined {
  if (baseline.unit !== candidate.unit || baseline.metric !== candidate.metric)
    return `its ${baseline.metric} is compared with ${candidate.metric}`;
  if (baseline.identity.estimator !== candidate.identity.estimator)
    return `its figures are of another estimator (${baseline.identity.estimator}, now ${candidate.identity.estimator}): measure the baseline again`;
  if (baseline.identity.guestHash !== candidate.identity.guestHash)
    return 'its guest was rebuilt between the two: measure the baseline again';
  if (baseline.identity.scriptHash !== candidate.identity.scriptHash)
    return 'what it times was changed between the two: measure the baseline again';
  const fewest = Math.min(baseline.samples.length, candidate.samples.length);
  if (fewest < LEAST_PROCESSES) return `only ${fewest} processes count`;
  return undefined;
}
