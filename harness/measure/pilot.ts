/** Decides by a pilot how many processes the figures of a block need. */

import type { Observation } from '../contracts/observation.ts';
import type { TimedCase, TimingArm, TimingBlock } from '../contracts/plan.ts';
import { bootstrapInterval } from '../stats/bootstrap.ts';
import { statisticFor } from '../stats/figureStatistic.ts';
import { randomFrom } from '../stats/random.ts';
import { LEAST_QUIET_PROCESSES } from './noise.ts';
import { quietCallNs } from './processFigure.ts';
import {
  armKey,
  atTypicalSpeed,
  benchesOf,
  clockKey,
  referenceByClock,
  timedProcesses,
} from './timedProcesses.ts';
import { HALF_WIDTH } from './width.ts';

/** A pilot of few processes is a guess itself: so much more is asked for than it says. */
const MARGIN = 1.2;

/**
 * Returns how many processes an arm needs so that the half-width of each interval is below 1%, by the observations of the block's
 * pilot: an interval narrows with the root of the number of processes. At least `least`; a benchmark that would need more
 * than `most` does not count, as no number that can be had would do for it.
 *
 * Decided once, before what is told is measured, and by no means from that: a number that follows the figures until they please would
 * favour one arm (docs/RATIONALE.md).
 */
export function processesNeeded(
  pilot: TimingBlock,
  observations: readonly Observation[],
  { least, most }: { least: number; most: number },
): number {
  const read = timedProcesses(observations.filter((one) => one.kind === 'timing' && one.block === pilot.id));
  const reference = referenceByClock([pilot], read);
  const needs = pilot.arms.flatMap((arm) => {
    const controls = reference.get(clockKey(arm)) ?? new Map();
    const processes = atTypicalSpeed(read.get(armKey(pilot.id, arm.id)) ?? [], controls);
    return arm.cases.flatMap((timed) => {
      if (timed.key === undefined) return [];
      const samples = benchesOf(arm, processes, timed).flatMap(
        (passes) => quietCallNs(passes, controls) ?? [],
      );
      return needed(samples, arm, timed) ?? [];
    });
  });
  return Math.max(least, ...needs.filter((need) => need <= most));
}

/** Undefined where so few processes tell nothing. */
function needed(
  samples: readonly number[],
  arm: TimingArm,
  { suite, case: one }: TimedCase,
): number | undefined {
  if (samples.length < LEAST_QUIET_PROCESSES) return undefined;
  const random = randomFrom(0, 'pilot', suite, one.id, one.wasi, arm.id);
  const { value, low, high } = bootstrapInterval(samples, statisticFor('latency'), { random });
  if (!(value > 0)) return undefined;
  const halfWidth = (high - low) / 2 / value;
  return Math.ceil(samples.length * (halfWidth / HALF_WIDTH) ** 2 * MARGIN);
}
