/** Owns the host's real-time clock in nanoseconds: the one clock that host and guest share. */

/** Where the host's times come from. */
export interface TimeSources {
  /** Milliseconds since 1970, cut off, as Date.now. */
  dateMs(): number;
  /** A clock that is never set, as process.hrtime.bigint. */
  monotonicNs(): bigint;
  /** Nanoseconds since 1970, where the platform has them. */
  preciseNs?(): bigint;
}

export interface Calibration {
  /** How far a time may be off, in nanoseconds. */
  uncertaintyNs: number;
  /** By how much the real-time clock has moved against the monotonic one since the last calibration. */
  movedNs: number;
  /** Whether it was set: moved by more than a clock that is being slewed can. */
  stepped: boolean;
}

export interface HostClock {
  /** Returns nanoseconds since 1970, as the guest's real-time clock counts them. */
  realtimeNs(): bigint;
  /** Compares the clocks again; between two calls without a step, times of this clock can be subtracted. */
  recalibrate(): Calibration;
}

/** What lies between the two clocks, and how well that is known. */
interface Offset {
  offsetNs: bigint;
  uncertaintyNs: number;
}

/** Comparisons made; the narrowest counts. An interrupted one is wide, so the minimum is clean with a few. */
const SANDWICHES = 25;
const BOUNDARIES = 6;

/** Date.now passes a boundary every millisecond; one that stands still this long is broken. */
const LONGEST_WAIT_NS = 200_000_000n;

/** The kernel slews by 500 parts per million at most (adjtimex(2)). */
const GREATEST_SLEW = 500e-6;

/**
 * Returns a clock over these sources. With precise nanoseconds it reads them; else it adds to the monotonic clock what lay between
 * the two at a boundary of Date.now's milliseconds, found by spinning (about 6 ms for each calibration, good to a microsecond).
 * Without a recalibration that drifts with the slew, some 10 us a second.
 */
export function createHostClock(sources: TimeSources): HostClock {
  const { preciseNs, monotonicNs } = sources;
  const compare = () =>
    preciseNs
      ? narrowest(SANDWICHES, () => sandwich(preciseNs, monotonicNs))
      : narrowest(BOUNDARIES, () => boundary(sources));
  let known = compare();
  let knownSinceNs = monotonicNs();
  return {
    realtimeNs: preciseNs ?? (() => monotonicNs() + known.offsetNs),
    recalibrate: () => {
      const found = compare();
      const nowNs = monotonicNs();
      const movedNs = Number(found.offsetNs - known.offsetNs);
      const slewNs = GREATEST_SLEW * Number(nowNs - knownSinceNs);
      const stepped = Math.abs(movedNs) > slewNs + found.uncertaintyNs + known.uncertaintyNs;
      known = found;
      knownSinceNs = nowNs;
      return { uncertaintyNs: found.uncertaintyNs, movedNs, stepped };
    },
  };
}

function narrowest(times: number, compare: () => Offset): Offset {
  const offsets = Array.from({ length: times }, compare);
  return offsets.reduce((best, offset) => (offset.uncertaintyNs < best.uncertaintyNs ? offset : best));
}

function sandwich(preciseNs: () => bigint, monotonicNs: () => bigint): Offset {
  const beforeNs = monotonicNs();
  const realNs = preciseNs();
  return offsetBetween(realNs, beforeNs, monotonicNs());
}

/** Waits for Date.now to change: its new value's beginning lies between the last reading of the old and the first of the new. */
function boundary({ dateMs, monotonicNs }: TimeSources): Offset {
  const startNs = monotonicNs();
  let lastMs = dateMs();
  let beforeNs = startNs;
  for (;;) {
    const nextBeforeNs = monotonicNs();
    const nowMs = dateMs();
    if (nowMs > lastMs) return offsetBetween(BigInt(nowMs) * 1_000_000n, beforeNs, monotonicNs());
    if (nextBeforeNs - startNs > LONGEST_WAIT_NS) throw new Error('Date.now stands still');
    lastMs = nowMs;
    beforeNs = nextBeforeNs;
  }
}

function offsetBetween(realNs: bigint, beforeNs: bigint, afterNs: bigint): Offset {
  const width = afterNs - beforeNs;
  // Half a nanosecond is lost to the integers.
  return { offsetNs: realNs - (beforeNs + width / 2n), uncertaintyNs: Number(width) / 2 + 0.5 };
}

/** What Node has of Temporal, from version 26 on; TypeScript's es2024 does not know it. */
interface WithTemporal {
  Temporal?: { Now: { instant(): { epochNanoseconds: bigint } } };
}

/** Returns Temporal's reading of the system clock where it is finer than a millisecond, which the standard leaves open. */
function temporalNs(): (() => bigint) | undefined {
  const { Temporal } = globalThis as WithTemporal;
  if (!Temporal) return undefined;
  const read = () => Temporal.Now.instant().epochNanoseconds;
  const fine = Array.from({ length: 8 }, read).some((readingNs) => readingNs % 1_000_000n !== 0n);
  return fine ? read : undefined;
}

let shared: HostClock | undefined;

/** Returns this process's clock over the machine's own sources, made at the first call. */
export function hostClock(): HostClock {
  if (!shared) {
    const preciseNs = temporalNs();
    const sources: TimeSources = { dateMs: Date.now, monotonicNs: process.hrtime.bigint };
    shared = createHostClock(preciseNs ? { ...sources, preciseNs } : sources);
  }
  return shared;
}

/** Returns the machine's real-time clock in nanoseconds since 1970, to a microsecond or two. */
export function realtimeNs(): bigint {
  return hostClock().realtimeNs();
}
