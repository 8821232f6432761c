/** Starts that are timed: by libc where it can be had, and then without the flag of Node's spawn. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StartupCase } from '../contracts/suite.ts';
import { measure } from '../measure/measure.ts';
import { fakePlan, fakeRunner, fakeSuite, timedIn } from './fakeRuntime.ts';
import { libcStarter } from './libcProcess.ts';
import { temporaryFolder } from './testProcesses.ts';

const EXIT: StartupCase = {
  ...({ id: 'exit', wasi: 'p1', title: 'x', guest: 'fake', metric: 'startup', until: 'exit' } as const),
};

test('a start is flagged unless libc made all of them', { timeout: 60_000 }, async (t) => {
  const folder = temporaryFolder(t);
  const plan = fakePlan(fakeSuite([], [EXIT]), [fakeRunner(folder)]);
  const processes = await timedIn(folder, plan);
  const starter = await libcStarter();
  starter?.close();
  assert.deepEqual(
    processes.map(({ byLibc, end }) => [byLibc, end.exitCode]),
    Array(2).fill([starter ? true : undefined, 0]),
  );
  const flagsOf = (seen: typeof processes) =>
    measure(plan, seen).performance[0]?.flags.includes('spawn-overhead');
  assert.equal(flagsOf(processes), starter === undefined);
  const { byLibc: _, ...other } = processes[0]!;
  assert.equal(flagsOf([other, ...processes.slice(1)]), true);
  const estimators = [processes, [other, ...processes.slice(1)]].map(
    (seen) => measure(plan, seen).performance[0]?.identity.estimator,
  );
  assert.equal(estimators[0] === estimators[1], starter === undefined, 'another way is another series');
});
