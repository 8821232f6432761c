/** Owns what is known of the clock that the harness times by: its finest step, and what a reading costs. */

import { lowerQuartile } from '../stats/quantile.ts';

export interface ClockReading {
  /** The smallest step seen between two readings that differ, which take their time; undefined where the clock never moved. */
  resolutionNs?: number;
  costNs: number;
}

const READINGS = 50_000;
const SERIES = 40;
const READINGS_IN_SERIES = 250;

/** Looks at a monotonic clock in nanoseconds, `process.hrtime.bigint` unless given, for some milliseconds. */
export function readClock(now: () => bigint = process.hrtime.bigint): ClockReading {
  const costs = Array.from({ length: SERIES }, () => {
    const beganNs = now();
    for (let i = 1; i < READINGS_IN_SERIES; i += 1) now();
    return Number(now() - beganNs) / READINGS_IN_SERIES;
  });
  // Kept first and compared then, so that a step is not widened by what is made of it.
  const readings = Array.from({ length: READINGS }, now);
  const steps = readings.slice(1).map((reading, index) => Math.abs(Number(reading - readings[index]!)));
  const resolutionNs = steps
    .filter((step) => step > 0)
    .reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return {
    ...(Number.isFinite(resolutionNs) ? { resolutionNs } : {}),
    // The first series run before the compiler is done.
    costNs: lowerQuartile(costs),
  };
}
