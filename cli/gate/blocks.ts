/** Measures what a gate judges: a pilot that says how many processes, a first block, and a fresh one where the first looks red. */

import type { Comparison } from '../../harness/contracts/comparison.ts';
import type { Cases } from '../../harness/contracts/config.ts';
import type { RunResult } from '../../harness/contracts/run.ts';
import { floorOf, spreadOf } from '../../harness/judge/floors.ts';
import { toConfirm } from '../../harness/judge/gate.ts';
import { processesFor } from '../../harness/judge/pilot.ts';
import { benchmarkName } from '../../harness/naming/benchmarkName.ts';
import { randomFrom } from '../../harness/stats/random.ts';
import type { RunFolder } from '../../harness/store/runFolder.ts';
import type { Benchmarks } from '../compare/benchmarks.ts';
import { type ArmPair, comparisonOf, type Rule } from '../compare/parts.ts';
import { type Block, benchmarksOf } from '../compare/sideBySide.ts';
import { type SelectionOptions, selectionOf } from '../run/selectionOptions.ts';

/** Enough to see how far processes differ; their figures are used for nothing else. */
const PILOT_PROCESSES = 20;

export interface GateWork {
  /** Measures one block and stores it. */
  measure(block: Block): Promise<{ run: RunResult; folder: RunFolder }>;
  /** Says what comes next. */
  note(text: string): void;
  /** The profile's conformance cases. */
  cases: Cases;
  benchmarks: Benchmarks;
  options: SelectionOptions;
  rule: Rule;
  kind: Comparison['kind'];
  /** The arms that a measured block gives. */
  pairsIn(run: RunResult): ArmPair[];
  notices: readonly string[];
}

export interface Gated {
  run: RunResult;
  folder: RunFolder;
  comparison: Comparison;
}

/** Measures as many blocks as the rule asks for. How many processes they have is fixed before the first one begins. */
export async function measureGate(work: GateWork): Promise<Gated> {
  const { measure, note, cases, benchmarks, options, rule, kind, notices } = work;
  const { suites, selection } = benchmarks;
  const timed = benchmarksOf(suites);
  note(`pilot: ${PILOT_PROCESSES} processes an arm, to see how many are needed`);
  const pilot = await measure({
    ...{ name: 'pilot', suites: timed, selection, processes: PILOT_PROCESSES, seed: rule.seed + 2 },
  });
  const processes = neededBy(pilot.run, work);
  note(`first block: ${processes} processes an arm`);
  const wide = selectionOf(options, { covering: cases === 'covering' });
  const first = await measure({ name: '', suites, selection: wide, processes, seed: rule.seed });
  const pairs = work.pairsIn(first.run);
  const once = comparisonOf(pairs, kind, rule, notices);
  const red = toConfirm(once);
  if (red.length === 0) return { ...first, comparison: once };
  note(`confirming block: ${red.length} of ${once.benchmarks.length} benchmarks look slower`);
  const names = [...new Set(red.map(({ suite, case: id }) => `${suite}/${id}`))];
  const wasi = [...new Set(red.map((one) => one.wasi))];
  const again = await measure({
    ...{ name: 'confirming', suites: timed, processes, seed: rule.seed + 1 },
    selection: { cases: names, wasi },
  });
  const isRed = new Set(red.map((one) => `${one.arms[1]} ${benchmarkName(one)}`));
  const confirmed = work.pairsIn(again.run).map((pair, index): ArmPair => {
    const only = (run: RunResult, runner: string): RunResult => ({
      ...run,
      performance: run.performance.filter(
        (one) => isRed.has(`${pair.candidate.runner} ${benchmarkName(one)}`) && one.runner === runner,
      ),
    });
    const arm = ({ run, runner }: ArmPair['baseline']) => ({ run: only(run, runner), runner });
    return {
      ...(pairs[index] ?? pair),
      confirming: { baseline: arm(pair.baseline), candidate: arm(pair.candidate) },
    };
  });
  return { ...first, comparison: comparisonOf(confirmed, kind, rule, notices) };
}

/** How many processes an arm needs, by how far the pilot's differ. */
function neededBy({ performance }: RunResult, { rule, kind }: GateWork): number {
  const figures = performance
    .filter(({ flags }) => !flags.includes('contaminated'))
    .map((record) => ({
      halfWidth: spreadOf(
        record,
        randomFrom(rule.seed, 'pilot', record.runner, record.wasi, record.suite, record.case),
      ),
      floor: floorOf(record, rule, 0, kind === 'stored').share,
    }));
  return processesFor(figures, PILOT_PROCESSES);
}
