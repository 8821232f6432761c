/** The phases of a start as node's child tells them: in the order of the clock, behind what the guest wrote, and only when asked. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Guest } from '../../harness/contracts/guest.ts';
import { PHASES_MARK, START_PHASES, type Trial } from '../../harness/contracts/runner.ts';
import runner from './runner.ts';

const run = promisify(execFile);
const file = fileURLToPath(new URL('../../guests/prebuilt/probe-p1.wasm', import.meta.url));
const guest: Guest = { id: 'probe-p1', wasi: 'p1', kind: 'module', file, hash: 'sha256:00' };

test('phases are told when asked for, and make up the whole', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-phases-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const found = { version: '1', mode: 'jit', executable: process.execPath, source: 'the test' };
  const artifact = (await runner.prepare?.(guest, folder, found, { run: () => Promise.resolve() })) ?? '';
  const trial: Trial = { guest, artifact, args: ['nonce=ab'], env: {}, preopens: [], network: false };
  const begun = performance.now();
  const asked = runner.command({ ...trial, phases: true }, found);
  const { stdout, stderr } = await run(asked.file, asked.args);
  const tookMs = performance.now() - begun;
  const line = stdout.split('\n').find((one) => one.startsWith(PHASES_MARK)) ?? '';
  const told = JSON.parse(line.slice(PHASES_MARK.length)) as Record<string, number>;
  assert.deepEqual(Object.keys(told), [...START_PHASES]);
  const all = Object.values(told);
  assert.ok(
    all.every((ms) => ms > 0),
    line,
  );
  assert.ok(all.reduce((sum, ms) => sum + ms, 0) <= tookMs, line);
  assert.match(stderr, /^> .*"ab"/m);
  assert.doesNotMatch(stderr, /phases/);
  const plain = runner.command(trial, found);
  assert.equal((await run(plain.file, plain.args)).stdout, '');
});
