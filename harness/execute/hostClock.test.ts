/** Checks the host clock on pretended sources, where the truth is known, and this machine's clock against itself. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { createHostClock, hostClock, realtimeNs, type TimeSources } from './hostClock.ts';

const EPOCH_NS = 1_795_415_392_275_282_959n;

/** Sources on which each reading takes 100 ns, with a preemption now and then; real time can be set. */
function pretend(precise: boolean) {
  let elapsedNs = 0n;
  let readings = 0;
  const state = {
    shiftNs: 0n,
    truthNs: () => EPOCH_NS + elapsedNs + state.shiftNs,
    pass: (ns: bigint) => (elapsedNs += ns),
  };
  const step = () => {
    readings++;
    elapsedNs += readings % 4999 === 0 ? 400_000n : 100n;
  };
  const sources: TimeSources = {
    dateMs: () => {
      step();
      return Number(state.truthNs() / 1_000_000n);
    },
    monotonicNs: () => {
      step();
      return elapsedNs + 77n;
    },
  };
  if (!precise) return { state, sources };
  const preciseNs = () => {
    step();
    return state.truthNs();
  };
  return { state, sources: { ...sources, preciseNs } };
}

const off = (clock: { realtimeNs(): bigint }, truthNs: () => bigint) =>
  Math.abs(Number(clock.realtimeNs() - truthNs()));

for (const precise of [true, false]) {
  const from = precise ? 'precise nanoseconds' : "Date.now's milliseconds";
  test(`from ${from}: the time to well under ten microseconds, as the uncertainty says`, () => {
    const { state, sources } = pretend(precise);
    const clock = createHostClock(sources);
    const { uncertaintyNs, stepped } = clock.recalibrate();
    assert.ok(uncertaintyNs < 1000, `${uncertaintyNs}`);
    assert.ok(off(clock, state.truthNs) <= uncertaintyNs + 100);
    assert.equal(stepped, false);
  });

  test(`from ${from}: a step is seen, once, and followed; a slew is not a step`, () => {
    const { state, sources } = pretend(precise);
    const clock = createHostClock(sources);
    state.shiftNs = -5_000_000n;
    const { stepped, movedNs } = clock.recalibrate();
    assert.equal(stepped, true);
    assert.ok(Math.abs(movedNs + 5e6) < 2000, `${movedNs}`);
    assert.ok(off(clock, state.truthNs) < 1000);
    assert.equal(clock.recalibrate().stepped, false);
    state.pass(1_000_000_000n);
    state.shiftNs += 400_000n;
    assert.equal(clock.recalibrate().stepped, false);
  });
}

test('a Date.now that stands still is an error, not an endless wait', () => {
  const { sources } = pretend(false);
  assert.throws(() => createHostClock({ ...sources, dateMs: () => 5 }), /stands still/);
});

test("this machine's clock: Date.now lies between two readings, to the millisecond it cuts off", () => {
  const beforeNs = realtimeNs();
  const dateNs = BigInt(Date.now()) * 1_000_000n;
  const afterNs = realtimeNs();
  const { uncertaintyNs, stepped } = hostClock().recalibrate();
  if (stepped) return;
  assert.ok(uncertaintyNs > 0);
  const slackNs = BigInt(Math.ceil(uncertaintyNs)) + 1_000_000n;
  assert.ok(beforeNs <= afterNs);
  assert.ok(dateNs >= beforeNs - slackNs && dateNs <= afterNs + slackNs);
});
