/** Owns how a comparison reads on the page: names, changes, intervals. */

import type { BenchmarkComparison, Ratio } from '../../../harness/contracts/comparison.ts';
import { isNumber } from './units.ts';

/** A benchmark by WASI version, suite and case. */
export function comparedName({
  wasi,
  suite,
  case: id,
}: Pick<BenchmarkComparison, 'case' | 'suite' | 'wasi'>): string {
  return `${wasi} ${suite}/${id}`;
}

/** A ratio of costs as a change: `+3.1%`, `−0.5%`, `×12`, `÷40`. */
export function changeText(ratio: number): string {
  if (!isNumber(ratio) || ratio <= 0) return '—';
  if (ratio === 1) return '0%';
  if (ratio >= 2) return `×${digits(ratio)}`;
  if (ratio <= 0.5) return `÷${digits(1 / ratio)}`;
  const share = Math.abs(ratio - 1);
  const places = share < 0.0995 ? (Number.isInteger(Math.round(share * 1e6) / 1e4) ? 0 : 1) : 0;
  return `${ratio > 1 ? '+' : '−'}${(share * 100).toFixed(places)}%`;
}

/** An interval of ratios as changes. */
export const intervalText = ({ low, high }: Pick<Ratio, 'high' | 'low'>): string =>
  `${changeText(low)} to ${changeText(high)}`;

const digits = (number: number) =>
  number >= 100 ? number.toFixed(0) : String(Number(number.toPrecision(2)));
