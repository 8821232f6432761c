/** What `wasimeter explain` finds, tells and refuses, by figures made up here. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { discoverRunners } from '../../harness/catalog/discover.ts';
import { loadGuests } from '../../harness/catalog/guests.ts';
import type { PerformanceRecord, RunResult } from '../../harness/contracts/run.ts';
import { PLAIN } from '../terminal.ts';
import { timedCommandLine } from './commandLine.ts';
import { findFigures, matchingFigures } from './findFigures.ts';
import { methodOf } from './method.ts';
import { samplesPlot } from './plot.ts';
import { explainText } from './text.ts';
import type { FigureView } from './view.ts';

function figure(name: string, given: Partial<PerformanceRecord> = {}): PerformanceRecord {
  const [runner = '', wasi = '', path = ''] = name.split(' ');
  const [suite = '', ...rest] = path.split('/');
  return {
    ...{
      runner,
      wasi: wasi as 'p1',
      suite,
      case: rest.join('/'),
      title: 'the time',
      metric: 'latency',
      unit: 'ns',
    },
    ...{ better: 'lower', parameters: {}, headline: true, value: 100, ciLow: 99, ciHigh: 102, p99: 130 },
    ...{ samples: [98, 99, 100, 101, 102], rounds: 6, flags: [] },
    identity: { estimator: 'e/1', scriptHash: 's', guestHash: 'g' },
    ...given,
  };
}

const FIGURES = [
  'wasmtime p1 filesystem/fd_pread',
  'wasmtime p1 filesystem/fd_pread/4096',
  'node p1 filesystem/fd_pread',
  'wasmtime+aot p2 clocks/monotonic-clock.now',
].map((name) => figure(name));
const RUN = {
  id: '20260101-120000-1',
  performance: FIGURES,
  notMeasured: [
    { runner: 'node', wasi: 'p2', suite: 'clocks', case: 'monotonic-clock.now', reason: 'node has no p2' },
  ],
} as unknown as RunResult;
const names = (words: string) => findFigures(words, RUN).map((one) => `${one.runner} ${one.case}`);

describe('a figure is found', () => {
  for (const [words, expected] of [
    ['wasmtime filesystem/fd_pread', ['wasmtime fd_pread']],
    ['fd_pread', ['wasmtime fd_pread', 'node fd_pread']],
    ['fd_pread/4096', ['wasmtime fd_pread/4096']],
    ['wasmtime fd_pread*/*', ['wasmtime fd_pread/4096']],
    ['wasm* p1', ['wasmtime fd_pread', 'wasmtime fd_pread/4096']],
    ['p2', ['wasmtime+aot monotonic-clock.now']],
    ['  node   filesystem ', ['node fd_pread']],
    ['node latency', ['node fd_pread']],
  ] as const)
    test(`by '${words}'`, () => assert.deepEqual(names(words), expected));

  test('or the nearest are named', () => {
    assert.throws(
      () => names('wasmtme fd_pred'),
      /no figure of run 20260101-120000-1 is 'wasmtme fd_pred'; the nearest: 'wasmtime p1 filesystem\/fd_pread', /,
    );
    assert.deepEqual(matchingFigures('wasmtme fd_pred', RUN), []);
  });
  test('or the reason is told why there is none', () =>
    assert.throws(
      () => names('node monotonic-clock.now'),
      /run .* has no figure for node p2 clocks\/monotonic-clock\.now: node has no p2/,
    ));
  test('but no crowd of them', () => {
    const crowd = Array.from({ length: 21 }, (_, index) => figure(`node p1 s/c${index}`));
    assert.throws(
      () => findFigures('node', { ...RUN, performance: crowd }),
      /takes 21 figures .* as 'node p1 s\/c0'/,
    );
  });
  test('and a run without benchmarks says so, as does a figure without a word', () => {
    assert.throws(() => findFigures('x', { ...RUN, performance: [] }), /has no figures/);
    assert.throws(() => names(' '), /FIGURE is empty/);
  });
});

