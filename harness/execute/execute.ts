/** Carries out a plan: prepares guests, runs conformance, checks clocks, times; each observation goes to the journal. */

import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Guest } from '../contracts/guest.ts';
import type { Observation } from '../contracts/observation.ts';
import type { ConformanceTrial, Plan, TimingArm, TimingBlock } from '../contracts/plan.ts';
import type { WasiVersion } from '../contracts/wasi.ts';
import { prepareAll } from './artifacts.ts';
import { type Steps, timeBlocks } from './blocks.ts';
import { watchClock } from './clockCheck.ts';
import { conformanceHands, runConformance } from './conformance.ts';
import { type Hand, remoteHand } from './hand.ts';
import type { HostWatch } from './hostWatch.ts';
import { openJournal } from './journal.ts';
import { takeLock } from './lock.ts';
import { prunePrepared } from './preparedCache.ts';
import { endAll } from './processTree.ts';

export interface Progress {
  /** What runs now, how much of it is done, of how much. */
  step(text: string, done: number, total: number): void;
  /** What the steps from now on are a part of. */
  phase?(title: string): void;
  note(text: string): void;
}

export interface ExecuteOptions {
  journalFile: string;
  cacheFolder: string;
  scratchFolder: string;
  progress: Progress;
  /** Which of a block's arms need more processes: measuring decides, which knows a disturbed process from a quiet one. */
  lacking(block: TimingBlock, done: readonly Observation[]): TimingArm[];
  /** How many processes a block needs by its pilot: measuring decides. Without it there are no pilots. */
  enough?(pilot: TimingBlock, done: readonly Observation[], bounds: { least: number; most: number }): number;
  /** Which conformance trials came out as nobody expects: they are run again, to tell what wavers. */
  unexpected(done: readonly Observation[]): ConformanceTrial[];
  /** Aborted by an interruption: children are ended, the journal stays. */
  signal: AbortSignal;
  /** Looks at the machine itself; nobody does without it. */
  host?: HostWatch;
}

/** Returns all observations of the plan, those of an earlier, interrupted execution among them. */
export async function execute(plan: Plan, options: ExecuteOptions): Promise<Observation[]> {
  const { progress, signal } = options;
  const free = await takeLock((holder) => progress.note(`waiting for ${holder}, which is measuring`), signal);
  const journal = openJournal(options.journalFile);
  const observations = [...journal.kept];
  const add = (observation: Observation) => {
    observations.push(observation);
    journal.add(observation);
  };
  signal.addEventListener('abort', endAll);
  try {
    if (options.host) add(await options.host.begin(signal));
    // An artefact that is found again tells again what it took to make.
    const told = new Set(
      observations.flatMap((one) => (one.kind === 'prepare' ? [`${one.runner} ${one.guest}`] : [])),
    );
    const artifacts = await prepareAll(plan, options, (made) => {
      if (made.kind === 'prepare' && !told.has(`${made.runner} ${made.guest}`)) add(made);
    });
    // A cache that can't be tidied up is no reason not to measure.
    await prunePrepared(options.cacheFolder).catch((error: Error) =>
      progress.note(`the cache of prepared guests could not be pruned: ${error.message}`),
    );
    const steps = { plan, options, artifacts, observations, add };
    await conformance(steps);
    await clocks(steps);
    await timeBlocks(steps);
  } finally {
    signal.removeEventListener('abort', endAll);
    if (options.host) add(options.host.end());
    journal.close();
    free();
    // A child that was just killed may still be on its way out.
    await rm(options.scratchFolder, { recursive: true, force: true, maxRetries: 5 });
  }
  signal.throwIfAborted();
  return observations;
}

/** How often a case that came out unexpected is run again. */
const REPETITIONS = 3;

const nonce = () => randomBytes(8).toString('hex');
/** All trials once, then what came out unexpected a few times more. */
async function conformance(steps: Steps): Promise<void> {
  const hands = conformanceHands(() => remoteHand(steps.options.scratchFolder));
  try {
    await attemptTrials(steps, steps.plan.conformance, 0, hands);
    const again = steps.options.unexpected(steps.observations);
    for (let attempt = 1; attempt <= REPETITIONS && !steps.options.signal.aborted; attempt += 1)
      await attemptTrials(steps, again, attempt, hands);
  } finally {
    await Promise.all(hands.map((hand) => hand.close()));
  }
}

async function attemptTrials(
  steps: Steps,
  trials: readonly ConformanceTrial[],
  attempt: number,
  hands: readonly Hand[],
): Promise<void> {
  const { options, observations, add } = steps;
  const done = new Set(
    observations.flatMap((one) =>
      one.kind === 'conformance'
        ? [`${one.suite} ${one.wasi} ${one.case} ${one.runner} ${one.run} ${one.attempt ?? 0}`]
        : [],
    ),
  );
  const pending = trials
    .flatMap((trial) => Array.from({ length: trial.runs }, (_, run) => ({ trial, run, attempt })))
    .filter(
      ({ trial, run }) =>
        !done.has(`${trial.suite} ${trial.case.wasi} ${trial.case.id} ${trial.runner} ${run} ${attempt}`),
    );
  let count = 0;
  options.progress.phase?.('Conformance');
  await runConformance({
    pending,
    timeoutMs: steps.plan.caseTimeoutMs,
    runnerOf: (trial) => steps.artifacts.of(trial.runner, trial.guest, 'conformance'),
    scratch: options.scratchFolder,
    hands,
    nonce,
    onDone: (observation) => {
      count += 1;
      add(observation);
      options.progress.step(
        `${observation.runner}: ${observation.suite} ${observation.wasi} ${observation.case}`,
        count,
        pending.length,
      );
    },
    signal: options.signal,
  });
}

/** One look at each runner's clock for each WASI version that is timed. */
async function clocks(steps: Steps): Promise<void> {
  const { plan, options, artifacts, observations, add } = steps;
  const arms = new Map<string, { runner: string; wasi: WasiVersion; guest: Guest }>();
  for (const arm of plan.blocks.flatMap((block) => block.arms)) {
    // A plug-in is no probe: its host reads its own clock.
    if (arm.inProcess || arm.guest.generated) continue;
    const key = `${arm.runner} ${arm.wasi}`;
    if (!arms.has(key)) arms.set(key, arm);
  }
  let count = 0;
  options.progress.phase?.('Clock checks');
  for (const { runner, wasi, guest } of arms.values()) {
    if (options.signal.aborted) return;
    count += 1;
    if (observations.some((one) => one.kind === 'clock' && one.runner === runner && one.wasi === wasi))
      continue;
    options.progress.step(`${runner}: its ${wasi} clock against the host's`, count - 1, arms.size);
    // A runner that cannot even be asked shows it in each of its trials; its clock then stays unchecked.
    const watch = async () =>
      watchClock(artifacts.of(runner, guest, 'timing'), guest, options.scratchFolder, nonce());
    const seen = await watch().catch(() => undefined);
    if (seen && !options.signal.aborted) add(seen);
  }
}
