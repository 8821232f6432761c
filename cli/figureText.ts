/** Owns how a figure is written on a terminal. */

import type { PerformanceRecord } from '../harness/contracts/run.ts';

/** A figure with its unit, three digits; rates and sizes in binary units, as on the page. */
export function figureText({ value, unit }: Pick<PerformanceRecord, 'value' | 'unit'>): string {
  const [base, names] =
    unit === 'ns' ? ([1000, ['ns', 'µs', 'ms', 's']] as const) : ([1024, ['', 'Ki', 'Mi', 'Gi']] as const);
  const step = Math.min(
    names.length - 1,
    Math.max(0, Math.floor(Math.log(Math.max(value, 1)) / Math.log(base))),
  );
  return `${Number((value / base ** step).toPrecision(3))} ${names[step]}${unit === 'ns' ? '' : unit}`;
}
