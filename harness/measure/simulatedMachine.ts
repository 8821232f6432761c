/** Owns a pretended machine for tests: the fast and the slow mode that shared machines have, with planted costs. */

import type { Random } from '../stats/random.ts';
import type { BenchRecord } from './benchRecord.ts';

export interface MachineTraits {
  random: Random;
  /** The share of time in the fast mode. */
  quietShare: number;
  /** How much longer work takes in the slow mode. */
  slowFactor?: number;
}

/** A machine does work of so many quiet nanoseconds and says how long it took. */
export type Machine = (workNs: number) => number;

/** Modes last from a millisecond to many processes, any order of magnitude as likely as another. */
const SHORTEST_NS = 1e6;
const LONGEST_NS = 2e9;

/** Returns a machine whose mode changes in time, whoever is working. */
export function simulateMachine({ random, quietShare, slowFactor = 1.4 }: MachineTraits): Machine {
  const spellNs = (isQuiet: boolean) => {
    const share = isQuiet ? quietShare : 1 - quietShare;
    return 2 * share * SHORTEST_NS * (LONGEST_NS / SHORTEST_NS) ** random.nextUnit();
  };
  let quiet = random.nextUnit() < quietShare;
  let leftNs = spellNs(quiet) * random.nextUnit();
  return (workNs) => {
    let remainingNs = workNs;
    let tookNs = 0;
    for (;;) {
      const factor = quiet ? 1 : slowFactor;
      if (remainingNs * factor <= leftNs) break;
      remainingNs -= leftNs / factor;
      tookNs += leftNs;
      quiet = !quiet;
      leftNs = spellNs(quiet);
    }
    const lastNs = remainingNs * (quiet ? 1 : slowFactor);
    leftNs -= lastNs;
    // Interrupts and caches: a tail of two in a thousand above the mode's own cost.
    return (tookNs + lastNs) * (1 - 0.002 * Math.log(1 - random.nextUnit()));
  };
}

export interface ProcessTraits {
  machine: Machine;
  random: Random;
  callNs: number;
  batches?: number;
  /** What reading the clock costs, drawn for each duration. */
  clockNs?: () => number;
}

/** Returns the record of a fresh process that times a call on this machine as docs/script-language.md says. */
export function simulateProcess({
  machine,
  random,
  callNs,
  batches = 30,
  clockNs,
}: ProcessTraits): BenchRecord {
  machine(20e6);
  // Where code and data happen to lie makes each process a little different.
  const luck = 1 - 0.003 * Math.log(1 - random.nextUnit());
  const calls = 2 ** Math.ceil(Math.log2(400_000 / callNs));
  const loops = 2 ** 14;
  const timeNs = (workNs: number) => Math.round(machine(workNs) + (clockNs?.() ?? 60));
  const record: BenchRecord = {
    key: 1,
    calls,
    batchesNs: [],
    emptyNs: [],
    controlNs: [],
    loops,
    tickNs: 1,
    failed: false,
  };
  for (let batch = 0; batch < batches; batch++) {
    record.controlNs.push(timeNs(loops * 1.5));
    record.emptyNs.push(timeNs(calls * 0.3));
    record.batchesNs.push(timeNs(calls * (callNs * luck + 0.3)));
  }
  record.controlNs.push(timeNs(loops * 1.5));
  return record;
}
