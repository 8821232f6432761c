/** The gate's settings: shares in either spelling, defaults, and mistakes that name the field. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { loadConfig } from './load.ts';

function load(t: TestContext, gate: string) {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-gate-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'bench.config.ts'), `export default { gate: ${gate} }`);
  return loadConfig(folder, {});
}

test('shares are numbers or percent, and what is left out has its default', async (t) => {
  const waive = `[{ benchmark: 'sockets/*', upTo: '8%', until: '2027-03-01', reason: 'a fix is pending' }]`;
  const { gate } = await load(
    t,
    `{ baseline: 'wasmtime@48', candidate: 'wasmtime@49', floor: '1.5%', floors: { 'startup/*': 0.04 }, waive: ${waive} }`,
  );
  assert.deepEqual(gate, {
    ...{ baseline: 'wasmtime@48', candidate: 'wasmtime@49', floor: 0.015, floors: { 'startup/*': 0.04 } },
    failOn: ['regressed', 'unexpected'],
    waivers: [{ benchmark: 'sockets/*', upTo: 0.08, until: '2027-03-01', reason: 'a fix is pending' }],
  });
  assert.deepEqual((await load(t, '{}')).gate, { failOn: ['regressed', 'unexpected'], waivers: [] });
});

describe('a mistake names its field', () => {
  const waiver = (text: string) =>
    `{ waive: [{ benchmark: 's/c', upTo: '8%', until: '2027-03-01', reason: 'a fix is pending', ${text} }] }`;
  const refused: [string, string, RegExp][] = [
    [
      'a field that is none',
      '{ bseline: 1 }',
      /unknown field 'bseline' in .* at gate; did you mean 'baseline'/,
    ],
    ['a floor of 500%', '{ floor: 5 }', /gate\.floor: a floor lies between 0\.1% and 100%/],
    ['a floor that is a word', "{ floor: 'low' }", /gate\.floor/],
    ['a floor below none', "{ floor: '-1%' }", /gate\.floor/],
    ['a day that is none', waiver("until: '2027-02-30'"), /gate\.waive\.0\.until/],
    ['a reason of a word', waiver("reason: 'x'"), /gate\.waive\.0\.reason/],
    ['a link to a script', waiver("link: 'javascript:alert(1)'"), /gate\.waive\.0\.link/],
    [
      'what it may fail on',
      "{ failOn: ['unsre'] }",
      /unknown value 'unsre'.*gate\.failOn\.0; did you mean 'unsure'/,
    ],
  ];
  for (const [label, text, message] of refused)
    test(label, (t) => assert.rejects(load(t, text), { name: 'UserError', message }));
});
