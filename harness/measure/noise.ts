/** Owns the judgement how quiet the machine was, by the control batches: a loop without imports that should always cost the same. */

import { mean } from 'simple-statistics';
import type { NoiseRecord } from '../contracts/run.ts';
import type { BenchRecord } from './benchRecord.ts';

/**
 * How far above the quickest a control may be and still be quiet: well below the slow mode of a shared machine, which costs 1.29 times
 * the fast one or more (28 us against 21.75 for one control), and above what controls differ by without it. Right after another call
 * the core is in another state (on an EPYC 20.3 or 22.0 us, by the call timed before), its clock rate wanders by some percent, and
 * reading the clock costs JavaScript hosts microseconds.
 *
 * This presumes a control that the slow mode slows: a loop that keeps several units of the core busy. Interleaved in one process on a
 * shared EPYC, while pread of 512 bytes went from 71 to 101 us for a hundred calls, a loop of eight independent operations went from
 * 16.7 to 29.9 us, and one chain of dependent multiplications from 17.8 to 18.0: that one leaves a sibling thread room, and sees nothing.
 */
const QUIET_WITHIN = 0.2;

/** Of all controls, the share that may be quicker than the one that counts as the quickest: of a hundred thousand one is 5 to 15% quicker by luck. */
const LUCKY = 0.01;

/**
 * An arm with fewer quiet processes than this is contaminated, and its figure taken over all of them. The lower quartile of five is
 * the second smallest: one stray process does not make the figure.
 */
export const LEAST_QUIET_PROCESSES = 5;

/** What a control costs on the undisturbed machine, in nanoseconds a loop round: what reading the clock costs is a part of it. */
export interface ReferenceControl {
  /** The quickest, but for luck: what is quiet is held against it. */
  quickestNs: number;
  /** The mean of the quiet ones. */
  typicalNs: number;
}

/** By the number of rounds in a control. */
export type ReferenceControls = ReadonlyMap<number, ReferenceControl>;

export type Noise = Pick<NoiseRecord, 'quietShare' | 'quietProcesses' | 'verdict'>;

/**
 * Returns the reference controls. Give it all of a runner's records of a run for one WASI version: an arm that ran in the slow mode
 * throughout is quiet by its own measure. What stays unseen is a run in which hardly a control was ever quick: nothing in it tells.
 */
export function referenceControls(records: readonly BenchRecord[]): ReferenceControls {
  const controls = new Map<number, number[]>();
  for (const { loops, controlNs } of records) {
    const known = controls.get(loops) ?? [];
    for (const durationNs of controlNs) known.push(durationNs / loops);
    controls.set(loops, known);
  }
  return new Map(
    [...controls].map(([loops, roundsNs]) => {
      const quickestNs = roundsNs.toSorted((a, b) => a - b)[Math.floor((roundsNs.length - 1) * LUCKY)]!;
      return [loops, { quickestNs, typicalNs: mean(roundsNs.filter((ns) => isQuiet(ns, quickestNs))) }];
    }),
  );
}

const isQuiet = (roundNs: number, quickestNs: number) => roundNs <= quickestNs * (1 + QUIET_WITHIN);

/** Tells of each batch of a record whether it stood between two quiet controls. */
export function quietBatches(record: BenchRecord, reference: ReferenceControls): boolean[] {
  const quiet = quietControls(record, reference);
  return record.batchesNs.map((_, batch) => Boolean(quiet[batch] && quiet[batch + 1]));
}

/**
 * Returns how much longer than typical the quiet controls of one process took (1: as long; 0.98: its core was 2% quicker); 1 where it
 * has none, and where they are too quick for the clock to see.
 *
 * @param records all of the process's
 */
export function slownessOf(records: readonly BenchRecord[], reference: ReferenceControls): number {
  const ratios = records.flatMap((record) => {
    const quiet = quietControls(record, reference);
    const typicalNs = (reference.get(record.loops)?.typicalNs ?? 0) * record.loops;
    return record.controlNs.flatMap((durationNs, control) =>
      quiet[control] ? [durationNs / typicalNs] : [],
    );
  });
  const slowness = ratios.length > 0 ? mean(ratios) : 1;
  return Number.isFinite(slowness) && slowness > 0 ? slowness : 1;
}

/**
 * Returns the shares of quiet control batches and of quiet processes (0 to 1), and whether the latter are enough. A process is
 * quiet when one of its batches stood between two quiet controls.
 *
 * @param processes the passes of each process, at least one process
 * @param reference see {@link referenceControls}; the processes' own unless given
 */
export function noiseOf(
  processes: readonly (readonly BenchRecord[])[],
  reference = referenceControls(processes.flat()),
): Noise {
  const controls = processes.flat().flatMap((record) => quietControls(record, reference));
  const quiet = processes.filter((passes) =>
    passes.some((record) => quietBatches(record, reference).includes(true)),
  );
  return {
    quietShare: controls.filter(Boolean).length / controls.length,
    quietProcesses: quiet.length / processes.length,
    verdict: quiet.length >= LEAST_QUIET_PROCESSES ? 'quiet' : 'contaminated',
  };
}

function quietControls(record: BenchRecord, reference: ReferenceControls): boolean[] {
  const quickestNs = reference.get(record.loops)?.quickestNs ?? 0;
  return record.controlNs.map((durationNs) => isQuiet(durationNs / record.loops, quickestNs));
}
