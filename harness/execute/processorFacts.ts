/** Owns what Linux tells of the processors a run is given: a quota, their governor, and whose machine it is. */

import { readFileSync } from 'node:fs';
import type { MachineRecord } from '../contracts/run.ts';

export type ProcessorFacts = Pick<MachineRecord, 'cpuQuota' | 'governor' | 'virtualization'>;

/** Returns a file's text; undefined where it can't be read. */
export type ReadText = (file: string) => string | undefined;

/** What can be read of these CPUs; a fact that the system does not tell is left out. */
export function processorFacts(cpus: readonly number[], read: ReadText = readText): ProcessorFacts {
  const governors = cpus.flatMap((cpu) => {
    const name = read(`/sys/devices/system/cpu/cpu${cpu}/cpufreq/scaling_governor`)?.trim();
    return name ? [name] : [];
  });
  const governor = [...new Set(governors)].toSorted().join(', ');
  const cpuQuota = quotaOf(read);
  const virtualization = virtualizationOf(read);
  return {
    ...(cpuQuota === undefined ? {} : { cpuQuota }),
    ...(governor ? { governor } : {}),
    ...(virtualization ? { virtualization } : {}),
  };
}

/** CPUs' worth of time a second that the control group grants, by cgroup 2's cpu.max or cgroup 1's two files. */
function quotaOf(read: ReadText): number | undefined {
  const [quota, period] =
    read('/sys/fs/cgroup/cpu.max')?.trim().split(' ') ??
    ['quota', 'period'].map((name) => read(`/sys/fs/cgroup/cpu/cpu.cfs_${name}_us`)?.trim());
  const cpus = Number(quota) / Number(period);
  // `max`, and -1 in cgroup 1, are no quota.
  return Number.isFinite(cpus) && cpus > 0 ? cpus : undefined;
}

/** Hints only: hypervisors can hide, and so can containers. */
function virtualizationOf(read: ReadText): string | undefined {
  const hints = [
    /^flags\s*:.*\bhypervisor\b/m.test(read('/proc/cpuinfo') ?? '') ? 'virtual machine' : undefined,
    /\bmicrosoft\b/i.test(read('/proc/sys/kernel/osrelease') ?? '') ? 'WSL' : undefined,
    read('/.dockerenv') !== undefined || read('/run/.containerenv') !== undefined ? 'container' : undefined,
  ];
  return hints.filter(Boolean).join(', ') || undefined;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
