/** Owns the forest plot: a row a benchmark, its ratio with the interval, the floor as a band around no change. */

import type { TopLevelSpec } from 'vega-lite';
import type { BenchmarkComparison, Verdict } from '../../../harness/contracts/comparison.ts';
import { shorten } from '../markup/visible.ts';
import { changeText, comparedName, intervalText } from '../model/comparison.ts';
import { isNumber } from '../model/units.ts';
import { labelsFor } from './axis.ts';
import type { Layout } from './dots.ts';
import { CHART_CONFIG, GRID, INK, MUTED, PAPER } from './style.ts';

const WIDTH = { wide: 900, narrow: 336 } as const;
const LEFT = { wide: 270, narrow: 12 } as const;
const RIGHT = { wide: 30, narrow: 16 } as const;
const ROW = { wide: 26, narrow: 40 } as const;
const LONGEST = { wide: 38, narrow: 42 } as const;

const INKS: Readonly<Record<Verdict, string>> = {
  regressed: 'var(--bad)',
  contaminated: 'var(--warn)',
  unsure: 'var(--warn)',
  improved: 'var(--pass)',
  unchanged: MUTED,
};
/** Steps around 1 that are marked, as ratios above it; each has its inverse below. */
const STEPS = [1.005, 1.01, 1.02, 1.05, 1.1, 1.2, 1.5, 2, 5, 10, 100, 1000, 10_000];
const MOST_STEPS = 3;
/** An axis that shows less would make noise look like news, one that shows more is no axis. */
const NARROWEST = 1.02;
const WIDEST = 100_000;

/** Whether a benchmark's ratio can stand on the axis. */
export function isDrawable({ first }: BenchmarkComparison): boolean {
  return Object.values(first.ratio).every((one) => isNumber(one) && one > 0);
}

/** The specification of the plot; undefined where there is nothing to draw. Strings in it are visible text. */
export function forestChart(all: readonly BenchmarkComparison[], layout: Layout): TopLevelSpec | undefined {
  const drawn = all.filter(isDrawable);
  if (drawn.length === 0) return undefined;
  const domain = domainOf(drawn);
  const inside = (ratio: number) => Math.min(Math.max(ratio, domain[0]), domain[1]);
  const ticks = ticksIn(domain[1], layout);
  const x = (field: string) =>
    ({
      field,
      type: 'quantitative',
      scale: { type: 'log', domain, nice: false },
      axis: {
        title: null,
        values: ticks,
        labelExpr: labelsFor(ticks, (tick: number) => changeText(tick)),
        grid: true,
        labelColor: INK,
      },
    }) as const;
  const y = {
    field: 'row',
    type: 'nominal',
    scale: { domain: drawn.map((_, index) => `k${index}`), paddingInner: 0.1, paddingOuter: 0.05 },
    axis: rowAxis(drawn, layout),
  } as const;
  // Where labels stand in the rows, everything else stands beneath them.
  const below = layout === 'narrow' ? { yOffset: 9 } : {};
  const ink = { field: 'ink', type: 'nominal', legend: null, scale: null } as const;
  return {
    width: WIDTH[layout] - LEFT[layout] - RIGHT[layout],
    height: ROW[layout] * drawn.length,
    padding: { left: LEFT[layout], right: RIGHT[layout], top: 4, bottom: 28 },
    autosize: 'none',
    config: CHART_CONFIG,
    data: {
      values: drawn.map((one, index) => ({
        row: `k${index}`,
        value: inside(one.first.ratio.value),
        low: inside(one.first.ratio.low),
        high: inside(one.first.ratio.high),
        floorLow: inside(1 - Math.min(one.floor.share, 0.999)),
        floorHigh: inside(1 + one.floor.share),
        ink: INKS[one.verdict] ?? MUTED,
        hollow: one.verdict === 'unsure' || one.verdict === 'contaminated',
        words: wordsFor(one),
      })),
    },
    layer: [
      {
        mark: {
          type: 'bar',
          color: GRID,
          opacity: 0.7,
          aria: false,
          ...below,
          ...(layout === 'narrow' ? { height: 16 } : {}),
        },
        encoding: { y, x: x('floorLow'), x2: { field: 'floorHigh' } },
      },
      {
        mark: { type: 'rule', color: MUTED, aria: false },
        encoding: { x: { datum: 1, type: 'quantitative' } },
      },
      {
        mark: { type: 'rule', strokeWidth: 2, aria: false, ...below },
        encoding: { y, x: x('low'), x2: { field: 'high' }, color: ink },
      },
      {
        mark: { type: 'point', size: 64, strokeWidth: 2, opacity: 1, ...below },
        encoding: {
          y,
          x: x('value'),
          stroke: ink,
          fill: { condition: { test: 'datum.hollow', value: PAPER }, ...ink },
          description: { field: 'words', type: 'nominal' },
        },
      },
    ],
  };
}

/** Symmetric around no change, so that a gain looks as large as the loss that undoes it. */
function domainOf(drawn: readonly BenchmarkComparison[]): [number, number] {
  const ends = drawn.flatMap(({ first, floor }) => [1 / first.ratio.low, first.ratio.high, 1 + floor.share]);
  const far = ends.reduce((most, one) => Math.max(most, one), NARROWEST);
  const end = Math.min(far ** 1.1, WIDEST);
  return [1 / end, end];
}

function ticksIn(end: number, layout: Layout): number[] {
  const most = layout === 'narrow' ? 1 : MOST_STEPS;
  const within = STEPS.filter((step) => step <= end);
  // The farthest ones, but not so close that their labels meet.
  const apart = within
    .toReversed()
    .filter((step, index, all) => index === 0 || Math.log(all[index - 1]! / step) / Math.log(end) > 0.12);
  const steps = apart.slice(0, most).toReversed();
  return [...steps.map((step) => 1 / step).toReversed(), 1, ...steps];
}

function rowAxis(rows: readonly BenchmarkComparison[], layout: Layout) {
  const above =
    layout === 'narrow'
      ? ({ labelAlign: 'left', labelPadding: -2, labelOffset: 11 - ROW.narrow / 2 } as const)
      : {};
  return {
    title: null,
    grid: false,
    tickBand: 'extent',
    labelLimit: 0,
    labelExpr: labelsFor(
      rows.map((_, index) => `k${index}`),
      (key: string) => shorten(comparedName(rows[Number(key.slice(1))]!), LONGEST[layout]),
    ),
    ...above,
  } as const;
}

const wordsFor = (one: BenchmarkComparison) =>
  shorten(
    `${comparedName(one)}: ${one.verdict}, cost ${changeText(one.first.ratio.value)}, interval ${intervalText(one.first.ratio)}`,
    200,
  );
