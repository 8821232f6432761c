/** Owns what a gate prints: the table, each failure with the command that looks at it again, and the verdict. */

import type { BenchmarkComparison, Comparison, GateResult } from '../../harness/contracts/comparison.ts';
import { benchmarkName } from '../../harness/naming/benchmarkName.ts';
import { changeText, comparisonText, intervalText } from '../compare/text.ts';
import { EXIT } from '../exit.ts';
import { figureText } from '../figureText.ts';
import { PLAIN, shown, type Terminal } from '../terminal.ts';

const MOST_OUTCOMES = 20;

/** All that there is to say, the verdict last. */
export function gateText(comparison: Comparison, again: Again, terminal: Terminal = PLAIN): string {
  const { gate, benchmarks } = comparison;
  if (!gate) return comparisonText(comparison, terminal);
  const red = benchmarks.filter(({ verdict, waiver }) => verdict === 'regressed' && !waiver);
  return [
    comparisonText(comparison, terminal),
    ...red.map((one) => regressionText(one, again, terminal)),
    outcomesText(gate, terminal),
    verdictText(gate, terminal),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** The words that name the two sides on the command line. */
export interface Again {
  baseline: string;
  /** Undefined where the runner's own id says it. */
  candidate: string | undefined;
}

function regressionText(one: BenchmarkComparison, again: Again, { paint }: Terminal): string {
  const { first, confirming, floor, unit } = one;
  const values = `${figureText({ value: first.baseline, unit })} before, ${figureText({ value: first.candidate, unit })} now`;
  const blocks = [first, ...(confirming ? [confirming] : [])]
    .map(({ ratio }) => `${changeText(ratio.value)} (${intervalText(ratio)})`)
    .join(', again ');
  return [
    `${paint('red', 'regressed')}: ${shown(benchmarkName(one))} of ${shown(one.arms[1])}: ${values}; cost ${blocks}; floor ${Number((floor.share * 100).toPrecision(3))}%`,
    `  just this one again: ${againCommand(one, again)}`,
  ].join('\n');
}

/** The command that measures one benchmark again. */
export function againCommand(
  { suite, case: id, wasi, arms }: Pick<BenchmarkComparison, 'arms' | 'case' | 'suite' | 'wasi'>,
  { baseline, candidate = arms[1] }: Again,
): string {
  const words = [
    '--baseline',
    baseline,
    '--candidate',
    candidate,
    '--case',
    `${suite}/${id}`,
    '--wasi',
    wasi,
  ];
  return `wasimeter gate ${words.map(quoted).join(' ')}`;
}

/** As a shell takes it for one word. */
const quoted = (word: string) =>
  /^[\w./@:+=,-]+$/.test(word) ? word : `'${shown(word).replaceAll("'", "'\\''")}'`;

function outcomesText({ unexpected }: GateResult, { paint }: Terminal): string {
  if (unexpected.length === 0) return '';
  const lines = unexpected
    .slice(0, MOST_OUTCOMES)
    .map(({ suite, case: id, wasi, runner, outcome, reason }) => {
      const again = ['--runner', runner, '--case', `${suite}/${id}`, '--wasi', wasi].map(quoted).join(' ');
      return `  ${outcome} ${shown(`${runner} ${wasi} ${suite}/${id}: ${reason ?? ''}`)}\n    again: wasimeter run ${again}`;
    });
  const more = unexpected.length - lines.length;
  return [
    paint('red', `${unexpected.length} unexpected conformance outcomes:`),
    ...lines,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}

function verdictText({ exitCode, failOn, regressed, unexpected }: GateResult, { paint }: Terminal): string {
  const parts = [`${regressed} regressed`, `${unexpected.length} unexpected outcomes`].join(', ');
  if (exitCode === EXIT.fine) return `${paint('green', 'gate: passed')} (${parts})`;
  if (exitCode === EXIT.unsure)
    return `${paint('yellow', 'gate: can not be told')} (${parts}; fails on ${failOn.join(', ')})`;
  return `${paint('red', 'gate: failed')} (${parts})`;
}
