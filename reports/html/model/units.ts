/** Owns how figures read: three significant digits with the unit a person would choose. */

import type { PerformanceRecord } from '../../../harness/contracts/run.ts';

export type Unit = PerformanceRecord['unit'];

const NONE = '—';
const SCALES: Readonly<Record<Unit, { base: number; names: readonly string[] }>> = {
  ns: { base: 1000, names: ['ns', 'µs', 'ms', 's'] },
  B: { base: 1024, names: ['B', 'KiB', 'MiB', 'GiB', 'TiB'] },
  'B/s': { base: 1024, names: ['B/s', 'KiB/s', 'MiB/s', 'GiB/s', 'TiB/s'] },
};

/** A figure with its unit: `142 ns`, `1.25 µs`, `3.40 MiB/s`; a dash for what is not a number. */
export function formatValue(value: number | undefined, unit: Unit): string {
  const parts = scale(value, unit);
  return parts ? `${parts.digits} ${parts.name}` : NONE;
}

/** An interval, its unit named once where both ends share it: `140–147 ns`. */
export function formatInterval(low: number, high: number, unit: Unit): string {
  const from = scale(low, unit);
  const to = scale(high, unit);
  if (!from || !to) return NONE;
  return from.name === to.name
    ? `${from.digits}–${to.digits} ${to.name}`
    : `${from.digits} ${from.name} – ${to.digits} ${to.name}`;
}

/** A round value as its writers say it, without empty digits: `1 µs`, `1.5 ms`, `32 MiB`. */
export function formatRound(value: number, unit: Unit): string {
  return formatValue(value, unit)
    .replace(/\.0+ /, ' ')
    .replace(/(\.\d*[1-9])0+ /, '$1 ');
}

/** A size as its writers say it: `4 KiB`. */
export function formatSize(bytes: number): string {
  return formatRound(bytes, 'B');
}

/** A share between 0 and 1 as a percentage. */
export function formatShare(share: number): string {
  return isNumber(share) ? `${Math.round(share * 100)}%` : NONE;
}

/** A whole number with thin groups, for counts. */
export function formatCount(count: number): string {
  return isNumber(count) ? count.toLocaleString('en-GB') : NONE;
}

/** `1 case`, `2 cases`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Whether a value read from a file is a number that can be drawn. */
export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function scale(value: number | undefined, unit: Unit): { digits: string; name: string } | undefined {
  const known = Object.hasOwn(SCALES, unit) ? SCALES[unit] : undefined;
  if (!isNumber(value) || !known) return undefined;
  let rest = Math.abs(value);
  let step = 0;
  // Rounding comes first: 999.7 ns is 1.00 µs, never "1000 ns".
  while (step < known.names.length - 1 && Math.round(rest) >= known.base) {
    rest /= known.base;
    step += 1;
  }
  const whole = step === 0 && unit !== 'ns';
  const places = whole || rest >= 99.95 ? 0 : rest >= 9.995 ? 1 : 2;
  return { digits: (value < 0 ? '−' : '') + rest.toFixed(places), name: known.names[step] ?? unit };
}
