/** Checks which arms are given more processes: those with a call that too few quiet processes measured. */

import assert from 'node:assert/strict';
import test from 'node:test';
import type { TimingObservation } from '../contracts/observation.ts';
import type { TimingBlock } from '../contracts/plan.ts';
import type { LatencyCase } from '../contracts/suite.ts';
import { PASSES } from '../script/benchScript.ts';
import { lackingArms } from './lackingArms.ts';

const QUIET_NS = 20_000;
const SLOW_NS = 28_000;
const latency: LatencyCase = {
  id: 'x',
  wasi: 'p1',
  title: 'x',
  guest: 'probe-p1',
  metric: 'latency',
  bench: () => {},
};

function block(processes: number, ...ids: string[]): TimingBlock {
  const guest = { id: 'probe-p1', wasi: 'p1', kind: 'module', file: '', hash: '' } as const;
  const timed = { suite: 's', case: latency, key: 7, setup: [], bench: 'bench', scriptHash: '' };
  const arms = ids.map((id) => ({ id, runner: id, guest, wasi: 'p1' as const, cases: [timed] }));
  return { id: 'b', arms, processes, mostProcesses: 2 * processes };
}

/** A process whose controls last so long, with so many of its passes recorded. */
function timedProcess(arm: string, round: number, controlNs: number, passes = PASSES): TimingObservation {
  const record = {
    k: 'a0',
    key: 7,
    calls: 10,
    batches: [5e5, 5e5],
    empty: [1e3, 1e3],
    loops: 1000,
    tick: 1,
    failed: 0,
  };
  const lines = Array.from({ length: passes }, (_, pass) => {
    const n = pass + 1;
    const end = { ...record, n, control: [controlNs, controlNs, controlNs] };
    return `> {"k":"a0","n":${n}}\n< ${JSON.stringify(end)}\n`;
  });
  return {
    kind: 'timing',
    block: 'b',
    arm,
    runner: arm,
    wasi: 'p1',
    round,
    nonce: 'a0',
    end: { exitCode: 0, signal: undefined, stderrText: '', timedOut: false, flooded: false },
    beginRealtimeNs: '0',
    endRealtimeNs: '1',
    stderr: `> {"k":"a0","n":0,"probe":"p","mono":"1","real":"1"}\n${lines.join('')}< {"k":"a0","n":0,"mono":"2","real":"2"}\n`,
  };
}
const ids = (arms: { id: string }[]) => arms.map((arm) => arm.id);

test('an arm with enough quiet processes is done, one with too few goes on', () => {
  const observations = [0, 1].flatMap((round) => [
    timedProcess('quiet', round, QUIET_NS),
    timedProcess('noisy', round, round === 0 ? QUIET_NS : SLOW_NS),
  ]);
  assert.deepEqual(ids(lackingArms(block(2, 'quiet', 'noisy'), observations)), ['noisy']);
  observations.push(timedProcess('noisy', 2, QUIET_NS));
  assert.deepEqual(ids(lackingArms(block(2, 'quiet', 'noisy'), observations)), []);
});

test('a process that did not get through all passes does not count', () => {
  const observations = [timedProcess('a', 0, QUIET_NS), timedProcess('a', 1, QUIET_NS, PASSES - 1)];
  assert.deepEqual(ids(lackingArms(block(2, 'a'), observations)), ['a']);
});

test('processes of another block do not count', () => {
  const other = { ...timedProcess('a', 0, QUIET_NS), block: 'other' };
  assert.deepEqual(ids(lackingArms(block(1, 'a'), [other])), ['a']);
  assert.deepEqual(ids(lackingArms(block(1, 'a'), [timedProcess('a', 0, QUIET_NS)])), []);
});
