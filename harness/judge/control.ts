/** Tells whether the machine, and not the runtime, may have moved a benchmark between two arms. */

import type { NoiseRecord, PerformanceRecord } from '../contracts/run.ts';
import { runtimeIn } from '../naming/runtimeIn.ts';

/** The import-free loop costs both arms of one runtime the same, but for what a core's clock rate wanders. */
const CONTROL_WITHIN = 0.03;

/** An arm's record with how quiet its runner was. */
export interface MeasuredArm {
  record: PerformanceRecord;
  noise: NoiseRecord | undefined;
  /** How the runtime executes wasm: other compilers make other loops of the control. */
  mode: string | undefined;
}

/** Why a benchmark is contaminated; undefined where it is not. */
export function contaminationOf(baseline: MeasuredArm, candidate: MeasuredArm): string | undefined {
  for (const { record } of [baseline, candidate]) {
    if (record.flags.includes('contaminated'))
      return `fewer than five processes of ${record.runner} had a quiet moment`;
    if (record.flags.includes('clock-disagrees'))
      return `the clock of ${record.runner} runs unlike the host's`;
  }
  const moved = controlRatio(baseline, candidate);
  if (moved !== undefined && Math.abs(moved - 1) > CONTROL_WITHIN)
    return `the control loop, which has nothing to do with the call, moved by ${((moved - 1) * 100).toFixed(1)}% itself`;
  return undefined;
}

/** The candidate's control over the baseline's; undefined where the two loops are not the same code. */
function controlRatio(baseline: MeasuredArm, candidate: MeasuredArm): number | undefined {
  const isOneRuntime =
    runtimeIn(baseline.record.runner) === runtimeIn(candidate.record.runner) &&
    baseline.mode === candidate.mode;
  // A start has no control, and its cost is none of the core's alone.
  if (!isOneRuntime || baseline.record.metric === 'startup') return undefined;
  const [before, after] = [baseline.noise?.roundNs, candidate.noise?.roundNs];
  return before && after ? after / before : undefined;
}
