/** Which runtime a runner gets: by release, by the user's choice, and what is said of one that is not there. */

import assert from 'node:assert/strict';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { UserError } from '../contracts/failure.ts';
import type { Runner } from '../contracts/runner.ts';
import { addPython, fakeMachine, fakeRuntime, recipeOf, sha256, wheelRelease } from './fake-machine.ts';
import { ensureInstalled } from './install.ts';
import type { InstallOptions } from './options.ts';
import { makeRoster } from './roster.ts';

const none = { support: 'none', reason: 'a fake' } as const;

/** A runner of the runtime `fake` that is asked for as `id`. */
function runnerFor(id: string, more: Partial<Runner> = {}): Runner {
  const release = id.split('@')[1];
  return {
    id,
    runtime: 'fake',
    ...(release === undefined ? {} : { release }),
    name: 'Fake',
    capabilities: { p1: none, p2: none, p3: none },
    async detect(tools) {
      const located = await tools.locate('fake', 'fake');
      if (!located) return { reason: 'fake is not installed' };
      const version = (await tools.ask(located.path, ['--version'])).replace('fake ', '').trim();
      return { version, mode: 'none', executable: located.path, source: located.source };
    },
    command: () => ({ file: 'fake', args: [] }),
    classify: () => ({ kind: 'exit', code: 0 }),
    ...more,
  };
}

async function enter(runner: Runner, options: InstallOptions, install = false): Promise<string> {
  const [entry] = await makeRoster([runner], { ...options, install });
  return entry?.found ? `${entry.found.version} from ${entry.found.source}` : (entry?.missing ?? '');
}

/** A machine with versions 2.0.0 (the default) and 1.5.0 in the cache, as chosen. */
async function withCached(t: TestContext, ...versions: string[]) {
  const machine = await fakeMachine(t);
  const known = [wheelRelease('00', '2.0.0'), wheelRelease('00', '1.5.0')];
  const recipe = recipeOf(...known);
  for (const version of versions) {
    const hash = await addPython(machine, fakeRuntime(version));
    const placed = await ensureInstalled('fake', recipeOf(wheelRelease(hash, version)), machine.options);
    assert.ok('path' in placed, JSON.stringify(placed));
  }
  return { machine, recipe };
}

const WHEEL = 'from cache (Python wheel fake-bin 1.0)';

test('versions stand side by side: each id gets its own, a bare id the default', async (t) => {
  const { machine, recipe } = await withCached(t, '1.5.0', '2.0.0', '2.1.0');
  const of = (id: string) => enter(runnerFor(id, { install: recipe }), machine.options);
  assert.equal(await of('fake'), `2.0.0 ${WHEEL}`);
  assert.equal(await of('fake+aot'), `2.0.0 ${WHEEL}`);
  assert.equal(await of('fake@1'), `1.5.0 ${WHEEL}`);
  assert.equal(await of('fake+aot@2'), `2.1.0 ${WHEEL}`);
  assert.equal(await of('fake@2.0.0'), `2.0.0 ${WHEEL}`);
});

test('what stands on PATH counts only as the release that it is', async (t) => {
  const { machine, recipe } = await withCached(t);
  await machine.addProgram('fake', 'echo fake 1.7.0');
  const of = (id: string) => enter(runnerFor(id, { install: recipe }), machine.options);
  assert.equal(await of('fake@1'), '1.7.0 from PATH');
  assert.equal(
    await of('fake@2'),
    'fake 2 is not installed (PATH has 1.7.0); wasimeter runtimes install fake@2',
  );
  assert.equal(
    await enter(runnerFor('fake@2'), machine.options),
    'fake 2 is not installed (PATH has 1.7.0); set WASIMETER_FAKE_2 to its executable',
  );
});

test("what the user names goes first, and another release than the id's is a mistake", async (t) => {
  const { machine, recipe } = await withCached(t, '2.0.0');
  const named = path.join(machine.folder, 'named');
  await writeFile(named, fakeRuntime('1.9.0'), { mode: 0o755 });
  const of = (id: string, env: NodeJS.ProcessEnv, executable?: string) =>
    enter(runnerFor(id, { install: recipe, ...(executable ? { executable } : {}) }), {
      ...machine.options,
      env: { ...machine.options.env, ...env },
    });
  assert.equal(await of('fake+aot@1', { WASIMETER_FAKE_1: named }), '1.9.0 from WASIMETER_FAKE_1');
  assert.equal(await of('fake+aot', { WASIMETER_FAKE: named }), '1.9.0 from WASIMETER_FAKE');
  assert.equal(await of('fake@2', { WASIMETER_FAKE: named }), `2.0.0 ${WHEEL}`);
  assert.equal(await of('fake', { WASIMETER_FAKE: '/nowhere' }, named), '1.9.0 from bench.config');
  await assert.rejects(of('fake@2', { WASIMETER_FAKE_2: named }), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(
      error.message,
      /^WASIMETER_FAKE_2: fake 2 is not installed \(WASIMETER_FAKE_2 has 1\.9\.0\)$/,
    );
    return true;
  });
  await assert.rejects(of('fake', { WASIMETER_FAKE: '/nowhere' }), {
    message: 'WASIMETER_FAKE is set, but not to an executable file',
  });
  for (const [wrong, why] of [
    ['/nowhere', /^bench\.config: the executable that the configuration names is not there$/],
    [import.meta.filename, /may not be executed$/],
    [import.meta.dirname, /is a folder$/],
  ] as const)
    await assert.rejects(of('fake', {}, wrong), { name: 'UserError', message: why });
  assert.equal(await of('fake@dev', {}, named), '1.9.0 from bench.config');
  assert.equal(await of('fake@dev', { WASIMETER_FAKE_DEV: named }), '1.9.0 from WASIMETER_FAKE_DEV');
  assert.match(
    await of('fake@dev', {}),
    /^fake dev is not installed .*'dev' is no version: name its executable/,
  );
});

