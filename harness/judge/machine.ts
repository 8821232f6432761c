/** Owns what the looks at the machine mean: the verdict on its noise, and the machine's record as run.json has it. */

import type { Observation } from '../contracts/observation.ts';
import type { HostNoise, MachineRecord } from '../contracts/run.ts';

/**
 * From here on the machine is quiet. A spell may outlast a process, so of 20 processes 18 count: about as many
 * as on an idle machine, without a process more.
 */
const QUIET_FROM = 0.9;

/**
 * Below it the machine is noisy. Of 20 processes five must have a quiet moment, or the figure is contaminated; and where a spell
 * outlasts a process, the share of quiet time is the share of quiet processes.
 */
const USABLE_FROM = 0.25;

/** The verdict on a share of quiet time, 0 to 1. */
export function noiseVerdict(quietShare: number): HostNoise['verdict'] {
  if (quietShare >= QUIET_FROM) return 'quiet';
  return quietShare >= USABLE_FROM ? 'usable' : 'noisy';
}

/** The machine as it began, with what was observed of it since; of several looks the last one. */
export function judgeMachine(machine: MachineRecord, observations: readonly Observation[]): MachineRecord {
  const begins = observations.filter((one) => one.kind === 'machine-begin');
  const ends = observations.filter((one) => one.kind === 'machine-end');
  const { clockResolutionNs, clockCostNs, noise } = begins.at(-1) ?? {};
  const totalTicks = ends.reduce((sum, one) => sum + (one.cpuTime?.totalTicks ?? 0), 0);
  const stolenTicks = ends.reduce((sum, one) => sum + (one.cpuTime?.stolenTicks ?? 0), 0);
  const last = ends.at(-1);
  return {
    ...machine,
    ...(clockResolutionNs === undefined ? {} : { clockResolutionNs }),
    ...(clockCostNs === undefined ? {} : { clockCostNs }),
    ...(last ? { loadAverageAtEnd: last.loadAverage } : {}),
    ...(totalTicks > 0 ? { stealShare: stolenTicks / totalTicks } : {}),
    ...(noise ? { noise: { ...noise, verdict: noiseVerdict(noise.quietShare) } } : {}),
  };
}
