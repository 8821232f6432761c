/** Owns what a bisection asks of each version: a conformance case, whether it passes; a benchmark, whether it regressed. */

import type { Comparison } from '../../harness/contracts/comparison.ts';
import { UserError } from '../../harness/contracts/failure.ts';
import type { Outcome } from '../../harness/contracts/run.ts';
import type { Suite } from '../../harness/contracts/suite.ts';
import type { WasiVersion } from '../../harness/contracts/wasi.ts';
import { globTakes } from '../../harness/naming/globTakes.ts';
import { noSuchCase } from '../../harness/plan/selection.ts';
import type { Judgement } from './search.ts';

export interface Subject {
  kind: 'case' | 'benchmark';
  suite: Suite;
  id: string;
  wasi: WasiVersion;
}

/** The one case or benchmark that a word names. Throws a UserError where it names none or several. */
export function subjectOf(
  suites: readonly Suite[],
  word: string,
  { wasi, benchmark }: { wasi?: WasiVersion | undefined; benchmark?: boolean | undefined },
): Subject {
  const all = suites.flatMap((suite) => [
    ...suite.conformance.map((one): Subject => ({ kind: 'case', suite, id: one.id, wasi: one.wasi })),
    ...suite.performance.map((one): Subject => ({ kind: 'benchmark', suite, id: one.id, wasi: one.wasi })),
  ]);
  const named = all.filter(({ suite, id }) => globTakes(word, suite.id, id));
  if (named.length === 0) throw noSuchCase(word, suites);
  const exact = named.filter(({ suite, id }) => [id, `${suite.id}/${id}`].includes(word));
  const fitting = (exact.length > 0 ? exact : named).filter((one) => wasi === undefined || one.wasi === wasi);
  const kinds = fitting.filter(({ kind }) => (benchmark ? kind === 'benchmark' : kind === 'case'));
  const left = kinds.length > 0 ? kinds : benchmark ? [] : fitting;
  if (left.length === 1) return left[0]!;
  const names = left.slice(0, 5).map((one) => `${one.wasi} ${one.suite.id}/${one.id}`);
  throw new UserError(
    left.length === 0
      ? `'${word}' in --case is no ${benchmark ? 'benchmark' : 'case'}${wasi ? ` of ${wasi}` : ''}`
      : `'${word}' in --case names ${left.length} (${names.join(', ')}${left.length > 5 ? ', …' : ''}): name one, and its version by --wasi`,
  );
}

const FAILED: readonly Outcome[] = ['fail', 'timeout', 'crash', 'xfail'];

/** Whether a case does on a version what it should, whatever is expected of the runtime. */
export function ofOutcome(outcome: Outcome | undefined): Judgement {
  if (outcome === 'pass' || outcome === 'xpass') return 'good';
  return outcome !== undefined && FAILED.includes(outcome) ? 'bad' : 'untold';
}

/** Whether a version costs more than the good one it was measured beside. */
export function ofVerdict({ benchmarks: [one] }: Pick<Comparison, 'benchmarks'>): Judgement {
  if (one?.verdict === 'regressed') return 'bad';
  return one?.verdict === 'unchanged' || one?.verdict === 'improved' ? 'good' : 'untold';
}
