/** Decides which benchmarks `wasimeter aa` runs. */

import { UserError } from '../../harness/contracts/failure.ts';
import type { PerformanceCase, Suite } from '../../harness/contracts/suite.ts';
import type { WasiVersion } from '../../harness/contracts/wasi.ts';
import { checkSelection, takesCase } from '../../harness/plan/selection.ts';

export interface BenchmarkChoice {
  case?: string[];
  wasi?: WasiVersion[];
  /** All benchmarks rather than the headline latencies. */
  all?: boolean;
}

/**
 * The suites with the benchmarks that the options take, and nothing else: the headline latencies unless `all` or `case` says otherwise, for
 * who names benchmarks means them. Throws a UserError where a word takes none, with the nearest, and where none is left.
 */
export function chosenBenchmarks(suites: readonly Suite[], options: BenchmarkChoice): Suite[] {
  const selection = {
    ...(options.case ? { cases: options.case } : {}),
    ...(options.wasi ? { wasi: options.wasi } : {}),
  };
  const timed = suites.map((suite) => ({ ...suite, conformance: [] }));
  checkSelection(selection, timed);
  const isWanted = (one: PerformanceCase) =>
    options.all || options.case || (one.metric === 'latency' && one.headline);
  const chosen = timed
    .map((suite) => ({
      ...suite,
      performance: suite.performance.filter((one) => isWanted(one) && takesCase(selection, suite.id, one)),
    }))
    .filter(({ performance }) => performance.length > 0);
  if (chosen.length === 0)
    throw new UserError('there is no headline latency among these: --all takes the other benchmarks, too');
  return chosen;
}
