/** A runtime that gives a guest more than it was granted: the run says so first, and ends with 1 until an expectation names it. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startCommand } from './startCommand.ts';

/** A run may have to wait for the machine's lock while somebody measures. */
const BOUND = { timeout: 300_000 };
const CASE = 'environ_get/nothing-granted';

const folder = mkdtempSync(join(tmpdir(), 'wasimeter-sandbox-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Node's WASI, handing on the environment of its own process. */
const LEAKY = `
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';
const args = process.argv.slice(2);
const wasi = new WASI({ version: 'preview1', args, env: process.env });
const module = await WebAssembly.compile(await readFile(args[0]));
process.exitCode = wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
`;
writeFileSync(join(folder, 'leaky.mjs'), LEAKY);
writeFileSync(
  join(folder, 'bench.config.ts'),
  `export default { profile: 'conformance', runners: [
    { id: 'leaky', command: ['${process.execPath}', './leaky.mjs', '{wasm}', '{args}'], wasi: ['p1'] },
  ] };`,
);

const run = (name: string) =>
  startCommand(folder, ['run', '--suite', 'sandbox', '--wasi', 'p1', '--case', name]).ended;
const page = () => readFileSync(join(folder, 'out/report/index.html'), 'utf8');

test('a sandbox case that fails ends the run with 1, and stands first', BOUND, async () => {
  const { code, stdout, stderr } = await run(CASE);
  assert.equal(code, 1, stderr);
  assert.match(stdout, /out of the sandbox, as no expectation says:\n {2}leaky p1 sandbox\/environ_get\//);
  assert.match(page(), /<main[^>]*><section id="sandbox"/);
});

test('one that passes does not', BOUND, async () => {
  const { code, stdout, stderr } = await run('fd_prestat_get/nothing-granted');
  assert.equal(code, 0, stderr);
  assert.doesNotMatch(stdout, /out of the sandbox/);
  assert.doesNotMatch(page(), /id="sandbox"/);
});

test(
  'one that fails as an expectation says is still shown first, and ends the run with 0',
  BOUND,
  async () => {
    mkdirSync(join(folder, 'runners/leaky'), { recursive: true });
    const known = {
      ...{ suite: 'sandbox', case: CASE, wasi: 'p1' },
      reason: 'hands on the environment of its own process: "no ambient authorities"',
      link: 'https://example.org/leaky/1',
    };
    writeFileSync(join(folder, 'runners/leaky/expectations.json'), JSON.stringify({ expectations: [known] }));
    const { code, stdout, stderr } = await run(CASE);
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stdout, /out of the sandbox/);
    assert.match(page(), /<main[^>]*><section id="sandbox".*expectations name.*hands on the environment/s);
  },
);
