/** Calls into guests in a plan: one block of all hosts, an arm for each guest, and why the other runtimes have none. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Guest } from '../contracts/guest.ts';
import type { RosterEntry } from '../contracts/plan.ts';
import type { Found, Runner } from '../contracts/runner.ts';
import type { CallCase, PerformanceCase } from '../contracts/suite.ts';
import { makePlan } from './plan.ts';

const found: Found = { version: '1', mode: 'm', executable: 'x', source: 's' };
const module = new URL('file:///calls.ts');

function entry(id: string, inProcess?: Runner['inProcess'], timing: Runner['timing'] = {}): RosterEntry {
  const native = { support: 'native' } as const;
  const runner: Runner = {
    ...{ id, name: id.toUpperCase(), capabilities: { p1: native, p2: native, p3: { support: 'none' } } },
    detect: () => Promise.resolve(found),
    command: () => ({ file: 'x', args: [] }),
    classify: () => ({ kind: 'exit', code: 0 }),
    ...{ timing, ...(inProcess ? { inProcess } : {}) },
  };
  return { runner, found };
}

const guestOf = (wasi: 'p1' | 'p2'): Guest => ({
  ...{ id: `calls-${wasi}`, wasi, kind: 'module', file: '/x.wasm', hash: 'sha256:00' },
});
const guests = new Map((['p1', 'p2'] as const).map((wasi) => [`calls-${wasi}`, guestOf(wasi)]));
const call = (wasi: 'p1' | 'p2', argumentBytes: number): CallCase => ({
  ...({ id: `call/${argumentBytes}`, wasi, title: 'x', guest: `calls-${wasi}`, metric: 'latency' } as const),
  call: { export: 'sum', argumentBytes },
});

function planOf(roster: RosterEntry[], performance: PerformanceCase[], only: 'all' | 'headline' = 'all') {
  const suites = [{ id: 's', title: 's', inventory: [], conformance: [], performance }];
  return makePlan({
    ...{ suites, roster, guests, only, processes: 20, patience: 2, caseTimeoutMs: 1000, seed: 1 },
  });
}

const CASES = [call('p1', 0), call('p1', 64), call('p2', 0)];
const both = { module, wasi: ['p1', 'p2'], otherwise: '' } as const;

test('hosts take turns in one block, with an arm for each guest', () => {
  const p2 = { module, wasi: ['p2'], otherwise: 'components only' } as const;
  const { blocks, notMeasured } = planOf([entry('a', both), entry('b', p2)], CASES);
  assert.deepEqual(
    blocks.map(({ id, processes, mostProcesses }) => [id, processes, mostProcesses]),
    [['in-process', 20, 40]],
  );
  assert.deepEqual(
    blocks[0]?.arms.map(({ id, runner, wasi, cases, inProcess }) => [
      id,
      runner,
      wasi,
      cases.length,
      inProcess,
    ]),
    [
      ['a calls-p1', 'a', 'p1', 2, true],
      ['a calls-p2', 'a', 'p2', 1, true],
      ['b calls-p2', 'b', 'p2', 1, true],
    ],
  );
  assert.deepEqual(
    notMeasured.map(({ runner, wasi, reason }) => [runner, wasi, reason]),
    [
      ['b', 'p1', 'components only'],
      ['b', 'p1', 'components only'],
    ],
  );
});

test('a runtime without such a host says why, in its own words where it has some', () => {
  const { blocks, notMeasured } = planOf([entry('a'), entry('b', { reason: 'by its library' })], [CASES[0]!]);
  assert.deepEqual(blocks, []);
  assert.deepEqual(
    notMeasured.map(({ runner, reason }) => [runner, reason]),
    [
      ['a', 'A is started by its command line: there is no host program that calls into its guests'],
      ['b', 'by its library'],
    ],
  );
});

test("passes are the runner's, one CPU is not: no call leaves the thread", () => {
  const { blocks } = planOf([entry('a', both, { oneCpu: true, passes: 16 })], CASES);
  assert.deepEqual(
    blocks[0]?.arms.map(({ passes, oneCpu }) => [passes, oneCpu]),
    [
      [16, false],
      [16, false],
    ],
  );
});

test('no headline: the quick profile does without', async () => {
  const { performance } = await import('../../suites/calls/performance.ts');
  assert.deepEqual(planOf([entry('a', both)], performance, 'headline').blocks, []);
  assert.deepEqual(
    [...new Set(performance.map(({ call }) => call.argumentBytes))],
    [0, 64, 1024, 16_384, 65_536],
  );
});
