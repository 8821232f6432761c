/** Pilots: steady figures need no more than the least, wandering ones as many as narrow the interval, hopeless ones none. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { processesNeeded } from './pilot.ts';
import { block, QUIET_NS, timedProcess } from './recordedBlock.ts';

const BOUNDS = { least: 20, most: 200 };

/** Needed by a pilot of ten processes whose calls cost so much. */
function needed(costs: readonly number[]): number {
  const pilot = block(costs.length, 'a');
  const observations = costs.map((callNs, round) => timedProcess('a', round, QUIET_NS, { callNs }));
  return processesNeeded(pilot, observations, BOUNDS);
}

const wandering = (by: number) =>
  Array.from({ length: 10 }, (_, index) => 50_000 * (1 + by * ((index % 5) - 2)));

test('a steady figure needs no more than the least', () => assert.equal(needed(wandering(0.0001)), 20));

test('a wandering one needs more, and more the more it wanders', () => {
  const [some, more] = [needed(wandering(0.015)), needed(wandering(0.03))];
  assert.ok(some > 20 && more > some, `${some}, ${more}`);
});

test('one that no number would do for does not count', () => assert.equal(needed(wandering(0.3)), 20));
