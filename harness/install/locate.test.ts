/** Where a runtime is looked for, and in which order. */

import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import type { InstallRecipe } from '../contracts/install.ts';
import { addPython, fakeMachine, fakeRuntime } from './fake-machine.ts';
import { ensureInstalled } from './install.ts';
import { locateExecutable, variableFor } from './locate.ts';

function recipeOf(sha256: string): InstallRecipe {
  return {
    sources: [
      {
        kind: 'wheel',
        package: 'fake-bin',
        version: '1.0',
        sha256,
        executable: 'pkg/fake',
        runtimeVersion: '1.2.3',
        platform: { os: 'linux', arch: 'x64' },
      },
    ],
    hint: 'build it',
  };
}

test('a variable before the cache, the cache before PATH, and nothing at all', async (t) => {
  const machine = await fakeMachine(t);
  const recipe = recipeOf(await addPython(machine, fakeRuntime('1.2.3')));
  const look = (env: NodeJS.ProcessEnv = {}) =>
    locateExecutable('fake', 'fake', {
      ...machine.options,
      recipe,
      env: { ...machine.options.env, ...env },
    });

  assert.equal(await look(), undefined);
  const onPath = await machine.addProgram('fake', 'echo fake 9');
  assert.deepEqual(await look(), { path: onPath, source: 'PATH' });

  const installed = await ensureInstalled('fake', recipe, machine.options);
  assert.ok('path' in installed);
  assert.deepEqual(await look(), {
    path: path.join(machine.options.cacheDir, 'runtimes/fake-1.2.3/fake'),
    source: 'cache (Python wheel fake-bin 1.0)',
  });
  assert.deepEqual(await look({ WASIMETER_FAKE: onPath }), { path: onPath, source: 'WASIMETER_FAKE' });
});

test('a variable that names no executable file is an error with its name, not passed over', async (t) => {
  const machine = await fakeMachine(t);
  await machine.addProgram('fake', 'echo fake 9');
  const plain = path.join(machine.folder, 'plain');
  await writeFile(plain, '');
  await chmod(plain, 0o644);
  for (const value of [path.join(machine.folder, 'absent'), machine.folder, plain]) {
    await assert.rejects(
      locateExecutable('fake', 'fake', {
        ...machine.options,
        env: { ...machine.options.env, WASIMETER_FAKE: value },
      }),
      { message: 'WASIMETER_FAKE is set, but not to an executable file' },
    );
  }
});

test('an empty variable is as none, and a file that may not be executed is not on PATH', async (t) => {
  const machine = await fakeMachine(t);
  const file = await machine.addProgram('fake', '');
  await chmod(file, 0o644);
  const env = { ...machine.options.env, WASIMETER_FAKE: '' };
  assert.equal(await locateExecutable('fake', 'fake', { ...machine.options, env }), undefined);
});

test('a harmed cache is said and passed over', async (t) => {
  const machine = await fakeMachine(t);
  const recipe = recipeOf(await addPython(machine, fakeRuntime('1.2.3')));
  const installed = await ensureInstalled('fake', recipe, machine.options);
  assert.ok('path' in installed);
  await writeFile(installed.path, fakeRuntime('6.6.6'));
  assert.equal(await locateExecutable('fake', 'fake', { ...machine.options, recipe }), undefined);
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
