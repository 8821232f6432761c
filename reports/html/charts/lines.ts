/** Owns the line chart: a rate over size, a line a runner with its interval as a band, both axes logarithmic. */

import type { TopLevelSpec } from 'vega-lite';
import type { PerformanceRecord } from '../../../harness/contracts/run.ts';
import { labelOf } from '../model/figures.ts';
import type { Roster } from '../model/roster.ts';
import { formatSize, isNumber } from '../model/units.ts';
import { colourOf, shapeOf } from '../theme/palette.ts';
import { type LogAxis, labelsFor, logAxis } from './axis.ts';
import { datumOf, isDrawable } from './figure-data.ts';
import { CHART_CONFIG, MUTED, PAPER } from './style.ts';

const WIDTH = 400;
const HEIGHT = 220;
const MOST_TICKS = 6;

/** The parameter that a sweep varies: `bytes`, else the first numeric one; undefined where there is none. */
export function sweptBy(record: PerformanceRecord): string | undefined {
  const numeric = Object.keys(record.parameters).filter((name) => isNumber(record.parameters[name]));
  return numeric.find((name) => name === 'bytes') ?? numeric[0];
}

/** Whether a figure has a place in a line chart. */
export function isSweep(record: PerformanceRecord): boolean {
  const by = sweptBy(record);
  return by !== undefined && Number(record.parameters[by]) > 0;
}

/** The specification of a line chart of one case, or undefined where there is nothing to draw. */
export function lineChart(records: readonly PerformanceRecord[], roster: Roster): TopLevelSpec | undefined {
  const drawn = records.filter((one) => isDrawable(one) && isSweep(one));
  const first = drawn[0];
  if (!first) return undefined;
  const by = sweptBy(first) ?? 'bytes';
  const seats = roster.seats.filter((seat) => drawn.some((one) => one.runner === seat.id));
  const keys = seats.map((seat) => seat.key);
  const size = (one: PerformanceRecord): number => Number(one.parameters[sweptBy(one) ?? by]);
  const along = sizeAxis(drawn.map(size), by);
  const up = logAxis(
    drawn.flatMap((one) => [one.value, one.ciLow, one.ciHigh]),
    first.unit,
  );
  const colour = {
    field: 'runner',
    type: 'nominal',
    legend: null,
    scale: { domain: keys, range: seats.map((seat) => colourOf(seat.index)) },
  } as const;
  const y = {
    type: 'quantitative',
    scale: { type: 'log', domain: up.domain, nice: false },
    axis: { title: null, values: up.ticks, labelExpr: up.labelExpr, grid: true },
  } as const;
  return {
    width: WIDTH,
    height: HEIGHT,
    padding: { left: 76, right: 24, top: 10, bottom: 50 },
    autosize: 'none',
    config: CHART_CONFIG,
    data: {
      values: drawn.map((one) => ({
        size: size(one),
        ...datumOf(one, labelOf(one), roster, up),
      })),
    },
    encoding: {
      x: {
        field: 'size',
        type: 'quantitative',
        scale: { type: 'log', base: 2, domain: along.domain, nice: false },
        axis: {
          title: by === 'bytes' ? 'bytes a call' : 'size',
          titleColor: MUTED,
          values: along.ticks,
          labelExpr: along.labelExpr,
          grid: false,
          labelFlush: false,
        },
      },
    },
    layer: [
      {
        mark: { type: 'area', opacity: 0.2, aria: false },
        encoding: { y: { field: 'low', ...y }, y2: { field: 'high' }, color: colour },
      },
      {
        mark: { type: 'line', strokeWidth: 2, aria: false },
        encoding: { y: { field: 'value', ...y }, color: colour },
      },
      {
        mark: { type: 'point', size: 48, strokeWidth: 2, opacity: 1 },
        encoding: {
          y: { field: 'value', ...y },
          stroke: colour,
          fill: { condition: { test: 'datum.flagged', value: PAPER }, ...colour },
          shape: {
            field: 'runner',
            type: 'nominal',
            legend: null,
            scale: { domain: keys, range: seats.map((seat) => shapeOf(seat.index)) },
          },
          description: { field: 'words', type: 'nominal' },
        },
      },
    ],
  };
}

/** Few sizes are their own ticks; many get round ones. */
function sizeAxis(sizes: readonly number[], by: string): LogAxis {
  const label = by === 'bytes' ? formatSize : String;
  const axis = logAxis(sizes, 'B', label);
  const own = [...new Set(sizes)].toSorted((a, b) => a - b);
  return own.length > MOST_TICKS ? axis : { ...axis, ticks: own, labelExpr: labelsFor(own, label) };
}
