/** `wasimeter expectations` as its users start it: a draft excuses nothing, an explained failure does, a mended one goes. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startCommand } from './startCommand.ts';

const folder = mkdtempSync(join(tmpdir(), 'wasimeter-expectations-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
/** A run may have to wait for the machine's lock while somebody measures. */
const BOUND = { timeout: 300_000 };

const FILE = join(folder, 'runners', 'mine', 'expectations.json');
const entries = () =>
  (JSON.parse(readFileSync(FILE, 'utf8')) as { expectations: Record<string, string>[] }).expectations;
const suite = (expected: string) => `
import { defineSuite, err, ok } from 'wasimeter';
const probe = { wasi: 'p1', guest: 'probe-p1', spec: 'https://example.org/#now' } as const;
export default defineSuite({
  id: 'own', title: 'Own', inventory: [], performance: [],
  conformance: [
    { ...probe, id: 'clock/now', title: 'Now', script: (s) => s.expect(s.call('clock_time_get', 0, 1n), ${expected}) },
    { ...probe, id: 'clock/other', title: 'Other', script: (s) => s.expect(s.call('clock_time_get', 1, 1n), ok()) },
  ],
});`;
const write = (path: string, text: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const wasimeter = (...args: string[]) => startCommand(folder, args).ended;
const run = (...more: string[]) =>
  wasimeter('run', '--suite', 'own', '--profile', 'conformance', '--fail-on', 'unexpected', ...more);

test('update, explain, mend', BOUND, async () => {
  write(
    'runners/mine/runner.ts',
    "import node from './node.ts';\nexport default { ...node, id: 'mine', name: 'Mine' };",
  );
  const node = new URL('../runners/node/runner.ts', import.meta.url).href;
  write('runners/mine/node.ts', `export { default } from '${node}';`);
  write('bench.config.ts', "export default { runners: ['mine'] };");
  write('suites/own/suite.ts', suite("err('nosys')"));
  assert.equal((await run()).code, 1);

  const dry = await wasimeter('expectations', 'update', '--dry-run');
  assert.match(dry.stdout, /^\+ mine p1 own\/clock\/now: UNEXPLAINED: clock_time_get.*expected nosys\n/);
  assert.throws(entries, 'nothing was written');
  const updated = await wasimeter('expectations', 'update');
  assert.match(updated.stdout, /written: runners\/mine\/expectations\.json/, updated.stderr);
  assert.deepEqual(
    entries().map((one) => [one.case, one.link]),
    [['clock/now', 'https://example.org/#now']],
  );
  assert.equal((await wasimeter('expectations', 'check')).code, 1);
  assert.equal((await run('--last-failed')).code, 1, 'a draft excuses nothing');

  const reason = 'answers, though it should not, as this test wants it';
  write('runners/mine/expectations.json', JSON.stringify({ expectations: [{ ...entries()[0], reason }] }));
  assert.equal((await wasimeter('expectations', 'check')).code, 0);
  assert.equal((await run()).code, 0);
  const listed = JSON.parse((await wasimeter('expectations', 'list', '-r', 'mine', '--json')).stdout);
  assert.deepEqual(
    listed.map((one: { reason: string; draft: boolean }) => [one.reason, one.draft]),
    [[reason, false]],
  );

  write('suites/own/suite.ts', suite('ok()'));
  assert.equal((await run('--case', 'clock/other')).code, 0);
  assert.match((await wasimeter('expectations', 'update')).stdout, /^nothing to change/, 'it was not run');
  assert.equal((await run()).code, 1, 'a stale expectation is unexpected');
  await wasimeter('expectations', 'update');
  assert.deepEqual(entries(), []);

  write(
    'runners/mine/expectations.json',
    JSON.stringify({
      expectations: [{ suite: 'own', case: 'gone', wasi: 'p1', reason, link: 'https://example.org/' }],
    }),
  );
  const stale = await run();
  assert.equal(stale.code, 2);
  assert.match(
    stale.stderr,
    /^wasimeter: runners\/mine\/expectations\.json at expectations\.0: suite 'own' has no case 'gone' for p1/,
  );
});
