/** The section on a comparison: what is said of each verdict, and that nothing in one reaches the page as markup. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BenchmarkComparison, Comparison } from '../../harness/contracts/comparison.ts';
import { makeRun } from './fixtures/run.ts';
import { changeText } from './model/comparison.ts';
import reporter from './reporter.ts';

const HOSTILE = `<img src=x onerror=alert(1)>"'&\u202e`;

function one(name: string, value: number, more: Partial<BenchmarkComparison> = {}): BenchmarkComparison {
  const evidence = {
    ...{ baseline: 100, candidate: 100 * value, p: 0.0001, holmP: 0.001, notices: [] },
    ratio: { value, low: value - 0.005, high: value + 0.005 },
    processes: [40, 40] as [number, number],
  };
  return {
    ...{ suite: 'clocks', case: name, wasi: 'p1', title: 'A title', metric: 'latency', unit: 'ns' },
    ...{ better: 'lower', parameters: {}, headline: true, arms: ['wasmtime@48', 'wasmtime@49'] },
    ...{ verdict: 'unchanged', floor: { share: 0.01, why: 'the default' }, first: evidence, notices: [] },
    ...more,
  };
}

const arm = (runner: string) => ({
  runner,
  version: '49.0.3',
  mode: 'jit',
  sha256: 'ab'.repeat(32),
  run: 'r',
});
const comparison = (benchmarks: BenchmarkComparison[], more: Partial<Comparison> = {}): Comparison => ({
  schema: 'wasimeter/comparison@1',
  kind: 'side-by-side',
  arms: [{ baseline: arm('wasmtime@48'), candidate: arm('wasmtime@49') }],
  ...{ seed: 1, benchmarks, notCompared: [], notices: [] },
  ...more,
});

async function sectionOf(found: Comparison): Promise<string> {
  const [page] = await reporter.render(makeRun(), undefined, { comparison: found });
  return /<section id="comparison".*?<\/section>/s.exec(page?.content ?? '')?.[0] ?? '';
}

describe('the section on a comparison', () => {
  it('is not there without one', async () => {
    const [page] = await reporter.render(makeRun());
    assert.doesNotMatch(page?.content ?? '', /id="comparison"/);
  });

  it('draws a dot for each benchmark and tells both values, interval and floor', async () => {
    const regressed = one('slow', 1.05, { verdict: 'regressed', confirming: one('x', 1.04).first });
    const gate = { regressed: 1, unexpected: [], failOn: ['regressed'], exitCode: 1 } as Comparison['gate'];
    const section = await sectionOf(comparison([regressed, one('same', 1.001)], { gate: gate! }));
    assert.equal([...section.matchAll(/<svg /g)].length, 2, 'wide and narrow');
    assert.match(section, /p1 clocks\/slow: regressed, cost \+5%, interval \+4\.5% to \+5\.5%/);
    assert.match(section, /100 ns<.*105 ns<.*confirming block: \+4% \(\+3\.5% to \+4\.5%\)/);
    assert.match(section, /<abbr title="the default">1%<\/abbr>/);
    assert.match(section, /The gate did not pass.*1 regression/);
  });

  it('says that stored runs have wider floors, what was not compared, and who waived what', async () => {
    const waiver = { benchmark: 'clocks/*', upTo: 0.1, until: '2027-01-01', reason: 'a fix is pending' };
    const section = await sectionOf(
      comparison([one('slow', 1.05, { verdict: 'regressed', waiver })], {
        kind: 'stored',
        notices: ['measured on different machines'],
        notCompared: [{ suite: 's', case: 'gone', wasi: 'p1', runner: 'wasmtime@49', reason: 'it hung' }],
      }),
    );
    assert.match(section, /at two times/);
    assert.match(section, /measured on different machines/);
    assert.match(section, /p1 s\/gone<\/code> of <code>wasmtime@49<\/code> was not compared: it hung/);
    assert.match(section, /waived until 2027-01-01: a fix is pending/);
  });

  it('shows hostile text as text, and numbers that no axis has', async () => {
    const odd = one(HOSTILE, 1.5, { title: HOSTILE, notices: [HOSTILE], suite: HOSTILE });
    const zero = one('zero', 1, { first: { ...one('x', 1).first, ratio: { value: 0, low: 0, high: 1e12 } } });
    const far = one('far', 1e9);
    const section = await sectionOf(comparison([odd, zero, far], { notices: [HOSTILE] }));
    assert.doesNotMatch(section, /<img/);
    assert.doesNotMatch(section, /NaN|Infinity|undefined/);
    assert.match(section, /&lt;img src=x/);
  });

  it('is there where nothing can be drawn', async () =>
    assert.match(await sectionOf(comparison([])), /no comparison|0 comparisons/i));
});

it('a ratio reads as the change that it is', () => {
  assert.deepEqual([1, 1.05, 1.0512, 0.97, 1.2, 2, 0.5, 1000, 0.001, 1.994].map(changeText), [
    '0%',
    '+5%',
    '+5.1%',
    '−3%',
    '+20%',
    '×2',
    '÷2',
    '×1000',
    '÷1000',
    '+99%',
  ]);
});
