/** What stands beside the preopened folders is made and looked at; the race goes on while the guest runs; descriptors are inherited. */

import assert from 'node:assert/strict';
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { World } from '../../contracts/world.ts';
import { carryOut } from '../order.ts';
import { temporaryFolder } from '../testProcesses.ts';
import { startRace } from './race.ts';
import { openWorld } from './world.ts';

const AMPLE_MS = 60_000;

const OUTSIDE: World = {
  preopens: [{ guest: '/', entries: { up: { kind: 'symlink', target: 'secret', absolute: true } } }],
  outside: { secret: 'not yours', folder: { kind: 'directory', entries: { inner: 'x' } } },
};

function run(folder: string, world: World, script: string) {
  const start = { command: { file: '/bin/sh', args: ['-c', script] } };
  return carryOut(
    { folder: join(folder, 'trial'), world, timeoutMs: AMPLE_MS, looks: true, start },
    { scratch: folder, children: new Map() },
  );
}

const textOf = (head: string | undefined) => Buffer.from(head ?? '', 'base64').toString();

test('what stands outside is beside the preopens, and looked at without them', async (t) => {
  const folder = temporaryFolder(t);
  const opened = await openWorld(OUTSIDE, folder);
  const { preopens, outside } = opened.look();
  assert.deepEqual(
    outside?.map(({ path }) => path),
    ['folder', 'folder/inner', 'secret'],
  );
  assert.deepEqual(
    preopens[0]?.map(({ path }) => path),
    ['', 'up'],
  );
  assert.equal(readlinkSync(join(folder, 'preopen.0/up')), join(folder, 'secret'));
});

test('a world without an outside is not looked at there', async (t) => {
  const opened = await openWorld({ preopens: [{ guest: '/' }] }, temporaryFolder(t));
  assert.deepEqual(Object.keys(opened.look()), ['preopens']);
});

test("what is changed or made outside is seen, the harness's own files are not", async (t) => {
  const folder = temporaryFolder(t);
  const world: World = { ...OUTSIDE, stdin: { kind: 'file', content: 'in' }, stdout: 'pipe' };
  const { after } = await run(folder, world, `echo more >>${folder}/trial/secret; : >${folder}/trial/made`);
  assert.deepEqual(
    after?.outside?.map(({ path, head }) => `${path} ${textOf(head)}`),
    ['folder ', 'folder/inner x', 'made ', 'secret not yoursmore\n'],
  );
});

test('descriptors 3 to 9 are the file that the process inherits, and nothing otherwise', async (t) => {
  const inheriting = { ...OUTSIDE, inherits: 'secret' };
  // A shell's own redirections go up to descriptor 9 only.
  for (const descriptor of [3, 9]) {
    const { after } = await run(temporaryFolder(t), inheriting, `echo Not >&${descriptor}`);
    assert.equal(textOf(after?.outside?.find(({ path }) => path === 'secret')?.head), 'Not\nyours');
  }
  const { end } = await run(temporaryFolder(t), OUTSIDE, 'echo x >&3');
  assert.notEqual(end.exitCode, 0);
});

test('names are exchanged while the guest runs, and are as they were afterwards', async (t) => {
  const world: World = {
    preopens: [{ guest: '/', entries: { a: 'first', b: 'second' } }],
    race: { swap: ['a', 'b'] },
  };
  const folder = temporaryFolder(t);
  const seen = `while :; do cat ${folder}/trial/preopen.0/a 2>/dev/null; echo; done | grep -m1 second`;
  const { after } = await run(folder, world, seen);
  assert.ok((after?.swaps ?? 0) > 0);
  assert.deepEqual(
    after?.preopens[0]?.map(({ path, head }) => `${path} ${textOf(head)}`),
    [' ', 'a first', 'b second'],
  );
});

test('a race over what is not there ends like any other, and tells the same number however often it is asked', async (t) => {
  const race = await startRace({ swap: ['absent', 'too'] }, temporaryFolder(t), AMPLE_MS);
  const swaps = await race.end();
  assert.equal(await race.end(), swaps);
});
