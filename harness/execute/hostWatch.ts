/** Watches the machine that a run is made on: a short look before anything is measured, and what passed when it ends. */

import { loadavg } from 'node:os';
import type { MachineObservation } from '../contracts/observation.ts';
import { readClock } from './clockReading.ts';
import { type CpuTime, cpuTimeBetween, readCpuTime } from './cpuTime.ts';
import { type HostLook, sampleHostNoise } from './hostNoise.ts';

export interface HostWatch {
  /** Looks at clock and noise; the caller holds the measuring lock. A look that fails is left out. */
  begin(signal: AbortSignal): Promise<MachineObservation>;
  /** What passed since the watch was made. */
  end(): MachineObservation;
}

/** Where a watch looks; tests bring their own. */
export interface HostSenses {
  noise(signal: AbortSignal): Promise<HostLook>;
  clock: typeof readClock;
  cpuTime(): CpuTime | undefined;
  loadAverage(): number;
}

/** The senses of this machine, the noise by the control loop of `wasmFile`, a preview 1 probe, for `durationMs`. */
export function hostSenses(wasmFile: string, durationMs: number): HostSenses {
  return {
    noise: (signal) => sampleHostNoise(wasmFile, durationMs, signal),
    clock: readClock,
    cpuTime: readCpuTime,
    loadAverage: () => loadavg()[0] ?? 0,
  };
}

/** A watch that begins now. */
export function watchHost(senses: HostSenses): HostWatch {
  const before = senses.cpuTime();
  return {
    begin: async (signal) => {
      const { resolutionNs, costNs } = senses.clock();
      // The look serves the reader; a run must not end for want of it.
      const noise = await senses.noise(signal).catch(() => undefined);
      return {
        kind: 'machine-begin',
        ...(resolutionNs === undefined ? {} : { clockResolutionNs: resolutionNs }),
        clockCostNs: costNs,
        ...(noise ? { noise } : {}),
      };
    },
    end: () => {
      const cpuTime = cpuTimeBetween(before, senses.cpuTime());
      return { kind: 'machine-end', loadAverage: senses.loadAverage(), ...(cpuTime ? { cpuTime } : {}) };
    },
  };
}
