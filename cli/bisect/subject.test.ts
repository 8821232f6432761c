/** What a bisection asks about: one case or benchmark by name, and what outcomes and verdicts mean to it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineSuite, type Suite } from '../../harness/contracts/suite.ts';
import { ofOutcome, ofVerdict, subjectOf } from './subject.ts';
import { between } from './versions.ts';

const base = { title: 't', spec: 'https://example.org/#x', guest: 'probe-p1' };
const suite = {
  ...defineSuite({
    id: 's',
    title: 'S',
    inventory: [],
    conformance: [],
    performance: [],
  } as unknown as Suite),
  conformance: [
    { ...base, id: 'both', wasi: 'p1', script: () => {} },
    { ...base, id: 'both', wasi: 'p2', script: () => {} },
    { ...base, id: 'case', wasi: 'p1', script: () => {} },
  ],
  performance: [
    { ...base, id: 'both', wasi: 'p1', metric: 'latency' },
    { ...base, id: 'bench', wasi: 'p1', metric: 'latency' },
  ],
} as unknown as Suite;
const of = (word: string, more = {}) => {
  const { kind, id, wasi } = subjectOf([suite], word, more);
  return [kind, id, wasi];
};

test('a word names one case or benchmark', () => {
  assert.deepEqual(of('case'), ['case', 'case', 'p1']);
  assert.deepEqual(of('s/bench'), ['benchmark', 'bench', 'p1']);
  assert.deepEqual(of('both', { wasi: 'p2' }), ['case', 'both', 'p2']);
  assert.deepEqual(of('both', { benchmark: true }), ['benchmark', 'both', 'p1']);
});

test('what names none or several is refused', () => {
  for (const [word, more, message] of [
    ['both', {}, /names 2 \(p1 s\/both, p2 s\/both\).*--wasi/],
    ['nothing', {}, /no case matches 'nothing'/],
    ['case', { benchmark: true }, /is no benchmark/],
    ['case', { wasi: 'p2' }, /is no case of p2/],
  ] as const)
    assert.throws(() => of(word, more), { name: 'UserError', message });
});

test('a known failure is as bad as a new one, and what was not run tells nothing', () => {
  assert.deepEqual(
    (['pass', 'xpass', 'fail', 'xfail', 'crash', 'timeout', 'skip', 'error'] as const).map(ofOutcome),
    ['good', 'good', 'bad', 'bad', 'bad', 'bad', 'untold', 'untold'],
  );
  assert.equal(ofOutcome(undefined), 'untold');
  assert.equal(ofVerdict({ benchmarks: [] }), 'untold');
});

test('versions between two, in the order of the search', () => {
  const all = ['49.0.3', '46.0.1', '48.0.2', '48.0.10', '50.0.0', '45.0.0'];
  assert.deepEqual(between(all, '46', '49'), ['46.0.1', '48.0.2', '48.0.10', '49.0.3']);
  assert.deepEqual(between(all, '49', '46'), ['49.0.3', '48.0.10', '48.0.2', '46.0.1']);
  assert.deepEqual(between(all, '47', '48'), ['47', '48.0.2', '48.0.10']);
  assert.throws(() => between(all, '46', '46.0.1'), { name: 'UserError', message: /both 46\.0\.1/ });
});
