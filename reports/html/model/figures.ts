/** Owns how performance records are grouped and compared: one row a function and its parameters, one figure a runner. */

import type { Metric, PerformanceRecord, RunResult } from '../../../harness/contracts/run.ts';
import { orderWasi } from './roster.ts';
import { formatSize, isNumber } from './units.ts';

/** One thing measured, on every runner that could. */
export interface FigureRow {
  label: string;
  title: string;
  figures: readonly PerformanceRecord[];
}

export interface FigureGroup {
  suite: string;
  wasi: string;
  rows: readonly FigureRow[];
}

/** The run's figures of one metric by WASI version and suite. */
export function groupFigures(run: RunResult, metric: Metric): FigureGroup[] {
  return groupRecords(run.performance.filter((record) => record.metric === metric));
}

/** Groups figures by WASI version, suite, and then row. */
export function groupRecords(records: readonly PerformanceRecord[]): FigureGroup[] {
  const byWasi = Map.groupBy(records, (record) => record.wasi as string);
  return orderWasi(byWasi.keys()).flatMap((wasi) =>
    [...Map.groupBy(byWasi.get(wasi) ?? [], (record) => record.suite)].map(([suite, found]) => ({
      suite,
      wasi,
      rows: rowsOf(found),
    })),
  );
}

/** The rows of one group of figures, in the run's order. */
export function rowsOf(records: readonly PerformanceRecord[]): FigureRow[] {
  const grouped = Map.groupBy(records, (record) => JSON.stringify([record.case, record.parameters]));
  return [...grouped.values()].map((figures) => ({
    label: figures[0] ? labelOf(figures[0]) : '',
    title: figures[0]?.title ?? '',
    figures,
  }));
}

/** A case with its parameters: `fd_read, 4 KiB`. */
export function labelOf(record: PerformanceRecord, leaveOut?: string): string {
  const parameters = Object.entries(record.parameters)
    .filter(([name]) => name !== leaveOut)
    .map(([name, value]) => (name === 'bytes' && isNumber(value) ? formatSize(value) : `${name}=${value}`));
  return [stemOf(record), ...parameters].join(', ');
}

/** A case's name without a parameter that it ends in: `random_get` of `random_get/4096` with 4096 bytes. */
export function stemOf(record: PerformanceRecord): string {
  const cut = record.case.lastIndexOf('/');
  const last = record.case.slice(cut + 1);
  return cut > 0 && Object.values(record.parameters).some((value) => String(value) === last)
    ? record.case.slice(0, cut)
    : record.case;
}

/** A label without its package: `descriptor.stat` of `wasi:filesystem/types#[method]descriptor.stat`. */
export function shortName(label: string): string {
  const [, within, name] = /^wasi:[^#]*?([^/#]*)#(.*)$/s.exec(label) ?? [];
  if (name === undefined) return label;
  const plain = name.replace(/^\[[^\]]*\]/, '');
  return plain.includes('.') ? plain : `${within}#${plain}`;
}

/** How many times the operating system's own figure a figure is; nothing where there is none, and for itself. */
export function overFloor(record: PerformanceRecord, row: FigureRow, floorId?: string): string {
  const floor = row.figures.find((one) => one.runner === floorId);
  if (!floor || floor === record || !(floor.value > 0) || !isNumber(record.value)) return '';
  return `× ${formatRatio(record.value / floor.value)} of the system’s own`;
}

/** How a figure stands to the best of its row, where their intervals allow telling; `floorId` is no runtime, and out of the comparison. */
export function compare(record: PerformanceRecord, row: FigureRow, floorId?: string): string {
  const usable = row.figures.filter((one) => isNumber(one.value) && one.value > 0 && one.runner !== floorId);
  if (usable.length < 2 || !usable.includes(record)) return '';
  const higher = record.better === 'higher';
  const best = usable.reduce((a, b) => (higher === b.value > a.value ? b : a));
  const word = higher ? 'highest' : 'lowest';
  if (record === best) return word;
  if (overlap(record, best)) return `not told apart from the ${word}`;
  const ratio = higher ? best.value / record.value : record.value / best.value;
  return higher ? `÷ ${formatRatio(ratio)}` : `× ${formatRatio(ratio)}`;
}

function overlap(a: PerformanceRecord, b: PerformanceRecord): boolean {
  return a.ciLow <= b.ciHigh && b.ciLow <= a.ciHigh;
}

function formatRatio(ratio: number): string {
  return ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2);
}
