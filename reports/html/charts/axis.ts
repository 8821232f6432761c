/** Owns logarithmic axes: a domain around the figures, and few ticks at round values in human units. */

import { formatRound, isNumber, type Unit } from '../model/units.ts';

export interface LogAxis {
  domain: [number, number];
  ticks: number[];
  /** A vega expression that labels the tick `datum.value`. */
  labelExpr: string;
}

/** Steps within one decade, from few to many. */
const DECIMAL_STEPS = [[1], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 4, 5, 6, 8]];
const BINARY_EXPONENTS = [10, 5, 4, 2, 1];
const ENOUGH = 3;
const NARROWEST = { ns: 3, B: 6, 'B/s': 6 } as const;

/** The axis that shows all the values; those that a logarithm can't show are passed over. */
export function logAxis(
  values: readonly number[],
  unit: Unit,
  label: (value: number) => string = (value) => formatRound(value, unit),
): LogAxis {
  const shown = values.filter((value) => isNumber(value) && value > 0);
  const low = shown.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = shown.reduce((a, b) => Math.max(a, b), 0);
  const domain =
    shown.length === 0 ? ([1, 1000] as [number, number]) : widen(low, high, NARROWEST[unit] ?? 3);
  const ticks = unit === 'ns' ? decimalTicks(domain) : binaryTicks(domain);
  return { domain, ticks, labelExpr: labelsFor(ticks, label) };
}

/** An expression that looks a tick's label up: labels are made here, so that vega need not know the units. */
export function labelsFor(keys: readonly (number | string)[], label: (key: never) => string): string {
  // vega looks bare strings of an expression up in its own tables, and ends on `constructor`: no label stands bare.
  const labels = keys.map((key) => [String(key), '~' + label(key as never)] as const);
  return `substring((${JSON.stringify(Object.fromEntries(labels))})[datum.value] || "", 1)`;
}

function widen(low: number, high: number, narrowest: number): [number, number] {
  // A little air at both ends, and never so narrow that noise fills the whole width.
  const stretch = Math.max(1.15, Math.sqrt(narrowest / (high / low)));
  return [low / stretch, high * stretch];
}

function decimalTicks([low, high]: [number, number]): number[] {
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  let ticks: number[] = [];
  for (const steps of DECIMAL_STEPS) {
    ticks = [];
    for (let exponent = from; exponent <= to; exponent += 1) {
      for (const step of steps) ticks.push(Number(`${step}e${exponent}`));
    }
    ticks = ticks.filter((tick) => tick >= low && tick <= high);
    if (ticks.length >= ENOUGH) break;
  }
  return ticks;
}

function binaryTicks([low, high]: [number, number]): number[] {
  let ticks: number[] = [];
  for (const step of BINARY_EXPONENTS) {
    ticks = [];
    for (let n = Math.ceil(Math.log2(low) / step) * step; n <= Math.log2(high); n += step) ticks.push(2 ** n);
    if (ticks.length >= ENOUGH) break;
  }
  return ticks;
}
