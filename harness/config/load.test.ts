/** Configuration: defaults, overrides, and mistakes that name the file, the field and the nearest word. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { loadConfig, type Overrides } from './load.ts';

const words = (choices: { word: string }[] | undefined) => choices?.map(({ word }) => word);

function load(t: TestContext, text?: string, overrides: Overrides = {}, name = 'bench.config.ts') {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-config-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  if (text !== undefined) writeFileSync(join(folder, name), text);
  return loadConfig(folder, overrides);
}

describe('a configuration', () => {
  test('may be left out', async (t) => {
    const { settings, ...rest } = await load(t);
    assert.deepEqual(rest, {
      runners: undefined,
      suites: undefined,
      reports: [{ word: 'html', where: 'the default' }],
      described: { runners: [], suites: [], reports: [] },
      profile: 'quick',
      gate: { failOn: ['regressed', 'unexpected'], waivers: [] },
      caseTimeoutMs: 10_000,
      seed: 1,
    });
    assert.deepEqual([settings.only, settings.processes], ['headline', 20]);
  });

  test('says what to run; the command line goes before it', async (t) => {
    const text = `export default { runners: ['node', 'jco'], suites: ['random'], profile: 'full', seed: 3,
      caseTimeoutSeconds: 0.5 }`;
    const file = await load(t, text);
    assert.deepEqual(file.runners, [
      { word: 'node', where: 'bench.config.ts at runners.0' },
      { word: 'jco', where: 'bench.config.ts at runners.1' },
    ]);
    assert.deepEqual(file.suites, [{ word: 'random', where: 'bench.config.ts at suites.0' }]);
    assert.deepEqual(
      [file.profile, file.settings.processes, file.caseTimeoutMs, file.seed],
      ['full', 20, 500, 3],
    );
    const said = await load(t, text, {
      runners: ['wasmtime'],
      suites: ['clocks'],
      profile: 'quick',
      seed: 0,
    });
    assert.deepEqual(said.runners, [{ word: 'wasmtime', where: '--runner' }]);
    assert.deepEqual(
      [words(said.suites), said.suites?.[0]?.where, said.profile, said.seed],
      [['clocks'], '--suite', 'quick', 0],
    );
  });

  test('may be TypeScript', async (t) => {
    const text = 'const seed: number = 9;\nexport default { seed } satisfies { seed: number };';
    assert.equal((await load(t, text)).seed, 9);
  });

  for (const [name, text] of [
    ['bench.config.mts', 'const seed: number = 9; export default { seed };'],
    ['bench.config.js', 'export default { seed: 9 };'],
    ['bench.config.mjs', 'export default { seed: 9 };'],
    ['bench.config.json', '{ "$schema": "x", "seed": 9 }'],
  ] as const)
    test(`may be ${name}`, async (t) => assert.equal((await load(t, text, {}, name)).seed, 9));

  test('describes runners, which are there also when the command line chooses others', async (t) => {
    const mine = { id: 'mine', command: ['my-rt', '{wasm}', '{args}'], wasi: ['p1'] };
    const dev = { id: 'wasmtime@dev', path: './wasmtime' };
    const text = `export default { runners: ['node', ${JSON.stringify(mine)}, ${JSON.stringify(dev)}] }`;
    const file = await load(t, text);
    assert.deepEqual(words(file.runners), ['node', 'mine', 'wasmtime@dev']);
    const said = await load(t, text, { runners: ['jco'] });
    assert.deepEqual(words(said.runners), ['jco']);
    assert.deepEqual(said.described.runners, [
      { entry: mine, where: 'bench.config.ts at runners.1' },
      { entry: dev, where: 'bench.config.ts at runners.2' },
    ]);
  });

  test('hands options to a reporter, also to one that the command line names', async (t) => {
    const text = "export default { reports: ['html', ['csv', { tabs: true }]] }";
    const csv = { word: 'csv', where: 'bench.config.ts at reports.1', options: { tabs: true } };
    assert.deepEqual((await load(t, text)).reports, [
      { word: 'html', where: 'bench.config.ts at reports.0' },
      csv,
    ]);
    assert.deepEqual((await load(t, text, { reports: ['csv'] })).reports, [{ ...csv, where: '--report' }]);
  });

  test('names what a profile measures as a list, too: the widest holds', async (t) => {
    const text = (only: string) => `export default { profiles: { own: { only: ${only} } }, profile: 'own' }`;
    assert.equal((await load(t, text("['headline']"))).settings.only, 'headline');
    assert.equal((await load(t, text("['headline', 'all', 'none']"))).settings.only, 'all');
    assert.equal((await load(t, text("['none']"))).settings.only, 'none');
  });

  test('makes profiles of its own or changes ours; a field that is undefined is as one left out', async (t) => {
    const text = `export default { profiles: { quick: { processes: 5 }, own: { only: undefined, processes: 2 } } }`;
    const quick = await load(t, text);
    assert.deepEqual([quick.settings.only, quick.settings.processes], ['headline', 5]);
    const own = await load(t, text, { profile: 'own' });
    assert.deepEqual([own.settings.only, own.settings.processes], ['all', 2]);
  });
});

describe('a mistake', () => {
  const refuses = (label: string, text: string | undefined, message: RegExp, overrides: Overrides = {}) =>
    test(label, (t) =>
      assert.rejects(load(t, text, overrides), (error: Error) => {
        assert.equal(error.name, 'UserError');
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /\n/, 'one line');
        return true;
      }),
    );

  refuses(
    'in a field',
    'export default { sed: 1 }',
    /unknown field 'sed' in bench\.config\.ts; did you mean 'seed'\?/,
  );
  refuses(
    'in a profile',
    'export default { profiles: { t: { procesess: 3 } } }',
    /unknown field 'procesess' in bench\.config\.ts at profiles\.t; did you mean 'processes'\?/,
  );
  refuses('of type', "export default { seed: 'a' }", /^bench\.config\.ts: seed: .*number/);
  refuses('of range', 'export default { profiles: { t: { processes: 1 } } }', /profiles\.t\.processes/);
  refuses('of an empty list', 'export default { suites: [] }', /^bench\.config\.ts: suites/);
  refuses('in an entry of a list', 'export default { runners: [1] }', /runners\.0/);
  refuses('for the whole', 'export default 5', /the default export/);
  refuses('without an export', 'const seed = 1;', /has no default export/);
  refuses('with another export', 'export const seed = 1;', /has no default export/);
  refuses(
    'of syntax, with its line',
    'const a = 1;\nexport default { seed: ',
    /^bench\.config\.ts:2 cannot be loaded/,
  );
  refuses(
    'that throws several lines',
    "throw new Error('one\\n  two'); export {}",
    /cannot be loaded: one two$/,
  );
  refuses(
    'in an import',
    "import 'no-such-package'; export default {}",
    /cannot be loaded: .*no-such-package/,
  );
  refuses(
    'in a profile of the file',
    "export default { profile: 'ful' }",
    /unknown profile 'ful' in bench\.config\.ts; did you mean 'full'\?/,
  );
  const entry = (text: string) => `export default { runners: ['node', ${text}] }`;
  refuses(
    "in a command runner's field",
    entry("{ id: 'm', comand: ['a', '{wasm}', '{args}'], wasi: ['p1'] }"),
    /^unknown field 'comand' in bench\.config\.ts at runners\.1; did you mean 'command'\?/,
  );
  refuses(
    'in a WASI version',
    entry("{ id: 'm', command: ['a', '{wasm}', '{args}'], wasi: ['p1', 'q2'] }"),
    /^unknown value 'q2' in bench\.config\.ts at runners\.1\.wasi\.1; did you mean 'p2'\?/,
  );
  refuses(
    'in what is left out',
    entry("{ id: 'm', command: ['a'] }"),
    /^bench\.config\.ts: runners\.1\.wasi is missing/,
  );
  refuses(
    'in a regular expression',
    entry("{ id: 'm', command: ['a'], wasi: ['p1'], traps: { stderr: '(' } }"),
    /^bench\.config\.ts: runners\.1\.traps\.stderr: is no regular expression/,
  );
  refuses(
    "in a path runner's field",
    entry("{ id: 'wasmtime@dev', paht: './x' }"),
    /^unknown field 'paht' in bench\.config\.ts at runners\.1; did you mean 'path'\?/,
  );
  refuses(
    'in what a profile measures',
    "export default { profiles: { t: { only: ['headlin'] } } }",
    /^unknown value 'headlin' in bench\.config\.ts at profiles\.t\.only\.0; did you mean 'headline'\?/,
  );
  refuses(
    'in a single word of it',
    "export default { profiles: { t: { only: 'headlin' } } }",
    /^unknown value 'headlin' in bench\.config\.ts at profiles\.t\.only; did you mean 'headline'\?/,
  );
  refuses("in a report's options", "export default { reports: [['html', 5]] }", /reports\.0\.1: .*record/);
  refuses('in --profile', undefined, /unknown profile 'quik' in --profile; did you mean 'quick'\?/, {
    profile: 'quik',
  });
});

test('a mistake in JSON names the file', async (t) => {
  await assert.rejects(load(t, '{ "seed": 1,, }', {}, 'bench.config.json'), {
    message: /^bench\.config\.json is no JSON: /,
  });
  await assert.rejects(load(t, '{ "sed": 1 }', {}, 'bench.config.json'), {
    message: /^unknown field 'sed' in bench\.config\.json; did you mean 'seed'\?/,
  });
});

test('two configurations are refused by name', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-config-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['bench.config.ts', 'bench.config.json']) writeFileSync(join(folder, name), '');
  await assert.rejects(loadConfig(folder, {}), {
    name: 'UserError',
    message: /^there is bench\.config\.ts and bench\.config\.json: /,
  });
});

test('below a package.json of type commonjs the mistake says what to change', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-config-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
  writeFileSync(join(folder, 'bench.config.ts'), 'export default { seed: 2 };');
  await assert.rejects(loadConfig(folder, {}), {
    name: 'UserError',
    message: /"type": "commonjs"; make that "module"/,
  });
});
