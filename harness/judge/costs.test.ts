/** A stored figure is made again of its samples as it was measured, whatever its metric. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Flag, Metric } from '../contracts/run.ts';
import { figureOf } from './costs.ts';

/** Mean of the middle three 8, median 7, lower quartile 4: no two alike. */
const SAMPLES = [40, 3, 13, 4, 7];

for (const [metric, flags, expected] of [
  ['latency', [], 8],
  ['latency', ['contaminated'], 4],
  ['startup', [], 4],
  ['memory', [], 7],
] as [Metric, Flag[], number][])
  test(`${metric} ${flags.join()}: ${expected}`, () =>
    assert.equal(figureOf({ metric, flags, better: 'lower', samples: SAMPLES }), expected));

test('a throughput is that of its costs, turned over', () =>
  assert.equal(
    figureOf({ metric: 'throughput', flags: [], better: 'higher', samples: SAMPLES.map((one) => 1 / one) }),
    1 / 8,
  ));
