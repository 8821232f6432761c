/** Owns how a plan within a time budget is told before it begins. */

import type { Plan } from '../contracts/plan.ts';
import { benchmarkName } from '../naming/benchmarkName.ts';

/** So many of what is left out are named. */
const MOST_NAMES = 8;

/** What fits, about how long it takes, and what was left out. */
export function timeBudgetText({ blocks, timeBudget }: Plan): string {
  const { budgetS = 0, expectedS = 0, leftOut = [] } = timeBudget ?? {};
  const fitting = new Set(
    blocks.flatMap(({ arms }) =>
      arms.flatMap(({ cases }) =>
        cases.map(({ suite, case: one }) => benchmarkName({ wasi: one.wasi, suite, case: one.id })),
      ),
    ),
  );
  const processes = blocks.reduce((sum, block) => sum + block.arms.length * block.processes, 0);
  const out = [...new Set(leftOut.map(benchmarkName))];
  const names = out.slice(0, MOST_NAMES).join(', ');
  const more = out.length > MOST_NAMES ? ` and ${out.length - MOST_NAMES} more` : '';
  const left = out.length === 0 ? 'nothing is left out' : `left out: ${names}${more}`;
  return `time budget ${budgetS} s: ${fitting.size} benchmarks in ${processes} processes, about ${Math.ceil(expectedS)} s; ${left}`;
}
