/** Reads timed processes out of observations: their records, the passes of each benchmark, the quickest controls. */

import type { Observation, TimingObservation } from '../contracts/observation.ts';
import type { TimedCase, TimingArm, TimingBlock } from '../contracts/plan.ts';
import { parseRecords, type Transcript } from '../script/records.ts';
import { type BenchRecord, readBenchRecord } from './benchRecord.ts';
import { type QuickestControls, quickestControls } from './noise.ts';
import type { ProcessBench } from './processFigure.ts';

/** One process of an arm, read. */
export interface TimedProcess {
  observation: TimingObservation;
  records: Transcript;
  /** By key, a record for each pass. */
  benches: Map<number, BenchRecord[]>;
}

/** Timed processes by `armKey`, in the order measured. */
export type TimedProcesses = ReadonlyMap<string, readonly TimedProcess[]>;

/** What `TimedProcesses` are kept by. */
export const armKey = (block: string, arm: string) => `${block} ${arm}`;

/** What benchmarks and controls are kept by: a runner's figures for one WASI version share a clock. */
export const clockKey = ({ runner, wasi }: Pick<TimingObservation, 'runner' | 'wasi'>) => `${wasi} ${runner}`;

/** The timed processes by block and arm, in the order measured. */
export function timedProcesses(observations: readonly Observation[]): TimedProcesses {
  const read = new Map<string, TimedProcess[]>();
  for (const one of observations) {
    if (one.kind !== 'timing') continue;
    const key = armKey(one.block, one.arm);
    read.set(key, [...(read.get(key) ?? []), readProcess(one)]);
  }
  return read;
}

function readProcess(observation: TimingObservation): TimedProcess {
  const records = parseRecords(observation.stderr, observation.nonce);
  const benches = new Map<number, BenchRecord[]>();
  for (const end of records.ends.values()) {
    if (!('batches' in end.fields)) continue;
    const read = readBenchRecord(end.fields);
    if ('record' in read)
      benches.set(read.record.key, [...(benches.get(read.record.key) ?? []), read.record]);
  }
  return { observation, records, benches };
}

/** The passes of a benchmark in each of the arm's processes that got through all of them. */
export function benchesOf(
  arm: TimingArm,
  processes: readonly TimedProcess[],
  { key }: TimedCase,
): ProcessBench[] {
  if (key === undefined) return [];
  return processes.flatMap(({ benches }) => {
    const passes = benches.get(key) ?? [];
    return passes.length === arm.passes ? [passes] : [];
  });
}

/** All benchmarks of all processes, by `clockKey`. */
export function benchesByClock(
  blocks: readonly TimingBlock[],
  read: TimedProcesses,
): Map<string, ProcessBench[]> {
  const all = new Map<string, ProcessBench[]>();
  for (const block of blocks)
    for (const arm of block.arms) {
      const key = clockKey(arm);
      const processes = read.get(armKey(block.id, arm.id)) ?? [];
      all.set(key, [...(all.get(key) ?? []), ...processes.flatMap(({ benches }) => [...benches.values()])]);
    }
  return all;
}

/** The quickest controls over all of a runner's processes: an arm that was slow throughout is quiet by its own measure. */
export function quickestByClock(
  blocks: readonly TimingBlock[],
  read: TimedProcesses,
): Map<string, QuickestControls> {
  const all = benchesByClock(blocks, read);
  return new Map([...all].map(([key, processes]) => [key, quickestControls(processes.flat())]));
}
