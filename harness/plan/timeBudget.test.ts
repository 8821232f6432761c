/** Time budgets: headline benchmarks go first, what is left out is left out everywhere, and is told. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Plan, TimedCase, TimingBlock } from '../contracts/plan.ts';
import { fitInto } from './timeBudget.ts';
import { timeBudgetText } from './timeBudgetText.ts';

const timed = (id: string, headline = false): TimedCase => ({
  ...{ suite: 's', setup: [], bench: `bench ${id}`, scriptHash: 'x' },
  case: { ...{ id, wasi: 'p1', title: id, guest: 'g', metric: 'latency' }, headline, bench: () => {} },
});

const block = (id: string, cases: TimedCase[], runners = ['a', 'b']): TimingBlock => ({
  ...{ id, processes: 20, mostProcesses: 20 },
  arms: runners.map((runner) => ({
    ...{ id: runner, runner, wasi: 'p1', cases, passes: 5, oneCpu: false },
    guest: { id: 'g', wasi: 'p1', kind: 'module', file: '/g', hash: 'h' },
  })),
});

const blocks = [block('one', [timed('plain'), timed('head', true)]), block('two', [timed('other')])];
const expectedS = (of: readonly TimingBlock[]) => fitInto(Number.POSITIVE_INFINITY, of).expectedS;
const names = (of: readonly TimingBlock[]) =>
  of.map(({ id, arms }) => [id, ...arms.map(({ cases }) => cases.map((one) => one.case.id).join(' '))]);

test('everything fits where there is time, and nothing is left out', () => {
  const fitted = fitInto(expectedS(blocks), blocks);
  assert.deepEqual(names(fitted.blocks), names(blocks));
  assert.deepEqual(fitted.leftOut, []);
});

test('the headline goes first, though it stands second', () => {
  const alone = expectedS([block('one', [timed('head', true)])]);
  const { blocks: left, leftOut } = fitInto(alone, blocks);
  assert.deepEqual(names(left), [['one', 'head', 'head']]);
  assert.deepEqual(
    leftOut.map(({ case: id, runner }) => `${id} ${runner}`),
    ['plain a', 'plain b', 'other a', 'other b'],
  );
  assert.match(leftOut[0]?.reason ?? '', /time budget/);
});

test('what runs in processes that are there costs less than what needs its own', () => {
  const both = expectedS([block('one', [timed('head', true), timed('plain')])]);
  const apart = expectedS([block('one', [timed('head', true)]), block('two', [timed('plain')])]);
  assert.ok(apart > both);
});

test('what is left out is told, not all of many', () => {
  const many = Array.from({ length: 20 }, (_, index) => timed(`c${index}`));
  const { leftOut } = fitInto(0, [block('one', many)]);
  const text = timeBudgetText({
    blocks: [],
    timeBudget: { budgetS: 0, expectedS: 0, leftOut },
  } as unknown as Plan);
  assert.match(
    text,
    /^time budget 0 s: 0 benchmarks in 0 processes, about 0 s; left out: p1 s\/c0, .* and 12 more$/,
  );
});
