/** Owns the dot chart: one row a thing measured, a dot and its interval a runner, on a logarithmic axis. */

import type { TopLevelSpec } from 'vega-lite';
import type { PerformanceRecord } from '../../../harness/contracts/run.ts';
import { shorten } from '../markup/visible.ts';
import type { FigureRow } from '../model/figures.ts';
import type { Roster, Seat } from '../model/roster.ts';
import { formatInterval, formatValue, isNumber, type Unit } from '../model/units.ts';
import { colourOf, shapeOf } from '../theme/palette.ts';
import { type LogAxis, labelsFor } from './axis.ts';
import { CHART_CONFIG, GRID, INK, PAPER } from './style.ts';

const LABELS = 250;
const PLOT = 620;
const LABEL_CHARACTERS = 38;
const LANE = 10;

/** Whether a figure can stand on a logarithmic axis. */
export function isDrawable(record: PerformanceRecord): boolean {
  return isNumber(record.value) && record.value > 0;
}

/** All the numbers of figures that an axis has to show. */
export function extentOf(rows: readonly FigureRow[]): number[] {
  return rows.flatMap((row) =>
    row.figures.filter(isDrawable).flatMap((one) => [one.value, one.ciLow, one.ciHigh]),
  );
}

/** The specification of a dot chart, or undefined where there is nothing to draw. */
export function dotChart(
  rows: readonly FigureRow[],
  roster: Roster,
  axis: LogAxis,
): TopLevelSpec | undefined {
  const drawn = rows
    .map((row) => ({ ...row, figures: row.figures.filter(isDrawable) }))
    .filter((row) => row.figures.length > 0);
  if (drawn.length === 0) return undefined;
  const seats = seatsOf(drawn, roster);
  const keys = drawn.map((_, index) => `k${index}`);
  const lanes = seats.map((seat) => seat.key);
  const rowHeight = Math.max(24, seats.length * LANE + 10);
  const colour = { field: 'runner', type: 'nominal', legend: null } as const;
  const colours = { domain: lanes, range: seats.map((seat) => colourOf(seat.index)) };
  return {
    width: PLOT,
    height: rowHeight * drawn.length,
    padding: { left: LABELS, right: 30, top: 4, bottom: 48 },
    autosize: 'none',
    config: CHART_CONFIG,
    data: {
      values: drawn.flatMap((row, index) =>
        row.figures.map((one) => datum(one, `k${index}`, row, roster, axis)),
      ),
    },
    encoding: {
      y: {
        field: 'row',
        type: 'nominal',
        scale: { domain: keys, paddingInner: 0.2, paddingOuter: 0.1 },
        axis: {
          title: null,
          grid: true,
          gridColor: GRID,
          tickBand: 'extent',
          labelLimit: LABELS - 12,
          labelExpr: labelsFor(keys, (key: string) =>
            shorten(drawn[Number(key.slice(1))]?.label ?? '', LABEL_CHARACTERS),
          ),
        },
      },
      yOffset: { field: 'runner', type: 'nominal', scale: { domain: lanes, paddingOuter: 0.5 } },
    },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2, aria: false },
        encoding: {
          x: { field: 'low', ...quantity(axis) },
          x2: { field: 'high' },
          color: { ...colour, scale: colours },
        },
      },
      {
        mark: { type: 'point', size: 64, strokeWidth: 2, opacity: 1 },
        encoding: {
          x: { field: 'value', ...quantity(axis) },
          stroke: { ...colour, scale: colours },
          fill: { condition: { test: 'datum.flagged', value: PAPER }, ...colour, scale: colours },
          shape: {
            field: 'runner',
            type: 'nominal',
            legend: null,
            scale: { domain: lanes, range: seats.map((seat) => shapeOf(seat.index)) },
          },
          description: { field: 'words', type: 'nominal' },
        },
      },
    ],
  };
}

/** The runners that have a figure here, in the run's order. */
export function seatsOf(rows: readonly FigureRow[], roster: Roster): Seat[] {
  const ids = new Set(rows.flatMap((row) => row.figures.map((one) => one.runner)));
  return roster.seats.filter((seat) => ids.has(seat.id));
}

/** What a mark says when pointed at. */
export function wordsFor(record: PerformanceRecord, label: string): string {
  const interval = formatInterval(record.ciLow, record.ciHigh, record.unit);
  const flags = record.flags.length > 0 ? ` (${record.flags.join(', ')})` : '';
  return shorten(
    `${record.runner}, ${label}: ${formatValue(record.value, record.unit)}, interval ${interval}${flags}`,
    200,
  );
}

function quantity(axis: LogAxis) {
  return {
    type: 'quantitative',
    scale: { type: 'log', domain: axis.domain, nice: false },
    axis: { title: null, values: axis.ticks, labelExpr: axis.labelExpr, grid: true, labelColor: INK },
  } as const;
}

function datum(record: PerformanceRecord, key: string, row: FigureRow, roster: Roster, axis: LogAxis) {
  // An interval that reaches below zero (the loop's cost was subtracted) ends at the chart's edge.
  const inside = (end: number): number =>
    isNumber(end) ? Math.min(Math.max(end, axis.domain[0]), axis.domain[1]) : record.value;
  return {
    row: key,
    runner: roster.of(record.runner).key,
    value: record.value,
    low: inside(record.ciLow),
    high: inside(record.ciHigh),
    flagged: record.flags.length > 0,
    words: wordsFor(record, row.label),
  };
}

/** The unit of a group of figures; they share one. */
export function unitOf(rows: readonly FigureRow[]): Unit {
  return rows[0]?.figures[0]?.unit ?? 'ns';
}
