/** Tells whether two runs were made on one machine, and what differs. */

import type { MachineRecord } from '../contracts/run.ts';

/** What makes figures incomparable, in words. */
const PARTS: readonly [field: keyof MachineRecord, name: string][] = [
  ['cpuModel', 'processor'],
  ['arch', 'architecture'],
  ['cores', 'cores'],
  ['allowedCpus', 'CPUs that may be used'],
  ['cpuQuota', 'CPU limit'],
  ['governor', 'frequency governor'],
  ['virtualization', 'virtualization'],
  ['os', 'system'],
];
/** What may move a figure on one machine. */
const SOFT: typeof PARTS = [
  ['kernel', 'kernel'],
  ['node', 'Node'],
  ['filesystem', 'file system'],
  ['harness', 'wasimeter'],
];

export interface MachineDifference {
  /** What makes it another machine. */
  other: string[];
  /** What changed on it. */
  changed: string[];
}

/** What differs between two machines, each as `processor (A, now B)`; fields that only one of the two knows don't count. */
export function machineDifference(before: MachineRecord, now: MachineRecord): MachineDifference {
  const differing = (parts: typeof PARTS) =>
    parts.flatMap(([field, name]) => {
      const [was, is] = [before[field], now[field]];
      return was === undefined || is === undefined || was === is ? [] : [`${name} (${was}, now ${is})`];
    });
  return { other: differing(PARTS), changed: differing(SOFT) };
}
