/** The command as its users start it: mistakes in one line, a whole run, its report again, an interruption. */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { RunResult } from '../harness/contracts/run.ts';
import { loadRun } from '../harness/store/runFile.ts';
import { until } from './until.ts';

const MAIN = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
const TINY = "export default { profiles: { t: { only: 'headline', processes: 2 } }, profile: 't' };";
/** A run may have to wait for the machine's lock while somebody measures. */
const BOUND = { timeout: 300_000 };

const folders: string[] = [];
const children: ChildProcess[] = [];
after(async () => {
  // A test that failed or ran out of time leaves its command running: TERM makes it end its own children first.
  const left = children.filter((child) => child.exitCode === null && child.signalCode === null);
  const ended = left.map((child) => once(child, 'close'));
  for (const child of left) child.kill('SIGTERM');
  await Promise.all(ended);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** A folder to start the command in, with a configuration. */
function workplace(config?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-cli-'));
  folders.push(folder);
  if (config !== undefined) writeFileSync(join(folder, 'bench.config.ts'), config);
  return folder;
}

function start(folder: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...said }));
  return { child, ended };
}
const command = (folder: string, args: string[], env?: Record<string, string>) =>
  start(folder, args, env).ended;

describe('mistakes end with exit code 2 and a line that names them, and nothing is run', () => {
  const refused: [string, string[], RegExp, string?][] = [
    [
      'an unknown runner',
      ['run', '--runner', 'nod'],
      /^wasimeter: unknown runner 'nod' in --runner; did you mean 'node'\?.*\n$/,
    ],
    [
      'an unknown suite',
      ['run', '--suite', 'clock'],
      /^wasimeter: unknown suite 'clock' in --suite; did you mean 'clocks'\?.*\n$/,
    ],
    [
      'an unknown profile',
      ['run', '--profile', 'quik'],
      /^wasimeter: unknown profile 'quik'.*did you mean 'quick'\?.*\n$/,
    ],
    [
      'an unknown reporter',
      ['run', '--report', 'htm'],
      /^wasimeter: unknown reporter 'htm' in --report; did you mean 'html'\?.*\n$/,
    ],
    [
      'an unknown option',
      ['run', '--runers', 'node'],
      /^error: unknown option '--runers'\n\(Did you mean --runner\?\)/,
    ],
    ['an unknown command', ['rnu'], /^error: unknown command 'rnu'\n\(Did you mean run\?\)/],
    ['an unknown list', ['list', 'runer'], /^wasimeter: unknown list 'runer'; did you mean 'runners'\?.*\n$/],
    ["a list named like an object's part", ['list', 'toString'], /^wasimeter: unknown list 'toString'/],
    ['a word too many', ['run', 'node'], /^error: too many arguments/],
    ['a seed that is none', ['run', '--seed', '1e3'], /--seed.*whole number/],
    ['a choice that is none', ['run', '--fail-on', 'all'], /--fail-on.*unexpected/],
    ['a run that is not there', ['report', 'out/runs/x'], /^wasimeter: .*no run's folder.*\n$/],
    ['nothing to resume', ['run', '--resume'], /^wasimeter: there is no run to resume.*\n$/],
    ['a suite of coverage', ['coverage', '--suite', 'clcks'], /^wasimeter: unknown suite 'clcks'.*'clocks'/],
    [
      'an unknown mode',
      ['run', '--runner', 'node+aot'],
      /^wasimeter: unknown mode of node 'aot' in --runner \(there are none\)\n$/,
    ],
    [
      "a runner's id that is none",
      ['run', '--runner', 'node@'],
      /^wasimeter: 'node@' in --runner is no runner's id: .*\n$/,
    ],
    [
      'a runner of the configuration',
      ['run'],
      /^wasimeter: unknown runner 'nodes' in bench\.config\.ts at runners\.1; did you mean 'node'\?.*\n$/,
      "export default { runners: ['jco', 'nodes'] }",
    ],
    [
      'a suite of the configuration',
      ['run'],
      /^wasimeter: bench\/mine in bench\.config\.ts at suites\.0 is not there\n$/,
      "export default { suites: ['./bench/mine'] }",
    ],
    [
      "a command runner's template",
      ['run'],
      /^wasimeter: bench\.config\.ts at runners\.0\.command has no \{args\}: .*\n$/,
      "export default { runners: [{ id: 'm', command: ['x', '{wasm}'], wasi: ['p1'] }] }",
    ],
    [
      'a configuration of wrong syntax',
      ['run'],
      /^wasimeter: bench\.config\.ts:1 cannot be loaded: .*\n$/,
      'export default {',
    ],
    [
      'an unknown field',
      ['run'],
      /^wasimeter: unknown field 'suits' in bench\.config\.ts; did you mean 'suites'\?.*\n$/,
      "export default { suits: ['clocks'] }",
    ],
    [
      'a wrong type',
      ['run'],
      /^wasimeter: bench\.config\.ts: seed: .*number.*\n$/,
      "export default { seed: 'x' }",
    ],
  ];
  for (const [label, args, line, config] of refused)
    test(label, BOUND, async () => {
      const folder = workplace(config);
      const { code, stdout, stderr } = await command(folder, args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, line);
      assert.equal(stdout, '');
      assert.doesNotMatch(stderr, /^\s+at /m, 'no stack trace');
      assert.equal(existsSync(join(folder, 'out', 'runs')), false);
    });
});

describe('asking', () => {
  for (const name of ['run', 'report', 'list', 'coverage', 'doctor', 'completion'])
    test(`${name} --help shows examples`, async () => {
      const { code, stdout } = await command(workplace(), [name, '--help']);
      assert.equal(code, 0);
      assert.match(stdout, new RegExp(`Examples:\\n  \\$ wasimeter ${name}`));
    });

  for (const what of ['runners', 'suites', 'cases', 'benchmarks', 'reporters', 'guests', 'profiles', 'runs'])
    test(`list ${what} --json is JSON`, async () => {
      const { code, stdout } = await command(workplace(), ['list', what, '--json']);
      assert.equal(code, 0);
      const rows = JSON.parse(stdout) as Record<string, string>[];
      assert.equal(rows.length === 0, what === 'runs');
    });
});

test("a configuration may import 'wasimeter' though its folder has none", BOUND, async () => {
  const folder = workplace(
    "import { defineConfig } from 'wasimeter'; export default defineConfig({ seed: 'x' as never });",
  );
  const { code, stderr } = await command(folder, ['list', 'suites']);
  assert.equal(code, 2);
  assert.match(stderr, /^wasimeter: bench\.config\.ts: seed: .*number.*\n$/);
});

const onlyRun = (folder: string) => {
  const [id, ...others] = readdirSync(join(folder, 'out', 'runs'));
  assert.deepEqual(others, []);
  return join(folder, 'out', 'runs', id!);
};
const outcomes = (run: RunResult) =>
  run.conformance.map((one) => `${one.wasi} ${one.case} ${one.runner}: ${one.outcome} ${one.reason ?? ''}`);

test(
  'a run writes result and page, which are made again from its folder without any runtime',
  BOUND,
  async () => {
    const folder = workplace(TINY);
    const run = await command(folder, [
      'run',
      '--runner',
      'node',
      '--suite',
      'clocks',
      '--fail-on',
      'unexpected',
    ]);
    assert.equal(run.code, 0, run.stderr + run.stdout);
    assert.match(run.stdout, /report: out\/report\/index\.html/);
    const path = onlyRun(folder);
    const result = await loadRun(join(path, 'run.json'));
    assert.ok(result.conformance.some((one) => one.outcome === 'pass'));
    assert.ok(result.performance.length > 0, 'figures were measured');
    assert.ok(result.performance.every((one) => one.samples.length >= 2));

    const raw = JSON.parse(readFileSync(join(path, 'run.json'), 'utf8'));
    assert.deepEqual(result, raw, 'run.json holds nothing that its schema does not know');
    const schema = readFileSync(new URL('../docs/run.schema.json', import.meta.url), 'utf8');
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(schema));
    assert.equal(validate(raw), true, JSON.stringify(validate.errors));
    assert.doesNotMatch(JSON.stringify(raw), new RegExp(folder), 'run.json names no folder of this machine');

    const page = readFileSync(join(folder, 'out', 'report', 'index.html'), 'utf8');
    const again = await command(folder, ['report', path, '--out', 'again'], { PATH: '' });
    assert.equal(again.code, 0, again.stderr);
    assert.equal(readFileSync(join(folder, 'again', 'index.html'), 'utf8'), page);

    const judged = await command(folder, ['report', path, '--judge', '--out', 'judged'], { PATH: '' });
    assert.equal(judged.code, 0, judged.stderr);
    const second = await loadRun(join(path, 'run.json'));
    assert.deepEqual(outcomes(second), outcomes(result));
    assert.deepEqual(second.performance, result.performance);
  },
);

