/** The short tables that a run prints at its end. */

import type { Outcome, PerformanceRecord, RunResult } from '../harness/contracts/run.ts';

const OF_NOTE: readonly Outcome[] = ['fail', 'xpass', 'timeout', 'crash', 'error'];

/** Outcomes and headline figures of a run as lines of text. */
export function summaryText(run: RunResult): string {
  return [conformanceTable(run), figuresTable(run), noiseLines(run), missingLines(run)]
    .filter(Boolean)
    .join('\n\n');
}

/** Outcomes that no expectation names. */
export function unexpected(run: RunResult): number {
  return run.conformance.filter((one) => OF_NOTE.includes(one.outcome)).length;
}

function conformanceTable(run: RunResult): string {
  const rows = run.runners.map((runner) => {
    const own = run.conformance.filter((one) => one.runner === runner.id);
    const count = (...outcomes: Outcome[]) =>
      String(own.filter((one) => outcomes.includes(one.outcome)).length);
    return [
      runner.id,
      runner.version ?? 'not installed',
      count('pass'),
      count('xfail'),
      count('fail'),
      count('xpass'),
      count('timeout', 'crash'),
      count('error'),
      count('skip'),
    ];
  });
  return table([
    [
      'runner',
      'version',
      'pass',
      'expected fail',
      'fail',
      'unexpected pass',
      'timeout/crash',
      'error',
      'skip',
    ],
    ...rows,
  ]);
}

function figuresTable(run: RunResult): string {
  const runners = run.runners.filter((one) => one.status === 'measured').map((one) => one.id);
  const rows = new Map<string, Map<string, string>>();
  for (const one of run.performance.filter((figure) => figure.headline)) {
    const name = `${one.wasi} ${one.suite}/${one.case}`;
    const row = rows.get(name) ?? new Map<string, string>();
    row.set(one.runner, figureText(one) + (one.flags.includes('contaminated') ? ' ~' : ''));
    rows.set(name, row);
  }
  if (rows.size === 0) return '';
  return table([
    ['figure (at best: lower quartile over processes)', ...runners],
    ...[...rows].map(([name, row]) => [name, ...runners.map((id) => row.get(id) ?? '-')]),
  ]);
}

/** A figure with its unit, three digits; rates in binary units, as on the page. */
export function figureText({ value, unit }: Pick<PerformanceRecord, 'value' | 'unit'>): string {
  const [base, names] =
    unit === 'ns' ? ([1000, ['ns', 'µs', 'ms', 's']] as const) : ([1024, ['', 'Ki', 'Mi', 'Gi']] as const);
  const step = Math.min(
    names.length - 1,
    Math.max(0, Math.floor(Math.log(Math.max(value, 1)) / Math.log(base))),
  );
  return `${Number((value / base ** step).toPrecision(3))} ${names[step]}${unit === 'ns' ? '' : unit}`;
}

function noiseLines(run: RunResult): string {
  const noisy = run.performance.filter((one) => one.headline && one.flags.includes('contaminated'));
  if (noisy.length === 0) return '';
  const runners = [...new Set(noisy.map((one) => `${one.runner} ${one.wasi}`))].join(', ');
  return `~ fewer than five processes had a quiet moment, the figure may be too high (${runners}): run again on a quieter machine`;
}

function missingLines(run: RunResult): string {
  const lines = run.runners
    .filter((one) => one.status === 'not-installed')
    .map((one) => `not installed: ${one.id}: ${one.reason ?? ''}`);
  const failed = run.notMeasured.filter((one) => one.reason.startsWith('only '));
  return [
    ...lines,
    ...failed.map((one) => `not measured: ${one.runner} ${one.wasi} ${one.case}: ${one.reason}`),
  ].join('\n');
}

function table(rows: string[][]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}
