/** Owns the comparison of two arms: pairs, evidence of each block, floors, verdicts and waivers, put together. */

import {
  type BenchmarkComparison,
  type BlockEvidence,
  type NotCompared,
  VERDICTS,
  type Waiver,
} from '../contracts/comparison.ts';
import { randomFrom } from '../stats/random.ts';
import { evidenceOf, type MeasuredPair } from './evidence.ts';
import { type FloorSettings, floorOf, spreadOf } from './floors.ts';
import { type ArmIn, pairArms } from './pairs.ts';
import { looksRegressed, verdictOf } from './verdict.ts';
import { waiverFor } from './waivers.ts';

/** Two arms in one block of timing, or in two stored runs. */
export interface TwoArms {
  baseline: ArmIn;
  candidate: ArmIn;
}

export interface GateRule extends FloorSettings {
  seed: number;
  /** The baseline is from another time. */
  isStored: boolean;
  /** A regression needs a second block; without it one block is taken at its word. */
  confirms: boolean;
  waivers: readonly Waiver[];
  now: Date;
}

export interface Compared {
  benchmarks: BenchmarkComparison[];
  notCompared: NotCompared[];
}

/**
 * Compares two arms by their first block and, where there is one, a confirming block. A benchmark that the confirming block holds needs it
 * to agree.
 */
export function compareArms(first: TwoArms, confirming: TwoArms | undefined, rule: GateRule): Compared {
  const { pairs, notCompared } = pairArms(first.baseline, first.candidate);
  const again = confirming ? byName(confirming, rule.seed) : new Map<string, BlockEvidence>();
  const benchmarks: BenchmarkComparison[] = [];
  for (const [index, found] of evidenceOf(pairs, { seed: rule.seed, block: 'first' }).entries()) {
    const pair = pairs[index]!;
    if (found) benchmarks.push(judged(pair, found, again.get(pair.name), rule));
    else {
      const { suite, case: id, wasi, runner } = pair.candidate.record;
      notCompared.push({ suite, case: id, wasi, runner, reason: 'its figures are too small for a ratio' });
    }
  }
  return { benchmarks: benchmarks.toSorted(byEvidence), notCompared };
}

/** The benchmarks that a second block must confirm before anything is claimed of them. */
export function toConfirm({ benchmarks }: Pick<Compared, 'benchmarks'>): BenchmarkComparison[] {
  return benchmarks.filter(
    ({ first, floor }) => first.contaminated === undefined && looksRegressed(first, floor.share),
  );
}

function byName({ baseline, candidate }: TwoArms, seed: number): Map<string, BlockEvidence> {
  const { pairs } = pairArms(baseline, candidate);
  const found = evidenceOf(pairs, { seed, block: 'confirming' });
  return new Map(
    pairs.flatMap(({ name }, index) => {
      const evidence = found[index];
      return evidence ? [[name, evidence]] : [];
    }),
  );
}

function judged(
  { name, baseline, candidate }: MeasuredPair,
  first: BlockEvidence,
  confirming: BlockEvidence | undefined,
  rule: GateRule,
): BenchmarkComparison {
  const { suite, case: id, wasi, title, metric, unit, better, parameters, headline } = baseline.record;
  const spread = spreadOf(baseline.record, randomFrom(rule.seed, name, 'spread'));
  const floor = floorOf(baseline.record, rule, spread, rule.isStored);
  const verdict = verdictOf(first, confirming, floor.share, rule);
  const worst = Math.max(first.ratio.value, confirming?.ratio.value ?? 0);
  const waived =
    verdict === 'regressed' ? waiverFor({ suite, case: id }, worst, rule.waivers, rule.now) : { notices: [] };
  const { waiver } = waived;
  const contaminated = first.contaminated ?? confirming?.contaminated;
  const one = {
    ...{ suite, case: id, wasi, title, metric, unit, better, parameters, headline },
    arms: [baseline.record.runner, candidate.record.runner] as [string, string],
    ...{ verdict, floor, first },
    ...(confirming ? { confirming } : {}),
    ...(waiver ? { waiver } : {}),
    notices: [
      ...(contaminated === undefined ? [] : [contaminated]),
      ...waived.notices,
      ...notConfirmed(first, confirming, floor.share),
      ...new Set([...first.notices, ...(confirming?.notices ?? [])]),
    ],
  };
  return one;
}

function notConfirmed(first: BlockEvidence, confirming: BlockEvidence | undefined, floor: number): string[] {
  if (!confirming || !looksRegressed(first, floor) || looksRegressed(confirming, floor)) return [];
  return ['the first block looked like a regression, the confirming one did not'];
}

/** What fails a gate first, then by how little luck explains it, then by how far it moved. */
function byEvidence(a: BenchmarkComparison, b: BenchmarkComparison): number {
  const rank = ({ verdict, waiver }: BenchmarkComparison) => VERDICTS.indexOf(verdict) + (waiver ? 0.5 : 0);
  const far = ({ first }: BenchmarkComparison) => Math.abs(Math.log(first.ratio.value));
  return rank(a) - rank(b) || a.first.holmP - b.first.holmP || far(b) - far(a);
}
