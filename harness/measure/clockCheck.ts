/** Owns the check of a guest's clock against the host's: a figure is worth what the clock behind it is. */

import type { ClockCheck } from '../contracts/run.ts';

/** The fewest ticks in a batch: its two readings then add at most one in 1,000, below the finest floor of the gate (1%). */
export const LEAST_TICKS = 1000;

/** How far the guest's second may be from the host's. Clocks of one machine agree within 0.05% (the kernel's greatest slew). */
const AGREES_WITHIN = 0.02;

/**
 * The coarsest tick that is not called coarse. A batch of 1,000 of them lasts 10 ms; the quiet spells of a shared machine last
 * from milliseconds up, and a longer batch would hardly ever fall into one. 25 such batches are a quarter of a second a process and call.
 */
const COARSEST_TICK_NS = 10_000;

/** A stretch of time as both sides saw it, all in nanoseconds. */
export interface ClockSpan {
  guestStartNs: bigint;
  guestEndNs: bigint;
  hostStartNs: bigint;
  hostEndNs: bigint;
  /** The guest clock's tick; 0 when it never moved. */
  tickNs: number;
  /** By how much the host's stretch may be longer or shorter than given, e.g. as it looks at the guest from time to time. */
  hostSlackNs?: number;
}

/**
 * Returns guest nanoseconds per host nanosecond, the tick, and what they amount to. What tick and slack explain is not held
 * against the clock; when they alone could make 2%, the stretch is too short to tell and the clock counts as coarse.
 */
export function checkClock(span: ClockSpan): Omit<ClockCheck, 'wasi'> {
  const { tickNs, hostSlackNs = 0 } = span;
  const guestNs = Number(span.guestEndNs - span.guestStartNs);
  const hostNs = Number(span.hostEndNs - span.hostStartNs);
  if (hostNs <= 0) throw new RangeError("the host's stretch of a clock check must have lasted");
  const ratio = guestNs / hostNs;
  const tooFast = ratio - 1 - (tickNs + hostSlackNs) / hostNs;
  const tooSlow = 1 - ratio - (tickNs + hostSlackNs) / hostNs;
  if (Math.max(tooFast, tooSlow) > AGREES_WITHIN) return { ratio, tickNs, verdict: 'disagrees' };
  const blur = (tickNs + hostSlackNs) / hostNs;
  const coarse = tickNs > COARSEST_TICK_NS || blur > AGREES_WITHIN;
  return { ratio, tickNs, verdict: coarse ? 'coarse' : 'agrees' };
}

/**
 * Returns the tick that a clock's readings show: the greatest common divisor of their differences, in nanoseconds; 0 when they are
 * all equal. Few readings can only show too coarse a tick, never one too fine.
 */
export function tickOf(readingsNs: readonly bigint[]): number {
  let tickNs = 0n;
  for (const readingNs of readingsNs) {
    let difference = readingNs - readingsNs[0]!;
    if (difference < 0n) difference = -difference;
    while (difference !== 0n) [tickNs, difference] = [difference, tickNs % difference];
  }
  return Number(tickNs);
}
