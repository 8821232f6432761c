/** Figures of a user's wasm against worked values: lower quartiles, rates over the same process, ratios to the quickest. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnProcess, OwnTimes } from '../contracts/ownWasm.ts';
import { ownFigures, sideBySide } from './ownTimes.ts';

const process = (durationNs: number, more: Partial<OwnProcess> = {}): OwnProcess => ({
  ...{ durationNs, stderr: '', inBytes: 0, outBytes: 0 },
  end: { exitCode: 0, signal: undefined, stderrText: '', timedOut: false, flooded: false },
  ...more,
});
const figures = (runs: OwnProcess[], watched: OwnProcess[] = []) =>
  ownFigures({ runner: 'rt', runs, startups: [process(1e6), process(2e6)], watched }, 1);

test('a run takes the lower quartile of its processes, and so does a start', () => {
  const { run, startup } = figures([5, 4, 3, 2, 1].map((ms) => process(ms * 1e6)));
  assert.deepEqual([run.value, run.unit, startup.value], [2e6, 'ns', 1.25e6]);
  assert.deepEqual(run.samples, [5e6, 4e6, 3e6, 2e6, 1e6]);
  assert.ok(run.ciLow >= 1e6 && run.ciLow <= run.value && run.value <= run.ciHigh);
});

test('a rate is of the time of the same process: the quickest quarter is one and the same', () => {
  const runs = [5, 4, 3, 2, 1].map((seconds) => process(seconds * 1e9, { inBytes: 600, outBytes: 60 }));
  const { bytesIn, bytesOut, inBytes, outBytes } = figures(runs);
  assert.deepEqual([bytesIn?.value, bytesOut?.value, bytesIn?.unit], [300, 30, 'B/s']);
  assert.deepEqual([inBytes, outBytes], [600, 60]);
});

test('without input there is no rate, of the output neither', () => {
  const { bytesIn, bytesOut, outBytes } = figures([process(1e9, { outBytes: 60 })]);
  assert.deepEqual([bytesIn, bytesOut, outBytes], [undefined, undefined, 60]);
});

test('memory is the most that was seen, and nothing where nothing was', () => {
  const seen = [30, 10, 20].map((peakBytes) => process(1, { peakBytes }));
  assert.equal(figures([process(1e6)], seen).peakMemory?.value, 30);
  assert.equal(figures([process(1e6)], [process(1)]).peakMemory, undefined);
});

test('CPU times are means, and told only where all of them are known', () => {
  const runs = [process(1e6, { userMs: 10, systemMs: 0 }), process(1e6, { userMs: 20, systemMs: 10 })];
  assert.deepEqual([figures(runs).userMs, figures(runs).systemMs], [15, 5]);
  assert.equal(figures([...runs, process(1e6)]).userMs, undefined);
});

test("a process during which the host's clock was set back has no time", () => {
  assert.deepEqual(figures([process(-5), process(1e6)]).run.samples, [1e6]);
});

test('runtimes stand from the quickest on, each held against it', () => {
  const times = (runner: string, ns: number) =>
    ({ runner, run: { unit: 'ns', value: ns, ciLow: ns, ciHigh: ns, samples: [ns, ns] } }) as OwnTimes;
  const beside = sideBySide([times('slow', 30), times('quick', 10), times('middle', 20)], 1);
  assert.deepEqual(
    beside.map(({ runner, slower }) => [runner, slower?.value, slower?.ciLow]),
    [
      ['quick', undefined, undefined],
      ['middle', 2, 2],
      ['slow', 3, 3],
    ],
  );
  assert.deepEqual(sideBySide([], 1), []);
});
