/** The short tables that a run prints at its end. */

import type { ConformanceRecord, Outcome, RunResult } from '../harness/contracts/run.ts';
import { breaksSandbox } from '../harness/contracts/sandbox.ts';
import { leavesOut } from '../harness/contracts/selection.ts';
import { selectionText } from '../harness/plan/selection.ts';
import { figureText } from './figureText.ts';
import { type Cell, table } from './table.ts';
import { type Paint, PLAIN, shown, type Terminal } from './terminal.ts';

/** Outcomes that nobody expects. */
export const UNEXPECTED_OUTCOMES: readonly Outcome[] = ['fail', 'xpass', 'timeout', 'crash', 'error'];

/** Outcomes and headline figures of a run as lines of text; whatever runtimes say is escaped. */
export function summaryText(run: RunResult, terminal: Terminal = PLAIN): string {
  return [
    selectionLine(run),
    sandboxLines(run, terminal),
    conformanceTable(run, terminal),
    figuresTable(run, terminal),
    noiseLines(run),
    missingLines(run),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Outcomes that no expectation names. */
export function unexpected(run: RunResult): number {
  return run.conformance.filter((one) => UNEXPECTED_OUTCOMES.includes(one.outcome)).length;
}

/** Sandbox cases that failed as no expectation says. */
export function escapes(run: RunResult): ConformanceRecord[] {
  return run.conformance.filter(breaksSandbox);
}

const MOST_ESCAPES = 10;

/** A guest that got out comes before everything else. */
function sandboxLines(run: RunResult, { paint }: Terminal): string {
  const found = escapes(run);
  if (found.length === 0) return '';
  const lines = found
    .slice(0, MOST_ESCAPES)
    .map((one) => `  ${one.runner} ${one.wasi} ${one.suite}/${one.case}: ${one.reason ?? one.outcome}`);
  const more = found.length > MOST_ESCAPES ? [`  and ${found.length - MOST_ESCAPES} more`] : [];
  return [
    paint('red', 'out of the sandbox, as no expectation says:'),
    ...[...lines, ...more].map((line) => shown(line)),
  ].join('\n');
}

/** What was run is said first where it was not all. */
function selectionLine({ config }: RunResult): string {
  const { selection } = config;
  if (selection && leavesOut(selection))
    return `only a selection was run: ${shown(selectionText(selection))}`;
  return selection?.covering
    ? `profile ${shown(config.profile)}: one case for each way in which a function can end; all cases: --profile conformance`
    : '';
}

function conformanceTable(run: RunResult, terminal: Terminal): string {
  // The system itself runs no cases.
  const rows = run.runners
    .filter(({ isFloor }) => !isFloor)
    .map((runner): Cell[] => {
      const own = run.conformance.filter((one) => one.runner === runner.id);
      const count = (...outcomes: Outcome[]) =>
        String(own.filter((one) => outcomes.includes(one.outcome)).length);
      // Only what asks for a look is coloured, and only where there is some of it.
      const marked = (paint: Paint, ...outcomes: Outcome[]): Cell => {
        const text = count(...outcomes);
        return text === '0' ? text : { text, paint };
      };
      return [
        runner.id,
        runner.version ?? 'not installed',
        count('pass'),
        count('xfail'),
        marked('red', 'fail'),
        marked('yellow', 'xpass'),
        marked('red', 'timeout', 'crash'),
        marked('red', 'error'),
        count('skip'),
      ];
    });
  const heads = ['runner', 'version', 'pass', 'expected fail', 'fail', 'unexpected pass'];
  return table([...heads, 'timeout/crash', 'error', 'skip'], rows, terminal);
}

function figuresTable(run: RunResult, terminal: Terminal): string {
  const runners = run.runners.filter((one) => one.status === 'measured').map((one) => one.id);
  const rows = new Map<string, Map<string, string>>();
  for (const one of run.performance.filter((figure) => figure.headline)) {
    const name = `${one.wasi} ${one.suite}/${one.case}`;
    const row = rows.get(name) ?? new Map<string, string>();
    row.set(one.runner, figureText(one) + (one.flags.includes('contaminated') ? ' ~' : ''));
    rows.set(name, row);
  }
  if (rows.size === 0) return '';
  return table(
    ['figure (when undisturbed)', ...runners],
    [...rows].map(([name, row]) => [name, ...runners.map((id) => row.get(id) ?? '-')]),
    terminal,
  );
}

function noiseLines(run: RunResult): string {
  const noisy = run.performance.filter((one) => one.headline && one.flags.includes('contaminated'));
  if (noisy.length === 0) return '';
  const runners = [...new Set(noisy.map((one) => `${one.runner} ${one.wasi}`))].join(', ');
  return `~ fewer than five processes had a quiet moment, the figure may be too high (${shown(runners)}): run again on a quieter machine`;
}

function missingLines(run: RunResult): string {
  const lines = run.runners
    .filter((one) => one.status === 'not-installed')
    .map((one) => `not installed: ${one.id}: ${one.reason ?? ''}`);
  const failed = run.notMeasured.filter((one) => one.reason.startsWith('only '));
  return [
    ...lines,
    ...failed.map((one) => `not measured: ${one.runner} ${one.wasi} ${one.case}: ${one.reason}`),
  ]
    .map(shown)
    .join('\n');
}
