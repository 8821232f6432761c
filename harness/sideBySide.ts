/** Times two arms side by side, several repeats over, with the harness's own plan, execution and measuring. Composes stages as the pipeline does. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Observation } from './contracts/observation.ts';
import type { RosterEntry } from './contracts/plan.ts';
import type { NotMeasured } from './contracts/run.ts';
import { type ExecuteOptions, execute } from './execute/execute.ts';
import { type FigurePair, pairsOf } from './judge/figurePairs.ts';
import { lackingArms } from './measure/lackingArms.ts';
import { measure } from './measure/measure.ts';
import { makePlan } from './plan/plan.ts';
import type { PlanInput } from './plan/planInput.ts';

export type SideBySideInput = Pick<PlanInput, 'suites' | 'guests' | 'processes' | 'patience' | 'seed'> & {
  repeats: number;
  batches?: number | undefined;
};

/** One repeat: all benchmarks timed once in both arms. */
export interface Repeat {
  /** Counted from 1. */
  number: number;
  pairs: FigurePair[];
  notMeasured: NotMeasured[];
  observations: Observation[];
}

/** Nothing but benchmarks is run; a plan wants it all the same. */
const CASE_TIMEOUT_MS = 10_000;

/**
 * Yields repeat after repeat of all benchmarks of the suites in both arms, whose processes take turns. A runner beside itself is the same
 * entry twice and starts the same file: a copy of an executable lies in other pages of memory, and that alone is worth 4%.
 *
 * @param arms their runners as found; they are told apart here, whatever their ids
 */
export async function* sideBySide(
  arms: readonly [RosterEntry, RosterEntry],
  { suites, repeats, seed, ...input }: SideBySideInput,
  options: Pick<ExecuteOptions, 'cacheFolder' | 'progress' | 'signal' | 'host'>,
): AsyncGenerator<Repeat, void> {
  const [a, b] = arms.map((entry, index) => asArm(entry, index === 0 ? 'a' : 'b')) as [
    RosterEntry,
    RosterEntry,
  ];
  const plan = makePlan({
    ...{ ...input, seed, roster: [a, b], only: 'all', caseTimeoutMs: CASE_TIMEOUT_MS },
    suites: suites.map((suite) => ({ ...suite, conformance: [] })),
  });
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-arms-'));
  try {
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const observations = await execute(
        { ...plan, seed: seed + repeat },
        {
          ...options,
          journalFile: join(folder, `journal.${repeat}.ndjson`),
          scratchFolder: join(folder, 'scratch'),
          lacking: lackingArms,
          unexpected: () => [],
        },
      );
      const { performance, notMeasured } = measure({ ...plan, seed: seed + repeat }, observations);
      yield {
        number: repeat + 1,
        pairs: pairsOf(performance, a.runner.id, b.runner.id),
        notMeasured: [...plan.notMeasured, ...notMeasured].map((one) => ({
          ...one,
          runner: withoutArm(one.runner),
        })),
        observations,
      };
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The runtime's own id stays in front: arms of one runtime share the length of their control loop. */
const asArm = (entry: RosterEntry, arm: 'a' | 'b'): RosterEntry => ({
  ...entry,
  runner: { ...entry.runner, id: `${entry.runner.id} ${arm}` },
});
const withoutArm = (runner: string) => runner.replace(/ [ab]$/, '');
