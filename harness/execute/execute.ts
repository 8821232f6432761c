/** Carries out a plan: prepares guests, runs conformance, checks clocks, times; each observation goes to the journal. */

import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Guest } from '../contracts/guest.ts';
import type { Observation } from '../contracts/observation.ts';
import type { Plan, TimingArm, TimingBlock } from '../contracts/plan.ts';
import type { WasiVersion } from '../contracts/wasi.ts';
import { watchClock } from './clockCheck.ts';
import { runConformance } from './conformance.ts';
import type { HostWatch } from './hostWatch.ts';
import { openJournal } from './journal.ts';
import { takeLock } from './lock.ts';
import { prepareGuest } from './prepared.ts';
import { prunePrepared } from './preparedCache.ts';
import { endAll } from './processTree.ts';
import { runTiming } from './timing.ts';

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
    await timing(steps);
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

/** A guest's artefact for a runner, or why it could not be prepared. */
type Artifact = { path: string } | { failed: string };

interface Steps {
  plan: Plan;
  options: ExecuteOptions;
  artifacts: Map<string, Artifact>;
  observations: readonly Observation[];
  add(observation: Observation): void;
}

const nonce = () => randomBytes(8).toString('hex');
const artifactKey = (runner: string, guest: Guest) => `${runner} ${guest.id}`;

function installed(plan: Plan, id: string) {
  const entry = plan.roster.find((one) => one.runner.id === id);
  if (!entry?.found) throw new Error(`the plan names runner '${id}', which is not installed`);
  return { runner: entry.runner, found: entry.found };
}

/** The runner of a trial with its artefact of the guest; throws where that could not be prepared. */
function equipped({ plan, artifacts }: Steps, runner: string, guest: Guest) {
  const artifact = artifacts.get(artifactKey(runner, guest)) ?? { path: guest.file };
  if ('failed' in artifact) throw new Error(`preparing ${guest.id} failed: ${artifact.failed}`);
  return { ...installed(plan, runner), artifact: artifact.path };
}

/** A runner that fails to prepare a guest fails that guest's trials only. */
async function prepareAll(
  plan: Plan,
  options: ExecuteOptions,
  add: Steps['add'],
): Promise<Map<string, Artifact>> {
  const wanted = new Map<string, { runner: string; guest: Guest }>();
  for (const one of [...plan.conformance, ...plan.blocks.flatMap((block) => block.arms)])
    if (installed(plan, one.runner).runner.prepare)
      wanted.set(artifactKey(one.runner, one.guest), { runner: one.runner, guest: one.guest });
  const artifacts = new Map<string, Artifact>();
  let done = 0;
  options.progress.phase?.('Preparing guests');
  for (const [key, { runner, guest }] of wanted) {
    options.signal.throwIfAborted();
    options.progress.step(`preparing ${guest.id} for ${runner}`, done, wanted.size);
    const entry = installed(plan, runner);
    try {
      const { artifact, made } = await prepareGuest(entry.runner, entry.found, guest, options.cacheFolder);
      artifacts.set(key, { path: artifact });
      if (made) add(made);
    } catch (error) {
      artifacts.set(key, { failed: error instanceof Error ? error.message : String(error) });
      options.progress.note(`${runner}: preparing ${guest.id} failed`);
    }
    done += 1;
  }
  return artifacts;
}

async function conformance(steps: Steps): Promise<void> {
  const { plan, options, observations, add } = steps;
  const done = new Set(
    observations.flatMap((one) =>
      one.kind === 'conformance' ? [`${one.suite} ${one.wasi} ${one.case} ${one.runner} ${one.run}`] : [],
    ),
  );
  const pending = plan.conformance
    .flatMap((trial) => Array.from({ length: trial.runs }, (_, run) => ({ trial, run })))
    .filter(
      ({ trial, run }) =>
        !done.has(`${trial.suite} ${trial.case.wasi} ${trial.case.id} ${trial.runner} ${run}`),
    );
  let count = 0;
  options.progress.phase?.('Conformance');
  await runConformance({
    pending,
    timeoutMs: plan.caseTimeoutMs,
    runnerOf: (trial) => equipped(steps, trial.runner, trial.guest),
    scratch: options.scratchFolder,
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
    const prepared = artifacts.get(artifactKey(runner, guest));
    if (prepared && 'failed' in prepared) continue;
    const entry = equipped(steps, runner, guest);
    // A runner that cannot even be asked shows it in each of its trials; its clock then stays unchecked.
    const watched = watchClock(entry, guest, options.scratchFolder, nonce());
    const seen = await watched.catch(() => undefined);
    if (seen && !options.signal.aborted) add(seen);
  }
}

async function timing(steps: Steps): Promise<void> {
  const { plan, options, observations, add } = steps;
  const whole = new Set(observations.flatMap((one) => (one.kind === 'block-end' ? [one.block] : [])));
  const blocks = plan.blocks.filter((block) => !whole.has(block.id));
  const total = blocks.reduce((sum, block) => sum + block.arms.length * block.processes, 0);
  let count = 0;
  options.progress.phase?.('Timing');
  for (const block of blocks) {
    add({ kind: 'block-begin', block: block.id });
    await runTiming({
      block,
      seed: plan.seed,
      runnerOf: (arm) => equipped(steps, arm.runner, arm.guest),
      loopsOf: (arm) => loopsOf(observations, arm),
      lacking: () => options.lacking(block, observations),
      scratch: options.scratchFolder,
      nonce,
      onDone: (observation) => {
        count += 1;
        add(observation);
        const more = observation.round >= block.processes ? ' (again, for a quiet moment)' : '';
        options.progress.step(
          `timing ${block.id}: ${observation.arm}${more}`,
          count,
          more ? Math.max(total, count + 1) : total,
        );
      },
      signal: options.signal,
    });
    if (options.signal.aborted) return;
    add({ kind: 'block-end', block: block.id });
  }
}

/** The control loop that a runner's clock check settled on: processes that are compared must run the same one. */
function loopsOf(observations: readonly Observation[], { runner, wasi }: TimingArm): number {
  const check = observations.find(
    (one) => one.kind === 'clock' && one.runner === runner && one.wasi === wasi,
  );
  return check?.kind === 'clock' ? check.loops : 0;
}
