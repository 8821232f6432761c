/** The gate's rule: what is claimed, what must be confirmed, what the machine or a waiver excuses, and what is never compared. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Waiver } from '../contracts/comparison.ts';
import { fakeArm, fakeRecord, samplesAround } from './fakeArms.ts';
import { compareArms, type GateRule, type TwoArms, toConfirm } from './gate.ts';

const RULE: GateRule = {
  ...{ seed: 1, isStored: false, confirms: true, waivers: [], now: new Date('2026-06-01') },
};

/** Ten benchmarks of a hundred processes; the candidate's `slow` ones cost `times` as much. */
function block(
  label: string,
  times: number,
  slow: readonly number[] = [0],
  better: 'lower' | 'higher' = 'lower',
) {
  const side = (runner: string) =>
    fakeArm(
      runner,
      Array.from({ length: 10 }, (_, index) => {
        const cost = runner === 'rt@2' && slow.includes(index) ? 100 * times : 100;
        const costs = samplesAround(cost, 100, label, runner, String(index));
        const samples = better === 'lower' ? costs : costs.map((one) => 1e9 / one);
        const more = better === 'lower' ? {} : ({ metric: 'throughput', unit: 'B/s', better } as const);
        return fakeRecord({ case: `c${index}`, samples, ...more });
      }),
    );
  return { baseline: side('rt@1'), candidate: side('rt@2') };
}

const verdicts = (first: TwoArms, confirming?: TwoArms, rule: Partial<GateRule> = {}) =>
  new Map(compareArms(first, confirming, { ...RULE, ...rule }).benchmarks.map((one) => [one.case, one]));

describe('a verdict', () => {
  test('is regressed where both blocks show it, and names both values', () => {
    const found = verdicts(block('a', 1.03), block('b', 1.03));
    const slow = found.get('c0');
    assert.equal(slow?.verdict, 'regressed');
    assert.ok(slow.first.candidate > slow.first.baseline * 1.02);
    assert.ok(slow.first.ratio.low > 1.01 && slow.first.holmP < 0.05 && slow.first.holmP >= slow.first.p);
    assert.deepEqual(
      [...found.values()].filter(({ verdict }) => verdict === 'regressed').map((one) => one.case),
      ['c0'],
    );
  });

  test('comes first in the list', () => {
    const { benchmarks } = compareArms(block('a', 1.03, [7]), block('b', 1.03, [7]), RULE);
    assert.equal(benchmarks[0]?.case, 'c7');
  });

  test('is unsure where only the first block does, and says so', () => {
    const one = verdicts(block('a', 1.03), block('b', 1)).get('c0');
    assert.equal(one?.verdict, 'unsure');
    assert.ok(one.notices.some((text) => text.includes('the confirming one did not')));
  });

  test('is unsure as long as the second block was not measured, which is asked for', () => {
    const compared = compareArms(block('a', 1.03), undefined, RULE);
    assert.deepEqual(
      toConfirm(compared).map((one) => one.case),
      ['c0'],
    );
    assert.equal(compared.benchmarks.find((one) => one.case === 'c0')?.verdict, 'unsure');
    assert.equal(verdicts(block('a', 1.03), undefined, { confirms: false }).get('c0')?.verdict, 'regressed');
  });

  test('is improved downwards', () => {
    assert.equal(verdicts(block('a', 0.97)).get('c0')?.verdict, 'improved');
    assert.equal(verdicts(block('a', 0.97), block('b', 0.97)).get('c0')?.verdict, 'improved');
  });

  test('of a throughput turns over: less is worse', () => {
    const found = verdicts(block('a', 1.03, [0], 'higher'), block('b', 1.03, [0], 'higher'));
    assert.equal(found.get('c0')?.verdict, 'regressed');
    assert.ok(found.get('c0')!.first.candidate < found.get('c0')!.first.baseline);
  });

  test('is nothing below the floor, however sure', () => {
    const one = verdicts(block('a', 1.03), block('b', 1.03), { floor: 0.05 }).get('c0');
    assert.equal(one?.verdict, 'unchanged');
    assert.deepEqual(one.floor, { share: 0.05, why: 'gate.floor' });
    assert.equal(
      verdicts(block('a', 1.03), block('b', 1.03), { floors: { 's/c0': 0.06 } }).get('c0')?.verdict,
      'unchanged',
    );
    assert.equal(
      verdicts(block('a', 1.03), block('b', 1.03), { floors: { 's/c1': 0.06 } }).get('c0')?.verdict,
      'regressed',
    );
  });

  test('needs three times the change of a stored baseline', () => {
    const stored = { isStored: true };
    assert.notEqual(verdicts(block('a', 1.02), block('b', 1.02), stored).get('c0')?.verdict, 'regressed');
    const one = verdicts(block('a', 1.06), block('b', 1.06), stored).get('c0');
    assert.equal(one?.verdict, 'regressed');
    assert.ok(one.floor.share >= 0.03 && one.floor.why.includes('stored'));
  });

  test('of equal arms is hardly ever more than unsure', () => {
    let unchanged = 0;
    for (const trial of ['1', '2', '3', '4', '5']) {
      const all = [...verdicts(block(`x${trial}`, 1)).values()];
      assert.deepEqual(
        all.filter(({ verdict }) => verdict === 'regressed'),
        [],
      );
      unchanged += all.filter(({ verdict }) => verdict === 'unchanged').length;
    }
    assert.ok(unchanged >= 40, `${unchanged} of 50`);
  });

  test('is the same for the same seed', () =>
    assert.deepEqual(
      compareArms(block('a', 1.03), block('b', 1.03), RULE),
      compareArms(block('a', 1.03), block('b', 1.03), RULE),
    ));
});

