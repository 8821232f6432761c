/** A user's wasm on runtimes of the test's own: who is measured, who fails at which point, and who can't run it at all. */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadGuests } from './catalog/guests.ts';
import { ownGuest } from './catalog/ownGuest.ts';
import type { RosterEntry } from './contracts/plan.ts';
import type { Runner } from './contracts/runner.ts';
import { temporaryFolder, writeModule } from './execute/testProcesses.ts';
import { timeWasm } from './timeWasm.ts';

const found = { version: '1', mode: 'm', executable: process.execPath, source: 'the test' };

function entry(id: string, text: string, folder: string, changes: Partial<Runner> = {}): RosterEntry {
  const program = writeModule(folder, `${id}.mjs`, text);
  const runner: Runner = {
    ...{ id, name: id, detect: () => Promise.resolve(found) },
    capabilities: { p1: { support: 'native' }, p2: { support: 'none' }, p3: { support: 'none' } },
    command: ({ artifact, args }) => ({ file: process.execPath, args: [program, artifact, ...args] }),
    classify: (end) => ({ kind: 'exit', code: end.exitCode ?? -1 }),
    ...changes,
  };
  return { runner, found };
}

async function timed(
  t: TestContext,
  entries: (folder: string) => RosterEntry[],
  header = '0061736d01000000',
) {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'my.wasm'), Buffer.from(header, 'hex'));
  const guest = await ownGuest(join(folder, 'my.wasm'), temporaryFolder(t));
  const steps: string[] = [];
  const result = await timeWasm(
    {
      ...{ guest, trial: { args: [], env: {}, preopens: [] }, roster: entries(folder), guests: loadGuests() },
      ...{ runs: 3, seed: 1, timeoutMs: 60_000 },
    },
    {
      ...{ cacheFolder: join(folder, 'cache'), scratchFolder: temporaryFolder(t) },
      progress: { step: (text) => void steps.push(text), note: () => {} },
      signal: new AbortController().signal,
    },
  );
  return { result, steps };
}

/** Appends to a file beside itself; ends with 1 the third time it is given the user's wasm. */
const FAILS_LATE = `
import { appendFileSync, readFileSync } from 'node:fs';
const file = new URL('late', import.meta.url);
if (process.argv[2].includes('my.wasm')) appendFileSync(file, 'x');
if (process.argv[2].includes('my.wasm') && readFileSync(file, 'utf8').length >= 3) {
  console.error('enough');
  process.exitCode = 1;
}`;

test('who fails in the middle has no figures; the others have theirs, and each says how far it is', async (t) => {
  const { result, steps } = await timed(t, (folder) => [
    entry('good', '', folder),
    entry('late', FAILS_LATE, folder),
  ]);
  assert.deepEqual(
    result.results.map(({ runner, run, startup }) => [runner, run.samples.length, startup.samples.length]),
    [['good', 3, 3]],
  );
  assert.deepEqual(
    result.failed.map(({ runner, kind, exitCode, stderr }) => [runner, kind, exitCode, stderr]),
    [['late', 'exit', 1, 'enough']],
  );
  assert.ok(steps.includes('first run of my.wasm: good'));
  assert.ok(steps.includes('timing of an empty program: good'));
  assert.ok(steps.includes('memory of my.wasm: good'));
});

test('who cannot prepare the wasm says why; nothing of it is run', async (t) => {
  const { result } = await timed(t, (folder) => [
    entry('good', '', folder, {
      prepare: async (_guest, inside) => writeModule(inside, 'made', 'x'),
    }),
    entry('compiler', 'process.exit(9)', folder, {
      prepare: (guest) => Promise.reject(new Error(`no ${guest.id}`)),
    }),
  ]);
  assert.deepEqual(
    result.results.map(({ runner, preparation }) => [runner, preparation?.isFresh]),
    [['good', true]],
  );
  assert.deepEqual(
    result.failed.map(({ runner, kind, reason }) => [runner, kind, reason]),
    [['compiler', 'not prepared', 'no wat-p1-command-once']],
  );
});

test('who is not installed or has no such version is skipped; nobody left is a mistake', async (t) => {
  const absent = (folder: string): RosterEntry => {
    const { runner } = entry('absent', '', folder);
    return { runner, missing: 'get it' };
  };
  const { result } = await timed(t, (folder) => [entry('good', '', folder), absent(folder)]);
  assert.deepEqual(result.skipped, [{ runner: 'absent', reason: 'not installed: get it' }]);
  await assert.rejects(
    timed(t, (folder) => [absent(folder)]),
    {
      name: 'UserError',
      message: 'no runner can run my.wasm, which is a core module: absent: not installed: get it',
    },
  );
  await assert.rejects(
    timed(t, (folder) => [entry('good', '', folder)], '0061736d0d000100'),
    {
      name: 'UserError',
      message: /which is a component: good: good has no preview 2/,
    },
  );
});

test('a runtime that fails at an empty program is told apart from the wasm', async (t) => {
  const text = "if (!process.argv[2].includes('my.wasm')) process.exitCode = 7;";
  const { result } = await timed(t, (folder) => [entry('odd', text, folder)]);
  assert.deepEqual(
    result.failed.map(({ reason }) => reason),
    ['the empty program: exit code 7'],
  );
  assert.deepEqual(result.results, []);
});
