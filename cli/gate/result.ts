/** Owns what a gate's comparison and conformance come to: what fails it, and by which exit code. */

import type { Comparison, GateResult } from '../../harness/contracts/comparison.ts';
import type { RunResult } from '../../harness/contracts/run.ts';
import { breaksSandbox } from '../../harness/contracts/sandbox.ts';
import { EXIT } from '../exit.ts';
import { UNEXPECTED_OUTCOMES } from '../summary.ts';

/** The gate's result; conformance counts by the candidates' outcomes only. */
export function gateResult(
  { benchmarks, notCompared }: Pick<Comparison, 'benchmarks' | 'notCompared'>,
  { conformance }: Pick<RunResult, 'conformance'>,
  candidates: readonly string[],
  failOn: GateResult['failOn'],
): GateResult {
  const regressed = benchmarks.filter(({ verdict, waiver }) => verdict === 'regressed' && !waiver).length;
  const unexpected = conformance
    .filter(({ runner, outcome }) => candidates.includes(runner) && UNEXPECTED_OUTCOMES.includes(outcome))
    .map(({ suite, case: id, wasi, runner, outcome, reason }) => ({
      ...{ suite, case: id, wasi, runner, outcome },
      ...(reason === undefined ? {} : { reason }),
    }));
  const fails =
    (failOn.includes('regressed') && regressed > 0) ||
    (failOn.includes('unexpected') && unexpected.length > 0) ||
    // A guest that got out is never a mere outcome among others.
    unexpected.some(breaksSandbox);
  // A benchmark that the candidate no longer has says as little as one that can't be told.
  const isOpen =
    benchmarks.some(({ verdict }) => verdict === 'unsure' || verdict === 'contaminated') ||
    notCompared.some(({ runner }) => candidates.includes(runner));
  const exitCode = fails ? EXIT.unexpected : failOn.includes('unsure') && isOpen ? EXIT.unsure : EXIT.fine;
  return { regressed, unexpected, failOn, exitCode };
}