describe('contaminated', () => {
  const moved = (two: TwoArms, more: object): TwoArms => ({
    ...two,
    candidate: {
      ...two.candidate,
      run: { ...two.candidate.run, noise: two.candidate.run.noise.map((one) => ({ ...one, ...more })) },
    },
  });
  test('is what the control moved with', () => {
    const one = verdicts(moved(block('a', 1.05), { roundNs: 1.05 }), block('b', 1.05)).get('c0');
    assert.equal(one?.verdict, 'contaminated');
    assert.match(one.notices[0] ?? '', /control loop.*5\.0%/);
    assert.equal(
      verdicts(block('a', 1.05), moved(block('b', 1.05), { roundNs: 1.05 })).get('c0')?.verdict,
      'contaminated',
    );
  });
  test('is not what another compiler made of the control', () => {
    const first = moved(block('a', 1.05), { roundNs: 2 });
    const [runner] = first.candidate.run.runners;
    const other = {
      ...first,
      candidate: {
        ...first.candidate,
        run: { ...first.candidate.run, runners: [{ ...runner!, mode: 'aot' }] },
      },
    };
    const again = moved(block('b', 1.05), { roundNs: 2 });
    const confirming = {
      ...again,
      candidate: {
        ...again.candidate,
        run: { ...again.candidate.run, runners: [{ ...runner!, mode: 'aot' }] },
      },
    };
    assert.equal(verdicts(other, confirming).get('c0')?.verdict, 'regressed');
  });
  test('is what had too few quiet processes', () => {
    const first = block('a', 1.05);
    first.candidate.run.performance[0]!.flags.push('contaminated');
    assert.equal(verdicts(first, block('b', 1.05)).get('c0')?.verdict, 'contaminated');
  });
});

describe('a waiver', () => {
  const waiver: Waiver = { benchmark: 's/c0', upTo: 0.05, until: '2026-06-01', reason: 'known' };
  const waived = (more: Partial<Waiver>, now = '2026-06-01T23:59:00Z') =>
    verdicts(block('a', 1.03), block('b', 1.03), {
      waivers: [{ ...waiver, ...more }],
      now: new Date(now),
    }).get('c0');
  test('lets a regression pass through its last day', () => {
    assert.deepEqual([waived({})?.verdict, waived({})?.waiver?.reason], ['regressed', 'known']);
    const over = waived({}, '2026-06-02T00:00:00Z');
    assert.equal(over?.waiver, undefined);
    assert.ok(over?.notices.some((text) => text.includes('ended on 2026-06-01')));
  });
  test('holds up to its limit and for its benchmark', () => {
    assert.equal(waived({ upTo: 0.02 })?.waiver, undefined);
    assert.equal(waived({ benchmark: 's/c1' })?.waiver, undefined);
    assert.ok(waived({ benchmark: 's/*' })?.waiver);
  });
});

test('what is not of one thing is not compared, and why is said', () => {
  const samples = samplesAround(100, 40, 'x');
  const record = (name: string, more = {}) => fakeRecord({ case: name, samples, ...more });
  const identity = { estimator: 'e', scriptHash: 's', guestHash: 'g' };
  const baseline = fakeArm(
    'rt@1',
    ['same', 'estimator', 'guest', 'script', 'gone', 'few'].map((name) => record(name)),
  );
  const candidate = fakeArm('rt@2', [
    record('same'),
    record('estimator', { identity: { ...identity, estimator: 'e2' } }),
    record('guest', { identity: { ...identity, guestHash: 'g2' } }),
    record('script', { identity: { ...identity, scriptHash: 's2' } }),
    record('few', { samples: [1, 2] }),
    record('new'),
  ]);
  candidate.run.notMeasured.push({ suite: 's', case: 'gone', wasi: 'p1', runner: 'rt@2', reason: 'it hung' });
  const { benchmarks, notCompared } = compareArms({ baseline, candidate }, undefined, RULE);
  assert.deepEqual(
    benchmarks.map((one) => one.case),
    ['same'],
  );
  assert.deepEqual(
    notCompared.map((one) => [
      one.case,
      one.runner,
      /another estimator|rebuilt|was changed|it hung|only 2|not measured/.exec(one.reason)?.[0],
    ]),
    [
      ['estimator', 'rt@2', 'another estimator'],
      ['guest', 'rt@2', 'rebuilt'],
      ['script', 'rt@2', 'was changed'],
      ['gone', 'rt@2', 'it hung'],
      ['few', 'rt@2', 'only 2'],
      ['new', 'rt@1', 'not measured'],
    ],
  );
});

test('a benchmark whose figure is nothing has no ratio, and says so', () => {
  const zero = fakeRecord({ samples: [0, 0, 0, 0, 0] });
  const { benchmarks, notCompared } = compareArms(
    { baseline: fakeArm('rt@1', [zero]), candidate: fakeArm('rt@2', [zero]) },
    undefined,
    RULE,
  );
  assert.deepEqual([benchmarks.length, notCompared[0]?.reason], [0, 'its figures are too small for a ratio']);
});
