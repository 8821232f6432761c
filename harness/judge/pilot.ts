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

/**
 * Returns how many processes an arm needs so that each interval is narrow enough, by the root of their number. Benchmarks that would need more
 * than {@link MOST_PROCESSES} do not count: no number that is waited for would do for them, and their floor is their own spread.
 */
export function processesFor(figures: readonly PilotFigure[], pilotProcesses: number): number {
  const needed = figures
    .map(({ halfWidth, floor }) => Math.ceil(pilotProcesses * (halfWidth / (floor * WITHIN)) ** 2))
    .filter((count) => count <= MOST_PROCESSES);
  return Math.max(LEAST_PROCESSES, ...needed);
}
