/** Expected failures over outcomes, skips, order; and which pairs of an inventory count as asserted. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseExpectations } from '../catalog/expectations.ts';
import { err, ok, oneOf } from '../contracts/expect.ts';
import { type ConformanceCase, defineSuite } from '../contracts/suite.ts';
import { FAKE_GUEST, fakeCase, fakePlan, fakeRunner, fakeSuite } from '../execute/fakeRuntime.ts';
import { temporaryFolder } from '../execute/testProcesses.ts';
import { judgeConformance, unexpectedTrials } from './conformance.ts';
import { coverageSums, coverInventory } from './coverage.ts';

const K = 'feed';
const PASSES = `> {"k":"${K}","n":0,"mono":"1","real":"1"}\n> {"k":"${K}","n":1}\n< {"k":"${K}","n":1,"r":["0"]}\n< {"k":"${K}","n":0,"mono":"1","real":"1"}\n`;
const known = (name: string, outcome: 'fail' | 'timeout' = 'fail') => ({
  suite: 'fakes',
  case: name,
  wasi: 'p1',
  outcome,
  reason: 'it has always been so',
  link: 'https://example.org/1',
});

function observation(name: string, stderr: string, more: object = {}) {
  const end = { exitCode: 0, signal: undefined, stderrText: '', timedOut: false, flooded: false, ...more };
  return {
    ...({ kind: 'conformance', suite: 'fakes', case: name, wasi: 'p1', runner: 'fake', run: 0 } as const),
    ...{ nonce: K, end, beginRealtimeNs: '0', endRealtimeNs: '1', stderr },
  };
}

test('expected failures turn the outcome they name, and only that; order does not depend on the journal', (t) => {
  const names = ['pass', 'xpass', 'timeout', 'xfail', 'error', 'never-run'];
  const plan = fakePlan(fakeSuite(names.map((name) => fakeCase(name))), [fakeRunner(temporaryFolder(t))]);
  const skipped = { suite: 'fakes', case: fakeCase('aside'), runner: 'other', reason: 'not installed' };
  const observations = [
    observation('xpass', PASSES),
    observation('xfail', '', { timedOut: true }),
    observation('pass', PASSES),
    observation('error', '', { startError: 'ENOENT' }),
    observation('timeout', '', { timedOut: true }),
  ];
  const expected = [known('xpass'), known('xfail', 'timeout'), known('error'), known('timeout')];
  const judged = judgeConformance({ ...plan, skippedCases: [skipped] }, observations, () => expected);
  const rows = judged.map((one) => [one.case, one.outcome, one.reason, one.transcript !== undefined]);
  assert.deepEqual(rows, [
    ['aside', 'skip', 'not installed', false],
    ['error', 'error', 'could not be started: ENOENT', true],
    ['never-run', 'skip', 'not run: the run was interrupted before it', false],
    ['pass', 'pass', undefined, true],
    ['timeout', 'timeout', 'did not end in time; ended with its process tree', true],
    [
      'xfail',
      'xfail',
      'it has always been so (https://example.org/1); seen: did not end in time; ended with its process tree',
      true,
    ],
    [
      'xpass',
      'xpass',
      'passes, though it is expected to fail (it has always been so): remove the expectation',
      true,
    ],
  ]);
});

describe('an expectations file', () => {
  const whole = {
    suite: 's',
    case: 'c',
    wasi: 'p1',
    reason: 'a reason that is long enough',
    link: 'https://example.org/1',
  };
  const parse = (...expectations: object[]) =>
    parseExpectations(JSON.stringify({ expectations }), 'runners/x/expectations.json');
  test('is read; a plain failure is what it expects unless it says otherwise', () => {
    assert.deepEqual(parse(whole), [{ ...whole, outcome: 'fail' }]);
    assert.deepEqual(parse({ ...whole, outcome: 'crash' }), [{ ...whole, outcome: 'crash' }]);
  });
  const without = (field: string) =>
    Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field));
  const refused: [string, object, RegExp][] = [
    ['no reason', without('reason'), /runners\/x\/expectations\.json: expectations\.0\.reason/],
    ['no link', without('link'), /expectations\.0\.link/],
    ['a reason of one word', { ...whole, reason: 'bug' }, /a reason says in a sentence/],
    ['a link that is none', { ...whole, link: 'issue 5' }, /expectations\.0\.link/],
    ['a link to a script', { ...whole, link: 'javascript:alert(1)' }, /expectations\.0\.link/],
    ['an unknown version', { ...whole, wasi: 'p9' }, /expectations\.0\.wasi/],
    ['an unknown field', { ...whole, why: 'x' }, /why/],
  ];
  for (const [label, one, message] of refused)
    test(`is refused with ${label}`, () => assert.throws(() => parse(one), { name: 'UserError', message }));
  test('is refused where it is no JSON', () =>
    assert.throws(() => parseExpectations('{', 'f'), { name: 'UserError', message: /^f is no JSON/ }));
});

test('a pair is asserted by a case that expects its outcome of that function, merely calling it is not enough', () => {
  const base = { wasi: 'p1', title: 't', spec: 'https://example.org/#x', guest: FAKE_GUEST.id } as const;
  const pair = (name: string, outcome: string, excluded?: string) => ({
    ...({ wasi: 'p1', function: name, outcome, spec: 'https://example.org/#x' } as const),
    ...(excluded ? { excluded } : {}),
  });
  const cases: ConformanceCase[] = [
    {
      ...base,
      id: 'one',
      script: (s) => {
        s.call('fd_close', 3);
        s.expect(s.call('fd_close', 99), oneOf('open', err('badf'), err('inval')));
        s.expect(s.raw('sched_yield', []), ok());
      },
    },
  ];
  const suite = defineSuite({
    ...fakeSuite(cases),
    inventory: [
      pair('fd_close', 'ok'),
      pair('fd_close', 'badf'),
      pair('fd_close', 'inval'),
      pair('fd_close', 'io', 'no disk fails on demand'),
      pair('sched_yield', 'ok'),
    ],
  });
  assert.deepEqual(
    coverInventory(suite).map(({ state, cases: by }) => [state, by]),
    [
      ['missing', []],
      ['asserted', ['one']],
      ['asserted', ['one']],
      ['excluded', []],
      ['asserted', ['one']],
    ],
  );
  assert.deepEqual(coverageSums(suite), [{ suite: 'fakes', wasi: 'p1', pairs: 5, asserted: 3, excluded: 1 }]);
});

test('attempts that differ make a case flaky: the first outcome counts, a known failure before it', (t) => {
  const plan = fakePlan(fakeSuite(['fails', 'known', 'always'].map((name) => fakeCase(name))), [
    fakeRunner(temporaryFolder(t)),
  ]);
  const hung = { timedOut: true };
  const observations = [
    observation('fails', '', hung),
    { ...observation('fails', PASSES), attempt: 1 },
    observation('known', PASSES),
    { ...observation('known', '', hung), attempt: 1 },
    observation('always', '', hung),
    { ...observation('always', '', hung), attempt: 1 },
  ];
  const judged = judgeConformance(plan, observations, () => [known('known', 'timeout')]);
  assert.deepEqual(
    judged.map((one) => [one.case, one.outcome, one.flaky]),
    [
      ['always', 'timeout', undefined],
      ['fails', 'timeout', ['timeout', 'pass']],
      ['known', 'xfail', ['xpass', 'xfail']],
    ],
  );
  const again = unexpectedTrials(plan, observations, () => [known('known', 'timeout')]);
  assert.deepEqual(again.map((trial) => trial.case.id).toSorted(), ['always', 'fails']);
});
