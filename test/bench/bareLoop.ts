/** The processes of conformance trials started by a plain loop, in a small process of its own: what a loop over them costs at least. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ConformanceTrial } from '../../harness/contracts/plan.ts';
import type { Artifacts } from '../../harness/execute/artifacts.ts';
import { runTrial } from '../../harness/execute/conformance.ts';
import type { Order } from '../../harness/execute/order.ts';
import { openWorld } from '../../harness/execute/world/world.ts';
import type { Job } from './bareChild.ts';

const CHILD = new URL('./bareChild.ts', import.meta.url);

/** What the harness would be told to carry out for these trials; those whose guest could not be prepared start nothing. */
export async function ordersOf(
  trials: readonly ConformanceTrial[],
  artifacts: Artifacts,
  scratch: string,
  timeoutMs: number,
): Promise<Order[]> {
  mkdirSync(scratch, { recursive: true });
  const orders: Order[] = [];
  const recorder = {
    carryOut: (order: Order) => Promise.reject(new Error(String(orders.push(order)))),
    end: () => {},
    close: () => Promise.resolve(),
  };
  for (const [index, trial] of trials.entries()) {
    const work = {
      ...{ timeoutMs, scratch, signal: new AbortController().signal },
      runnerOf: () => artifacts.of(trial.runner, trial.guest, 'conformance'),
      nonce: () => `ba5e${index}`,
    };
    await runTrial(work, { trial, run: 0 }, recorder);
  }
  return orders;
}

/** Has the loop start them all, its files made beforehand; returns how long the loop took, in milliseconds. */
export async function runBare(orders: readonly Order[], scratch: string): Promise<number> {
  const jobs: Job[] = [];
  for (const { folder, world, start, timeoutMs } of orders) {
    mkdirSync(folder);
    await openWorld(world, folder);
    const { stdin, stdout } = world;
    const streams = { ...(stdin ? { stdin } : {}), ...(stdout ? { stdout } : {}) };
    jobs.push({ folder, start, timeoutMs, world: streams });
  }
  const child = fork(CHILD, [], {
    ...{ env: {}, execArgv: ['--disable-warning=ExperimentalWarning'], serialization: 'advanced' },
    cwd: join(scratch),
  });
  child.send(jobs);
  const [ms] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [number];
  if (!child.connected) throw new Error(`the plain loop ended with ${ms}`);
  const gone = once(child, 'exit');
  child.disconnect();
  await gone;
  return ms;
}
