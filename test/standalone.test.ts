/** `wasimeter export` and `show`: what runs without the harness gives the records that the harness got. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { CaseView } from '../cli/show/view.ts';
import { parseRecords } from '../harness/script/records.ts';
import { startCommand } from './startCommand.ts';

const folder = mkdtempSync(join(tmpdir(), 'wasimeter-standalone-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
/** A run may have to wait for the machine's lock while somebody measures. */
const BOUND = { timeout: 300_000 };

const SUITE = `
import { defineSuite, err, ok } from 'wasimeter';
const probe = { wasi: 'p1', guest: 'probe-p1', spec: 'https://example.org/#read' } as const;
const preopens = [{ guest: '/', entries: { 'a file': 'content', fifo: { kind: 'fifo' } } }];
export default defineSuite({
  id: 'own', title: 'Own', inventory: [], performance: [],
  conformance: [
    { ...probe, id: 'path_filestat_get/size', title: 'Its size', tags: ['files'],
      world: { preopens, args: ['mine', '--x'] },
      script: (s) => {
        s.expect(s.call('path_filestat_get', 3, [], 'a file'), ok());
        s.expect(s.call('path_filestat_get', 3, [], 'none'), err('badf'));
      } },
    { ...probe, wasi: 'p2', guest: 'probe-p2-clocks', id: 'monotonic-clock.resolution/there', title: 'There',
      script: (s) => s.expect(s.call('wasi:clocks/monotonic-clock#resolution'), ok()) },
  ],
});`;

const wasimeter = (...args: string[]) => startCommand(folder, args).ended;
interface Journaled {
  case: string;
  nonce: string;
  stderr: string;
}
let journal: Journaled[] = [];

before(async () => {
  mkdirSync(join(folder, 'suites/own'), { recursive: true });
  writeFileSync(join(folder, 'suites/own/suite.ts'), SUITE);
  writeFileSync(join(folder, 'bench.config.ts'), "export default { runners: ['node', 'jco'] };");
  const { code, stderr } = await wasimeter('run', '--suite', 'own', '--profile', 'conformance');
  assert.equal(code, 0, stderr);
  const [id = ''] = readdirSync(join(folder, 'out/runs'));
  journal = readFileSync(join(folder, 'out/runs', id, 'journal.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"kind":"conformance"'))
    .map((line) => JSON.parse(line) as Journaled);
}, BOUND);

