/** Prepared artefacts: found again by content, never half made, at the path the runner named. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import type { Found } from '../contracts/runner.ts';
import { FAKE_GUEST, fakeRunner } from './fakeRuntime.ts';
import { prepareGuest } from './prepared.ts';
import { MANIFEST } from './preparedFolder.ts';
import { temporaryFolder, writeModule } from './testProcesses.ts';

const found: Found = { version: '1', mode: 'aot', executable: 'x', source: 'the test' };

function compiler(t: { after(fn: () => void): void }) {
  const made: string[] = [];
  const runner = fakeRunner(temporaryFolder(t), {
    prepare: (guest, folder) => {
      made.push(guest.id);
      writeFileSync(join(folder, 'guest.so'), 'x');
      return Promise.resolve(join(folder, 'guest.so'));
    },
  });
  return { runner, made };
}

describe('preparing a guest', () => {
  test('gives the path that the runner named, and the same without work the next time', async (t) => {
    const cache = temporaryFolder(t);
    const { runner, made } = compiler(t);
    const first = await prepareGuest(runner, found, FAKE_GUEST, cache);
    assert.match(first.artifact, /guest\.so$/);
    assert.ok(readdirSync(dirname(first.artifact)).includes('guest.so'));
    assert.equal(first.made?.guest, 'fake');
    assert.equal(first.made?.fresh, true);
    const again = await prepareGuest(runner, found, FAKE_GUEST, cache);
    assert.deepEqual(again, { artifact: first.artifact, made: { ...first.made, fresh: false } });
    assert.deepEqual(made, ['fake']);
  });

  test('is done anew for another build that calls itself by the same version', async (t) => {
    const cache = temporaryFolder(t);
    const { runner, made } = compiler(t);
    const executable = writeModule(cache, 'runtime', 'one build');
    const one = await prepareGuest(runner, { ...found, executable }, FAKE_GUEST, cache);
    writeFileSync(executable, 'another build');
    const other = await prepareGuest(runner, { ...found, executable }, FAKE_GUEST, cache);
    assert.notEqual(one.artifact, other.artifact);
    assert.equal(made.length, 2);
  });

  test('is done anew where the artefact was damaged, cut short, lost or added to', async (t) => {
    const cache = temporaryFolder(t);
    const { runner, made } = compiler(t);
    const prepare = () => prepareGuest(runner, found, FAKE_GUEST, cache);
    const { artifact } = await prepare();
    const harms = [
      () => writeFileSync(artifact, 'y'),
      () => writeFileSync(artifact, ''),
      () => rmSync(artifact),
      () => writeFileSync(join(dirname(artifact), 'more.so'), 'x'),
      () => writeFileSync(join(dirname(artifact), MANIFEST), '{"artifact":"../../etc"}'),
      () => rmSync(join(dirname(artifact), MANIFEST)),
    ];
    for (const [index, harm] of harms.entries()) {
      harm();
      const mended = await prepare();
      assert.deepEqual([mended.artifact, mended.made?.fresh], [artifact, true]);
      assert.equal(readFileSync(artifact, 'utf8'), 'x');
      assert.equal(made.length, index + 2);
    }
    assert.equal(readdirSync(cache).length, 1);
  });

  test('notes that an artefact was used', async (t) => {
    const cache = temporaryFolder(t);
    const { runner } = compiler(t);
    const { artifact } = await prepareGuest(runner, found, FAKE_GUEST, cache);
    const manifest = join(dirname(artifact), MANIFEST);
    utimesSync(manifest, 1000, 1000);
    await prepareGuest(runner, found, FAKE_GUEST, cache);
    assert.ok(statSync(manifest).mtimeMs > 1_000_000_000_000);
  });

  test('is done anew for another version, mode, guest or key', async (t) => {
    const cache = temporaryFolder(t);
    const { runner, made } = compiler(t);
    const all = await Promise.all([
      prepareGuest(runner, found, FAKE_GUEST, cache),
      prepareGuest(runner, { ...found, version: '2' }, FAKE_GUEST, cache),
      prepareGuest(runner, { ...found, mode: 'jit' }, FAKE_GUEST, cache),
      prepareGuest(runner, found, { ...FAKE_GUEST, hash: 'sha256:01' }, cache),
      prepareGuest({ ...runner, prepareKey: () => 'k' }, found, FAKE_GUEST, cache),
    ]);
    assert.equal(new Set(all.map((one) => one.artifact)).size, 5);
    assert.equal(made.length, 5);
  });

  test('leaves nothing behind when it fails', async (t) => {
    const cache = temporaryFolder(t);
    const runner = { ...compiler(t).runner, prepare: () => Promise.reject(new Error('no')) };
    await assert.rejects(prepareGuest(runner, found, FAKE_GUEST, cache), /no/);
    assert.deepEqual(readdirSync(cache), []);
  });

  test('of two at once, both get an artefact that is whole', async (t) => {
    const cache = temporaryFolder(t);
    const { runner } = compiler(t);
    const prepare = () => prepareGuest(runner, found, FAKE_GUEST, cache);
    const [a, b] = await Promise.all([prepare(), prepare()]);
    assert.equal(a.artifact, b.artifact);
    assert.equal(readdirSync(cache).length, 1);
    writeFileSync(a.artifact, 'damaged');
    for (const { artifact } of await Promise.all([prepare(), prepare(), prepare()]))
      assert.equal(readFileSync(artifact, 'utf8'), 'x');
    assert.equal(readdirSync(cache).length, 1);
  });

  test('is not needed where the runner prepares nothing', async (t) => {
    const runner = fakeRunner(temporaryFolder(t));
    assert.deepEqual(await prepareGuest(runner, found, FAKE_GUEST, '/nowhere'), {
      artifact: FAKE_GUEST.file,
    });
  });
});
