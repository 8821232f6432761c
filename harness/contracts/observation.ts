/** What the execute stage writes down of each process it ran: facts without an opinion. */

import type { HostNoise } from './run.ts';
import type { ProcessEnd } from './runner.ts';
import type { WasiVersion } from './wasi.ts';
import type { WorldAfter } from './world.ts';

/** How a process or warm trial ended, with what the harness itself did to it. */
export interface TrialEnd extends ProcessEnd {
  timedOut: boolean;
  /** It wrote more than the cap and was ended for it. */
  flooded: boolean;
  /** A warm child reported the trap itself. */
  trap?: string;
  /** The runner's own `prepare` refused the guest, in these words: it was not run. */
  refused?: string;
  /** The harness could not start it. */
  startError?: string;
}

interface ObservationBase {
  runner: string;
  wasi: WasiVersion;
  nonce: string;
  end: TrialEnd;
  /** Host clock around the process, nanoseconds since the Unix epoch, as decimal strings. */
  beginRealtimeNs: string;
  endRealtimeNs: string;
  /** Records and whatever else stood on stderr, cut at the cap. */
  stderr: string;
}

export interface ConformanceObservation extends ObservationBase {
  kind: 'conformance';
  suite: string;
  case: string;
  /** Which of the case's runs, from 0. */
  run: number;
  /** 0, or which of the repetitions of a case that came out unexpected. */
  attempt?: number;
  /** What became of the case's world, where the case looks at it. */
  after?: WorldAfter;
}

/** What a process held, with all that it had started, while its guest waited. */
export interface HeldMemory {
  /** The sum of each process's own peak of resident memory (`VmHWM`). */
  peakBytes: number;
  /** Resident and shared with no other process (`Private_Clean` and `Private_Dirty`). */
  privateBytes: number;
}

export interface TimingObservation extends ObservationBase {
  kind: 'timing';
  block: string;
  arm: string;
  round: number;
  /** The one CPU that all its threads were kept on. */
  cpu?: number;
  /** Started by libc's posix_spawn: its times hold nothing of Node's own spawn. */
  byLibc?: true;
  /** Of an arm that waits; none where the system did not tell, or the guest never came to wait. */
  memory?: HeldMemory;
}

/** How long a runner's `prepare` took for a guest, in this run or in the one that filled the cache. */
export interface PrepareObservation {
  kind: 'prepare';
  runner: string;
  guest: string;
  durationNs: number;
  /** Made in this run rather than found in the cache. */
  fresh: boolean;
}

/** A span in which the guest's clock was read at both ends while the host watched. */
export interface ClockObservation {
  kind: 'clock';
  runner: string;
  wasi: WasiVersion;
  guestNs: number;
  hostNs: number;
  /** By how much the host's span may be longer or shorter: it looks at the guest's marks from time to time. */
  slackNs: number;
  tickNs: number;
  /** The guest's calibrated length of the control loop; processes that are compared are given it. */
  loops: number;
}

/** The machine itself: looked at when an execution begins, and over all of it at its end. A resumed run has several of both. */
export type MachineObservation =
  | {
      kind: 'machine-begin';
      clockResolutionNs?: number;
      clockCostNs: number;
      noise?: Omit<HostNoise, 'verdict'>;
    }
  | {
      kind: 'machine-end';
      loadAverage: number;
      /** The kernel's ticks that passed on all CPUs, and those of them that the hypervisor gave to others. */
      cpuTime?: { totalTicks: number; stolenTicks: number };
    };

export type Observation =
  | MachineObservation
  | ConformanceObservation
  | TimingObservation
  | PrepareObservation
  | ClockObservation
  /** What a pilot came to: how many processes its block is to have. Within the pilot's own block. */
  | { kind: 'pilot'; block: string; processes: number }
  /** A timing block stands as a whole between these two; without its end it is measured again. */
  | { kind: 'block-begin'; block: string }
  | { kind: 'block-end'; block: string };