test('not installed ends with what to do: the command, or where none helps the hint', async (t) => {
  const { machine, recipe } = await withCached(t);
  const of = (id: string, install = false) =>
    enter(runnerFor(id, { install: recipe }), machine.options, install);
  assert.equal(await of('fake'), 'fake is not installed; wasimeter runtimes install fake');
  assert.equal(await of('fake@1'), 'fake 1 is not installed; wasimeter runtimes install fake@1');
  assert.equal(await of('fake@7'), 'fake 7 is not installed; build it');
  assert.match(
    await of('fake@1', true),
    /^Python wheel fake-bin 1\.0: this machine has none of .*; build it$/,
  );
});

test('a harmed cached runtime is in the reason, and brought in anew where that is asked for', async (t) => {
  const { machine, recipe } = await withCached(t, '2.0.0');
  const file = path.join(machine.options.cacheDir, 'runtimes/fake-2.0.0/fake');
  await writeFile(file, fakeRuntime('6.6.6'));
  recipe.known = [wheelRelease(await addPython(machine, fakeRuntime('2.0.0')), '2.0.0')];
  assert.equal(
    await enter(runnerFor('fake', { install: recipe }), machine.options),
    'fake: the cached runtime is refused: fake-2.0.0/fake is not what was installed; fake is not installed; wasimeter runtimes install fake',
  );
  assert.equal(await enter(runnerFor('fake', { install: recipe }), machine.options, true), `2.0.0 ${WHEEL}`);
  assert.equal(sha256(await readFile(file, 'utf8')), sha256(fakeRuntime('2.0.0')));
});

test('a refused runtime is noted where another takes its place, and where nothing does', async (t) => {
  const { machine, recipe } = await withCached(t, '1.5.0', '2.0.0');
  await writeFile(path.join(machine.options.cacheDir, 'runtimes/fake-2.0.0/fake'), fakeRuntime('6.6.6'));
  const runner = runnerFor('fake', { install: recipe });
  const refusal = 'fake: the cached runtime is refused: fake-2.0.0/fake is not what was installed';
  const [entry] = await makeRoster([runner], { ...machine.options, install: false });
  assert.deepEqual([entry?.found?.version, entry?.note], ['1.5.0', refusal]);
  await writeFile(path.join(machine.options.cacheDir, 'runtimes/fake-1.5.0/fake'), fakeRuntime('6.6.6'));
  const blocked = { ...machine.options, env: { PATH: '/nowhere' } };
  const [gone] = await makeRoster([runner], { ...blocked, install: true });
  assert.ok(gone?.missing?.startsWith(`${refusal}; `), String(gone?.missing));
  assert.match(
    gone?.missing ?? '',
    /fake-1\.5\.0\/fake is not what was installed; Python wheel .*; build it$/,
  );
});

test('what is there instead of a release is told', async (t) => {
  const { machine, recipe } = await withCached(t, '1.5.0', '2.0.0');
  assert.equal(
    await enter(runnerFor('fake@3', { install: recipe }), machine.options),
    'fake 3 is not installed (the cache has 2.0.0, 1.5.0); build it',
  );
});

test('the executable is known by its hash, and a cached one that is used does not grow old', async (t) => {
  const { machine, recipe } = await withCached(t, '2.0.0');
  const manifest = path.join(machine.options.cacheDir, 'runtimes/fake-2.0.0/manifest.json');
  const ageOf = async () => Date.now() - (await stat(manifest)).mtimeMs;
  await utimes(manifest, 1, 1);
  const look = (use: boolean) =>
    makeRoster([runnerFor('fake', { install: recipe })], { ...machine.options, install: false, use });
  const [entry] = await look(false);
  assert.equal(entry?.found?.sha256, sha256(fakeRuntime('2.0.0')));
  assert.ok((await ageOf()) > 1e9);
  await look(true);
  assert.ok((await ageOf()) < 1e9);
});

test('--install brings the default in where only another version is cached; that one stays if it can not', async (t) => {
  const { machine, recipe } = await withCached(t, '1.5.0');
  const of = () => enter(runnerFor('fake', { install: recipe }), machine.options, true);
  assert.equal(await enter(runnerFor('fake', { install: recipe }), machine.options), `1.5.0 ${WHEEL}`);
  assert.equal(await of(), `1.5.0 ${WHEEL}`);
  assert.ok(machine.said.includes("fake: 2.0.0 can't be had now, 1.5.0 stays in use"));
  recipe.known[0] = wheelRelease(await addPython(machine, fakeRuntime('2.0.0')), '2.0.0');
  assert.equal(await of(), `2.0.0 ${WHEEL}`);
});
