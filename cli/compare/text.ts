/** Owns how a comparison reads on a terminal: the evidence as a table, then what is to be known beside it. */

import type { BenchmarkComparison, Comparison, Ratio, Verdict } from '../../harness/contracts/comparison.ts';
import { benchmarkName } from '../../harness/naming/benchmarkName.ts';
import { figureText } from '../figureText.ts';
import { type Cell, table } from '../table.ts';
import { type Paint, PLAIN, shown, type Terminal } from '../terminal.ts';

const PAINTS: Readonly<Record<Verdict, Paint | undefined>> = {
  regressed: 'red',
  contaminated: 'yellow',
  unsure: 'yellow',
  improved: 'green',
  unchanged: undefined,
};

/** The rows sorted by evidence, notices below. */
export function comparisonText(comparison: Comparison, terminal: Terminal = PLAIN): string {
  const { benchmarks, notices, notCompared } = comparison;
  const several = new Set(benchmarks.map(({ arms }) => arms.join(' '))).size > 1;
  const rows = benchmarks.map((one): Cell[] => [
    benchmarkName(one),
    ...(several ? [one.arms[1]] : []),
    verdictCell(one),
    figureText({ value: one.first.baseline, unit: one.unit }),
    figureText({ value: one.first.candidate, unit: one.unit }),
    changeText(one.first.ratio.value),
    intervalText(one.first.ratio),
    pText(one.first.holmP),
    `±${percent(one.floor.share)}`,
  ]);
  const [before, now] = several ? ['before', 'now'] : (benchmarks[0]?.arms ?? ['before', 'now']);
  const twins = before === now ? ['before', 'now'] : [before!, now!];
  const heads = ['benchmark', ...(several ? ['runner'] : []), 'verdict', ...twins];
  return [
    rows.length > 0
      ? table([...heads, 'cost', 'interval (95%)', 'p (Holm)', 'floor'], rows, terminal, several ? 3 : 2)
      : '',
    countsText(comparison),
    [
      ...notices.map((text) => `! ${text}`),
      ...benchmarks.flatMap((one) => one.notices.map((text) => `! ${benchmarkName(one)}: ${text}`)),
      ...notCompared.map(
        ({ wasi, suite, case: id, runner, reason }) =>
          `not compared: ${wasi} ${suite}/${id} of ${runner}: ${reason}`,
      ),
    ]
      .map(shown)
      .join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function verdictCell({ verdict, waiver }: BenchmarkComparison): Cell {
  if (waiver) return `${verdict}, waived`;
  const paint = PAINTS[verdict];
  return paint ? { text: verdict, paint } : verdict;
}

/** How many came to what. */
function countsText({ benchmarks }: Comparison): string {
  const counts = Map.groupBy(benchmarks, ({ verdict }) => verdict);
  const parts = [...counts].map(([verdict, own]) => `${own.length} ${verdict}`);
  return `${benchmarks.length} compared: ${parts.join(', ') || 'nothing'}`;
}

/** A ratio of costs as a change: `+3.1%`. */
export function changeText(ratio: number): string {
  const share = ratio - 1;
  if (share > 9) return `x${Number(ratio.toPrecision(3))}`;
  return `${share >= 0 ? '+' : '-'}${percent(Math.abs(share))}`;
}

/** An interval as changes: `+2.1% .. +4.0%`. */
export const intervalText = ({ low, high }: Pick<Ratio, 'low' | 'high'>) =>
  `${changeText(low)} .. ${changeText(high)}`;

const percent = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 2 : 1)}%`;
const pText = (p: number) => (p < 0.001 ? '<0.001' : p.toFixed(3));
