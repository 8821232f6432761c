/** Processes that are looked at while their guests wait: looked at, let go, and told of where they never came to wait. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import type { MemoryCase } from '../contracts/suite.ts';
import { measure } from '../measure/measure.ts';
import { fakePlan, fakeRunner, fakeSuite, MISDEEDS, timedIn } from './fakeRuntime.ts';
import { temporaryFolder } from './testProcesses.ts';

const memoryOf = (of: MemoryCase['of'], wait: MemoryCase['wait']): MemoryCase => ({
  ...({ id: of, wasi: 'p1', title: 'x', guest: 'fake', metric: 'memory', of } as const),
  world: WORLD,
  wait,
});
const WORLD: MemoryCase['world'] = { id: 'open', stdin: { kind: 'pipe', content: '', stays: true } };

async function looked(t: TestContext, wait: MemoryCase['wait']) {
  const folder = temporaryFolder(t);
  const suite = fakeSuite([], [memoryOf('peak', wait), memoryOf('private', wait)]);
  const plan = fakePlan(suite, [fakeRunner(folder)]);
  const processes = await timedIn(folder, plan);
  return { processes, ...measure(plan, processes) };
}

const skip = existsSync('/proc/self/smaps_rollup') ? false : 'the system has no smaps_rollup';

describe('memory while a guest waits', { skip }, () => {
  test('both figures come of the same processes, which end by themselves', { timeout: 60_000 }, async (t) => {
    const { processes, performance } = await looked(t, (s) => {
      s.raw('sched_yield', []);
      s.call('fd_read', 0, [{ buf: s.alloc(1), buf_len: 1 }]);
    });
    assert.deepEqual(
      processes.map(({ end: { exitCode, timedOut } }) => [exitCode, timedOut]),
      [
        [0, false],
        [0, false],
      ],
    );
    const [peak, own] = performance;
    assert.deepEqual(
      performance.map(({ metric, unit, better, rounds, case: id }) => [metric, unit, better, rounds, id]),
      [
        ['memory', 'B', 'lower', 2, 'peak'],
        ['memory', 'B', 'lower', 2, 'private'],
      ],
    );
    // Node with a program of some lines.
    assert.ok(peak!.value > 20e6 && peak!.value < 500e6, `${peak!.value} B`);
    assert.ok(own!.value > 1e6 && own!.value < peak!.value, `${own!.value} B`);
  });

  test('a guest that never waits has no figure, and the reason says so', { timeout: 60_000 }, async (t) => {
    const { performance, notMeasured } = await looked(t, (s) => void s.raw('sched_yield', []));
    assert.deepEqual(performance, []);
    assert.match(notMeasured[0]?.reason ?? '', /^only 0 of 2 processes.*never came to wait$/);
  });

  test('a guest that fails instead has none', { timeout: 60_000 }, async (t) => {
    const { performance } = await looked(t, (s) => void s.exit(MISDEEDS.silence));
    assert.deepEqual(performance, []);
  });
});
