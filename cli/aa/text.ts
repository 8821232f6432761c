/** Writes what runners against themselves came to as a table, with a line for each runner and one for all. */

import { apart, type SameArms, totalOf } from '../../harness/judge/sameArms.ts';
import { benchmarkName } from '../../harness/naming/benchmarkName.ts';
import { figureText } from '../figureText.ts';
import { type Cell, table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

/** A share as percent: `0.35%`. */
export const percent = (share: number, digits = 2) => `${(100 * share).toFixed(digits)}%`;

const HEADS = ['runner', 'benchmark', 'figure', 'largest A/A', 'typical', 'claimed'];

/** The table and what it comes to. */
export function sameArmsText(all: readonly SameArms[], floor: number, terminal: Terminal): string {
  const rows = all.map((one): Cell[] => {
    const { claimed, contaminated } = {
      claimed: one.ratios.filter((ratio) => ratio.claimed).length,
      contaminated: one.ratios.filter((ratio) => ratio.contaminated).length,
    };
    const share = `${claimed} of ${one.ratios.length}`;
    return [
      one.runner,
      `${benchmarkName(one)}${contaminated > 0 ? ` (contaminated: ${contaminated})` : ''}`,
      figureText(one),
      percent(one.largest),
      percent(one.typical),
      claimed > 0 ? { text: share, paint: 'yellow' } : share,
    ];
  });
  const runners = [...new Set(all.map(({ runner }) => runner))];
  const lines = runners.map((runner) =>
    totalLine(
      runner,
      all.filter((one) => one.runner === runner),
      floor,
    ),
  );
  if (runners.length > 1) lines.push(totalLine('all', all, floor));
  return [table(HEADS, rows, terminal, 2), '', ...lines].join('\n');
}

/** The farthest apart of one repeat, for the progress. */
export function farthestText(all: readonly SameArms[], repeat: number): string {
  const far = all
    .flatMap((one) => one.ratios.filter((ratio) => ratio.repeat === repeat).map((ratio) => ({ one, ratio })))
    .toSorted((left, right) => apart(right.ratio) - apart(left.ratio))
    .slice(0, 3)
    .map(({ one, ratio }) => `${percent(apart(ratio))} (${benchmarkName(one)})`);
  return far.length > 0 ? `farthest apart ${far.join(', ')}` : 'nothing was measured in both arms';
}

function totalLine(name: string, all: readonly SameArms[], floor: number): string {
  const total = totalOf(all);
  if (!total) return `${name}: nothing was measured in both arms`;
  const { claimed, pairs, claimedShare, largest, typical } = total;
  return `${name}: apart by ${percent(typical)} typically, ${percent(largest)} at most; false positives beyond ${percent(floor, 1)}: ${claimed} of ${pairs} (${percent(claimedShare, 1)})`;
}
