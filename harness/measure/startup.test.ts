/** Checks the startup figures against worked values, and what becomes of times that cannot be. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { randomFrom } from '../stats/random.ts';
import { type Start, startupFigures } from './startup.ts';

const SPAWN_NS = 1_795_415_392_275_282_959n;

function start(firstNs: number, exitNs: number, index = 0): Start {
  const spawnNs = SPAWN_NS + BigInt(index) * 100_000_007n;
  return { spawnNs, guestNs: spawnNs + BigInt(firstNs), exitNs: spawnNs + BigInt(exitNs) };
}

const figures = (starts: Start[], tickNs = 1, spawnOverhead = false) =>
  startupFigures({ starts, random: randomFrom(1), tickNs, spawnOverhead });

test('the lower quartile from the spawn to the first instruction and to the exit', () => {
  const found = figures([5, 4, 3, 2, 1].map((ms, index) => start(ms * 1e6, ms * 1e6 + 5e5, index)));
  assert.equal(found.toFirstInstruction.value, 2e6);
  assert.equal(found.toExit.value, 2.5e6);
  assert.deepEqual(found.toFirstInstruction.samples, [5e6, 4e6, 3e6, 2e6, 1e6]);
  assert.deepEqual([found.toFirstInstruction.rounds, found.toFirstInstruction.flags], [5, []]);
  assert.ok(found.toExit.ciLow <= 2.5e6 && found.toExit.ciHigh >= 2.5e6);
});

test("Node's own spawn is flagged in both figures", () => {
  const found = figures([start(6e6, 7e6)], 1, true);
  assert.deepEqual(found.toFirstInstruction.flags, ['spawn-overhead']);
  assert.deepEqual(found.toExit.flags, ['spawn-overhead']);
});

test('a reading within a tick of the spawn is at once; a coarse tick is flagged', () => {
  const found = figures([start(-900_000, 6e6)], 1_000_000);
  assert.equal(found.toFirstInstruction.value, 0);
  assert.deepEqual(found.toFirstInstruction.flags, ['coarse-clock']);
  assert.deepEqual(found.toExit.flags, []);
});

test('a first instruction before the spawn or after the exit is a clock that disagrees', () => {
  for (const impossible of [start(-3e9, 6e6), start(3.6e12, 6e6)]) {
    const found = figures([start(5e6, 6e6), impossible]);
    assert.ok(found.toFirstInstruction.flags.includes('clock-disagrees'));
    assert.ok(found.toFirstInstruction.samples.every((sampleNs) => sampleNs >= 0 && sampleNs <= 6e6));
    assert.deepEqual(found.toExit.flags, []);
  }
});

test("the guest clock's tick is found from its readings", () => {
  const cutOff = (index: number): Start => {
    const { spawnNs, guestNs, exitNs } = start(6e6 + index * 1234, 8e6, index);
    return { spawnNs, guestNs: guestNs - (guestNs % 1_000_000n), exitNs };
  };
  const starts = Array.from({ length: 20 }, (_, index) => cutOff(index));
  const found = startupFigures({ starts, random: randomFrom(1), spawnOverhead: false });
  assert.deepEqual(found.toFirstInstruction.flags, ['coarse-clock']);
});

test('an exit before the spawn is a host clock that was set', () => {
  assert.throws(() => figures([start(1, -5)]), RangeError);
});
