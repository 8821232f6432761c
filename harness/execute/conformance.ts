/** Runs conformance trials side by side, JavaScript runners in warm children, and journals what each came to. */

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ConformanceObservation } from '../contracts/observation.ts';
import type { ConformanceTrial } from '../contracts/plan.ts';
import type { Command, Found, Runner, Trial } from '../contracts/runner.ts';
import type { World, WorldAfter } from '../contracts/world.ts';
import { CompilerRefusal } from './prepareTools.ts';
import { notPrepared, notStarted, type ProcessResult, runProcess } from './process.ts';
import { withScript } from './scriptArguments.ts';
import { type WarmChild, warmChild } from './warmChild.ts';
import { openStreams } from './world/streams.ts';
import { openWorld } from './world/world.ts';

export interface PendingRun {
  trial: ConformanceTrial;
  run: number;
  attempt?: number;
}

export interface ConformanceWork {
  /** Which run, from 0, of which trial; and which attempt at it. */
  pending: PendingRun[];
  timeoutMs: number;
  /** The runner, what was found of it, and its artefact of a trial's guest; throws where it could not be prepared. */
  runnerOf(trial: ConformanceTrial): { runner: Runner; found: Found; artifact: string };
  /** Folder for trials' files; each trial's is removed when it ends. */
  scratch: string;
  nonce(): string;
  onDone(observation: ConformanceObservation): void;
  signal: AbortSignal;
}

/** What a single trial needs of it. */
export type TrialWork = Omit<ConformanceWork, 'pending' | 'onDone'>;

/** Runs all that is pending, as many at a time as there are cores. */
export async function runConformance(work: ConformanceWork): Promise<void> {
  const queue = [...work.pending];
  await mkdir(work.scratch, { recursive: true });
  const worker = async () => {
    // Each worker has its own child of each JavaScript runner, so that no two trials share one at a time.
    const children = new Map<string, WarmChild>();
    try {
      for (let next = queue.shift(); next && !work.signal.aborted; next = queue.shift()) {
        const observation = await runTrial(work, next, children);
        // What an interruption cut short is no observation of the runtime.
        if (!work.signal.aborted) work.onDone(observation);
      }
    } finally {
      for (const child of children.values()) child.close();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

/** Runs one trial. `children` keeps the warm child of each runner id from trial to trial; whoever made it closes them. */
export async function runTrial(
  work: TrialWork,
  { trial: planned, run, attempt = 0 }: PendingRun,
  children: Map<string, WarmChild>,
): Promise<ConformanceObservation> {
  const nonce = work.nonce();
  const result: TrialResult = await resultOf(work, planned, nonce, children).catch((error: unknown) =>
    planned.case.fixture && error instanceof CompilerRefusal ? notPrepared(error) : notStarted(error),
  );
  return {
    kind: 'conformance',
    suite: planned.suite,
    case: planned.case.id,
    wasi: planned.case.wasi,
    runner: planned.runner,
    run,
    ...(attempt > 0 ? { attempt } : {}),
    nonce,
    end: result.end,
    beginRealtimeNs: String(result.beginRealtimeNs),
    endRealtimeNs: String(result.endRealtimeNs),
    stderr: result.stderr,
    ...(result.after ? { after: result.after } : {}),
  };
}

type TrialResult = ProcessResult & { after?: WorldAfter };

async function resultOf(
  work: TrialWork,
  planned: ConformanceTrial,
  nonce: string,
  children: Map<string, WarmChild>,
): Promise<TrialResult> {
  const { runner, found, artifact } = work.runnerOf(planned);
  const world = planned.case.world ?? {};
  const folder = await mkdtemp(join(work.scratch, 'trial-'));
  try {
    const opened = await openWorld(world, folder);
    const trial: Trial = {
      guest: planned.guest,
      artifact,
      ...(planned.case.fixture
        ? { args: [...(world.args ?? [])], env: { ...world.env } }
        : withScript(world, planned.script, nonce)),
      preopens: opened.preopens,
      network: world.network ?? false,
    };
    // The streams of a warm child are everybody's, and what fixtures do may leave it unfit for others.
    const ownStreams =
      world.stdin !== undefined || world.stdout !== undefined || planned.case.fixture !== undefined;
    const result =
      runner.warm && !ownStreams
        ? await inWarmChild(work, runner.warm, found, trial, runner.id, children)
        : await inProcess(work, runner.command(trial, found), folder, world);
    if (!planned.looks) return result;
    const { stdout } = result;
    return { ...result, after: { preopens: opened.look(), ...(stdout ? { stdout } : {}) } };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inWarmChild(
  work: TrialWork,
  warm: NonNullable<Runner['warm']>,
  found: Found,
  trial: Trial,
  id: string,
  children: Map<string, WarmChild>,
): Promise<ProcessResult> {
  let child = children.get(id);
  if (!child) {
    child = warmChild(warm.command(trial.artifact, found), await mkdtemp(join(work.scratch, 'warm-')));
    children.set(id, child);
  }
  work.signal.throwIfAborted();
  return child.run(warm.message(trial), work.timeoutMs);
}

async function inProcess(
  work: TrialWork,
  command: Command,
  folder: string,
  world: World,
): Promise<ProcessResult> {
  work.signal.throwIfAborted();
  return runProcess(command, folder, work.timeoutMs, openStreams(folder, world.stdin, world.stdout));
}