describe('the plot', () => {
  test('has a row for each tenth of the range, full where it meets the interval', () => {
    const rows = samplesPlot({ samples: [95, 100, 100, 100.4, 105], value: 100, ciLow: 99.5, ciHigh: 100.9 });
    assert.equal(rows.length, 10);
    assert.equal(rows[0], '  -4.50%  ░ 1');
    assert.equal(rows[1], '  -3.50%');
    assert.equal(rows[5], '  +0.50%  ███ 3');
    assert.equal(rows[9], '  +4.50%  ░ 1');
  });
  test('of equal samples is a word', () =>
    assert.deepEqual(samplesPlot({ samples: [1, 1], value: 1, ciLow: 1, ciHigh: 1 }), ['all 2 are equal']));
  test('of many stays within 40 blocks, and a lone one keeps its block', () => {
    const samples = [...Array.from({ length: 500 }, () => 100), 200];
    const rows = samplesPlot({ samples, value: 100, ciLow: 100, ciHigh: 100 });
    assert.equal(rows[0]?.trim(), `+5.00%  ${'█'.repeat(40)} 500`);
    assert.equal(rows[9]?.trim(), '+95.00%  ░ 1');
  });
});

describe('the method', () => {
  const words = (given: Partial<PerformanceRecord>) =>
    methodOf(figure('node p1 s/c', given), undefined).join(' ');
  test('is the midmean of quiet processes', () => assert.match(words({}), /5 of 6 processes.*midmean/));
  test('or the lower quartile where it is contaminated, or a start', () => {
    assert.match(words({ flags: ['contaminated'] }), /Fewer than five.*lower quartile/);
    assert.match(words({ metric: 'startup' }), /before the spawn.*lower quartile/);
  });
});

test('the text tells value, interval, flags, modes, script, command and how to measure again', () => {
  const view: FigureView = {
    ...{
      schema: 'wasimeter/explain@1',
      run: RUN.id,
      figure: { ...FIGURES[0]!, title: 'a\x1b[2J' },
      method: ['So.'],
    },
    flags: [{ flag: 'one-cpu', meaning: 'On one.' }],
    modes: { low: { samples: 15, median: 99 }, high: { samples: 5, median: 130 }, gapRatio: 21 },
    script: { lines: ['alloc 8', 'bench 1'] },
    command: { line: 'EXECUTABLE run', placeholders: { EXECUTABLE: 'Wasmtime' } },
    again: ['wasimeter run --case x'],
  };
  const text = explainText(view, PLAIN);
  for (const part of [
    '100 ns, 95% interval 99 ns to 102 ns (-1.00% to +2.00%); p99 130 ns; 5 of 6 processes count, lower is better',
    'a\\x1b[2J',
    '  one-cpu: On one.',
    '  two modes: 15 at 99 ns (-1.00%) and 5 at 130 ns (+30.00%); between them a gap of 21 times their spread',
    '  alloc 8\n  bench 1',
    'EXECUTABLE run\n  EXECUTABLE: Wasmtime',
    '\nwasimeter run --case x',
  ])
    assert.ok(text.includes(part), `${part}\n---\n${text}`);
});

describe('the command line', async () => {
  const runners = await discoverRunners();
  const guests = loadGuests();
  const found = { version: '1', mode: 'jit', source: 'PATH' };
  const world = { id: 'w', preopens: [{ guest: '/d' }] };
  for (const [id, runner] of runners)
    test(`of ${id} has placeholders for paths, and names nothing of this machine`, () => {
      const guest = guests.get('probe-p1')!;
      const { line, placeholders } = timedCommandLine(runner, found, {
        ...{ guest, world, isOneCpu: id === 'jco', isStart: false },
      });
      // Of the floor the artefact is the program.
      assert.match(line, runner.isFloor ? /ARTIFACT/ : /EXECUTABLE/);
      assert.match(line, /ARTIFACT/);
      assert.match(line, /loops=LOOPS/);
      assert.match(line, /files\/preopen\.0/);
      assert.equal(line.includes(' taskset -c CPU EXECUTABLE '), id === 'jco');
      assert.ok(!line.includes(process.cwd()) && !line.includes(process.execPath));
      for (const name of Object.keys(placeholders)) assert.ok(line.includes(name), name);
    });
});
