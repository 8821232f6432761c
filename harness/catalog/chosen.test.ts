/** Who is taken where nobody is named: all, but a floor only where it is asked for. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Runner } from '../contracts/runner.ts';
import type { RunnerCatalog } from './catalog.ts';
import { chosenRunners, measuredRunners } from './chosen.ts';

const none = { support: 'none' } as const;
const runner = (id: string, isFloor?: true): Runner => ({
  ...{ id, name: id, capabilities: { p1: none, p2: none, p3: none }, ...(isFloor ? { isFloor } : {}) },
  detect: async () => ({ reason: 'nobody looks' }),
  command: () => ({ file: 'x', args: [] }),
  classify: () => ({ kind: 'exit', code: 0 }),
});
const catalog: RunnerCatalog = {
  folder: '/',
  runners: new Map([runner('rt'), runner('floor', true)].map((item) => [item.id, { item, from: item.id }])),
  atPath: new Map(),
};
const ids = (runners: readonly Runner[]) => runners.map(({ id }) => id);
const named = [{ word: 'floor', where: '--runner' }];

test('all are chosen where none is named; a floor is measured only by name or where all benchmarks are', () => {
  assert.deepEqual(ids(chosenRunners(catalog, undefined)), ['rt', 'floor']);
  assert.deepEqual(ids(measuredRunners(catalog, undefined)), ['rt']);
  assert.deepEqual(ids(measuredRunners(catalog, undefined, { withFloors: true })), ['rt', 'floor']);
  assert.deepEqual(ids(measuredRunners(catalog, named)), ['floor']);
});
