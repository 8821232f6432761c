/** The plain loop itself: no limits on output, no records read, no journal, nothing judged, nothing looked at or taken away. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../../harness/contracts/runner.ts';
import type { World } from '../../harness/contracts/world.ts';
import { BARE_ENVIRONMENT } from '../../harness/execute/bareEnvironment.ts';
import { trialsAtATime } from '../../harness/execute/conformance.ts';
import type { Order } from '../../harness/execute/order.ts';
import { openStreams, type Streams } from '../../harness/execute/world/streams.ts';

/** An order whose files are there already: a loop that held them all in memory would start processes slowly. */
export type Job = Pick<Order, 'folder' | 'start' | 'timeoutMs'> & { world: Pick<World, 'stdin' | 'stdout'> };

process.once('message', async (jobs: Job[]) => {
  const began = performance.now();
  const worker = async () => {
    const children = new Map<string, ChildProcess>();
    for (let job = jobs.shift(); job; job = jobs.shift()) await doJob(job, children);
    for (const child of children.values()) child.kill('SIGKILL');
  };
  await Promise.all(Array.from({ length: trialsAtATime() }, worker));
  process.send?.(performance.now() - began);
});

async function doJob(job: Job, children: Map<string, ChildProcess>): Promise<void> {
  const { folder, start, timeoutMs, world } = job;
  if ('command' in start) {
    const streams = await openStreams(folder, world);
    const child = startBare(start.command, folder, false, streams);
    streams.started();
    const deadline = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    await once(child, 'exit');
    clearTimeout(deadline);
    await streams.ended();
    return;
  }
  let child = children.get(start.runner);
  if (!child || child.exitCode !== null || child.signalCode !== null) {
    child = startBare(start.child, folder, true);
    children.set(start.runner, child);
    await once(child, 'message');
  }
  await answer(child, start.message, timeoutMs);
}

function answer(child: ChildProcess, message: unknown, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const done = () => {
      clearTimeout(deadline);
      child.off('message', done).off('exit', done);
      resolve();
    };
    child.once('message', done).once('exit', done);
    child.send(message as object);
  });
}

function startBare({ file, args, env }: Command, folder: string, isWarm: boolean, streams?: Streams) {
  const stdout = openSync(join(folder, 'stdout'), 'w');
  const stderr = openSync(join(folder, 'stderr'), 'a');
  const stdin = typeof streams?.stdin === 'number' ? streams.stdin : ('ignore' as const);
  const child = spawn(file, args, {
    cwd: folder,
    env: { ...BARE_ENVIRONMENT, ...env },
    stdio: [stdin, streams?.stdout ?? stdout, stderr, ...(isWarm ? (['ipc'] as const) : [])],
  });
  closeSync(stdout);
  closeSync(stderr);
  return child;
}
