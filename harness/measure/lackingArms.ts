/** Decides which arms of a timing block need more processes. */

import type { Observation } from '../contracts/observation.ts';
import type { TimingArm, TimingBlock } from '../contracts/plan.ts';
import { quietCount } from './estimator.ts';
import { armKey, benchesOf, clockKey, referenceByClock, timedProcesses } from './timedProcesses.ts';

/**
 * Which arms of a block need more processes: those with a benchmark that fewer processes than the block asks for
 * measured undisturbed. By the controls alone, so that going on cannot favour a figure.
 */
export function lackingArms(block: TimingBlock, observations: readonly Observation[]): TimingArm[] {
  const read = timedProcesses(observations.filter((one) => one.kind === 'timing' && one.block === block.id));
  const reference = referenceByClock([block], read);
  return block.arms.filter((arm) => {
    const processes = read.get(armKey(block.id, arm.id)) ?? [];
    const controls = reference.get(clockKey(arm)) ?? new Map();
    return arm.cases.some(
      (timed) =>
        timed.key !== undefined && quietCount(benchesOf(arm, processes, timed), controls) < block.processes,
    );
  });
}
