/** Chooses of a suite's cases so many that every pair of its inventory is asserted: what the quick profile runs. */

import type { ConformanceCase, Suite } from '../contracts/suite.ts';
import { buildScript } from '../script/builder.ts';

/** A case as a candidate: the pairs it asserts, each with whether it leaves no other outcome open. */
interface Candidate {
  one: ConformanceCase;
  pairs: ReadonlyMap<string, boolean>;
}

/**
 * The suite with one case for each (function, outcome) pair of its inventory, in the suite's order. Of several that assert a pair, one
 * that allows nothing else goes before one that does, and then one that needs no process of its own. Of a suite without an inventory
 * one case for each subject stays, which is what stands before the `/` in its id.
 */
export function coveringSuite(suite: Suite): Suite {
  const pairs = suite.inventory.filter(({ excluded }) => excluded === undefined);
  if (pairs.length === 0) return { ...suite, conformance: onePerSubject(suite.conformance) };
  const candidates = suite.conformance.map(candidate);
  const chosen = new Set<ConformanceCase>();
  const covered = new Set<string>();
  for (const pair of pairs) {
    const key = `${pair.wasi} ${pair.function} ${pair.outcome}`;
    if (covered.has(key)) continue;
    const best = candidates
      .filter((each) => each.pairs.has(key))
      .toSorted((a, b) => weight(a, key) - weight(b, key))[0];
    if (!best) continue;
    chosen.add(best.one);
    for (const [asserted, isExact] of best.pairs) if (isExact || asserted === key) covered.add(asserted);
  }
  return { ...suite, conformance: suite.conformance.filter((one) => chosen.has(one)) };
}

function onePerSubject(cases: readonly ConformanceCase[]): ConformanceCase[] {
  const bySubject = Map.groupBy(cases, ({ wasi, id }) => `${wasi} ${id.split('/')[0]}`);
  return [...bySubject.values()].map(([first]) => first!);
}

function candidate(one: ConformanceCase): Candidate {
  const pairs = new Map<string, boolean>();
  for (const { step, expectation } of buildScript(one.wasi, one.script).expectations) {
    const outcomes = expectation.asserts.split('|');
    for (const outcome of outcomes) {
      const key = `${one.wasi} ${step.calls ?? ''} ${outcome}`;
      pairs.set(key, pairs.get(key) || outcomes.length === 1);
    }
  }
  return { one, pairs };
}

function weight({ one, pairs }: Candidate, key: string): number {
  const { stdin, stdout, peers } = one.world ?? {};
  const isSlow = [stdin, stdout, peers, one.patience, one.runs].some((own) => own !== undefined);
  return (pairs.get(key) ? 0 : 2) + (isSlow ? 1 : 0);
}
