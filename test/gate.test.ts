/** The gate as a command: exit codes, waivers, conformance, and a runtime that is slower indeed. */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Comparison } from '../harness/contracts/comparison.ts';
import type { ConformanceRecord } from '../harness/contracts/run.ts';
import { before, json, slower, stored, wasimeter, workplace } from './storedRuns.ts';

/** A gate may have to wait for the machine's lock while somebody measures. */
const BOUND = { timeout: 600_000 };

describe('a gate of two stored runs', () => {
  const gate = (folder: string, ...args: string[]) =>
    wasimeter(folder, 'gate', '--baseline', 'before.json', '--candidate', 'after.json', ...args);

  test('fails on a regression with 1, names it, both values and the command for just that one', async () => {
    const folder = workplace({ 'before.json': before, 'after.json': slower });
    const { code, stdout, stderr } = await gate(folder);
    assert.equal(code, 1, stderr);
    assert.match(
      stdout,
      /regressed: p1 clocks\/call\/0 of node: 9\d(?:\.\d)? ns before, 1\d\d ns now; cost \+\d+\.\d+% \(/,
    );
    assert.match(
      stdout,
      /again: wasimeter gate --baseline before\.json --candidate after\.json --case clocks\/call\/0 --wasi p1\n/,
    );
    assert.match(stdout, /gate: failed \(1 regressed, 0 unexpected outcomes\)/);
    const page = readFileSync(join(folder, 'out/report/index.html'), 'utf8');
    assert.match(page, /<section id="comparison"/);
    assert.match(page, /The gate did not pass/);
    const kept = JSON.parse(readFileSync(join(folder, 'out/report/comparison.json'), 'utf8')) as Comparison;
    assert.equal(kept.gate?.exitCode, 1);
  });

  test('passes with 0 where nothing changed, and what is better is no reason to fail', async () => {
    const folder = workplace({ 'before.json': before, 'after.json': json(stored('after', 0.9)) });
    const { code, stdout } = await gate(folder, '--json');
    const { benchmarks, kind, gate: result } = JSON.parse(stdout) as Comparison;
    assert.deepEqual([code, kind, result?.regressed], [0, 'stored', 0]);
    assert.equal(benchmarks.find((one) => one.case === 'call/0')?.verdict, 'improved');
    assert.ok(benchmarks.every(({ floor }) => floor.share >= 0.03));
  });

  test('a waiver lets it pass, until it is over', async () => {
    const config = (until: string) =>
      `export default { gate: { waive: [{ benchmark: 'clocks/call/0', upTo: '20%', until: '${until}', reason: 'a fix is pending' }] } };`;
    const folder = workplace({
      ...{ 'before.json': before, 'after.json': slower, 'bench.config.ts': config('2999-01-01') },
    });
    const waived = await gate(folder);
    assert.equal(waived.code, 0, waived.stdout + waived.stderr);
    assert.match(waived.stdout, /regressed, waived/);
    writeFileSync(join(folder, 'bench.config.ts'), config('2020-01-01'));
    const over = await gate(folder);
    assert.equal(over.code, 1);
    assert.match(
      over.stdout,
      /the waiver of clocks\/call\/0 ended on 2020-01-01 \(a fix is pending\): remove it/,
    );
  });

  test("exits 3 under --fail-on unsure for what can't be told, 0 without", async () => {
    const run = stored('after', 1);
    run.performance[1]!.flags = ['clock-disagrees'];
    const folder = workplace({ 'before.json': before, 'after.json': json(run) });
    assert.equal((await gate(folder, '--fail-on', 'unsure')).code, 3);
    const { code, stdout } = await gate(folder);
    assert.equal(code, 0);
    assert.match(stdout, /contaminated.*\n/);
  });

  test('fails on unexpected conformance outcomes of the candidate, not on expected ones', async () => {
    const outcome = (name: string, is: ConformanceRecord['outcome']): ConformanceRecord => ({
      ...{
        suite: 'clocks',
        case: name,
        wasi: 'p1',
        runner: 'node',
        title: 't',
        outcome: is,
        reason: 'said so',
      },
      ...{ spec: 'https://example.org/#x', covers: [], durationMs: 1 },
    });
    const known = json(stored('after', 1, { conformance: [outcome('a', 'xfail'), outcome('b', 'pass')] }));
    const folder = workplace({ 'before.json': before, 'after.json': known });
    assert.equal((await gate(folder)).code, 0);
    const stale = json(stored('after', 1, { conformance: [outcome('a', 'xpass'), outcome('b', 'fail')] }));
    writeFileSync(join(folder, 'after.json'), stale);
    const { code, stdout } = await gate(folder);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /2 unexpected conformance outcomes:\n {2}xpass node p1 clocks\/a: said so\n {4}again: wasimeter run --runner node --case clocks\/a --wasi p1/,
    );
  });
});

/** A runtime of a few lines; the slow one calls the host's clock twice. */
const RUNTIME = `import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';
const [slow, ...words] = process.argv.slice(2);
const wasi = new WASI({ version: 'preview1', args: words });
const imports = wasi.getImportObject();
const own = imports.wasi_snapshot_preview1;
const call = own.clock_time_get;
own.clock_time_get = slow === '1' ? (...a) => { call(...a); call(...a); return call(...a); } : (...a) => call(...a);
const module = await WebAssembly.compile(await readFile(words[0]));
process.exitCode = wasi.start(await WebAssembly.instantiate(module, imports));
`;

test('a slower runtime fails the gate in both blocks, side by side', BOUND, async () => {
  const runner = (id: string, slow: string) =>
    `{ id: '${id}', command: ['node', './rt.mjs', '${slow}', '{wasm}', '{args}'], wasi: ['p1'] }`;
  const folder = workplace({
    'rt.mjs': RUNTIME,
    'bench.config.ts': `export default { runners: [${runner('quick', '0')}, ${runner('slow', '1')}],
      gate: { baseline: 'quick', candidate: 'slow' } };`,
  });
  const only = ['--case', 'clocks/clock_time_get/monotonic', '--wasi', 'p1'];
  const red = await wasimeter(folder, 'gate', ...only, '--json');
  assert.equal(red.code, 1, red.stderr + red.stdout);
  const { benchmarks, kind } = JSON.parse(red.stdout) as Comparison;
  assert.equal(kind, 'side-by-side');
  const [one] = benchmarks;
  assert.deepEqual([benchmarks.length, one?.verdict], [1, 'regressed']);
  assert.ok(one!.first.ratio.value > 1.2 && one!.confirming!.ratio.value > 1.2);
  assert.ok(one!.first.processes[0] >= 10);
});
