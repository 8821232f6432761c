/** Carries out the timing blocks of a plan, each after its pilot where the plan asks for one. */

import { randomBytes } from 'node:crypto';
import type { Observation } from '../contracts/observation.ts';
import type { Plan, TimingArm, TimingBlock } from '../contracts/plan.ts';
import { runtimeIn } from '../naming/runtimeIn.ts';
import type { Artifacts } from './artifacts.ts';
import type { ExecuteOptions } from './execute.ts';
import { runTiming } from './timing.ts';

export interface Steps {
  plan: Plan;
  options: ExecuteOptions;
  artifacts: Artifacts;
  observations: readonly Observation[];
  add(observation: Observation): void;
}

/** Enough to guess how many processes a figure needs, and a third of what it is then measured with. */
const PILOT_PROCESSES = 10;

/** Times all blocks that are not whole yet, one after another. */
export async function timeBlocks(steps: Steps): Promise<void> {
  const { plan, options, observations } = steps;
  const whole = new Set(observations.flatMap((one) => (one.kind === 'block-end' ? [one.block] : [])));
  const blocks = plan.blocks
    .filter((block) => !whole.has(block.id))
    .map((block) => ({ block, pilot: pilotOf(steps, block) }));
  const count = { done: 0, total: 0 };
  const planned = blocks.flatMap(({ block, pilot }) =>
    pilot && !whole.has(pilot.id) ? [pilot, block] : [block],
  );
  for (const { arms, processes } of planned) count.total += arms.length * processes;
  options.progress.phase?.('Timing');
  for (const { block, pilot } of blocks) {
    const sized = pilot ? await sizedBy(pilot, steps, block, count) : block;
    if (options.signal.aborted) return;
    await timeBlock(steps, sized, count);
  }
}

/** Undefined where the plan asks for none: a pilot tells how many processes calls need; figures of whole processes have as many as the profile says. */
function pilotOf({ plan, options }: Steps, block: TimingBlock): TimingBlock | undefined {
  const isOfCalls = block.arms.some(({ cases }) => cases.some(({ key }) => key !== undefined));
  if (!plan.pilot || !options.enough || !isOfCalls) return undefined;
  const id = `pilot/${block.id}`;
  return { ...block, id, processes: PILOT_PROCESSES, mostProcesses: PILOT_PROCESSES };
}

interface Count {
  done: number;
  total: number;
}

/** The block with the number of processes that its pilot asks for; nothing that the pilot measured becomes a figure. */
async function sizedBy(
  pilot: TimingBlock,
  steps: Steps,
  block: TimingBlock,
  count: Count,
): Promise<TimingBlock> {
  const { plan, options, observations, add } = steps;
  const told = () =>
    observations.flatMap((one) => (one.kind === 'pilot' && one.block === pilot.id ? [one.processes] : []));
  if (told().length === 0)
    await timeBlock(steps, pilot, count, () => {
      const bounds = { least: block.processes, most: plan.pilot?.most ?? block.processes };
      const processes = options.enough?.(pilot, observations, bounds) ?? block.processes;
      add({ kind: 'pilot', block: pilot.id, processes });
    });
  // None where it was interrupted.
  const [processes = block.processes] = told();
  count.total += block.arms.length * (processes - block.processes);
  const patience = block.mostProcesses / block.processes;
  return { ...block, processes, mostProcesses: Math.round(processes * patience) };
}

async function timeBlock(
  steps: Steps,
  block: TimingBlock,
  count: Count,
  atEnd: () => void = () => {},
): Promise<void> {
  const { plan, options, observations, add } = steps;
  add({ kind: 'block-begin', block: block.id });
  await runTiming({
    block,
    seed: plan.seed,
    runnerOf: (arm) => steps.artifacts.of(arm.runner, arm.guest, 'timing'),
    loopsOf: (arm) => loopsOf(observations, arm),
    lacking: () => options.lacking(block, observations),
    scratch: options.scratchFolder,
    nonce: () => randomBytes(8).toString('hex'),
    onDone: (observation) => {
      count.done += 1;
      add(observation);
      const more = observation.round >= block.processes ? ' (again, for a quiet moment)' : '';
      // Nobody planned it.
      if (more) count.total += 1;
      options.progress.step(`timing ${block.id}: ${observation.arm}${more}`, count.done, count.total);
    },
    signal: options.signal,
  });
  if (options.signal.aborted) return;
  atEnd();
  add({ kind: 'block-end', block: block.id });
}

/**
 * The control loop that the clock checks of an arm's runtime settled on, the longest of them: processes that are compared must run the
 * same one, be they of other modes and releases. 0 where there was no check.
 */
function loopsOf(observations: readonly Observation[], { runner, wasi }: TimingArm): number {
  const loops = observations.flatMap((one) =>
    one.kind === 'clock' && runtimeIn(one.runner) === runtimeIn(runner) && one.wasi === wasi
      ? [one.loops]
      : [],
  );
  return Math.max(0, ...loops);
}
