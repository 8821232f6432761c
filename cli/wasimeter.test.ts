/** The launcher: an old Node is told so before anything newer is parsed; sources go before what was built. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('wasimeter.mjs', import.meta.url));

/** A package with the launcher whose built command, and sources where asked for, print which they are. */
function packageWith(t: TestContext, files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-launcher-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const all: Record<string, string> = {
    'package.json': JSON.stringify({ type: 'module', engines: { node: '>=22.18.0' } }),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  mkdirSync(join(folder, 'cli'), { recursive: true });
  cpSync(LAUNCHER, join(folder, 'cli/wasimeter.mjs'));
  return folder;
}

function launch(folder: string, ...options: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...options, join(folder, 'cli/wasimeter.mjs')],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

const SAYS = "console.log('built');";

for (const [version, tooOld] of Object.entries({
  '8.17.0': true,
  '20.19.5': true,
  '22.9.1': true,
  '22.17.9': true,
  '22.18.0': false,
  '24.0.0': false,
  '100.1.0': false,
}))
  test(`Node ${version} is ${tooOld ? 'refused in one line' : 'new enough'}`, (t) => {
    const folder = packageWith(t, { 'dist/cli/main.js': SAYS });
    const fake = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'${version}'}})`;
    const { status, stdout, stderr } = launch(folder, '--import', fake);
    assert.equal(status, tooOld ? 2 : 0, stderr);
    if (tooOld)
      assert.match(stderr, /^wasimeter: Node 22\.18\.0 or newer is needed, this is Node [\d.]+ .*\n$/);
    else assert.equal(stdout, 'built\n');
  });

test('in a checkout the sources are run, whatever was built', (t) => {
  const sources = "const which: string = 'sources'; console.log(which);";
  const folder = packageWith(t, { 'cli/main.ts': sources, 'dist/cli/main.js': SAYS });
  assert.deepEqual(launch(folder), { status: 0, stdout: 'sources\n', stderr: '' });
});

test("Node's notices of experiments are not shown, other warnings are", (t) => {
  const warn = "process.emitWarning('one', 'ExperimentalWarning'); process.emitWarning('two', 'OddWarning');";
  const { stderr } = launch(packageWith(t, { 'dist/cli/main.js': warn }));
  assert.match(stderr, /OddWarning: two/);
  assert.doesNotMatch(stderr, /one/);
});

test('below "type": "commonjs" only the error is told, not what Node warns of before it', (t) => {
  const load =
    "await import(new URL('../../own/bench.config.ts', import.meta.url)).catch((error) => console.error(error.name));";
  const folder = packageWith(t, {
    'dist/cli/main.js': load,
    'own/package.json': '{ "type": "commonjs" }',
    'own/bench.config.ts': 'export default {};',
  });
  assert.equal(launch(folder).stderr, 'SyntaxError\n');
});

test('a command that throws ends with its error', (t) => {
  const { status, stderr } = launch(packageWith(t, { 'dist/cli/main.js': "throw new Error('broken');" }));
  assert.equal(status, 1);
  assert.match(stderr, /Error: broken/);
});
