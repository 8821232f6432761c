/** Owns how many processes an arm needs: found by a pilot before anything is compared, and fixed from then on. */

/** Fewer are not trusted, more are not waited for. */
export const LEAST_PROCESSES = 40;
export const MOST_PROCESSES = 100;

/**
 * The share of the floor that the interval's half-width shall come to. The estimate itself is off by half of that half-width (its
 * standard error) as often as not; at six tenths of the floor, four intervals of five around no change stay within the floor, and
 * changes of twice the floor lie beyond it in all but one of a thousand.
 */
const WITHIN = 0.6;

/** A benchmark in the pilot: half the width of its interval, and its floor, both as shares. */
export interface PilotFigure {
  halfWidth: number;
  floor: number;
}

/** Of the benchmarks, the share that the number is made for: a few restless ones must not make all others wait. */
const OF_BENCHMARKS = 0.9;

/**
 * Returns how many processes an arm needs so that intervals are narrow enough, by the root of their number. The tenth of the benchmarks that differ most
 * from process to process does not count: their floor is their own spread.
 */
export function processesFor(figures: readonly PilotFigure[], pilotProcesses: number): number {
  const needed = figures
    .map(({ halfWidth, floor }) => Math.ceil(pilotProcesses * (halfWidth / (floor * WITHIN)) ** 2))
    .toSorted((a, b) => a - b);
  const enough = needed[Math.ceil(needed.length * OF_BENCHMARKS) - 1] ?? 0;
  return Math.min(Math.max(enough, LEAST_PROCESSES), MOST_PROCESSES);
}
