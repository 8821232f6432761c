/** Selections as users type them: kept by --judge, named in the summary, no coverage; --watch runs again until Ctrl-C. */

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ListedCase } from '../cli/run/listing.ts';
import { loadRun } from '../harness/store/runFile.ts';
import { startCommand } from './startCommand.ts';
import { until } from './until.ts';

/** A run may have to wait for the machine's lock while somebody measures. */
const BOUND = { timeout: 300_000 };
const folder = mkdtempSync(join(tmpdir(), 'wasimeter-selection-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
const CONFIG = join(folder, 'bench.config.ts');
writeFileSync(CONFIG, "export default { runners: ['node'], profile: 'conformance' };");
const wasimeter = (...args: string[]) => startCommand(folder, args).ended;
const runs = () => readdirSync(join(folder, 'out/runs')).toSorted();
const WORDS = ['--case', 'clock_res_get', '--wasi', 'p1'];

test('what is listed is what is run, by --judge too; and it is no coverage', BOUND, async () => {
  const listed = await wasimeter('run', ...WORDS, '--list', '--json');
  assert.equal(listed.code, 0, listed.stderr);
  const cases = (JSON.parse(listed.stdout) as ListedCase[]).map((one) => one.case).toSorted();
  assert.ok(cases.length > 3 && cases.every((one) => one.startsWith('clock_res_get/')));
  const listedCases = JSON.parse((await wasimeter('list', 'cases', ...WORDS, '--json')).stdout);
  assert.equal(listedCases.length, cases.length);

  const run = await wasimeter('run', ...WORDS);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /only a selection was run: --case clock_res_get --wasi p1\n/);
  const [id = ''] = runs();
  const path = join(folder, 'out/runs', id);
  const before = await loadRun(join(path, 'run.json'));
  assert.deepEqual(before.conformance.map((one) => one.case).toSorted(), cases);
  assert.deepEqual(before.config.selection, { cases: ['clock_res_get'], wasi: ['p1'] });
  assert.deepEqual(before.coverage, []);

  const judged = await wasimeter('report', path, '--judge', '--out', 'judged');
  assert.equal(judged.code, 0, judged.stderr);
  const after = JSON.parse(readFileSync(join(folder, 'judged/run.json'), 'utf8'));
  assert.deepEqual(after.conformance.map((one: { case: string }) => one.case).toSorted(), cases);
  assert.deepEqual(after.config, before.config);

  const coverage = await wasimeter('coverage', '--run', id);
  assert.equal(coverage.code, 2);
  assert.match(coverage.stderr, /was of a selection \(--case clock_res_get --wasi p1\)/);
  assert.match((await wasimeter('coverage')).stderr, /no finished run of all cases/);

  const again = await wasimeter('run', '--last-failed');
  assert.deepEqual([again.code, again.stdout], [0, '']);
  assert.match(again.stderr, /^wasimeter: nothing came out unexpected in the last run/);
  assert.deepEqual(runs(), [id], 'nothing was run');
});

test('what can be no selection is refused, and nothing is run', BOUND, async () => {
  const before = runs();
  const refused: [string[], RegExp][] = [
    [
      ['--case', 'clock_res_gte/*'],
      /^wasimeter: no case matches 'clock_res_gte\/\*' in --case; the nearest is 'clock_res_get/,
    ],
    [['--tag', 'clok'], /^wasimeter: unknown tag 'clok' in --tag/],
    [['--wasi', 'p4'], /--wasi.*there are: p1, p2/],
    [
      ['--resume', '--case', 'x'],
      /^wasimeter: --resume goes on with what the run began with: leave out --case\n/,
    ],
    [['--resume', '--time-budget', '90s'], /leave out --time-budget\n/],
    [['--list', '--watch'], /--list.*cannot be used with.*--watch/],
  ];
  for (const [words, message] of refused) {
    const { code, stderr } = await wasimeter('run', ...words);
    assert.equal(code, 2, words.join(' '));
    assert.match(stderr, message);
  }
  assert.deepEqual(runs(), before);
});

test('--watch runs again when the configuration changes, and ends on Ctrl-C', BOUND, async () => {
  const before = runs().length;
  const words = ['run', '--case', 'clock_res_get/realtime', '--watch'];
  const { child, said, ended } = startCommand(folder, words);
  const waits = () => said.stderr.split('waiting for changes').length - 1;
  await until(() => waits() === 1 || child.exitCode !== null, 'the first run is over');
  assert.equal(runs().length, before + 1, said.stderr);
  writeFileSync(CONFIG, "export default { runners: ['node'], profile: 'conformance', seed: 2 };");
  await until(() => waits() === 2 || child.exitCode !== null, 'another run is over');
  assert.match(said.stderr, /wasimeter: bench\.config\.ts changed: running again/);
  assert.equal(runs().length, before + 2);
  child.kill('SIGINT');
  assert.equal((await ended).code, 130);
});
