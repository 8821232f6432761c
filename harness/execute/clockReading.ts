/** Owns what is known of the clock that the harness times by: its finest step, and what a reading costs. */

import { lowerQuartile } from '../stats/quantile.ts';

export interface ClockReading {
  /** The smallest step seen between two readings that differ; undefined where the clock never moved. */
  resolutionNs?: number;
  costNs: number;
}

const STEPS = 2000;
const SERIES = 40;
const READINGS_IN_SERIES = 250;

/** Looks at a monotonic clock in nanoseconds, `process.hrtime.bigint` unless given, for some milliseconds. */
export function readClock(now: () => bigint = process.hrtime.bigint): ClockReading {
  const costs = Array.from({ length: SERIES }, () => {
    const beganNs = now();
    for (let i = 1; i < READINGS_IN_SERIES; i += 1) now();
    return Number(now() - beganNs) / READINGS_IN_SERIES;
  });
  let resolutionNs = Number.POSITIVE_INFINITY;
  // Bounded by readings: a clock may stand still.
  for (let last = now(), seen = 0, readings = 0; seen < STEPS && readings < 100 * STEPS; readings += 1) {
    const reading = now();
    if (reading === last) continue;
    resolutionNs = Math.min(resolutionNs, Math.abs(Number(reading - last)));
    last = reading;
    seen += 1;
  }
  return {
    ...(Number.isFinite(resolutionNs) ? { resolutionNs } : {}),
    // The first series run before the compiler is done.
    costNs: lowerQuartile(costs),
  };
}
