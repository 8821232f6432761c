/** Timing blocks: a pilot that sizes its block is no part of it, and a run that goes on measures neither again. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Observation } from '../contracts/observation.ts';
import type { Plan } from '../contracts/plan.ts';
import type { LatencyCase, StartupCase } from '../contracts/suite.ts';
import { type ExecuteOptions, execute } from './execute.ts';
import { fakePlan, fakeRunner, fakeSuite } from './fakeRuntime.ts';
import { temporaryFolder } from './testProcesses.ts';

const FAKE = { wasi: 'p1', guest: 'fake', title: 'x' } as const;
const CALL: LatencyCase = { ...FAKE, id: 'call', metric: 'latency', bench: (s) => s.time('sched_yield', []) };
const START: StartupCase = { ...FAKE, id: 'exit', metric: 'startup', until: 'exit' };

function planIn(t: TestContext): { folder: string; plan: Plan } {
  const folder = temporaryFolder(t);
  return {
    folder,
    plan: { ...fakePlan(fakeSuite([], [CALL, START]), [fakeRunner(folder)]), pilot: { most: 5 } },
  };
}

/** Executes, and counts the processes of each block. */
async function counted(folder: string, plan: Plan, more: Partial<ExecuteOptions> = {}) {
  const steps: [number, number][] = [];
  const observations = await execute(plan, {
    journalFile: join(folder, 'journal.ndjson'),
    cacheFolder: join(folder, 'cache'),
    scratchFolder: join(folder, 'scratch'),
    lacking: () => [],
    unexpected: () => [],
    progress: {
      step: (text, done, total) => void (text.startsWith('timing') && steps.push([done, total])),
      note: () => {},
    },
    signal: new AbortController().signal,
    ...more,
  });
  const blocks = Map.groupBy(
    observations.filter((one) => one.kind === 'timing'),
    ({ block }) => block,
  );
  return {
    steps,
    counts: Object.fromEntries([...blocks].map(([block, of]) => [block, of.length])),
    observations,
  };
}

const nonces = (observations: readonly Observation[]) =>
  observations.flatMap((one) => (one.kind === 'timing' ? [one.nonce] : []));

test('a pilot of ten processes says how many its block has; starts have none', async (t) => {
  const { folder, plan } = planIn(t);
  const asked: unknown[] = [];
  const enough: ExecuteOptions['enough'] = ({ id }, done, bounds) => {
    asked.push([id, done.filter((one) => one.kind === 'timing').length, bounds]);
    return 4;
  };
  const { counts, steps, observations } = await counted(folder, plan, { enough });
  assert.deepEqual(counts, { 'pilot/calls/fake': 10, 'calls/fake': 4, 'startup/fake': 2 });
  assert.deepEqual(asked, [['pilot/calls/fake', 10, { least: 2, most: 5 }]]);
  assert.deepEqual(steps.at(-1), [16, 16], 'progress ends at its end');
  const again = await counted(folder, plan, { enough: () => assert.fail('the pilot is known') });
  assert.deepEqual(nonces(again.observations), nonces(observations));
});

test('a run that was interrupted in a block goes on with what its pilot said', async (t) => {
  const { folder, plan } = planIn(t);
  const controller = new AbortController();
  const step = (text: string) => void (text.startsWith('timing calls/') && controller.abort());
  const interrupted = counted(folder, plan, {
    ...{ enough: () => 4, progress: { step, note: () => {} }, signal: controller.signal },
  });
  await assert.rejects(interrupted);
  const { counts, steps } = await counted(folder, plan, { enough: () => assert.fail('the pilot is known') });
  assert.deepEqual(counts, { 'pilot/calls/fake': 10, 'calls/fake': 4, 'startup/fake': 2 });
  assert.deepEqual(steps.at(-1), [6, 6]);
});

test('nobody who decides, no pilot', async (t) => {
  const { folder, plan } = planIn(t);
  assert.deepEqual((await counted(folder, plan)).counts, { 'calls/fake': 2, 'startup/fake': 2 });
});
