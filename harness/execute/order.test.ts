/** Trials one after another in one place: output never mixes, whoever was left behind included, and no files stay. */

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { World } from '../contracts/world.ts';
import { carryOut, type Workplace } from './order.ts';
import { temporaryFolder } from './testProcesses.ts';

const AMPLE_MS = 60_000;

function placeIn(scratch: string) {
  const place: Workplace = { scratch, children: new Map() };
  let count = 0;
  const run = (script: string, world: World = {}) => {
    count += 1;
    const folder = join(scratch, `trial-${count}`);
    const start = { command: { file: '/bin/sh', args: ['-c', script] } };
    return carryOut({ folder, world, timeoutMs: AMPLE_MS, looks: true, start }, place);
  };
  return { place, run };
}

const textOf = (head: string | undefined) => Buffer.from(head ?? '', 'base64').toString();

test('a trial sees nothing of what the one before it wrote', async (t) => {
  const { run } = placeIn(temporaryFolder(t));
  const long = await run('echo a long line; echo another >&2');
  const short = await run('echo x');
  assert.equal(textOf(long.after?.stdout?.head), 'a long line\n');
  assert.equal(long.stderr, 'another\n');
  assert.equal(textOf(short.after?.stdout?.head), 'x\n');
  assert.equal(short.stderr, '');
});

test('whoever was left behind holds files that no later trial is given', { timeout: 120_000 }, async (t) => {
  const { place, run } = placeIn(temporaryFolder(t));
  await run('true');
  const before = place.folder;
  assert.ok(before);
  const left = await run('sleep 1000 & exit 3');
  assert.equal(left.end.exitCode, 3);
  assert.equal(left.leftBehind, true);
  await run('true');
  assert.notEqual(place.folder, before);
});

test("a trial's own files are there for it, and gone when it has ended", async (t) => {
  const scratch = temporaryFolder(t);
  const { run } = placeIn(scratch);
  const world: World = {
    preopens: [{ guest: '/', entries: { a: 'hello' } }],
    stdin: { kind: 'file', content: 'in' },
  };
  const seen = await run('cat', world);
  assert.equal(textOf(seen.after?.stdout?.head), 'in');
  assert.deepEqual(
    seen.after?.preopens[0]?.map(({ path }) => path),
    ['', 'a'],
  );
  assert.deepEqual(
    readdirSync(scratch).filter((name) => name.startsWith('trial-')),
    [],
  );
});
