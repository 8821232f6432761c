/** Checks the paired test against Fisher's own example, counted by hand where pairs are few, and by how often it errs. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { midmean } from './midmean.ts';
import { type InterleavedPair, pairedPermutationP } from './permutation.ts';
import { randomFrom } from './random.ts';

const pairsOf = (logRatios: readonly number[]): InterleavedPair[] =>
  logRatios.map((logRatio) => ({ baseline: 100, candidate: 100 * Math.exp(logRatio) }));

test("Fisher's own example: Darwin's maize, 1,726 of 32,768 assignments as far from zero", () => {
  // Differences in height of 15 pairs, in eighths of an inch (The Design of Experiments, table 3 and section 21).
  const heights = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
  const pairs = pairsOf(heights.map((height) => height / 1000));
  const p = pairedPermutationP(pairs, { random: randomFrom(5), draws: 100_000 });
  // Three standard errors of the draws.
  assert.ok(Math.abs(p - 1726 / 32_768) < 3 * Math.sqrt((0.0527 * 0.9473) / 100_000), `${p}`);
});

test('three pairs, worked by hand: two of eight assignments are as far, and those that tie count', () => {
  const p = (logRatios: number[]) =>
    pairedPermutationP(pairsOf(logRatios), { random: randomFrom(2), draws: 40_000 });
  assert.ok(Math.abs(p([0.1, 0.2, 0.4]) - 2 / 8) < 0.007);
  // 1 + 2 - 4 is one from zero, and no assignment comes nearer: 7, 5, 3 and 1, and the same below.
  assert.equal(p([0.1, 0.2, -0.4]) > 0.99, true);
  // 0.1 + 0.2 - 0.3 is not quite zero in binary; all assignments are as far as nothing.
  assert.ok(p([0.1, 0.2, -0.3]) > 0.7);
});

test('what was seen counts as a draw: p is never zero', () => {
  const pairs = pairsOf(Array.from({ length: 40 }, () => 0.5));
  assert.equal(pairedPermutationP(pairs, { random: randomFrom(3), draws: 99 }), 0.01);
  assert.equal(pairedPermutationP(pairsOf([0, 0, 0]), { random: randomFrom(3) }), 1);
});

test('arms exchanged give the same p; a seed decides it', () => {
  const { nextUnit } = randomFrom(11);
  const pairs = Array.from({ length: 12 }, () => ({ baseline: 1 + nextUnit(), candidate: 1.2 + nextUnit() }));
  const turned = pairs.map(({ baseline, candidate }) => ({ baseline: candidate, candidate: baseline }));
  const p = (of: InterleavedPair[], seed: number) => pairedPermutationP(of, { random: randomFrom(seed) });
  assert.equal(p(pairs, 1), p(turned, 1));
  assert.equal(p(pairs, 1), p(pairs, 1));
  assert.notEqual(p(pairs, 1), p(pairs, 2));
});

test('what has no ratio is refused', () => {
  const random = randomFrom(1);
  assert.throws(() => pairedPermutationP([], { random }), RangeError);
  assert.throws(() => pairedPermutationP([{ baseline: 0, candidate: 1 }], { random }), RangeError);
  assert.throws(() => pairedPermutationP([{ baseline: 1, candidate: Number.NaN }], { random }), RangeError);
});

test('at 5% it errs in 5% of arms that are alike, one in five samples disturbed', (context) => {
  const random = randomFrom(77);
  const sample = () =>
    100 * (1 - 0.01 * Math.log(1 - random.nextUnit())) * (random.nextUnit() < 0.2 ? 1.4 : 1);
  const rounds = 1000;
  const found = { ofMean: 0, ofMidmean: 0 };
  let wrong = 0;
  for (let round = 0; round < rounds; round += 1) {
    const pairs = Array.from({ length: 20 }, () => ({ baseline: sample(), candidate: sample() }));
    const options = { random, draws: 199 };
    if (pairedPermutationP(pairs, { ...options, statistic: midmean }) <= 0.05) wrong += 1;
    if (round % 10 !== 0) continue;
    const slower = pairs.map((pair) => ({ ...pair, candidate: 1.06 * pair.candidate }));
    if (pairedPermutationP(slower, options) <= 0.05) found.ofMean += 1;
    if (pairedPermutationP(slower, { ...options, statistic: midmean }) <= 0.05) found.ofMidmean += 1;
  }
  context.diagnostic(
    `wrong in ${(100 * wrong) / rounds}%; 6% are found in ${found.ofMidmean}% by the midmean, in ${found.ofMean}% by the mean`,
  );
  assert.ok(wrong / rounds > 0.03 && wrong / rounds < 0.07, `${wrong} of ${rounds}`);
  assert.ok(found.ofMidmean > found.ofMean);
});
