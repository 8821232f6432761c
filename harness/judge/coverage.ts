/** Counts which (function, outcome) pairs of an inventory the cases assert; asserted, not merely called. */

import type { InventoryPair, Suite } from '../contracts/suite.ts';
import type { WasiVersion } from '../contracts/wasi.ts';
import { buildScript } from '../script/builder.ts';

export interface PairState {
  pair: InventoryPair;
  state: 'asserted' | 'excluded' | 'missing';
  /** Cases that assert it. */
  cases: string[];
}

/** The state of each pair of a suite's inventory. */
export function coverInventory(suite: Suite): PairState[] {
  const cases = new Map<string, string[]>();
  for (const one of suite.conformance)
    for (const { step, expectation } of buildScript(one.wasi, one.script).expectations)
      for (const outcome of expectation.asserts.split('|')) {
        const key = `${one.wasi} ${step.calls ?? ''} ${outcome}`;
        cases.set(key, [...new Set([...(cases.get(key) ?? []), one.id])]);
      }
  return suite.inventory.map((pair) => {
    const asserting = cases.get(`${pair.wasi} ${pair.function} ${pair.outcome}`) ?? [];
    const state = asserting.length > 0 ? 'asserted' : pair.excluded ? 'excluded' : 'missing';
    return { pair, state, cases: asserting };
  });
}

/** Sums of `coverInventory` by WASI version. */
export function coverageSums(
  suite: Suite,
): { suite: string; wasi: WasiVersion; pairs: number; asserted: number; excluded: number }[] {
  const states = coverInventory(suite);
  return [...new Set(suite.inventory.map((pair) => pair.wasi))].map((wasi) => {
    const own = states.filter(({ pair }) => pair.wasi === wasi);
    const count = (state: PairState['state']) => own.filter((one) => one.state === state).length;
    return {
      suite: suite.id,
      wasi,
      pairs: own.length,
      asserted: count('asserted'),
      excluded: count('excluded'),
    };
  });
}
