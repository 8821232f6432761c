/** What `wasimeter aa` chooses, prints and refuses; nothing is measured here. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PerformanceCase, Suite } from '../../harness/contracts/suite.ts';
import type { SameArms } from '../../harness/judge/sameArms.ts';
import { PLAIN } from '../terminal.ts';
import { chosenBenchmarks } from './benchmarks.ts';
import { farthestText, sameArmsText } from './text.ts';

const benchmark = (id: string, metric: string, headline = false, wasi = 'p1') =>
  ({ id, metric, headline, wasi, title: id, guest: 'probe-p1' }) as unknown as PerformanceCase;
const SUITES = [
  {
    id: 'clocks',
    conformance: [{ id: 'clock_time_get/bad-id', wasi: 'p1' }],
    performance: [
      benchmark('clock_time_get/monotonic', 'latency', true),
      benchmark('clock_res_get', 'latency'),
      benchmark('monotonic-clock.now', 'latency', true, 'p2'),
    ],
  },
  { id: 'io', conformance: [], performance: [benchmark('stdout/4096', 'throughput', true)] },
] as unknown as Suite[];

const names = (options: Parameters<typeof chosenBenchmarks>[1]) =>
  chosenBenchmarks(SUITES, options).flatMap((suite) =>
    suite.performance.map((one) => `${suite.id}/${one.id}`),
  );

describe('the benchmarks', () => {
  test('are the headline latencies', () =>
    assert.deepEqual(names({}), ['clocks/clock_time_get/monotonic', 'clocks/monotonic-clock.now']));
  test('of one WASI version', () =>
    assert.deepEqual(names({ wasi: ['p2'] }), ['clocks/monotonic-clock.now']));
  test('or all', () => assert.equal(names({ all: true }).length, 4));
  test('or those that are named, headline or not', () =>
    assert.deepEqual(names({ case: ['clock_res_get', 'io/*/*'] }), [
      'clocks/clock_res_get',
      'io/stdout/4096',
    ]));
  test('and cases that time nothing are none: the nearest that does is named', () =>
    assert.throws(
      () => names({ case: ['clock_time_get/bad-id'] }),
      /no case matches 'clock_time_get\/bad-id'.*the nearest is/,
    ));
  test('of which there must be one', () =>
    assert.throws(
      () => chosenBenchmarks(SUITES.slice(1), {}),
      /there is no headline latency among these: --all/,
    ));
});

const ratio = (value: number, repeat: number, claimed = false) => ({
  ...{ value, low: value, high: value },
  ...{ repeat, claimed, contaminated: false },
});
const judged = (runner: string, ratios: ReturnType<typeof ratio>[]): SameArms => ({
  ...{ runner, suite: 'clocks', case: 'now', wasi: 'p1', metric: 'latency', unit: 'ns', value: 104 },
  ...{ largest: 0.0123, typical: 0.0035, ratios },
});

describe('the text', () => {
  test('has a row for each benchmark, a line for each runner and one for all', () => {
    const text = sameArmsText(
      [judged('node', [ratio(1.0123, 1, true), ratio(1, 2)]), judged('jco', [ratio(1.01, 1)])],
      0.01,
      PLAIN,
    );
    assert.match(text, /^node +p1 clocks\/now +104 ns +1\.23% +0\.35% +1 of 2$/m);
    assert.match(
      text,
      /^node: apart by 0\.61% typically, 1\.23% at most; false positives beyond 1\.0%: 1 of 2 \(50\.0%\)$/m,
    );
    assert.match(text, /^all: .*: 1 of 3 \(33\.3%\)$/m);
  });
  test('one runner is all there is', () =>
    assert.doesNotMatch(sameArmsText([judged('node', [ratio(1, 1)])], 0.01, PLAIN), /^all:/m));
  test('of a repeat names the farthest apart', () => {
    assert.equal(
      farthestText([judged('node', [ratio(1.5, 1), ratio(0.98, 2)])], 2),
      'farthest apart 2.04% (p1 clocks/now)',
    );
    assert.equal(farthestText([], 1), 'nothing was measured in both arms');
  });
});