/** Processes that work in a folder or below it. */
function workersIn(folder: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
}

test(
  'an interrupted run leaves no process, keeps its journal, and is finished by --resume',
  BOUND,
  async () => {
    const folder = workplace(TINY);
    const words = ['run', '--runner', 'node', '--suite', 'clocks'];
    const { child, ended } = start(folder, words);
    const lines = () => {
      const runs = join(folder, 'out', 'runs');
      const file = existsSync(runs) && readdirSync(runs).map((id) => join(runs, id, 'journal.ndjson'))[0];
      return file && existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
    };
    await until(() => lines() > 2 || child.exitCode !== null, 'the run has begun');
    child.kill('SIGINT');
    const interrupted = await ended;
    assert.equal(interrupted.code, 130, interrupted.stderr);
    assert.match(interrupted.stderr, /interrupted; its journal is kept: wasimeter run --resume /);
    if (process.platform === 'linux') await until(() => workersIn(folder).length === 0, 'all have ended');
    const path = onlyRun(folder);
    assert.equal(existsSync(join(path, 'run.json')), false);
    const kept = lines();
    assert.ok(kept > 2);

    const resumed = await command(folder, ['run', '--resume', path.split('/').at(-1)!]);
    assert.equal(resumed.code, 0, resumed.stderr);
    const result = await loadRun(join(onlyRun(folder), 'run.json'));
    const { stdout } = await command(folder, ['list', 'cases', '--json']);
    const cases = (JSON.parse(stdout) as { suite: string; wasi: string; case: string }[])
      .filter((one) => one.suite === 'clocks')
      .map((one) => `${one.wasi} ${one.case}`);
    const seen = result.conformance.map((one) => `${one.wasi} ${one.case}`);
    assert.deepEqual(seen.toSorted(), cases.toSorted());
    assert.ok(result.performance.length > 0);
  },
);
