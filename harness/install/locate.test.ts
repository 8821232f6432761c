/** Where a runtime is looked for, and in which order. */

import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import {
  addPython,
  type FakeMachine,
  fakeMachine,
  fakeRuntime,
  recipeOf,
  wheelRelease,
} from './fake-machine.ts';
import { ensureInstalled } from './install.ts';
import { locateExecutable, type Sought, variableFor } from './locate.ts';

/** Looks for the runner `fake`. */
function look(machine: FakeMachine, env: NodeJS.ProcessEnv = {}, sought: Partial<Sought> = {}) {
  return locateExecutable({ id: 'fake', runtime: 'fake', ...sought }, 'fake', {
    ...machine.options,
    env: { ...machine.options.env, ...env },
  });
}

test('a variable before the cache, the cache before PATH, and nothing at all', async (t) => {
  const machine = await fakeMachine(t);
  const recipe = recipeOf(wheelRelease(await addPython(machine, fakeRuntime('1.2.3'))));
  assert.equal(await look(machine, {}, { recipe }), undefined);
  const onPath = await machine.addProgram('fake', 'echo fake 9');
  assert.deepEqual(await look(machine, {}, { recipe }), { path: onPath, source: 'PATH' });

  const installed = await ensureInstalled('fake', recipe, machine.options);
  assert.ok('path' in installed);
  assert.deepEqual(await look(machine, {}, { recipe }), {
    path: path.join(machine.options.cacheDir, 'runtimes/fake-1.2.3/fake'),
    source: 'cache (Python wheel fake-bin 1.0)',
    version: '1.2.3',
  });
  assert.deepEqual(await look(machine, { WASIMETER_FAKE: onPath }, { recipe }), {
    path: onPath,
    source: 'WASIMETER_FAKE',
  });
});

test('a variable that names no executable file is an error with its name, not passed over', async (t) => {
  const machine = await fakeMachine(t);
  await machine.addProgram('fake', 'echo fake 9');
  const plain = path.join(machine.folder, 'plain');
  await writeFile(plain, '');
  await chmod(plain, 0o644);
  for (const value of [path.join(machine.folder, 'absent'), machine.folder, plain]) {
    await assert.rejects(look(machine, { WASIMETER_FAKE: value }), {
      message: 'WASIMETER_FAKE is set, but not to an executable file',
    });
  }
});

test('an empty variable is as none, and a file that may not be executed is not on PATH', async (t) => {
  const machine = await fakeMachine(t);
  const file = await machine.addProgram('fake', '');
  await chmod(file, 0o644);
  assert.equal(await look(machine, { WASIMETER_FAKE: '' }), undefined);
});

test('a harmed cache is said and passed over', async (t) => {
  const machine = await fakeMachine(t);
  const recipe = recipeOf(wheelRelease(await addPython(machine, fakeRuntime('1.2.3'))));
  const installed = await ensureInstalled('fake', recipe, machine.options);
  assert.ok('path' in installed);
  await writeFile(installed.path, fakeRuntime('6.6.6'));
  assert.equal(await look(machine, {}, { recipe }), undefined);
  assert.equal(
    machine.said.at(-1),
    'fake: the cached runtime is refused: fake-1.2.3/fake is not what was installed',
  );
});

test('ids become names of variables', () => {
  assert.equal(variableFor('wasmtime'), 'WASIMETER_WASMTIME');
  assert.equal(variableFor('wasmedge+aot'), 'WASIMETER_WASMEDGE_AOT');
  assert.equal(variableFor('wasmtime@48'), 'WASIMETER_WASMTIME_48');
});
