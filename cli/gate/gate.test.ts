/** What a gate comes to: exit codes by what fails it, and commands that a shell takes as they are. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BenchmarkComparison, NotCompared, Verdict } from '../../harness/contracts/comparison.ts';
import type { ConformanceRecord, Outcome } from '../../harness/contracts/run.ts';
import { gateResult } from './result.ts';
import { againCommand } from './text.ts';

const benchmark = (verdict: Verdict, waived = false) =>
  ({ verdict, ...(waived ? { waiver: {} } : {}) }) as BenchmarkComparison;
const outcome = (runner: string, is: Outcome, suite = 'clocks') =>
  ({ suite, case: 'c', wasi: 'p1', runner, outcome: is }) as ConformanceRecord;
const gone = (runner: string): NotCompared => ({ suite: 's', case: 'c', wasi: 'p1', runner, reason: 'r' });

type FailOn = Parameters<typeof gateResult>[3];
const code = (
  verdicts: BenchmarkComparison[],
  {
    conformance = [] as ConformanceRecord[],
    notCompared = [] as NotCompared[],
    failOn = ['regressed', 'unexpected'] as FailOn,
  } = {},
) => gateResult({ benchmarks: verdicts, notCompared }, { conformance }, ['new'], failOn).exitCode;

describe('the exit code', () => {
  const strict = { failOn: ['regressed', 'unexpected', 'unsure'] as FailOn };
  test('is 1 for a regression that nobody waived', () => {
    assert.equal(code([benchmark('regressed')]), 1);
    assert.equal(code([benchmark('regressed', true)]), 0);
    assert.equal(code([benchmark('regressed')], { failOn: ['unexpected'] }), 0);
  });
  test('is 0 for what is unsure or contaminated, 3 where that was asked for, 1 before 3', () => {
    for (const verdict of ['unsure', 'contaminated'] as const) {
      assert.equal(code([benchmark(verdict)]), 0);
      assert.equal(code([benchmark(verdict)], strict), 3);
    }
    assert.equal(code([benchmark('unsure'), benchmark('regressed')], strict), 1);
    assert.equal(code([benchmark('unchanged'), benchmark('improved')], strict), 0);
  });
  test('is 3 where the candidate no longer has a benchmark, not where the baseline has not yet', () => {
    assert.equal(code([], { ...strict, notCompared: [gone('new')] }), 3);
    assert.equal(code([], { ...strict, notCompared: [gone('old')] }), 0);
  });
  test("is 1 for the candidate's unexpected outcomes, not for the baseline's", () => {
    for (const is of ['fail', 'xpass', 'crash', 'timeout', 'error'] as const) {
      assert.equal(code([], { conformance: [outcome('new', is)] }), 1, is);
      assert.equal(code([], { conformance: [outcome('old', is)] }), 0, is);
    }
    for (const is of ['pass', 'xfail', 'skip'] as const)
      assert.equal(code([], { conformance: [outcome('new', is)] }), 0, is);
  });
  test('is 1 for an escape, whatever it fails on', () => {
    assert.equal(code([], { conformance: [outcome('new', 'fail', 'sandbox')], failOn: [] }), 1);
    assert.equal(code([], { conformance: [outcome('new', 'fail')], failOn: [] }), 0);
  });
});

test('the command for one benchmark again is what a shell takes', () => {
  const one = {
    suite: 's',
    case: "it's[0]",
    wasi: 'p1',
    arms: ['a', 'wasmtime@49'] as [string, string],
  } as const;
  assert.equal(
    againCommand(one, { baseline: 'wasmtime@48', candidate: undefined }),
    "wasimeter gate --baseline wasmtime@48 --candidate wasmtime@49 --case 's/it'\\''s[0]' --wasi p1",
  );
  assert.match(
    againCommand(one, { baseline: '$(rm -rf)', candidate: 'x' }),
    /--baseline '\$\(rm -rf\)' --candidate x /,
  );
});
