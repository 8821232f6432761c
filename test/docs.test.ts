/** The examples of docs/adding-a-*.md, taken from there into an empty folder and run as they stand. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { RunResult } from '../harness/contracts/run.ts';
import { loadRun } from '../harness/store/runFile.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** A run may have to wait for the machine's lock while somebody measures. */
const BOUND = { timeout: 300_000 };
const TINY = "{ profiles: { t: { only: 'headline', processes: 2 } }, profile: 't', runners: ['node'] }";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** The code blocks of a page that name a file, by that file. */
function examples(page: string): Record<string, string> {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  const blocks = text.matchAll(/^```\w+ file=(\S+)\n(.*?)^```$/gms);
  return Object.fromEntries([...blocks].map((match) => [match[1] ?? '', match[2] ?? '']));
}

function emptyFolder(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-docs-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function wasimeter(folder: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(ROOT, 'cli', 'main.ts'), ...args], {
    cwd: folder,
    env: { PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`, HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  assert.equal(code, 0, stderr + stdout);
  return stdout;
}

async function onlyRun(folder: string): Promise<RunResult> {
  const [id, ...others] = readdirSync(join(folder, 'out', 'runs'));
  assert.deepEqual(others, []);
  return loadRun(join(folder, 'out', 'runs', id ?? '', 'run.json'));
}
const linesOf = (text: string | undefined) => (text ?? '').trimEnd().split('\n').length;

describe('docs/adding-a-runner.md', () => {
  const files = examples('adding-a-runner.md');

  test('a command runner takes 15 lines of bench.config.ts, and is measured beside ours', BOUND, async () => {
    assert.ok(linesOf(files['bench.config.ts']) <= 15, `${linesOf(files['bench.config.ts'])} lines`);
    const folder = emptyFolder({
      'bench.config.ts': files['bench.config.ts'] ?? '',
      'my-rt.mjs': files['my-rt.mjs'] ?? '',
    });
    await wasimeter(folder, 'run', '--profile', 'conformance');
    const run = await onlyRun(folder);
    const [, mine] = run.runners;
    assert.deepEqual(
      [mine?.id, mine?.status, mine?.version, mine?.capabilities.p2.support],
      ['my-rt', 'measured', '1.0.0', 'none'],
    );
    // The runtime is Node's, so whatever Node passes it passes, and what Node is known to fail it fails.
    const of = (runner: string, ...outcomes: string[]) =>
      run.conformance
        .filter((one) => one.runner === runner && one.wasi === 'p1' && outcomes.includes(one.outcome))
        .map((one) => `${one.suite} ${one.case}`);
    assert.ok(of('my-rt', 'pass').length > 30, `${of('my-rt', 'pass').length} passed`);
    assert.deepEqual(of('my-rt', 'pass'), of('node', 'pass'));
    assert.deepEqual(of('my-rt', 'fail'), of('node', 'xfail'));
    assert.deepEqual(of('my-rt', 'crash', 'timeout', 'error'), []);
    assert.match(await wasimeter(folder, 'list', 'runners'), /^my-rt\t.*bench\.config\.ts at runners\.1$/m);
  });

  test('a runner in a folder is found, and said to be missing where its runtime is', async () => {
    const folder = emptyFolder({ 'runners/wazero/runner.ts': files['runners/wazero/runner.ts'] ?? '' });
    const rows = JSON.parse(await wasimeter(folder, 'list', 'runners', '--json')) as Record<string, string>[];
    const row = rows.find(({ id }) => id === 'wazero');
    assert.deepEqual([row?.name, row?.p1, row?.from], ['wazero', 'native', 'runners/wazero/runner.ts']);
  });
});

test(
  'docs/adding-a-suite.md: a suite takes 20 lines, its case passes, its benchmark gets a figure; docs/adding-a-reporter.md writes both',
  BOUND,
  async () => {
    const files = { ...examples('adding-a-suite.md'), ...examples('adding-a-reporter.md') };
    const lines = linesOf(files['suites/my-clocks/suite.ts']);
    assert.ok(lines <= 20, `${lines} lines`);
    const folder = emptyFolder({ ...files, 'bench.config.ts': `export default ${TINY};` });
    await wasimeter(folder, 'run', '--suite', 'my-clocks', '--report', 'csv', 'html');
    const run = await onlyRun(folder);
    assert.deepEqual(
      run.conformance.map((one) => [one.suite, one.case, one.runner, one.outcome]),
      [['my-clocks', 'clock_time_get/runs', 'node', 'pass']],
    );
    assert.deepEqual(
      run.performance.map((one) => [one.suite, one.case, one.metric, one.value > 0]),
      [['my-clocks', 'coarse', 'latency', true]],
    );
    const report = join(folder, 'out', 'report');
    assert.equal(
      readFileSync(join(report, 'outcomes.csv'), 'utf8'),
      '"my-clocks","clock_time_get/runs","p1","node","pass"',
    );
    assert.match(
      readFileSync(join(report, 'figures.csv'), 'utf8'),
      /^"my-clocks","coarse","p1","node",[\d.]+,"ns"$/,
    );
    assert.ok(existsSync(join(report, 'index.html')));
    assert.match(
      await wasimeter(folder, 'list', 'suites'),
      /^my-clocks\tMy clocks\t1\t1\tsuites\/my-clocks\/suite\.ts$/m,
    );
  },
);

test('every link of the pages to a file beside them leads somewhere', () => {
  for (const page of globSync('*.md', { cwd: join(ROOT, 'docs') })) {
    const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#\s]+)/g))
      assert.ok(existsSync(join(ROOT, 'docs', target ?? '')), `${page}: ${target}`);
  }
});
