/** Owns series of clock readings: taking them in the guest, and what the checks compute from them. */

import type { Observed } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';

export const NS_PER_SECOND = 1_000_000_000n;
export const NS_PER_MS = 1_000_000n;

/** The most bytes of one block that a record shows. */
const SHOWN_BYTES = 65_536;

/**
 * Repeats `read`, which writes `sizeBytes` to its place, and shows what was written, in as few steps as possible.
 * Where `read` writes nothing, all bits stay set.
 */
export function takeSeries(
  s: ScriptBuilder,
  count: number,
  sizeBytes: number,
  read: (place: Slot) => void,
): Step[] {
  const area = s.alloc(count * sizeBytes);
  s.fill(area, count * sizeBytes, 0xff);
  s.loop(count, (index) => read(at`${area} + ${index} * ${sizeBytes}`));
  const perStep = Math.floor(SHOWN_BYTES / sizeBytes);
  const steps: Step[] = [];
  for (let first = 0; first < count; first += perStep)
    steps.push(s.show(at`${area} + ${first * sizeBytes}`, Math.min(perStep, count - first) * sizeBytes));
  return steps;
}

/** The 64-bit words that show steps saw, in order. */
export function wordsOf(shown: readonly Observed[]): bigint[] {
  return shown.flatMap((observed) => {
    const bytes = bytesOf(observed);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: bytes.length >> 3 }, (_, index) => view.getBigUint64(index * 8, true));
  });
}

/** The bytes of a show step, none where it did not come to that. */
export function bytesOf(observed: Observed | undefined): Uint8Array {
  return observed?.kind === 'ok' && observed.value instanceof Uint8Array ? observed.value : new Uint8Array();
}

/** The 64-bit number a step returned, undefined for an error. */
export function numberOf(observed: Observed | undefined): bigint | undefined {
  return observed?.kind === 'ok' && typeof observed.value === 'bigint' ? observed.value : undefined;
}

/** The nanoseconds since 1970 in a `datetime`. */
export function instantOf(observed: Observed | undefined): bigint | undefined {
  if (observed?.kind !== 'ok') return undefined;
  const { seconds, nanoseconds } = (observed.value ?? {}) as { seconds?: bigint; nanoseconds?: number };
  if (typeof seconds !== 'bigint' || typeof nanoseconds !== 'number') return undefined;
  return seconds * NS_PER_SECOND + BigInt(nanoseconds);
}

/** True when none of a series is less than the one before, else where it is. */
export function neverDecreases(readings: readonly bigint[], count: number): true | string {
  if (readings.length !== count) return `${readings.length} readings came back, not ${count}`;
  const index = readings.findIndex((reading, place) => place > 0 && reading < readings[place - 1]!);
  return index < 0 || `reading ${index} is ${readings[index]} after ${readings[index - 1]}`;
}

/** The distances between neighbours that differ. */
export function distances(readings: readonly bigint[]): bigint[] {
  const found: bigint[] = [];
  for (let index = 1; index < readings.length; index += 1) {
    const distance = readings[index]! - readings[index - 1]!;
    if (distance !== 0n) found.push(distance < 0n ? -distance : distance);
  }
  return found;
}

/**
 * True when no two different readings are nearer to each other than the resolution. POSIX, to whose `clock_getres` the
 * texts liken it, defines resolution as "the minimum time interval that a clock can measure"
 * (https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap03.html). One nanosecond is allowed for a
 * tick that is no whole number of them.
 */
export function notFinerThan(resolutionNs: bigint, readings: readonly bigint[]): true | string {
  const least = distances(readings).reduce<bigint | undefined>(
    (smallest, distance) => (smallest === undefined || distance < smallest ? distance : smallest),
    undefined,
  );
  if (least === undefined || least + 1n >= resolutionNs) return true;
  return `readings ${least} ns apart, with a resolution of ${resolutionNs} ns`;
}

/** The greatest common divisor of the distances: the tick by which the readings move. */
export function tickOf(readings: readonly bigint[]): bigint {
  return distances(readings).reduce((divisor, distance) => greatestCommonDivisor(divisor, distance), 0n);
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** Readings of two clocks around a span: the first clock's before and after each of the second's. */
export interface Sandwich {
  before: [bigint, bigint, bigint];
  after: [bigint, bigint, bigint];
}

/**
 * True when the inner clock went on by as much as the outer one, which was read before and after each of its readings,
 * so that the process may have been stopped anywhere. `slackNs` covers resolutions and the slewing of the wall clock.
 */
export function keepsPace({ before, after }: Sandwich, slackNs: bigint): true | string {
  const inner = after[1] - before[1];
  const least = after[0] - before[2] - slackNs;
  const most = after[2] - before[0] + slackNs;
  if (inner >= least && inner <= most) return true;
  return `one clock went on by ${inner} ns while the other went on by ${after[0] - before[2]} to ${after[2] - before[0]} ns`;
}
