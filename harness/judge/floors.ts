/** Owns the floor of a benchmark: the change below which nothing is claimed. */

import type { Floor } from '../contracts/comparison.ts';
import type { PerformanceRecord } from '../contracts/run.ts';
import { globTakes } from '../naming/globTakes.ts';
import { ratioOf } from '../stats/bootstrap.ts';
import type { Random } from '../stats/random.ts';
import { costsOf, statisticOf } from './costs.ts';

/** What the configuration says of floors, as shares. */
export interface FloorSettings {
  /** Of all benchmarks. */
  floor?: number | undefined;
  /** By a glob for `suite/case`; of several that match the last holds. */
  floors?: Readonly<Record<string, number>> | undefined;
}

const DEFAULT_FLOOR = 0.01;
/** A start holds Node's own spawn and the loading of the runtime, which files' caches move. */
const STARTUP_FLOOR = 0.03;
/** Of a baseline that was measured at another time: the machine, its clock rate and what ran beside it were others. */
const STORED_TIMES = 3;

type Named = Pick<PerformanceRecord, 'suite' | 'case' | 'metric'>;

/**
 * Returns the floor of a benchmark: what is asked for, but never below the benchmark's own A/A spread.
 *
 * @param spread half the width of the interval that the ratio of the baseline to itself has; 0 where it is not known
 */
export function floorOf(one: Named, settings: FloorSettings, spread: number, isStored: boolean): Floor {
  const asked = askedFloor(one, settings);
  const wide = isStored
    ? { share: asked.share * STORED_TIMES, why: `${asked.why}, times ${STORED_TIMES} for a stored baseline` }
    : asked;
  return spread > wide.share
    ? { share: spread, why: `what it differs from itself by (asked for: ${percent(asked.share)})` }
    : wide;
}

function askedFloor({ suite, case: id, metric }: Named, { floor, floors = {} }: FloorSettings): Floor {
  const own = Object.entries(floors).findLast(([glob]) => globTakes(glob, suite, id));
  if (own) return { share: own[1], why: `gate.floors '${own[0]}'` };
  if (metric === 'startup') {
    const share = Math.max(STARTUP_FLOOR, floor ?? 0);
    return { share, why: share === floor ? 'gate.floor' : 'the default for starts' };
  }
  return floor === undefined
    ? { share: DEFAULT_FLOOR, why: 'the default' }
    : { share: floor, why: 'gate.floor' };
}

/**
 * Half the width of the 95% interval of an arm's ratio to itself with as many processes as it has: what two arms of one thing differ by.
 * 0 where it has no ratio.
 */
export function spreadOf(record: PerformanceRecord, random: Random): number {
  const costs = costsOf(record);
  const itself = ratioOf(statisticOf(record), costs, costs, { random });
  const half = itself ? (itself.high - itself.low) / 2 : 0;
  return Number.isFinite(half) ? half : 0;
}

const percent = (share: number) => `${Number((share * 100).toPrecision(3))}%`;
