/** What `wasimeter time` reads and writes: given words, hyperfine's form, the text that no guest can steer. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, test } from 'node:test';
import type { OwnFigure, OwnTimes, TimeResult } from '../../harness/contracts/ownWasm.ts';
import { givenTrial } from './given.ts';
import { hyperfineJson } from './hyperfine.ts';
import { timeText } from './text.ts';

const folder = mkdtempSync(join(tmpdir(), 'wasimeter-given-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const figure = (value: number, unit: OwnFigure['unit'] = 'ns', samples = [value, 2 * value]): OwnFigure => ({
  ...{ unit, value, ciLow: value * 0.9, ciHigh: value * 1.1, samples },
});
const times = (changes: Partial<OwnTimes> = {}): OwnTimes => ({
  ...{ runner: 'rt', version: '1', mode: 'jit', support: 'native', inBytes: 0, outBytes: 0 },
  ...{ run: figure(2e9), startup: figure(1e6), ...changes },
});
const result = (changes: Partial<TimeResult> = {}): TimeResult => ({
  ...{ schema: 'wasimeter/time@1', startedAt: '', args: ['-n', '5'], runs: 2, seed: 1 },
  wasm: { name: 'my.wasm', kind: 'module', wasi: 'p1', hash: 'sha256:00', sizeBytes: 2048 },
  ...{ results: [times()], failed: [], skipped: [], ...changes },
});

test('a folder is seen under its own name, or another', () => {
  const short = relative(process.cwd(), folder);
  const { trial } = givenTrial({ args: [], dir: [short, `${folder}::/in`], env: ['A=', 'B=c=d', 'A=2'] });
  assert.deepEqual(trial.preopens, [
    { host: folder, guest: short },
    { host: folder, guest: '/in' },
  ]);
  assert.deepEqual(trial.env, { A: '2', B: 'c=d' });
});

for (const [what, given, message] of [
  ['three parts', { dir: [`${tmpdir()}::/a::/b`] }, /HOST::GUEST/],
  ['no guest', { dir: [`${tmpdir()}::`] }, /HOST::GUEST/],
  ['no name', { env: ['=x'] }, /NAME=VALUE/],
  ['a NUL', { env: ['A=\0'] }, /holds a NUL/],
] as const)
  test(`${what} is refused`, () => {
    assert.throws(() => givenTrial({ args: [], ...given }), { name: 'UserError', message });
  });

test("hyperfine's form: seconds, and no deviation of a single run", () => {
  const { results } = hyperfineJson(result({ results: [times({ userMs: 30, systemMs: 5 })] }));
  const [one] = results;
  assert.deepEqual(
    { ...one, stddev: undefined },
    {
      ...{ command: 'rt my.wasm -n 5', mean: 3, stddev: undefined, median: 3, user: 0.03, system: 0.005 },
      ...{ min: 2, max: 4, times: [2, 4], exit_codes: [0, 0] },
    },
  );
  assert.ok(Math.abs((one?.stddev ?? 0) - Math.SQRT2) < 1e-9);
  const single = hyperfineJson(result({ results: [times({ run: figure(1e9, 'ns', [1e9]) })] })).results[0];
  assert.deepEqual([single?.stddev, single?.user], [null, null]);
});

test('runtimes stand side by side with intervals; columns in which nobody has anything are left out', () => {
  const slower = { value: 2, ciLow: 1.9, ciHigh: 2.1 };
  const text = timeText(
    result({ results: [times(), times({ runner: 'other', support: 'adapter', slower })] }),
  );
  const [heading, , head, first, second] = text.split('\n');
  assert.equal(heading, 'my.wasm: a core module of 2 KiB, 2 runs each');
  assert.match(head ?? '', /^runner +version +run time +times the quickest +startup$/);
  assert.match(first ?? '', /^rt +1 +2 s \(1\.8 s to 2\.2 s\) +1 +1 ms \(900 µs to 1\.1 ms\)$/);
  assert.match(second ?? '', /^other \(adapter\) .* 2\.00 \(1\.90 to 2\.10\) /);
  assert.doesNotMatch(text, /VmHWM|stdin/);
});

test('input that was not read to its end is told', () => {
  const read = times({ inBytes: 10, bytesIn: figure(1024, 'B/s') });
  const text = timeText(result({ stdinBytes: 100, results: [read] }));
  assert.match(text, /^rt read 10 of the 100 bytes on standard input$/m);
  assert.match(text, /1 KiB\/s \(922 B\/s to 1\.1 KiB\/s\)/);
});

test('what a guest wrote last cannot steer the terminal, and no skip is without its reason', () => {
  const failed = [
    {
      runner: 'rt',
      version: '1',
      kind: 'exit',
      exitCode: 3,
      reason: 'exit code 3',
      stdout: 'a\x1b[2J\nb',
      stderr: '',
    },
  ] as const;
  const text = timeText(
    result({ results: [], failed: [...failed], skipped: [{ runner: 'x', reason: 'no\x07' }] }),
  );
  assert.match(text, /^not timed: rt 1: exit code 3\n {2}the last of its stdout:\n {4}a\\x1b\[2J\n {4}b$/m);
  assert.match(text, /^skipped: x: no\\x07$/m);
  assert.doesNotMatch(text, /[\x07\x1b]/);
});
