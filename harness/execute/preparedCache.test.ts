/** The cache of prepared artefacts stays within its bound, keeps what may be in use, and sweeps up after killed processes. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { prunePrepared } from './preparedCache.ts';
import { finish, MANIFEST } from './preparedFolder.ts';
import { temporaryFolder, until, writeModule } from './testProcesses.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 10, 20);

const nameOf = (letter: string) => `node-${letter}-${letter.repeat(24)}`;

/** An artefact of so many bytes, last used so many hours ago. */
async function artifact(cache: string, letter: string, bytes: number, hoursAgo: number): Promise<string> {
  const folder = join(cache, nameOf(letter));
  mkdirSync(folder);
  writeFileSync(join(folder, 'guest.so'), Buffer.alloc(bytes));
  await finish(folder, { artifact: 'guest.so', durationNs: 1 });
  age(join(folder, MANIFEST), hoursAgo);
  return folder;
}

function age(file: string, hours: number): void {
  const seconds = (NOW_MS - hours * HOUR_MS) / 1000;
  utimesSync(file, seconds, seconds);
}

describe('pruning prepared artefacts', () => {
  test('takes the least recently used until the rest fits', async (t) => {
    const cache = temporaryFolder(t);
    await artifact(cache, 'a', 100, 8);
    await artifact(cache, 'b', 100, 10);
    await artifact(cache, 'c', 100, 9);
    assert.deepEqual(await prunePrepared(cache, { maxBytes: 150, nowMs: NOW_MS }), [
      { name: nameOf('b'), bytes: 100, reason: 'over the limit' },
      { name: nameOf('c'), bytes: 100, reason: 'over the limit' },
    ]);
    assert.deepEqual(readdirSync(cache), [nameOf('a')]);
    assert.deepEqual(await prunePrepared(cache, { maxBytes: 100, nowMs: NOW_MS }), []);
  });

  test('keeps what may be in use, however full it is', async (t) => {
    const cache = temporaryFolder(t);
    await artifact(cache, 'a', 100, 0);
    await artifact(cache, 'b', 100, 5);
    await artifact(cache, 'c', 100, 7);
    const pruned = await prunePrepared(cache, { maxBytes: 0, keepDays: 0, nowMs: NOW_MS });
    assert.deepEqual(
      pruned.map((one) => one.name),
      [nameOf('c')],
    );
    assert.deepEqual(readdirSync(cache).toSorted(), [nameOf('a'), nameOf('b')]);
  });

  test('takes what was not used for so many days, though there is room', async (t) => {
    const cache = temporaryFolder(t);
    await artifact(cache, 'a', 1, 24 * 7 + 1);
    await artifact(cache, 'b', 1, 24 * 7 - 1);
    const pruned = await prunePrepared(cache, { keepDays: 7, nowMs: NOW_MS });
    assert.deepEqual(pruned, [{ name: nameOf('a'), bytes: 1, reason: 'not used for long' }]);
    assert.deepEqual(readdirSync(cache), [nameOf('b')]);
  });

  test('tells the same and removes nothing in a dry run', async (t) => {
    const cache = temporaryFolder(t);
    for (const letter of ['a', 'b', 'c']) await artifact(cache, letter, 10, 20);
    const options = { maxBytes: 10, nowMs: NOW_MS };
    const told = await prunePrepared(cache, { ...options, dryRun: true });
    assert.equal(readdirSync(cache).length, 3);
    assert.deepEqual(await prunePrepared(cache, options), told);
    assert.equal(readdirSync(cache).length, 1);
  });

  test('lets what has no manifest grow old as the others do', async (t) => {
    const cache = temporaryFolder(t);
    const folder = await artifact(cache, 'a', 10, 30);
    rmSync(join(folder, MANIFEST));
    age(folder, 7);
    await artifact(cache, 'b', 10, 8);
    assert.deepEqual(await prunePrepared(cache, { nowMs: NOW_MS }), []);
    const pruned = await prunePrepared(cache, { maxBytes: 10, nowMs: NOW_MS });
    assert.deepEqual(
      pruned.map((one) => one.name),
      [nameOf('b')],
    );
    const rest = await prunePrepared(cache, { maxBytes: 0, nowMs: NOW_MS });
    assert.deepEqual(rest, [{ name: nameOf('a'), bytes: 10, reason: 'over the limit' }]);
  });

  test('touches only what has the name of a prepared artefact', async (t) => {
    const cache = temporaryFolder(t);
    const foreign = join(cache, 'photographs');
    mkdirSync(foreign);
    writeFileSync(join(cache, 'letter'), 'dear');
    age(foreign, 1000);
    assert.deepEqual(await prunePrepared(cache, { maxBytes: 0, keepDays: 0, nowMs: NOW_MS }), []);
    assert.deepEqual(readdirSync(cache).toSorted(), ['letter', 'photographs']);
    assert.deepEqual(await prunePrepared(join(cache, 'nowhere')), []);
  });

  test('sweeps up what a killed preparation left, once nobody can be at it any more', async (t) => {
    const cache = temporaryFolder(t);
    const text = `
      import { writeFileSync } from 'node:fs';
      import { join } from 'node:path';
      const { prepareGuest } = await import(${JSON.stringify(new URL('prepared.ts', import.meta.url).href)});
      const prepare = async (guest, folder) => {
        writeFileSync(join(folder, 'half.so'), 'half');
        setInterval(() => {}, 1000);
        return new Promise(() => {});
      };
      const found = { version: '1', mode: 'aot', executable: 'x', source: 'the test' };
      await prepareGuest({ id: 'r', prepare }, found, { id: 'g', hash: 'h' }, ${JSON.stringify(cache)});`;
    const maker = spawn(process.execPath, [writeModule(temporaryFolder(t), 'maker.mjs', text)]);
    const exited = once(maker, 'exit');
    const left = () => readdirSync(cache).map((name) => join(cache, name));
    await until(() => left().some((one) => existsSync(join(one, 'made', 'half.so'))), 'it has begun');
    maker.kill('SIGKILL');
    await exited;
    const [folder = ''] = left();
    assert.deepEqual(await prunePrepared(cache), []);
    age(folder, 2);
    const pruned = await prunePrepared(cache, { nowMs: NOW_MS });
    assert.deepEqual(
      pruned.map(({ bytes, reason }) => ({ bytes, reason })),
      [{ bytes: 4, reason: 'left behind' }],
    );
    assert.deepEqual(left(), []);
  });
});
