/** Owns the rule by which evidence becomes a verdict. */

import type { BlockEvidence, Verdict } from '../contracts/comparison.ts';

/** What may be wrong with a claim after Holm's correction: one of twenty gates, were nothing else asked. */
const SIGNIFICANT = 0.05;

/** Whether a block alone looks like a regression: the change is beyond the floor, surely above none, and hardly luck. */
export function looksRegressed({ ratio, holmP }: Evidence, floor: number): boolean {
  return ratio.value > 1 + floor && ratio.low > 1 && holmP < SIGNIFICANT;
}

/** The same downwards; as far down as the other is up, so that which arm is called the baseline does not matter. */
function looksImproved({ ratio, holmP }: Evidence, floor: number): boolean {
  return ratio.value < 1 / (1 + floor) && ratio.high < 1 && holmP < SIGNIFICANT;
}

type Evidence = Pick<BlockEvidence, 'ratio' | 'holmP' | 'contaminated'>;

/**
 * Returns the verdict of a benchmark. A claim must hold in each block that was measured; what looks regressed in the first alone, while the
 * rule asks for a second (`confirms`), is unsure. Improvements are claimed of one block where no second was needed: they fail nobody.
 */
export function verdictOf(
  first: Evidence,
  confirming: Evidence | undefined,
  floor: number,
  { confirms }: { confirms: boolean },
): Verdict {
  if (first.contaminated !== undefined || confirming?.contaminated !== undefined) return 'contaminated';
  const blocks = confirming ? [first, confirming] : [first];
  if (blocks.every((block) => looksRegressed(block, floor)))
    return confirms && !confirming ? 'unsure' : 'regressed';
  if (blocks.every((block) => looksImproved(block, floor))) return 'improved';
  const isWithin = ({ ratio }: Evidence) => ratio.low >= 1 - floor && ratio.high <= 1 + floor;
  return blocks.every(isWithin) ? 'unchanged' : 'unsure';
}
