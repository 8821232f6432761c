/** Covering cases: every pair keeps a case that asserts it, nothing that adds none stays, and plain cases go before costly ones. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { discoverSuites } from '../catalog/discover.ts';
import { err, ok, oneOf } from '../contracts/expect.ts';
import type { ConformanceCase, InventoryPair, Suite } from '../contracts/suite.ts';
import { coverInventory } from '../judge/coverage.ts';
import { coveringSuite } from './covering.ts';

const pair = (outcome: string, excluded?: string): InventoryPair => ({
  ...({ wasi: 'p1', function: 'sched_yield', outcome, spec: 'https://example.org/#x' } as const),
  ...(excluded === undefined ? {} : { excluded }),
});
const asserting = (id: string, expectation: ReturnType<typeof ok>, more = {}): ConformanceCase => ({
  ...({ id, wasi: 'p1', title: id, spec: 'https://example.org/#x', guest: 'probe-p1' } as const),
  script: (s) => s.expect(s.call('sched_yield'), expectation),
  ...more,
});
const suite = (inventory: InventoryPair[], conformance: ConformanceCase[]): Suite => ({
  ...{ id: 'suite', title: 'Suite', performance: [], inventory, conformance },
});
const chosen = (inventory: InventoryPair[], conformance: ConformanceCase[]) =>
  coveringSuite(suite(inventory, conformance)).conformance.map(({ id }) => id);

describe('covering cases', () => {
  test('one for each pair, in the order of the suite', () => {
    const cases = [asserting('e', err('inval')), asserting('a', ok()), asserting('b', ok())];
    assert.deepEqual(chosen([pair('ok'), pair('inval')], cases), ['e', 'a']);
  });

  test('a case that leaves the outcome open stands in only where none is exact', () => {
    const open = asserting('open', oneOf('why', ok(), err('inval')));
    assert.deepEqual(chosen([pair('ok')], [open, asserting('exact', ok())]), ['exact']);
    assert.deepEqual(chosen([pair('ok')], [open]), ['open']);
    assert.deepEqual(chosen([pair('ok'), pair('inval')], [open, asserting('exact', ok())]), [
      'open',
      'exact',
    ]);
  });

  test('a case with streams of its own needs a process of its own, so another goes first', () => {
    const slow = asserting('slow', ok(), { world: { stdin: 'null' } });
    assert.deepEqual(chosen([pair('ok')], [slow, asserting('plain', ok())]), ['plain']);
  });

  test('excluded pairs need none; a suite without an inventory keeps one for each subject', () => {
    const cases = [asserting('a/1', ok()), asserting('b', ok()), asserting('a/2', ok())];
    assert.deepEqual(chosen([pair('ok'), pair('nosys', 'no host has it')], cases), ['a/1']);
    assert.deepEqual(chosen([], cases), ['a/1', 'b']);
  });

  test('of our own suites no pair loses its assertion, and most cases are left for the full run', async () => {
    for (const one of (await discoverSuites()).values()) {
      const missing = (of: Suite) => coverInventory(of).filter(({ state }) => state === 'missing').length;
      const covering = coveringSuite(one);
      assert.equal(missing(covering), missing(one), one.id);
      if (one.conformance.length > 0)
        assert.ok(covering.conformance.length < one.conformance.length, `${one.id} keeps all its cases`);
    }
  });
});
