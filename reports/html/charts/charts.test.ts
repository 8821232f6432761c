/** Owns the tests of charts: marks for figures, colours and shapes for runners, ticks at round values, nothing raw. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeRun } from '../fixtures/run.ts';
import { groupFigures } from '../model/figures.ts';
import { seatRunners } from '../model/roster.ts';
import { shapeOf } from '../theme/palette.ts';
import { logAxis } from './axis.ts';
import { dotChart } from './dots.ts';
import { extentOf } from './figure-data.ts';
import { lineChart } from './lines.ts';
import { renderChart } from './render.ts';

const FRAME = { label: 'a "chart"', describedBy: 'id', className: 'test' };

async function drawLatency(change: (run: ReturnType<typeof makeRun>) => void = () => {}): Promise<string> {
  const run = makeRun();
  change(run);
  const rows = groupFigures(run, 'latency')[0]?.rows ?? [];
  const spec = dotChart(rows, seatRunners(run), logAxis(extentOf(rows), 'ns'), 'wide');
  assert.ok(spec);
  return (await renderChart(spec, FRAME)).toString();
}

describe('axes', () => {
  it('have a few ticks at round values, inside their domain', () => {
    for (const values of [
      [58, 142_000],
      [1, 1.001],
      [5.9e6, 408e6],
      [0.02, 7e9],
      [9.99, 10.01],
    ]) {
      const { domain, ticks } = logAxis(values, 'ns');
      assert.ok(ticks.length >= 2 && ticks.length <= 13, `${values}: ${ticks}`);
      assert.ok(ticks.every((tick) => tick >= domain[0] && tick <= domain[1]));
    }
    assert.deepEqual(logAxis([60, 90_000], 'ns').ticks, [100, 1000, 10_000, 100_000]);
    assert.deepEqual(logAxis([16, 2 ** 20], 'B').ticks, [32, 1024, 32_768, 2 ** 20]);
  });

  it('pass over what a logarithm can’t show', () => {
    assert.deepEqual(logAxis([-1, 0, Number.NaN], 'ns').domain, [1, 1000]);
  });
});

describe('dot chart', () => {
  it('draws a titled mark for each figure in the inks of the page', async () => {
    const svg = await drawLatency();
    assert.equal(svg.match(/class="figure"/g)?.length, 8);
    assert.match(svg, /<title>jco, clock_time_get: 9.40 µs, interval 6.58–12.8 µs \(contaminated\)<\/title>/);
    assert.match(svg, /^<svg role="img" aria-label="a &quot;chart&quot;" aria-describedby="id"/);
    assert.match(svg, /var\(--c0\)/);
    // A strict policy forbids style attributes; a fixed colour would be unreadable in one of the themes.
    assert.doesNotMatch(svg, /style=|"#[0-9a-f]{3,6}"|"(black|white)"/);
  });

  it('survives names that objects inherit and text that breaks out', async () => {
    for (const name of [
      '__proto__',
      'constructor',
      'toString',
      '</text><script>',
      '\0\u202e\ud800',
      '"',
      '\\',
    ]) {
      const svg = await drawLatency((run) => {
        for (const one of run.performance) one.case = name;
        for (const one of [...run.runners, ...run.performance]) {
          if ('id' in one) one.id = name;
          else one.runner = name;
        }
      });
      assert.doesNotMatch(svg, /<script|[\0\u202e]/);
      assert.ok(svg.isWellFormed());
      assert.match(svg, /<title>/);
    }
  });

  it('leaves out figures at or below zero, and is no chart without any', async () => {
    const svg = await drawLatency((run) => {
      for (const one of run.performance.slice(0, 3)) one.value = -1;
    });
    assert.equal(svg.match(/class="figure"/g)?.length, 5);
    assert.equal(dotChart([], seatRunners(makeRun()), logAxis([], 'ns'), 'narrow'), undefined);
  });
});

describe('line chart', () => {
  it('draws a mark for each size and runner', async () => {
    const run = makeRun();
    const records = run.performance.filter((one) => one.metric === 'throughput' && one.case === 'fd_read');
    const spec = lineChart(records, seatRunners(run));
    assert.ok(spec);
    const svg = (await renderChart(spec, FRAME)).toString();
    assert.equal(svg.match(/class="figure"/g)?.length, records.length);
    assert.match(svg, />1 MiB</);
  });
});

describe('palette', () => {
  it('never gives two of the first sixteen runners one colour and shape', () => {
    const pairs = Array.from({ length: 16 }, (_, n) => `${n % 8} ${shapeOf(n)}`);
    assert.equal(new Set(pairs).size, 16);
  });
});
