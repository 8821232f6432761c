/** Owns the notices on what a best-case figure hides: a cost that falls on some processes, or on some calls, only. */

import type { PerformanceRecord } from '../contracts/run.ts';
import { ratioOf } from '../stats/bootstrap.ts';
import { quantile } from '../stats/quantile.ts';
import type { Random } from '../stats/random.ts';
import { costsOf } from './costs.ts';

/** By how much the slow end must have moved to be spoken of: it moves by itself where machines are shared. */
const DECILE_FLOOR = 0.05;
const P99_FLOOR = 0.2;
/** By how much the share of processes that don't count may differ. */
const SLOW_SHARE = 0.25;

const byDecile = (sorted: readonly number[]) => quantile(sorted, 0.9);

/** What the candidate's slow end has to say beside the verdict; it changes none. */
export function slowEndNotices(
  baseline: PerformanceRecord,
  candidate: PerformanceRecord,
  random: Random,
): string[] {
  const notices: string[] = [];
  const decile = ratioOf(byDecile, costsOf(baseline), costsOf(candidate), { random, resamples: 500 });
  if (decile && decile.value > 1 + DECILE_FLOOR && decile.low > 1)
    notices.push(`its slowest tenth of processes costs ${percent(decile.value - 1)} more`);
  const p99 = p99Ratio(baseline, candidate);
  if (p99 !== undefined && p99 > 1 + P99_FLOOR)
    notices.push(`p99 over all batches costs ${percent(p99 - 1)} more (shown, not gated)`);
  const slow = slowShare(candidate) - slowShare(baseline);
  if (slow > SLOW_SHARE) notices.push(`${percent(slow)} more of its processes had no quiet moment`);
  return notices;
}

function p99Ratio(baseline: PerformanceRecord, candidate: PerformanceRecord): number | undefined {
  if (!baseline.p99 || !candidate.p99) return undefined;
  return baseline.better === 'higher' ? baseline.p99 / candidate.p99 : candidate.p99 / baseline.p99;
}

const slowShare = ({ samples, rounds }: PerformanceRecord) => (rounds > 0 ? 1 - samples.length / rounds : 0);

const percent = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`;
