/** Makes the plan: which case meets which runner, what is skipped and why, which processes time what. */

import type { ConformanceTrial, Plan } from '../contracts/plan.ts';
import type { NotMeasured } from '../contracts/run.ts';
import { buildScript } from '../script/builder.ts';
import { randomFrom } from '../stats/random.ts';
import { shuffle } from '../stats/shuffle.ts';
import { guestOf, isChosen, type PlanInput } from './planInput.ts';
import { selectedSuites, takes, takesCase } from './selection.ts';
import { fitInto } from './timeBudget.ts';
import { timingBlocks } from './timingBlocks.ts';
import { whyNotRun, whyNotTimed } from './whyNot.ts';

/** The plan of a run. Throws where a suite names a guest that does not exist or writes a script that can't be built. */
export function makePlan(given: PlanInput): Plan {
  const input = { ...given, suites: selectedSuites(given.selection, given.suites) };
  const conformance: ConformanceTrial[] = [];
  const skippedCases: Plan['skippedCases'] = [];
  const notMeasured: NotMeasured[] = [];
  for (const suite of input.suites) {
    for (const one of suite.conformance.filter((each) => takesCase(input.selection, suite.id, each))) {
      const built = buildScript(one.wasi, one.script);
      const script = built.lines.join('\n');
      const guest = guestOf(input, suite, one);
      for (const entry of input.roster) {
        if (entry.runner.isFloor || !takes(input.selection, suite.id, one, entry.runner.id)) continue;
        const reason = whyNotRun(input, entry, one);
        if (reason) skippedCases.push({ suite: suite.id, case: one, runner: entry.runner.id, reason });
        else
          conformance.push({
            suite: suite.id,
            case: one,
            runner: entry.runner.id,
            guest,
            script,
            looks: built.looks,
            runs: one.runs ?? 1,
          });
      }
    }
    for (const one of suite.performance.filter((candidate) => isChosen(input, suite, candidate)))
      for (const entry of input.roster) {
        const reason = whyNotTimed(input, entry, one);
        // That the operating system has no call like it is nothing to tell.
        if (reason && !(entry.runner.isFloor && entry.found))
          notMeasured.push({
            suite: suite.id,
            case: one.id,
            wasi: one.wasi,
            runner: entry.runner.id,
            reason,
          });
      }
  }
  const { upTo, timeBudgetS } = input;
  const all = timingBlocks(input);
  const fitted = timeBudgetS === undefined ? undefined : fitInto(timeBudgetS, all);
  return {
    seed: input.seed,
    roster: input.roster,
    conformance: shuffle(conformance, randomFrom(input.seed, 'conformance')),
    blocks: fitted?.blocks ?? all,
    ...(upTo === undefined ? {} : { pilot: { most: upTo } }),
    ...(fitted && timeBudgetS !== undefined
      ? { timeBudget: { budgetS: timeBudgetS, expectedS: fitted.expectedS, leftOut: fitted.leftOut } }
      : {}),
    skippedCases,
    notMeasured: [...notMeasured, ...(fitted?.leftOut ?? [])],
    caseTimeoutMs: input.caseTimeoutMs,
  };
}
