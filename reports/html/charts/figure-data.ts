/** Owns what charts take from a figure: whether it can be drawn, its place, and the words it shows when pointed at. */

import type { PerformanceRecord } from '../../../harness/contracts/run.ts';
import { shorten } from '../markup/visible.ts';
import type { FigureRow } from '../model/figures.ts';
import type { Roster, Seat } from '../model/roster.ts';
import { formatInterval, formatValue, isNumber, type Unit } from '../model/units.ts';
import type { LogAxis } from './axis.ts';

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

/** The runners that have a figure here, in the run's order. */
export function seatsOf(rows: readonly FigureRow[], roster: Roster): Seat[] {
  const ids = new Set(rows.flatMap((row) => row.figures.map((one) => one.runner)));
  return roster.seats.filter((seat) => ids.has(seat.id));
}

/** The unit of a group of figures; they share one. */
export function unitOf(rows: readonly FigureRow[]): Unit {
  return rows[0]?.figures[0]?.unit ?? 'ns';
}

/** A figure as a datum of a chart; every string in it is visible text or made here. */
export function datumOf(record: PerformanceRecord, label: string, roster: Roster, axis: LogAxis) {
  // An interval that reaches below zero (the loop's cost was subtracted) ends at the chart's edge.
  const inside = (end: number): number =>
    isNumber(end) ? Math.min(Math.max(end, axis.domain[0]), axis.domain[1]) : record.value;
  return {
    runner: roster.of(record.runner).key,
    value: record.value,
    low: inside(record.ciLow),
    high: inside(record.ciHigh),
    flagged: record.flags.length > 0,
    words: wordsFor(record, label),
  };
}

function wordsFor(record: PerformanceRecord, label: string): string {
  const interval = formatInterval(record.ciLow, record.ciHigh, record.unit);
  const flags = record.flags.length > 0 ? ` (${record.flags.join(', ')})` : '';
  return shorten(
    `${record.runner}, ${label}: ${formatValue(record.value, record.unit)}, interval ${interval}${flags}`,
    200,
  );
}
