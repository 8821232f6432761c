/** Running again at changes: one run at a time, overtaken runs are ended, an interruption ends all. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../../test/until.ts';
import { runAgain, watchPlaces } from './watch.ts';

/** Runs that end when the test says so, and changes that it makes. */
function stage() {
  const controller = new AbortController();
  const runs: { end(): void; stopped: boolean }[] = [];
  const told: string[] = [];
  let change: (file: string) => void = () => {};
  let isWatching = false;
  const done = runAgain({
    signal: controller.signal,
    tell: (line) => void told.push(line),
    settle: (callback) => callback(),
    watch: (changed) => {
      [change, isWatching] = [changed, true];
      return () => {
        isWatching = false;
      };
    },
    start: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const run = { end: resolve, stopped: false };
      runs.push(run);
      return {
        ended: promise,
        stop: () => {
          run.stopped = true;
          resolve();
        },
      };
    },
  });
  return { controller, runs, told, done, change: (file: string) => change(file), watching: () => isWatching };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('a run follows each change, and says because of what', async () => {
  const { controller, runs, told, done, change, watching } = stage();
  runs[0]?.end();
  await turn();
  assert.deepEqual(told, ['waiting for changes; Ctrl-C ends']);
  assert.equal(runs.length, 1, 'nothing changed yet');
  change('suites/x/suite.ts');
  await turn();
  assert.equal(runs.length, 2);
  assert.equal(told.at(-1), 'suites/x/suite.ts changed: running again');
  controller.abort();
  await done;
  assert.equal(runs[1]?.stopped, true);
  assert.equal(watching(), false);
});

test('a run that is overtaken is ended, and one more takes its place', async () => {
  const { controller, runs, done, change } = stage();
  change('a');
  change('b');
  await turn();
  assert.deepEqual(
    runs.map(({ stopped }) => stopped),
    [true, false],
  );
  controller.abort();
  await done;
});

test('an interruption while waiting ends it', async () => {
  const { controller, runs, done } = stage();
  runs[0]?.end();
  await turn();
  controller.abort();
  await done;
  assert.equal(runs.length, 1);
});

test('files below a folder are seen, those of node_modules and temporary ones are not', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-watch-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'suites', 'x', 'node_modules'), { recursive: true });
  const seen: string[] = [];
  const stop = watchPlaces(
    [
      { folder, file: /^bench\.config\.\w+$/, shown: '' },
      { folder: join(folder, 'suites'), shown: 'suites' },
      { folder: join(folder, 'none'), shown: 'none' },
    ],
    (file) => void seen.push(file),
  );
  t.after(stop);
  writeFileSync(join(folder, 'suites', 'x', 'node_modules', 'y.ts'), '');
  writeFileSync(join(folder, 'suites', 'x', 'y.ts.1.tmp'), '');
  writeFileSync(join(folder, 'other.ts'), '');
  writeFileSync(join(folder, 'bench.config.ts'), '');
  writeFileSync(join(folder, 'suites', 'x', 'suite.ts'), '');
  await until(() => new Set(seen).size >= 2, 'both were seen');
  assert.deepEqual([...new Set(seen)].toSorted(), ['bench.config.ts', 'suites/x/suite.ts']);
});
