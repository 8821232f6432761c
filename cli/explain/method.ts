/** Says in words how a figure came about. */

import type { NoiseRecord, PerformanceRecord } from '../../harness/contracts/run.ts';

/** The sentences for this figure: what a sample is, what makes one figure of them, what the interval says. */
export function methodOf(one: PerformanceRecord, noise: NoiseRecord | undefined): string[] {
  return [sampleOf(one), statisticOf(one), ...intervalOf(one), ...(noise ? [noiseOf(noise)] : [])];
}

function sampleOf({ metric, rounds }: PerformanceRecord): string {
  if (metric === 'startup')
    return `Each of ${rounds} fresh processes gives one time, from just before the spawn, by the real-time clock.`;
  if (metric === 'memory')
    return `Each of ${rounds} fresh processes gives one number, by what the kernel says of it and of what it started while its guest waits.`;
  const inverted = metric === 'throughput' ? ', turned into bytes a second by what the calls moved' : '';
  return `Each of ${rounds} fresh processes times the call in batches of about half a millisecond with a control loop before and after, less the loop's own cost, and gives one number${inverted}.`;
}

function statisticOf({ metric, flags, samples, rounds }: PerformanceRecord): string {
  if (metric === 'startup') return 'The figure is the lower quartile of these.';
  if (metric === 'memory') return 'The figure is the median of these.';
  if (flags.includes('contaminated'))
    return 'Fewer than five processes had a batch between two quiet controls: the number is each one’s quickest batch, and the figure their lower quartile.';
  return `The number is the tenth percentile of batches between two quiet controls, at the core's typical speed; ${samples.length} of ${rounds} processes had such. The figure is the midmean of these, the mean between their quartiles.`;
}

function intervalOf({ samples, ciLow, ciHigh }: PerformanceRecord): string[] {
  if (ciLow === ciHigh) return ['The interval has no width: the samples that make the figure are equal.'];
  return [
    `The 95% interval draws ${samples.length} processes again and again (expanded bootstrap percentiles); it holds the figure of an endless number of such processes, not of another machine or day.`,
  ];
}

const noiseOf = ({ runner, wasi, quietShare, quietProcesses, verdict }: NoiseRecord) =>
  `The machine beside ${runner} ${wasi}: ${verdict}; ${share(quietShare)} of controls and ${share(quietProcesses)} of processes were quiet.`;

const share = (of: number) => `${Math.round(100 * of)}%`;
