/** Makes a comparison of measured or stored arms. */

import {
  type Arm,
  COMPARISON_SCHEMA,
  type Comparison,
  type Waiver,
} from '../../harness/contracts/comparison.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { RunResult } from '../../harness/contracts/run.ts';
import type { FloorSettings } from '../../harness/judge/floors.ts';
import { type Compared, compareArms, type TwoArms } from '../../harness/judge/gate.ts';
import { machineDifference } from '../../harness/judge/sameMachine.ts';
import type { StoredRun } from './stored.ts';

export interface Rule extends FloorSettings {
  seed: number;
  confirms: boolean;
  waivers: readonly Waiver[];
  now: Date;
}

/** An arm's runner, and the run it was measured in. */
export interface RunnerIn {
  run: RunResult;
  runner: string;
}

export interface ArmPair {
  baseline: RunnerIn;
  candidate: RunnerIn;
  /** Of a second block. */
  confirming?: TwoArms;
}

/** Compares pairs of arms; all in one comparison, whose benchmarks are sorted by evidence within each pair. */
export function comparisonOf(
  pairs: readonly ArmPair[],
  kind: Comparison['kind'],
  rule: Rule,
  notices: readonly string[] = [],
): Comparison {
  const compared = pairs.map(
    ({ baseline, candidate, confirming }): Compared =>
      compareArms({ baseline, candidate }, confirming, { ...rule, isStored: kind === 'stored' }),
  );
  return {
    schema: COMPARISON_SCHEMA,
    kind,
    arms: pairs.map(({ baseline, candidate }) => ({
      baseline: armOf(baseline),
      candidate: armOf(candidate),
    })),
    seed: rule.seed,
    benchmarks: compared.flatMap(({ benchmarks }) => benchmarks),
    notCompared: compared.flatMap(({ notCompared }) => notCompared),
    notices: [...notices],
  };
}

function armOf({ run, runner }: RunnerIn): Arm {
  const { version, mode, sha256 } = run.runners.find(({ id }) => id === runner) ?? {};
  return {
    runner,
    ...(version === undefined ? {} : { version }),
    ...(mode === undefined ? {} : { mode }),
    ...(sha256 === undefined ? {} : { sha256 }),
    run: run.id,
  };
}

/** What is to be said of two runs that were not made together; the machine first. */
export function storedNotices(
  before: StoredRun,
  now: Pick<StoredRun, 'run'>,
): { other: string[]; notices: string[] } {
  const { other, changed } = machineDifference(before.run.machine, now.run.machine);
  const words = (parts: readonly string[]) => parts.join(', ');
  return {
    other,
    notices: [
      ...(other.length > 0
        ? [`measured on different machines: ${words(other)}; what differs may be theirs`]
        : []),
      ...(changed.length > 0 ? [`changed between the runs: ${words(changed)}`] : []),
      'measured at two times and not side by side: floors are three times as wide',
    ],
  };
}

/** Throws a UserError where nothing could be compared, with the first reason. */
export function refuseEmpty({ benchmarks, notCompared }: Comparison): void {
  if (benchmarks.length > 0) return;
  const [first] = notCompared;
  throw new UserError(
    first
      ? `no benchmark could be compared; ${first.wasi} ${first.suite}/${first.case} of ${first.runner}: ${first.reason}`
      : 'there is nothing to compare: the runs have no benchmarks of these runners',
  );
}
