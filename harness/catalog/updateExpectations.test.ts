/** Expectations by a run: what goes, what comes, what stays; and what the run can't speak of. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { ConformanceRecord, Outcome } from '../contracts/run.ts';
import type { Suite } from '../contracts/suite.ts';
import { type ExpectedFailure, parseExpectations } from './expectations.ts';
import { expectationsText, updateExpectations, type Variant } from './updateExpectations.ts';

const SPEC = 'https://example.org/spec#x';
const suites = new Map<string, Suite>([
  [
    's',
    {
      ...{ id: 's', title: 'S', inventory: [], performance: [] },
      conformance: ['a', 'b', 'c', 'd'].map((id) => ({
        ...({ id, wasi: 'p1', title: id, spec: SPEC, guest: 'g' } as const),
        script: () => {},
      })),
    },
  ],
]);

const entry = (id: string, more: Partial<ExpectedFailure> = {}): ExpectedFailure => ({
  ...({ suite: 's', case: id, wasi: 'p1', outcome: 'fail' } as const),
  ...{ reason: `why ${id} fails`, link: 'https://example.org/1' },
  ...more,
});
const record = (id: string, outcome: Outcome, more: Partial<ConformanceRecord> = {}): ConformanceRecord => ({
  ...{ suite: 's', case: id, wasi: 'p1', runner: 'rt', title: id, outcome, spec: SPEC },
  ...{ covers: [], durationMs: 1, reason: `${id} = nosys, expected ok` },
  ...more,
});
const variant = (records: ConformanceRecord[], id = 'rt', version = '1.0.0', mode = 'jit'): Variant => ({
  runner: { id, version, mode },
  records: records.map((one) => ({ ...one, runner: id })),
});
const update = (before: ExpectedFailure[], ...variants: Variant[]) =>
  updateExpectations(before, variants, suites, 'linux-x64');
const cases = (entries: readonly ExpectedFailure[]) => entries.map((one) => one.case);
const kinds = ({ changes }: ReturnType<typeof update>) =>
  changes.map(({ kind, case: name }) => `${kind} ${name}`);

test('what passes goes, what fails as expected stays as it is, what newly fails comes in its place', () => {
  const before = [entry('a'), entry('c', { modes: ['jit'], versions: '>=1' })];
  const made = update(
    before,
    variant([record('a', 'xpass'), record('b', 'crash'), record('c', 'xfail'), record('d', 'pass')]),
  );
  assert.deepEqual(kinds(made), ['removed a', 'added b']);
  assert.deepEqual(made.expectations, [
    entry('b', { outcome: 'crash', reason: 'UNEXPLAINED: b = nosys, expected ok', link: SPEC }),
    before[1],
  ]);
});

test('what was not run, skipped or not decided changes nothing', () => {
  const before = [entry('a'), entry('b'), entry('c')];
  const made = update(before, variant([record('b', 'skip'), record('c', 'error'), record('d', 'skip')]));
  assert.deepEqual(made, { expectations: before, changes: [] });
});

test('entries about other versions, modes and platforms stay, though the case passes here', () => {
  const before = [
    entry('a', { versions: '<1' }),
    entry('b', { modes: ['aot'] }),
    entry('c', { platforms: ['darwin-arm64'] }),
  ];
  const passing = variant([record('a', 'pass'), record('b', 'pass'), record('c', 'pass')]);
  assert.deepEqual(update(before, passing), { expectations: before, changes: [] });
});

test('a draft that is there already is not made again, and goes when the case passes', () => {
  const first = update([], variant([record('a', 'fail')]));
  assert.deepEqual(kinds(first), ['added a']);
  const again = update(first.expectations, variant([record('a', 'fail')]));
  assert.deepEqual(again, { expectations: first.expectations, changes: [] });
  assert.deepEqual(update(first.expectations, variant([record('a', 'pass')])).expectations, []);
});

test('a case that there is no longer goes', () =>
  assert.deepEqual(kinds(update([entry('old'), entry('a')], variant([]))), ['removed old']));

test('another way of failing, and wavering, are left to a human', () => {
  const before = [entry('a'), entry('b')];
  const made = update(
    before,
    variant([record('a', 'crash'), record('b', 'xpass', { flaky: ['xpass', 'fail'] })]),
  );
  assert.deepEqual(made.expectations, before);
  assert.deepEqual(kinds(made), ['look a', 'look b']);
});

describe('of several runners with one file', () => {
  test('what passes on one and fails on the other stays, and is told', () => {
    const made = update(
      [entry('a')],
      variant([record('a', 'xpass')]),
      variant([record('a', 'xfail')], 'rt+aot', '1.0.0', 'aot'),
    );
    assert.deepEqual(cases(made.expectations), ['a']);
    assert.deepEqual(kinds(made), ['look a']);
  });

  test('what was skipped on one does not keep what passes on the other', () => {
    const skipped = variant([record('a', 'skip')], 'rt+aot', '1.0.0', 'aot');
    const made = update([entry('a')], variant([record('a', 'xpass')]), skipped);
    assert.deepEqual(kinds(made), ['removed a']);
  });

  const limitsOf = (...variants: Variant[]) => {
    const [{ modes, versions } = {} as Partial<ExpectedFailure>, ...others] = update(
      [],
      ...variants,
    ).expectations;
    assert.deepEqual(others, []);
    return { ...(modes ? { modes } : {}), ...(versions ? { versions } : {}) };
  };
  const fails = [record('a', 'fail')];
  const passes = [record('a', 'pass')];
  test('a draft is limited to the mode that fails', () => {
    const aot = variant(fails, 'rt+aot', '1.0.0', 'aot');
    assert.deepEqual(limitsOf(variant(passes), aot), { modes: ['aot'] });
    assert.deepEqual(limitsOf(aot), { modes: ['aot'] });
    assert.deepEqual(limitsOf(variant(fails), aot), {});
  });
  test('or to the version', () =>
    assert.deepEqual(limitsOf(variant(passes), variant(fails, 'rt@2', '2.1.0')), { versions: '2.1.0' }));
});

test('the text holds what was parsed, in the same order', () => {
  const entries = [entry('b', { outcome: 'timeout', modes: ['aot'], platforms: ['linux-x64'] }), entry('a')];
  assert.deepEqual(parseExpectations(expectationsText({ expectations: entries }), 'x.json'), entries);
  const ours = readFileSync(new URL('../../runners/wasmtime/expectations.json', import.meta.url), 'utf8');
  assert.equal(expectationsText({ expectations: parseExpectations(ours, 'x.json') }), ours);
});
