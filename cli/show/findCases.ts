/** Finds the cases that a word on the command line means. */

import { UserError } from '../../harness/contracts/failure.ts';
import type { ConformanceCase, Suite } from '../../harness/contracts/suite.ts';
import type { WasiVersion } from '../../harness/contracts/wasi.ts';
import { globTakes } from '../../harness/naming/globTakes.ts';
import { noSuchCase } from '../../harness/plan/selection.ts';
import type { Workspace } from '../workspace.ts';

export interface NamedCase {
  suite: Suite;
  one: ConformanceCase;
}

const MOST = 20;

/**
 * The conformance cases of that name, `case` or `suite/case`, or else those that it matches as a glob; at most 20. Throws a UserError
 * where there is none, and where there are more.
 */
export function findCases({ catalog }: Workspace, word: string, wasi?: readonly WasiVersion[]): NamedCase[] {
  const suites = [...catalog.suites.byId.values()].map(({ item }) => item);
  const all = suites.flatMap((suite) =>
    suite.conformance.filter((one) => !wasi || wasi.includes(one.wasi)).map((one) => ({ suite, one })),
  );
  const exact = all.filter(({ suite, one }) => word === one.id || word === `${suite.id}/${one.id}`);
  const found = exact.length > 0 ? exact : all.filter(({ suite, one }) => globTakes(word, suite.id, one.id));
  if (found.length === 0)
    throw noSuchCase(
      word,
      suites.map((suite) => ({ ...suite, performance: [] })),
      'CASE',
    );
  if (found.length > MOST)
    throw new UserError(
      `'${word}' matches ${found.length} cases: name one, as '${found[0]?.suite.id}/${found[0]?.one.id}'`,
    );
  return found;
}