/** What the calls came to: results and memory, without the times at begin and end. */
function calls(stderr: string, nonce: string) {
  const { begins, ends, ended, scriptError, damaged } = parseRecords(stderr, nonce);
  assert.equal(scriptError, undefined, stderr);
  assert.ok(ended, stderr);
  assert.equal(damaged, 0);
  return { begins, ends: [...ends].map(([line, { r, m }]) => [line, r, m.map(([, length]) => length)]) };
}
const journaled = (name: string) => {
  const { stderr = '', nonce = '' } = journal.find((one) => one.case === name) ?? {};
  return calls(stderr, nonce);
};
function sh(script: string, cwd: string) {
  const path = `${dirname(process.execPath)}:${process.env.PATH}`;
  const { status, stderr } = spawnSync('sh', ['-c', script], {
    cwd,
    env: { PATH: path },
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.equal(status, 0, stderr);
}

describe('an exported case', () => {
  test('of preview 1 runs with its files and arguments, and no others', BOUND, async () => {
    const { code, stdout, stderr } = await wasimeter('export', 'own/path_filestat_get', '--out', 'given');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^written: given /);
    const given = join(folder, 'given');
    const readme = readFileSync(join(given, 'README.md'), 'utf8');
    assert.match(readme, /https:\/\/example\.org\/#read/);
    assert.match(readme, /= \*\*badf\*\*/);
    assert.match(readme, /^wasmtime run .*--dir files\/preopen\.0::\/ -- case\.wasm mine --x <\/dev\/null/m);
    sh('sh make-files.sh', given);
    const line = /^node run-node\.mjs.*$/m.exec(readme)?.[0] ?? '';
    sh(line, given);
    const records = readFileSync(join(given, 'records'), 'utf8');
    assert.deepEqual(calls(records, '0'), journaled('path_filestat_get/size'));
    const { steps } = JSON.parse(readFileSync(join(given, 'expectation.json'), 'utf8')) as CaseView;
    assert.deepEqual(
      steps.map(({ expected }) => expected),
      [['ok'], ['badf']],
    );
  });

  test('is not written over another', BOUND, async () => {
    const { code, stderr } = await wasimeter('export', 'own/path_filestat_get', '--out', 'suites');
    assert.equal(code, 2);
    assert.match(stderr, /^wasimeter: suites is there already/);
    assert.deepEqual(readdirSync(join(folder, 'suites')), ['own']);
  });

  test('of preview 2 runs without arguments', BOUND, async () => {
    const { code, stderr } = await wasimeter('export', 'monotonic-clock.resolution/there', '--out', 'p2');
    assert.equal(code, 0, stderr);
    const child = new URL('../guests/testing/jco-child.ts', import.meta.url).pathname;
    const made = join(folder, 'p2', 'made');
    const { transpile } = await import('@bytecodealliance/jco');
    const bytes = readFileSync(join(folder, 'p2', 'case.wasm'));
    const { files } = await transpile(bytes, { name: 'probe', instantiation: 'async' });
    for (const [name, content] of [
      ['package.json', '{"type":"module"}'] as const,
      ...Object.entries(files),
    ]) {
      mkdirSync(dirname(join(made, name)), { recursive: true });
      writeFileSync(join(made, name), content as Uint8Array);
    }
    sh(`node --disable-warning=ExperimentalWarning ${child} ${made} 2>records`, join(folder, 'p2'));
    const records = readFileSync(join(folder, 'p2', 'records'), 'utf8');
    assert.deepEqual(calls(records, '0'), journaled('monotonic-clock.resolution/there'));
  });

  const wasmtime = process.env.WASIMETER_WASMTIME ?? 'wasmtime';
  const skip = spawnSync(wasmtime, ['--version']).status === 0 ? false : 'wasmtime is not on PATH';
  test('of either runs on wasmtime', { skip }, () => {
    for (const [name, id] of [
      ['given', 'path_filestat_get/size'],
      ['p2', 'monotonic-clock.resolution/there'],
    ] as const) {
      const dir = name === 'given' ? '--dir files/preopen.0::/' : '';
      sh(`${wasmtime} run ${dir} -- case.wasm 2>records`, join(folder, name));
      const { begins } = calls(readFileSync(join(folder, name, 'records'), 'utf8'), '0');
      assert.deepEqual(begins, journaled(id).begins);
    }
  });
});

describe('show', () => {
  test('gives the command that repeats the case', BOUND, async () => {
    const { code, stdout, stderr } = await wasimeter(
      'show',
      'own/path_filestat_get/size',
      '--json',
      '-r',
      'node',
    );
    assert.equal(code, 0, stderr);
    const [view, ...others] = JSON.parse(stdout) as CaseView[];
    assert.deepEqual(others, []);
    assert.deepEqual(view?.tags, ['path_filestat_get', 'files']);
    const [node] = view?.runners ?? [];
    assert.equal(node?.result?.outcome, 'fail');
    assert.equal(node.result.transcript?.at(-1)?.mark, 'failed');
    assert.ok('command' in node.repeat, JSON.stringify(node.repeat));
    const again = join(folder, 'again');
    mkdirSync(again);
    sh(view?.files.join('\n') ?? '', again);
    sh(node.repeat.command, again);
    const records = readFileSync(join(again, 'records'), 'utf8');
    assert.deepEqual(calls(records, '0'), journaled('path_filestat_get/size'));
  });

  test('marks the line that failed, and tells how a case passed', BOUND, async () => {
    const failed = await wasimeter('show', 'own/path_filestat_get');
    assert.match(failed.stdout, /\n {2}fail: path_filestat_get/);
    assert.match(failed.stdout, /\n {2}> path_filestat_get\(3, \[\], "none"\) = noent, expected badf\n/);
    const passed = await wasimeter('show', 'monotonic-clock.resolution/there', '-r', 'jco');
    assert.match(passed.stdout, /\n {2}pass\n {4}wasi:clocks\/monotonic-clock#resolution\(\) = \d+\n/);
  });

  test('of a case that there is not names the nearest', BOUND, async () => {
    const { code, stderr } = await wasimeter('show', 'path_filestat_gt/size');
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^wasimeter: no case matches 'path_filestat_gt\/size' in CASE; the nearest is 'path_filestat_get\/size'/,
    );
  });

  test('leaves nothing behind', () => assert.equal(existsSync(join(folder, 'files')), false));
});
