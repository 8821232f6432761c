/** Starts the processes of conformance trials by a plain loop: no limits, no records read, no journal, nothing judged. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ConformanceTrial } from '../../harness/contracts/plan.ts';
import type { Command, Trial } from '../../harness/contracts/runner.ts';
import type { Artifacts } from '../../harness/execute/artifacts.ts';
import { BARE_ENVIRONMENT } from '../../harness/execute/process.ts';
import { withScript } from '../../harness/execute/scriptArguments.ts';
import { openStreams, type Streams } from '../../harness/execute/world/streams.ts';
import { openWorld } from '../../harness/execute/world/world.ts';

/** What is started for a trial, with its files and streams made beforehand. */
export interface Job {
  folder: string;
  timeoutMs: number;
  start:
    | { command: Command; streams: Streams }
    /** For the worker's own child of that runner. */
    | { runner: string; child: Command; message: unknown };
}

/** Makes a trial's folder, files and streams, as the harness would; `index` makes its folder's name. */
export async function makeJob(
  planned: ConformanceTrial,
  artifacts: Artifacts,
  scratch: string,
  index: number,
  timeoutMs: number,
): Promise<Job | undefined> {
  const { case: one, guest, script } = planned;
  let equipped: ReturnType<Artifacts['of']>;
  try {
    equipped = artifacts.of(planned.runner, guest, 'conformance');
  } catch {
    // The harness starts nothing for it either.
    return undefined;
  }
  const { runner, found, artifact } = equipped;
  const world = one.world ?? {};
  const folder = join(scratch, `bare-${index}`);
  mkdirSync(folder, { recursive: true });
  const { preopens } = await openWorld(world, folder);
  const own = one.fixture
    ? { args: [...(world.args ?? [])], env: { ...world.env } }
    : withScript(world, script, 'ba5e');
  const trial: Trial = { guest, artifact, ...own, preopens, network: world.network ?? false };
  const isOwn = world.stdin !== undefined || world.stdout !== undefined || one.fixture !== undefined;
  if (runner.warm && !isOwn) {
    const { command, message } = runner.warm;
    const child = command(artifact, found);
    return { folder, timeoutMs, start: { runner: runner.id, child, message: message(trial) } };
  }
  const streams = openStreams(folder, world.stdin, world.stdout);
  return { folder, timeoutMs, start: { command: runner.command(trial, found), streams } };
}

/** Does all jobs, as many at a time as the harness does; returns how long that took, in milliseconds. */
export async function runBare(jobs: readonly Job[]): Promise<number> {
  const queue = [...jobs];
  const began = performance.now();
  const worker = async () => {
    const children = new Map<string, ChildProcess>();
    for (let job = queue.shift(); job; job = queue.shift()) await doJob(job, children);
    for (const child of children.values()) child.kill('SIGKILL');
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return performance.now() - began;
}

async function doJob({ folder, timeoutMs, start }: Job, children: Map<string, ChildProcess>): Promise<void> {
  if ('command' in start) {
    const child = startBare(start.command, folder, false, start.streams);
    start.streams.started();
    const deadline = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    await once(child, 'exit');
    clearTimeout(deadline);
    await start.streams.ended();
    return;
  }
  let child = children.get(start.runner);
  if (!child || child.exitCode !== null || child.signalCode !== null) {
    child = startBare(start.child, folder, true);
    children.set(start.runner, child);
    await once(child, 'message');
  }
  const warm = child;
  const deadline = setTimeout(() => warm.kill('SIGKILL'), timeoutMs);
  const answered = Promise.race([once(warm, 'message'), once(warm, 'exit')]);
  warm.send(start.message as object);
  await answered;
  clearTimeout(deadline);
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
