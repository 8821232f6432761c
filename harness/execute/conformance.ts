/** Runs conformance trials side by side, JavaScript runners in warm children, and journals what each came to. */

import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ConformanceObservation } from '../contracts/observation.ts';
import type { ConformanceTrial } from '../contracts/plan.ts';
import type { Found, Runner, Trial } from '../contracts/runner.ts';
import type { Hand } from './hand.ts';
import type { Order, TrialResult } from './order.ts';
import { CompilerRefusal } from './prepareTools.ts';
import { notPrepared, notStarted } from './process.ts';
import { runBound, withScript } from './scriptArguments.ts';
import { openPeers } from './world/peers.ts';
import { loopback } from './world/ports.ts';
import { preopensOf } from './world/world.ts';

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
  /** Who carries them out; each has its own child of each JavaScript runner, so that no two trials share one at a time. */
  hands: readonly Hand[];
  nonce(): string;
  onDone(observation: ConformanceObservation): void;
  signal: AbortSignal;
}

/** What a single trial needs of it. */
export type TrialWork = Omit<ConformanceWork, 'pending' | 'onDone' | 'hands'>;

/** How many trials run at a time: one more than there are cores, since many wait for clocks, peers and slow readers. */
export const trialsAtATime = (): number => availableParallelism() + 1;

/** As many hands as trials run at a time. */
export function conformanceHands(make: () => Hand): Hand[] {
  return Array.from({ length: trialsAtATime() }, make);
}

/** Runs all that is pending, as many at a time as there are hands. */
export async function runConformance(work: ConformanceWork): Promise<void> {
  const queue = [...work.pending];
  await mkdir(work.scratch, { recursive: true });
  const worker = async (hand: Hand) => {
    for (let next = queue.shift(); next && !work.signal.aborted; next = queue.shift()) {
      const observation = await runTrial(work, next, hand);
      // What an interruption cut short is no observation of the runtime.
      if (!work.signal.aborted) work.onDone(observation);
    }
  };
  const endHands = () => {
    for (const hand of work.hands) hand.end();
  };
  work.signal.addEventListener('abort', endHands);
  try {
    await Promise.all(work.hands.map(worker));
  } finally {
    work.signal.removeEventListener('abort', endHands);
  }
}

/** Has one trial carried out, and tells what it came to. */
export async function runTrial(
  work: TrialWork,
  { trial: planned, run, attempt = 0 }: PendingRun,
  hand: Hand,
): Promise<ConformanceObservation> {
  const nonce = work.nonce();
  const result: TrialResult = await resultOf(work, { planned, run }, nonce, hand).catch((error: unknown) =>
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

async function resultOf(
  work: TrialWork,
  { planned, run }: { planned: ConformanceTrial; run: number },
  nonce: string,
  hand: Hand,
): Promise<TrialResult> {
  const { runner, found, artifact } = work.runnerOf(planned);
  const world = planned.case.world ?? {};
  const folder = join(work.scratch, `trial-${nonce}`);
  const peers = await openPeers(world);
  try {
    const trial: Trial = {
      guest: planned.guest,
      artifact,
      ...(planned.case.fixture
        ? { args: [...(world.args ?? [])], env: { ...world.env } }
        : withScript(world, planned.script, nonce, { ...runBound(planned.runs, run), ...peers.ports })),
      preopens: preopensOf(world, folder),
      network: world.network ?? false,
      ...(peers.listener === undefined ? {} : { listen: { host: loopback(), port: peers.listener } }),
    };
    work.signal.throwIfAborted();
    const { peers: _ours, ...rest } = world;
    const result = await hand.carryOut({
      folder,
      // The peers are played here: where their ports come from.
      world: rest,
      timeoutMs: work.timeoutMs * (planned.case.patience ?? 1),
      looks: planned.looks,
      start: startOf(runner, found, trial, planned),
    });
    if (!world.peers || !result.after) return result;
    return { ...result, after: { ...result.after, peers: await peers.ended() } };
  } finally {
    await peers.ended();
  }
}

/** In the runner's warm child, or in a process of its own: a warm child's streams are everybody's, and a fixture may leave it unfit. */
function startOf(
  runner: Runner,
  found: Found,
  trial: Trial,
  { case: one }: ConformanceTrial,
): Order['start'] {
  const { stdin, stdout, inherits, watch } = one.world ?? {};
  const isOwn = [stdin, stdout, inherits, watch, one.fixture].some((own) => own !== undefined);
  if (!runner.warm || isOwn) return { command: runner.command(trial, found) };
  const child = runner.warm.command(trial.artifact, found);
  return { runner: runner.id, child, message: runner.warm.message(trial) };
}
