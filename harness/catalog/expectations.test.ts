/** Expected failures: which hold for what was found, and mistakes that name file and field. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Runner } from '../contracts/runner.ts';
import { expectationsOf, loadExpectations, parseExpectations, readExpectations } from './expectations.ts';

const BASE = {
  suite: 's',
  wasi: 'p1',
  reason: 'does something that is wrong',
  link: 'https://example.org/1',
};

function runnerWith(t: TestContext, entries: object[], changes: Partial<Runner> = {}): Runner {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-expectations-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, 'expectations.json'),
    JSON.stringify({ expectations: entries.map((entry) => ({ ...BASE, ...entry })) }),
  );
  return {
    id: 'rt',
    name: 'RT',
    folder,
    capabilities: { p1: { support: 'native' }, p2: { support: 'none' }, p3: { support: 'none' } },
    detect: () => Promise.resolve({ reason: 'made up' }),
    command: () => ({ file: 'x', args: [] }),
    classify: () => ({ kind: 'exit', code: 0 }),
    ...changes,
  };
}
const casesOf = (runner: Runner, version: string, mode: string) =>
  loadExpectations(runner, { version, mode }).map((one) => one.case);

describe('an expectation holds', () => {
  test('for the versions it names', (t) => {
    const runner = runnerWith(t, [
      { case: 'always' },
      { case: 'old', versions: '<0.17' },
      { case: 'between', versions: '>=48 <50' },
    ]);
    assert.deepEqual(casesOf(runner, '0.14.1', 'jit'), ['always', 'old']);
    assert.deepEqual(casesOf(runner, '0.17.0', 'jit'), ['always']);
    assert.deepEqual(casesOf(runner, '48.0.2', 'jit'), ['always', 'between']);
    assert.deepEqual(casesOf(runner, '49.1.0-rc.1', 'jit'), ['always', 'between']);
    assert.deepEqual(casesOf(runner, '50.0.0', 'jit'), ['always']);
    assert.deepEqual(
      casesOf(runner, '0.17.0-rc.1', 'jit'),
      ['always'],
      'a candidate of 0.17 is none before it',
    );
    assert.deepEqual(
      casesOf(runner, 'dev', 'jit'),
      ['always'],
      'of a version that is no number nothing is known',
    );
  });

  test("for the modes it names, by the report's word or by that of the id", (t) => {
    const entries = [{ case: 'always' }, { case: 'compiled', modes: ['aot'] }];
    const base = runnerWith(t, entries);
    assert.deepEqual(casesOf(base, '1.0.0', 'interpreter'), ['always']);
    assert.deepEqual(casesOf(base, '1.0.0', 'aot'), ['always', 'compiled']);
    const derived = runnerWith(t, entries, { id: 'rt+aot@1' });
    assert.deepEqual(casesOf(derived, '1.0.0', 'ahead of time'), ['always', 'compiled']);
  });

  test('for the platforms it names', (t) => {
    const runner = runnerWith(t, [{ case: 'always' }, { case: 'arm', platforms: ['linux-arm64'] }]);
    const found = { version: '1', mode: 'jit' };
    const on = (platform: string) => loadExpectations(runner, found, platform).map((one) => one.case);
    assert.deepEqual(on('linux-arm64'), ['always', 'arm']);
    assert.deepEqual(on('linux-x64'), ['always']);
  });

  test('only once somebody has explained it', (t) => {
    const runner = runnerWith(t, [
      { case: 'known' },
      { case: 'draft', reason: 'UNEXPLAINED: fd_read = nosys, expected ok' },
    ]);
    assert.deepEqual(casesOf(runner, '1.0.0', 'jit'), ['known']);
    assert.equal(readExpectations(runner).expectations.length, 2);
  });

  test('for a runner of the roster, in the version found', (t) => {
    const runner = runnerWith(t, [{ case: 'old', versions: '<2' }]);
    const found = { version: '1.0.0', mode: 'jit', executable: 'x', source: 'x' };
    assert.equal(expectationsOf([{ runner, found }])('rt').length, 1);
    assert.equal(expectationsOf([{ runner, found: { ...found, version: '2.0.0' } }])('rt').length, 0);
    assert.deepEqual(expectationsOf([])('rt'), []);
  });
});

test('a runner without a file expects no failure', (t) => {
  const { folder: _, ...runner } = runnerWith(t, []);
  assert.deepEqual(loadExpectations(runner), []);
  assert.deepEqual(loadExpectations({ ...runner, folder: '/no/such/folder' }), []);
});

describe('refused, naming file and field:', () => {
  const refuses = (label: string, entry: object, message: RegExp) =>
    test(label, () =>
      assert.throws(
        () =>
          parseExpectations(JSON.stringify({ expectations: [{ ...BASE, case: 'c', ...entry }] }), 'x.json'),
        { name: 'UserError', message },
      ),
    );
  refuses('no reason', { reason: undefined }, /^x\.json: expectations\.0\.reason is missing$/);
  refuses('a reason that is none', { reason: 'bad' }, /^x\.json: expectations\.0\.reason: a reason says/);
  refuses('no link', { link: undefined }, /^x\.json: expectations\.0\.link is missing$/);
  refuses('a link that is none', { link: 'see there' }, /^x\.json: expectations\.0\.link: /);
  refuses('a range that is none', { versions: 'old' }, /^x\.json: expectations\.0\.versions: is no range/);
  refuses('no mode', { modes: [] }, /^x\.json: expectations\.0\.modes/);
  refuses('a platform that is none', { platforms: ['Linux'] }, /platforms\.0: a platform is as linux-x64/);
  refuses(
    'a mistyped field',
    { version: '<2' },
    /^unknown field 'version' in x\.json at expectations\.0; did you mean 'versions'\?/,
  );
});
