/** Configuration: defaults, overrides, and mistakes that name the file, the field and the nearest word. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { loadConfig, type Overrides } from './load.ts';
import { unknownWord } from './nearest.ts';

const KNOWN = { runners: ['jco', 'node', 'wasmtime'], suites: ['clocks', 'random'], reports: ['html'] };

function load(t: TestContext, text?: string, overrides: Overrides = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-config-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  if (text !== undefined) writeFileSync(join(folder, 'bench.config.ts'), text);
  return loadConfig(folder, overrides, KNOWN);
}

describe('a configuration', () => {
  test('may be left out', async (t) => {
    const { settings, ...rest } = await load(t);
    assert.deepEqual(rest, { ...KNOWN, profile: 'quick', caseTimeoutMs: 10_000, seed: 1 });
    assert.deepEqual([settings.only, settings.processes], ['headline', 20]);
  });

  test('says what to run; the command line goes before it', async (t) => {
    const text = `export default { runners: ['node', 'jco', 'node'], suites: ['random'], profile: 'full', seed: 3,
      caseTimeoutSeconds: 0.5 }`;
    const file = await load(t, text);
    assert.deepEqual([file.runners, file.suites, file.reports], [['node', 'jco'], ['random'], ['html']]);
    assert.deepEqual(
      [file.profile, file.settings.processes, file.caseTimeoutMs, file.seed],
      ['full', 30, 500, 3],
    );
    const said = await load(t, text, {
      runners: ['wasmtime'],
      suites: ['clocks'],
      profile: 'quick',
      seed: 0,
    });
    assert.deepEqual(
      [said.runners, said.suites, said.profile, said.seed],
      [['wasmtime'], ['clocks'], 'quick', 0],
    );
  });

  test('may be TypeScript', async (t) => {
    const text = 'const seed: number = 9;\nexport default { seed } satisfies { seed: number };';
    assert.equal((await load(t, text)).seed, 9);
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
    'in a runner of the file',
    "export default { runners: ['nodes'] }",
    /unknown runner 'nodes' in bench\.config\.ts; did you mean 'node'\?/,
  );
  refuses(
    'in a profile of the file',
    "export default { profile: 'ful' }",
    /unknown profile 'ful' in bench\.config\.ts; did you mean 'full'\?/,
  );
  refuses('in --runner', undefined, /unknown runner 'wastime' in --runner; did you mean 'wasmtime'\?/, {
    runners: ['wastime'],
  });
  refuses('in --suite', undefined, /unknown suite 'clock' in --suite; did you mean 'clocks'\?/, {
    suites: ['clock'],
  });
  refuses('in --report', undefined, /unknown reporter 'htm' in --report; did you mean 'html'\?/, {
    reports: ['htm'],
  });
  refuses('in --profile', undefined, /unknown profile 'quik' in --profile; did you mean 'quick'\?/, {
    profile: 'quik',
  });
});

test('a word that is near none is answered with all there are', () => {
  const { message } = unknownWord('suite', 'xyzzy', ['clocks', 'random']);
  assert.equal(message, "unknown suite 'xyzzy' (there are: clocks, random)");
});
