/** Plans: what is skipped says why, what is timed has a key of its own, and a seed decides the order. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Guest } from '../contracts/guest.ts';
import { NO_TERMINAL } from '../contracts/need.ts';
import type { RosterEntry } from '../contracts/plan.ts';
import type { Found, Runner } from '../contracts/runner.ts';
import type { BenchWorld, ConformanceCase, LatencyCase, PerformanceCase, Suite } from '../contracts/suite.ts';
import { makePlan } from './plan.ts';
import type { PlanInput } from './planInput.ts';

const found: Found = { version: '1', mode: 'm', executable: 'x', source: 's' };
const guest = (id: string, wasi: 'p1' | 'p2'): Guest => ({
  ...({ id, wasi, kind: 'module', file: `/${id}.wasm` } as const),
  hash: 'sha256:00',
});
const guests = new Map(['probe-p1', 'probe-p2'].map((id) => [id, guest(id, id.slice(6) as 'p1')]));

function entry(id: string, changes: Partial<RosterEntry> = {}, p2 = true): RosterEntry {
  const runner: Runner = {
    id,
    name: id.toUpperCase(),
    capabilities: {
      p1: { support: 'native' },
      p2: p2 ? { support: 'native' } : { support: 'none', reason: `${id} has no components` },
      p3: { support: 'none' },
    },
    detect: () => Promise.resolve(found),
    command: () => ({ file: 'x', args: [] }),
    classify: () => ({ kind: 'exit', code: 0 }),
  };
  return { runner, found, ...changes };
}

const conformanceCase = (id: string, wasi: 'p1' | 'p2' = 'p1', more = {}): ConformanceCase => ({
  ...{ id, wasi, title: id, spec: 'https://example.org/#x', guest: `probe-${wasi}` },
  script: (s) => void (wasi === 'p1' ? s.raw('sched_yield', []) : s.mark()),
  ...more,
});
const latency = (id: string, headline = false): LatencyCase => ({
  ...({ id, wasi: 'p1', title: id, guest: 'probe-p1', metric: 'latency', headline } as const),
  bench: (s) => s.time('sched_yield', []),
});
const suite = (id: string, conformance: ConformanceCase[], performance: PerformanceCase[] = []): Suite => ({
  ...{ id, title: id, inventory: [], conformance, performance },
});
const plan = (suites: Suite[], changes: Partial<PlanInput> = {}) =>
  makePlan({
    ...{
      suites,
      roster: [entry('a')],
      guests,
      only: 'all',
      processes: 20,
      patience: 1,
      caseTimeoutMs: 1000,
      seed: 1,
    },
    ...changes,
  });

describe('what is left out', () => {
  const suites = [suite('s', [conformanceCase('one'), conformanceCase('two', 'p2')], [latency('l')])];

  test('a version that a runner has not is skipped with its reason, even where it is not installed', () => {
    const roster = [entry('a', {}, false)];
    const { conformance, skippedCases } = plan(suites, { roster });
    assert.deepEqual(
      conformance.map((one) => one.case.id),
      ['one'],
    );
    assert.deepEqual(
      skippedCases.map((one) => [one.case.id, one.runner, one.reason]),
      [['two', 'a', 'a has no components']],
    );
  });

  test('a version without a reason gets one in words', () => {
    const third = { ...conformanceCase('three'), wasi: 'p1' } as ConformanceCase;
    const none = entry('a');
    none.runner.capabilities.p1 = { support: 'none' };
    assert.equal(
      plan([suite('s', [third])], { roster: [none] }).skippedCases[0]?.reason,
      'A has no preview 1',
    );
  });

  test('a case that needs what a runner does not provide is skipped with that in words', () => {
    const listens = entry('listens');
    listens.runner.provides = ['listen'];
    const needy = conformanceCase('needy', 'p1', { needs: ['listen'] });
    const { conformance, skippedCases } = plan([suite('s', [needy])], { roster: [entry('a'), listens] });
    assert.deepEqual(
      conformance.map((one) => one.runner),
      ['listens'],
    );
    assert.deepEqual(
      skippedCases.map((one) => [one.runner, one.reason]),
      [['a', 'A hands no listening socket to a guest']],
    );
  });

  test('a case that needs a terminal is skipped on every runner where the machine gives none', () => {
    const needy = [suite('s', [conformanceCase('needy', 'p1', { needs: ['terminal'] })])];
    assert.deepEqual(
      plan(needy, { roster: [entry('a')] }).skippedCases.map((one) => one.reason),
      [NO_TERMINAL],
    );
    assert.equal(plan(needy, { roster: [entry('a')], terminals: true }).conformance.length, 1);
  });

  test('a runner that is not installed is skipped with why, its benchmarks are not measured', () => {
    const missing: RosterEntry = { runner: entry('b').runner, missing: 'not on PATH' };
    const { conformance, skippedCases, notMeasured, blocks } = plan(suites, {
      roster: [entry('a'), missing],
    });
    assert.deepEqual([...new Set(conformance.map((one) => one.runner))], ['a']);
    assert.deepEqual(
      skippedCases.map((one) => [one.runner, one.reason]),
      Array.from({ length: 2 }, () => ['b', 'not installed: not on PATH']),
    );
    assert.deepEqual(notMeasured, [
      { suite: 's', case: 'l', wasi: 'p1', runner: 'b', reason: 'not installed: not on PATH' },
    ]);
    assert.deepEqual(
      blocks.map((block) => block.arms.map((arm) => arm.id)),
      [['a']],
    );
  });

  test('nobody to time leaves no block', () => {
    const missing: RosterEntry = { runner: entry('b').runner, missing: 'gone' };
    assert.deepEqual(plan(suites, { roster: [missing] }).blocks, []);
  });

  test('a guest that does not exist names suite and case', () => {
    const lost = conformanceCase('one', 'p1', { guest: 'probe-p9' });
    assert.throws(() => plan([suite('s', [lost])]), /suite 's', case 'one': there is no guest 'probe-p9'/);
  });
});

describe('what is timed', () => {
  const startup = { id: 'exit', wasi: 'p1', title: 'x', guest: 'probe-p1', metric: 'startup' } as const;
  const all = [latency('a', true), latency('b'), { ...startup, until: 'exit' } as const];
  const cases = (only: 'headline' | 'all', performance: PerformanceCase[] = all) =>
    plan([suite('s', [], performance), suite('t', [], [latency('a', true)])], { only }).blocks.map(
      (block) => [
        block.id,
        block.arms.flatMap((arm) => arm.cases.map((one) => `${one.suite}/${one.case.id}`)),
      ],
    );

  test('the headline profile leaves out the rest; startup has a block of its own', () => {
    assert.deepEqual(cases('headline'), [['calls/probe-p1', ['s/a', 't/a']]]);
    assert.deepEqual(cases('all'), [
      ['calls/probe-p1', ['s/a', 's/b', 't/a']],
      ['startup/probe-p1', ['s/exit']],
    ]);
  });

  const files = { id: 'files', preopens: [{ guest: '/', entries: {} }] };
  const peers = { id: 'peers', network: true };
  const blocksOf = (homeless: number, world: BenchWorld) =>
    cases('all', [
      { ...latency('w'), world },
      ...Array.from({ length: homeless }, (_, index) => latency(`h${index}`)),
    ]).map(([id, names]) => [id, names?.length]);

  test('a few benchmarks without a world share the processes of those with files, many do not', () => {
    // One more is of the suite `t`.
    assert.deepEqual(blocksOf(3, files), [['calls/probe-p1/files', 5]]);
    assert.deepEqual(blocksOf(4, files), [
      ['calls/probe-p1/files', 1],
      ['calls/probe-p1', 5],
    ]);
  });

  test('nobody is lodged in a world that gives more than files', () =>
    assert.deepEqual(blocksOf(1, peers), [
      ['calls/probe-p1/peers', 1],
      ['calls/probe-p1', 2],
    ]));

  test('two worlds of one name are refused', () =>
    assert.throws(
      () =>
        cases('all', [
          { ...latency('a'), world: files },
          { ...latency('b'), world: { ...files } },
        ]),
      /benchmark 'b': another world bears the name 'files' too/,
    ));

  const keysOf = (performance: PerformanceCase[]) =>
    new Map(
      plan([suite('s', [], performance), suite('t', [], [latency('a')])]).blocks.flatMap((block) =>
        block.arms.flatMap((arm) =>
          arm.cases.map((one) => [`${one.suite}/${one.case.id}`, one.key] as const),
        ),
      ),
    );

  test('keys differ in a process, and stay when benchmarks are added before', () => {
    const many = Array.from({ length: 60 }, (_, index) => latency(`l${index}`));
    const keys = keysOf(many);
    assert.equal(new Set(keys.values()).size, 61);
    const more = keysOf([latency('new'), ...many.toReversed()]);
    for (const [name, key] of keys) assert.equal(more.get(name), key, name);
  });

  test('a floor runs no case, and times what names calls of its own by those', () => {
    const floor = entry('floor');
    floor.runner.isFloor = true;
    const [own, other] = [{ ...latency('own'), native: 'lseek-set content' }, latency('other')];
    const made = plan([suite('s', [conformanceCase('one')], [own, other])], { roster: [floor], only: 'all' });
    assert.deepEqual([made.conformance, made.skippedCases, made.notMeasured], [[], [], []]);
    const [arm] = made.blocks.flatMap(({ arms }) => arms);
    assert.match(arm?.cases[0]?.bench ?? '', /^bench \d+ 5 500000 lseek-set content$/);
    assert.equal(arm?.cases.length, 1);
  });

  test('two benchmarks of one name are refused', () =>
    assert.throws(() => keysOf([latency('a'), latency('a')]), /two benchmarks with the key of 'a'/));
});

test('a seed decides the order, and nothing else does', () => {
  const suites = [
    suite(
      's',
      Array.from({ length: 30 }, (_, index) => conformanceCase(`c${index}`)),
    ),
  ];
  const order = (seed: number) => plan(suites, { seed }).conformance.map((one) => one.case.id);
  assert.deepEqual(order(5), order(5));
  assert.notDeepEqual(order(5), order(6));
  assert.deepEqual(order(5).toSorted(), order(6).toSorted());
});

test('a case runs as often as it says', () => {
  const suites = [suite('s', [conformanceCase('one', 'p1', { runs: 3 }), conformanceCase('two')])];
  const runs = plan(suites).conformance.map((one) => [one.case.id, one.runs]);
  assert.deepEqual(Object.fromEntries(runs), { one: 3, two: 1 });
});
