/** Checks a stored run before anything is compared with it: figures that a measurement can have, and that follow from their samples. */

import { UserError } from '../contracts/failure.ts';
import type { PerformanceRecord, RunResult } from '../contracts/run.ts';
import { figureOf } from './costs.ts';

/** Eleven days in nanoseconds, a petabyte: nothing that is measured here comes near. */
const MOST = 1e15;
const MOST_SAMPLES = 100_000;
/** Sums in another order differ in their last bits. */
const SAME_WITHIN = 1e-9;
const ID = /^[\w.@+/:#[\](){}=, -]{1,300}$/;

/**
 * Throws a UserError that names the file and the field where a run is not as wasimeter writes it. Values are made again of their samples where
 * they are of the `estimator` of today: how others made theirs is not known here.
 */
export function checkSound(run: RunResult, file: string, estimator: string): void {
  const seen = new Set<string>();
  const refuse = (path: string, what: string): never => {
    throw new UserError(
      `${file}: ${path}: ${what}: it was edited or is no run of wasimeter's; measure it again`,
    );
  };
  for (const [index, one] of run.runners.entries())
    if (!ID.test(one.id)) refuse(`runners.${index}.id`, 'is no id');
  for (const [index, record] of run.performance.entries()) {
    const at = `performance.${index}`;
    for (const field of ['suite', 'case', 'runner'] as const)
      if (!ID.test(record[field])) refuse(`${at}.${field}`, 'is no id');
    const wrong = wrongFigure(record, estimator);
    if (wrong) refuse(`${at}.${wrong[0]}`, wrong[1]);
    const name = JSON.stringify([record.wasi, record.suite, record.case, record.runner]);
    if (seen.has(name)) refuse(at, 'stands there twice');
    seen.add(name);
  }
}

/** The field of a record that can't be, and why. */
function wrongFigure(record: PerformanceRecord, estimator: string): [field: string, why: string] | undefined {
  for (const field of ['value', 'ciLow', 'ciHigh', 'p99'] as const)
    if ((record[field] ?? 0) > MOST) return [field, 'is larger than anything that is measured'];
  const { samples, rounds, value, ciLow, ciHigh } = record;
  if (samples.length === 0 || samples.length > MOST_SAMPLES)
    return ['samples', `has ${samples.length} figures`];
  const far = samples.findIndex((one) => one > MOST);
  if (far >= 0) return [`samples.${far}`, 'is larger than anything that is measured'];
  if (samples.length > rounds) return ['samples', `has more figures than there were processes (${rounds})`];
  if (ciLow > ciHigh) return ['ciLow', 'lies above ciHigh'];
  if (record.identity.estimator !== estimator) return undefined;
  const own = figureOf(record);
  if (Math.abs(own - value) > SAME_WITHIN * Math.max(own, value))
    return ['value', `is not what its samples come to (${Number(own.toPrecision(6))})`];
  return undefined;
}
