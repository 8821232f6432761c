/** Owns the quantiles of Student's t distribution, and the normal distribution's tail beside them. */

import { errorFunction } from 'simple-statistics';

const HALVINGS = 60;

/**
 * Returns the t within which a share of Student's distribution lies on both sides of zero (0.95 and 19 degrees: 2.093). By halving the
 * angle whose tangent is t over the root of the degrees: of that angle the share is a finite sum (Abramowitz and Stegun, Handbook of
 * Mathematical Functions, 26.7.3 and 26.7.4).
 *
 * @param share above 0, below 1
 * @param degrees of freedom, a whole number, at least 1
 */
export function tWithin(share: number, degrees: number): number {
  let [low, high] = [0, Math.PI / 2];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const angle = (low + high) / 2;
    if (shareWithin(angle, degrees) < share) low = angle;
    else high = angle;
  }
  return Math.sqrt(degrees) * Math.tan(low);
}

/** Returns the share of a normal distribution below `-z`. */
export function normalTail(z: number): number {
  return Math.max(0, (1 - errorFunction(z / Math.SQRT2)) / 2);
}

function shareWithin(angle: number, degrees: number): number {
  const isOdd = degrees % 2 === 1;
  const cosine = Math.cos(angle);
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power <= degrees - 2; power += 2) {
    term *= ((power - 1) / power) * cosine ** 2;
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
