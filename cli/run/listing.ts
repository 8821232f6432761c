/** `wasimeter run --list`: what would be run, and on which runners, without looking for any of them. */

import type { Extent } from '../../harness/contracts/config.ts';
import type { ConformanceCase, PerformanceCase } from '../../harness/contracts/suite.ts';
import { selectedSuites, tagsOf, takes } from '../../harness/plan/selection.ts';
import { shown } from '../terminal.ts';
import type { Chosen } from './choose.ts';

export interface ListedCase {
  kind: 'case' | 'benchmark';
  suite: string;
  wasi: string;
  case: string;
  title: string;
  tags: string[];
  /** Those whose runtimes have this WASI version, installed or not. */
  runners: string[];
}

/** What the choice comes to, in the order of the suites; nothing that no runner would run. */
export function listing({ suites, runners, selection }: Chosen, only: Extent): ListedCase[] {
  return selectedSuites(selection, suites).flatMap((suite) => {
    const row = (kind: ListedCase['kind'], one: ConformanceCase | PerformanceCase): ListedCase => ({
      kind,
      suite: suite.id,
      wasi: one.wasi,
      case: one.id,
      title: one.title,
      tags: tagsOf(one),
      runners: runners
        .filter(({ capabilities }) => capabilities[one.wasi].support !== 'none')
        .map(({ id }) => id)
        .filter((id) => takes(selection, suite.id, one, id)),
    });
    const timed = suite.performance.filter((one) => only === 'all' || (only === 'headline' && one.headline));
    return [
      ...suite.conformance.map((one) => row('case', one)),
      ...timed.map((one) => row('benchmark', one)),
    ].filter((one) => one.runners.length > 0);
  });
}

/** A line for each, and how many there are. */
export function listingText(rows: readonly ListedCase[]): string {
  const lines = rows.map(({ kind, suite, wasi, case: name, title, runners }) =>
    [`${suite}/${name}`, wasi, kind, runners.join(' '), title].map(shown).join('\t'),
  );
  const count = (kind: ListedCase['kind'], what: string) => {
    const own = rows.filter((row) => row.kind === kind);
    return `${own.length} ${what} (${own.reduce((sum, { runners }) => sum + runners.length, 0)} with each runner)`;
  };
  return [...lines, `${count('case', 'cases')}, ${count('benchmark', 'benchmarks')}`].join('\n');
}
