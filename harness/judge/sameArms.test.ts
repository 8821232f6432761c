/** Checks how runners against themselves are judged: spreads worked by hand, and claims where there is nothing to claim. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Flag, Metric, PerformanceRecord } from '../contracts/run.ts';
import { randomFrom } from '../stats/random.ts';
import { type FigurePair, pairsOf, ratioOfPair } from './figurePairs.ts';
import { apart, judgeSameArms, totalOf } from './sameArms.ts';

const OPTIONS = { floor: 0.01, seed: 1 };

interface Given {
  arm?: string;
  metric?: Metric;
  flags?: Flag[];
  case?: string;
}

function figure(
  samples: number[],
  { arm = 'a', metric = 'latency', flags = [], case: id = 'now' }: Given = {},
) {
  const value = samples.toSorted((x, y) => x - y)[Math.floor(samples.length / 2)]!;
  return {
    ...{
      suite: 'clocks',
      case: id,
      wasi: 'p1',
      runner: `rt ${arm}`,
      title: '',
      metric,
      flags,
      samples,
      value,
    },
    ...(metric === 'throughput' ? { unit: 'B/s', better: 'higher' } : { unit: 'ns', better: 'lower' }),
    ...{ parameters: {}, headline: true },
    ...{ ciLow: value, ciHigh: value, rounds: samples.length },
    identity: { estimator: 'e', scriptHash: 's', guestHash: 'g' },
  } as PerformanceRecord;
}

const same = (value: number) => Array.from({ length: 10 }, () => value);
const pair = (a: number[], b: number[], given: Given = {}): FigurePair => ({
  a: figure(a, given),
  b: figure(b, { ...given, arm: 'b' }),
});

describe('a pair', () => {
  test('is of the same benchmark in both arms; what only one has is left out', () => {
    const of = (arm: string, id: string) => figure([1], { arm, case: id });
    const found = pairsOf([of('a', 'x'), of('b', 'y'), of('b', 'x'), of('a', 'z')], 'rt a', 'rt b');
    assert.deepEqual(
      found.map(({ a, b }) => [a.runner, a.case, b.runner, b.case]),
      [['rt a', 'x', 'rt b', 'x']],
    );
  });

  test("a latency's ratio is of midmeans, and a disturbed quarter does not count", () => {
    const ratio = ratioOfPair(pair([9, 10, 10, 99], [11, 11, 11, 500]), randomFrom(1));
    assert.equal(ratio?.value, 1.1);
  });

  test('start-up and contaminated arms are told by the lower quartile', () => {
    const [a, b] = [
      [10, 20, 20, 20, 20],
      [10, 10, 20, 20, 20],
    ];
    for (const given of [{ metric: 'startup' }, { flags: ['contaminated'] }] as const)
      assert.equal(ratioOfPair(pair(a!, b!, { ...given } as Given), randomFrom(1))?.value, 0.5);
  });

  test("a throughput's ratio is its latency's, inverted", () => {
    const [a, b] = [
      [10, 12, 14, 30, 9],
      [11, 12, 16, 18, 10],
    ] as const;
    const latency = ratioOfPair(pair([...a], [...b]), randomFrom(3))!;
    const rates = (times: readonly number[]) => times.map((time) => 1 / time);
    const rate = ratioOfPair(pair(rates(a), rates(b), { metric: 'throughput' }), randomFrom(3))!;
    assert.ok(Math.abs(rate.value * latency.value - 1) < 1e-12);
    assert.ok(Math.abs(rate.low * latency.high - 1) < 1e-12 && Math.abs(rate.high * latency.low - 1) < 1e-12);
  });
});

describe('a runner against itself', () => {
  test('spreads by its largest and its median difference, quicker or slower', () => {
    const repeats = [100, 102, 99, 100.5, 96].map((b) => [pair(same(100), same(b))]);
    const [judged, ...others] = judgeSameArms('rt', repeats, OPTIONS);
    assert.deepEqual(others, []);
    assert.ok(Math.abs(judged!.largest - (100 / 96 - 1)) < 1e-12);
    assert.ok(Math.abs(judged!.typical - (100 / 99 - 1)) < 1e-12);
    assert.equal(apart({ value: 0.5 }), apart({ value: 2 }));
  });

  test('claims what is beyond the floor with an interval that excludes 1, and neither alone', () => {
    const wide = [90, 95, 100, 105, 110];
    const repeats = [
      [pair(same(100), same(102))],
      [pair(same(100), same(100.9))],
      [
        pair(
          wide,
          wide.map((one) => one * 1.02),
        ),
      ],
    ];
    const [judged] = judgeSameArms('rt', repeats, OPTIONS);
    assert.deepEqual(
      judged?.ratios.map(({ repeat, claimed }) => [repeat, claimed]),
      [
        [1, true],
        [2, false],
        [3, false],
      ],
    );
    assert.deepEqual(judgeSameArms('rt', repeats, { ...OPTIONS, floor: 0.03 })[0]?.ratios[0]?.claimed, false);
  });

  test('comes to shares over all benchmarks; what has no ratio is left out', () => {
    const repeats = [
      [pair(same(100), same(105), { case: 'x' }), pair(same(0), same(0), { case: 'y' })],
      [
        pair(same(100), same(100), { case: 'x' }),
        pair(same(9), same(9), { case: 'z', flags: ['contaminated'] }),
      ],
    ];
    const all = judgeSameArms('rt', repeats, OPTIONS);
    assert.deepEqual(
      all.map((one) => [one.case, one.ratios.length, one.ratios.some((ratio) => ratio.contaminated)]),
      [
        ['x', 2, false],
        ['z', 1, true],
      ],
    );
    const total = totalOf(all)!;
    assert.deepEqual([total.pairs, total.claimed, total.claimedShare, total.typical], [3, 1, 1 / 3, 0]);
    assert.equal(totalOf([]), undefined);
  });

  test('arms that are alike, one sample in five disturbed: hardly any claim', (context) => {
    const { nextUnit } = randomFrom(40);
    const arm = () =>
      Array.from(
        { length: 20 },
        () => 100 * (1 - 0.01 * Math.log(1 - nextUnit())) * (nextUnit() < 0.2 ? 1.4 : 1),
      );
    const repeats = Array.from({ length: 300 }, () => [pair(arm(), arm())]);
    const { claimedShare } = totalOf(judgeSameArms('rt', repeats, OPTIONS))!;
    context.diagnostic(`${(100 * claimedShare).toFixed(1)}% claimed`);
    assert.ok(claimedShare <= 0.06, `${claimedShare}`);
  });
});
