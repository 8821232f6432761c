/** Reads timed processes out of observations: their records, the passes of each benchmark, the reference controls. */

import type { Observation, TimingObservation } from '../contracts/observation.ts';
import type { TimedCase, TimingArm, TimingBlock } from '../contracts/plan.ts';
import { runtimeIn } from '../naming/runtimeIn.ts';
import { parseRecords, type Transcript } from '../script/records.ts';
import { type BenchRecord, readBenchRecord } from './benchRecord.ts';
import { type ReferenceControls, referenceControls, slownessOf } from './noise.ts';
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

/** Timed processes by `clockKey`. */
export function processesByClock(
  blocks: readonly TimingBlock[],
  read: TimedProcesses,
): Map<string, TimedProcess[]> {
  const all = new Map<string, TimedProcess[]>();
  for (const block of blocks)
    for (const arm of block.arms) {
      const key = clockKey(arm);
      all.set(key, [...(all.get(key) ?? []), ...(read.get(armKey(block.id, arm.id)) ?? [])]);
    }
  return all;
}

/** All benchmarks of those processes. */
export const benchesIn = (processes: readonly TimedProcess[]): ProcessBench[] =>
  processes.flatMap(({ benches }) => [...benches.values()]);

/**
 * The processes as they would have been on a core of typical speed. A core's clock rate wanders by some percent from one process to the next and takes calls and
 * controls along: batches count as much less as the process's quiet controls were slower than the reference. Controls stay as
 * they were measured.
 */
export function atTypicalSpeed(
  processes: readonly TimedProcess[],
  reference: ReferenceControls,
): TimedProcess[] {
  return processes.map((one) => {
    const slowness = slownessOf([...one.benches.values()].flat(), reference);
    const benches = new Map(
      [...one.benches].map(([key, passes]) => [key, passes.map((pass) => quicker(pass, slowness))]),
    );
    return { ...one, benches };
  });
}

const quicker = (record: BenchRecord, slowness: number): BenchRecord => ({
  ...record,
  batchesNs: record.batchesNs.map((ns) => ns / slowness),
  emptyNs: record.emptyNs.map((ns) => ns / slowness),
});

/** Arms of one runtime whose controls differ by less than this run the same loop at the same speed. */
const SAME_WITHIN = 0.03;

/**
 * The reference controls by `clockKey`, over all of a runner's processes: an arm that was slow throughout is quiet by its own measure.
 * Runners of one runtime (its modes and releases, and a runner beside itself) share theirs where their controls agree: figures are told at the
 * reference's speed, and what two references differ by would stand between figures that are compared.
 */
export function referenceByClock(
  blocks: readonly TimingBlock[],
  read: TimedProcesses,
): Map<string, ReferenceControls> {
  const all = new Map(
    [...processesByClock(blocks, read)].map(([key, processes]) => [key, benchesIn(processes).flat()]),
  );
  const own = new Map([...all].map(([key, records]) => [key, referenceControls(records)]));
  return new Map(
    [...own].map(([key, reference]) => {
      const alike = [...own].filter(
        ([other, its]) => runtimeKey(other) === runtimeKey(key) && agree(reference, its),
      );
      // Most are alone, and the records are many.
      if (alike.length === 1) return [key, reference];
      return [key, referenceControls(alike.flatMap(([other]) => all.get(other) ?? []))];
    }),
  );
}

/** What the clock keys of one runtime and WASI version have in common. */
function runtimeKey(key: string): string {
  const [wasi = '', runner = ''] = key.split(' ');
  return `${wasi} ${runtimeIn(runner)}`;
}

function agree(a: ReferenceControls, b: ReferenceControls): boolean {
  return [...a].every(([loops, { typicalNs }]) => {
    const other = b.get(loops)?.typicalNs;
    return other !== undefined && Math.abs(other / typicalNs - 1) < SAME_WITHIN;
  });
}
