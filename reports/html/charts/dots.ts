/** Owns the dot chart: one row a thing measured, a dot and its interval a runner, on a logarithmic axis. */

import type { TopLevelSpec } from 'vega-lite';
import { shorten } from '../markup/visible.ts';
import { type FigureRow, shortName } from '../model/figures.ts';
import type { Roster } from '../model/roster.ts';
import { colourOf, shapeOf } from '../theme/palette.ts';
import { type LogAxis, labelsFor } from './axis.ts';
import { datumOf, isDrawable, seatsOf } from './figure-data.ts';
import { CHART_CONFIG, GRID, INK, PAPER } from './style.ts';

/** How wide a drawing is: `wide` with labels to the left, `narrow` for phones with labels above each row's dots. */
export type Layout = 'wide' | 'narrow';

const WIDTH = { wide: 900, narrow: 336 } as const;
const RIGHT = { wide: 30, narrow: 16 } as const;
const CHARACTER = 7;
const LONGEST = { wide: 36, narrow: 42 } as const;
const LABEL_LANE = 'label';

/** The width that the longest label of all these rows wants, so that charts beneath each other align. */
export function labelWidth(rows: readonly FigureRow[]): number {
  const longest = rows.reduce(
    (most, row) => Math.max(most, shorten(shortName(row.label), LONGEST.wide).length),
    0,
  );
  return Math.max(80, longest * CHARACTER + 16);
}

/** The specification of a dot chart, or undefined where there is nothing to draw. */
export function dotChart(
  rows: readonly FigureRow[],
  roster: Roster,
  axis: LogAxis,
  layout: Layout,
  labels = labelWidth(rows),
): TopLevelSpec | undefined {
  const drawn = rows
    .map((row) => ({ ...row, figures: row.figures.filter(isDrawable) }))
    .filter((row) => row.figures.length > 0);
  if (drawn.length === 0) return undefined;
  const seats = seatsOf(drawn, roster);
  const narrow = layout === 'narrow';
  const left = narrow ? 12 : labels;
  const runners = seats.map((seat) => seat.key);
  const lanes = narrow ? [LABEL_LANE, ...runners] : runners;
  const rowHeight = Math.max(26, lanes.length * (lanes.length > 7 ? 9 : 12) + (narrow ? 18 : 8));
  const colour = {
    field: 'runner',
    type: 'nominal',
    legend: null,
    scale: { domain: runners, range: seats.map((seat) => colourOf(seat.index)) },
  } as const;
  return {
    width: WIDTH[layout] - left - RIGHT[layout],
    height: rowHeight * drawn.length,
    padding: { left, right: RIGHT[layout], top: 4, bottom: 28 },
    autosize: 'none',
    config: CHART_CONFIG,
    data: {
      values: drawn.flatMap((row, index) =>
        row.figures.map((one) => ({ row: `k${index}`, ...datumOf(one, row.label, roster, axis) })),
      ),
    },
    encoding: {
      y: {
        field: 'row',
        type: 'nominal',
        scale: { domain: drawn.map((_, index) => `k${index}`), paddingInner: 0.1, paddingOuter: 0.05 },
        axis: rowAxis(drawn, rowHeight, layout),
      },
      yOffset: { field: 'runner', type: 'nominal', scale: { domain: lanes, paddingOuter: 0.5 } },
    },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2, aria: false },
        encoding: { x: { field: 'low', ...valueAxis(axis) }, x2: { field: 'high' }, color: colour },
      },
      {
        mark: { type: 'point', size: 64, strokeWidth: 2, opacity: 1 },
        encoding: {
          x: { field: 'value', ...valueAxis(axis) },
          stroke: colour,
          fill: { condition: { test: 'datum.flagged', value: PAPER }, ...colour },
          shape: {
            field: 'runner',
            type: 'nominal',
            legend: null,
            scale: { domain: runners, range: seats.map((seat) => shapeOf(seat.index)) },
          },
          description: { field: 'words', type: 'nominal' },
        },
      },
    ],
  };
}

function rowAxis(rows: readonly FigureRow[], rowHeight: number, layout: Layout) {
  const above =
    layout === 'narrow'
      ? ({ labelAlign: 'left', labelPadding: -2, labelOffset: 13 - rowHeight / 2 } as const)
      : {};
  return {
    title: null,
    grid: true,
    gridColor: GRID,
    tickBand: 'extent',
    // Labels are cut here: vega's own estimate of their width takes every letter for a wide one.
    labelLimit: 0,
    labelExpr: labelsFor(
      rows.map((_, index) => `k${index}`),
      (key: string) => shorten(shortName(rows[Number(key.slice(1))]?.label ?? ''), LONGEST[layout]),
    ),
    ...above,
  } as const;
}

function valueAxis(axis: LogAxis) {
  return {
    type: 'quantitative',
    scale: { type: 'log', domain: axis.domain, nice: false },
    axis: { title: null, values: axis.ticks, labelExpr: axis.labelExpr, grid: true, labelColor: INK },
  } as const;
}
