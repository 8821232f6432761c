/** What lies beside a user's configuration: found as ours is, and refused with file, field and the nearest word. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Choice } from '../contracts/config.ts';
import { buildScript } from '../script/builder.ts';
import { type Described, findReporter, findRunner, findSuite, openCatalog } from './catalog.ts';
import { loadExpectations } from './expectations.ts';
import { loadGuests } from './guests.ts';

const at = (word: string): Choice => ({ word, where: 'bench.config.ts' });
const NONE: Described = { runners: [], suites: [], reports: [] };
const GUESTS = [...loadGuests().keys()];

function open(t: TestContext, files: Record<string, string>, described: Partial<Described> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-folders-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return openCatalog(folder, { ...NONE, ...described }, GUESTS);
}

const CASE = `{ id: 'a', wasi: 'p1', title: 'A', spec: 'https://example.org', guest: 'probe-p1',
  script: (s) => { s.raw('sched_yield', []); } }`;
const suite = (id: string, conformance = CASE, more = '') =>
  `export default { id: '${id}', title: 'Mine', inventory: [], conformance: [${conformance}], performance: []${more} };`;
const RUNNER = `export default { id: 'rt', name: 'RT', detect: async () => ({ reason: 'no' }),
  capabilities: { p1: { support: 'native' }, p2: { support: 'none' }, p3: { support: 'none' } },
  command: () => ({ file: 'rt', args: [] }), classify: () => ({ kind: 'exit', code: 0 }) };`;
const REPORTER = "export default { id: 'csv', title: 'CSV', render: async () => [] };";
const EXPECTED = `{ "expectations": [{ "suite": "s", "case": "c", "wasi": "p1", "link": "https://example.org",
  "reason": "does what it should not" }] }`;

describe("a user's folders", () => {
  test('hold suites, runners with their expectations, and reporters, in TypeScript or JavaScript', async (t) => {
    const catalog = await open(t, {
      'suites/mine/suite.ts': `const id: string = 'mine'; ${suite('mine')}`,
      'runners/rt/runner.js': RUNNER,
      'runners/rt/expectations.json': EXPECTED,
      'reports/csv/reporter.mjs': REPORTER,
      'reports/2026/old.txt': 'no reporter',
    });
    assert.equal(findSuite(catalog, at('mine')).title, 'Mine');
    assert.equal(catalog.suites.byId.get('mine')?.from, 'suites/mine/suite.ts');
    assert.equal(catalog.suites.byId.get('clocks')?.from, 'wasimeter');
    assert.equal(loadExpectations(findRunner(catalog, at('rt'))).length, 1);
    assert.equal(findReporter(catalog, at('csv')).title, 'CSV');
  });

  test('may be anywhere where the configuration names them', async (t) => {
    const files = { 'bench/mine/suite.ts': suite('mine'), 'bench/csv/reporter.ts': REPORTER };
    const named = { suites: [at('./bench/mine'), at('bench/mine/')], reports: [at('./bench/csv')] };
    const catalog = await open(t, files, named);
    assert.equal(findSuite(catalog, at('./bench/mine')).id, 'mine');
    assert.equal(findSuite(catalog, at('mine')), findSuite(catalog, at('bench/mine/')));
    assert.equal(findReporter(catalog, at('./bench/csv')).id, 'csv');
  });

  test('may be named though they are found already', async (t) => {
    const catalog = await open(
      t,
      { 'suites/mine/suite.ts': suite('mine') },
      { suites: [at('./suites/mine')] },
    );
    assert.equal(findSuite(catalog, at('./suites/mine')).id, 'mine');
  });
});

test("wasimeter's own folders are no user's", async () => {
  const own = fileURLToPath(new URL('../../', import.meta.url));
  const catalog = await openCatalog(own, NONE, GUESTS);
  assert.deepEqual(
    new Set([...catalog.suites.byId.values()].map(({ from }) => from)),
    new Set(['wasimeter']),
  );
});

describe('refused in one line that names the file:', () => {
  const refuses = (
    label: string,
    files: Record<string, string>,
    message: RegExp,
    described?: Partial<Described>,
  ) =>
    test(label, (t) =>
      assert.rejects(open(t, files, described), (error: Error) => {
        assert.equal(error.name, 'UserError');
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      }),
    );
  refuses(
    'an id of ours',
    { 'suites/clocks/suite.ts': suite('clocks') },
    /^suite 'clocks' in suites\/clocks\/suite\.ts has the id of wasimeter's own \(suites\/clocks\/suite\.[jt]s\)/,
  );
  refuses(
    'an id used twice',
    { 'suites/mine/suite.ts': suite('mine'), 'other/mine/suite.ts': suite('mine') },
    /^suite 'mine' in other\/mine\/suite\.ts has the id of suites\/mine\/suite\.ts/,
    { suites: [at('./other/mine')] },
  );
  refuses(
    "another id than its folder's",
    { 'suites/mine/suite.ts': suite('yours') },
    /^suites\/mine\/suite\.ts has the id 'yours'; it must be its folder's name/,
  );
  refuses(
    'no default export',
    { 'suites/mine/suite.ts': 'export const x = 1;' },
    /^suites\/mine\/suite\.ts has no default export: export default defineSuite\(\{ … \}\)$/,
  );
  refuses(
    'a field left out',
    { 'runners/rt/runner.ts': RUNNER.replace('classify', 'clasify') },
    /^unknown field 'clasify' in runners\/rt\/runner\.ts; did you mean 'classify'\?/,
  );
  refuses(
    'a function that is none',
    { 'reports/csv/reporter.ts': REPORTER.replace('async () => []', "'[]'") },
    /^reports\/csv\/reporter\.ts: render: must be a function/,
  );
  refuses(
    'a field of a case',
    { 'suites/mine/suite.ts': suite('mine', CASE.replace('title', 'titel')) },
    /^unknown field 'titel' in suites\/mine\/suite\.ts at conformance\.0; did you mean 'title'\?/,
  );
  refuses(
    'a case with neither script nor fixture',
    { 'suites/mine/suite.ts': suite('mine', CASE.replace(/script: .*/, '}')) },
    /^suites\/mine\/suite\.ts: conformance\.0\.script is missing$/,
  );
  refuses(
    'a fixture that may end in several ways for no reason',
    {
      'suites/mine/suite.ts': suite(
        'mine',
        CASE.replace(/script: .*/, "fixture: { ends: [{ kind: 'refused' }, { kind: 'traps' }] } }"),
      ),
    },
    /^suites\/mine\/suite\.ts: conformance\.0\.fixture\.ambiguity is missing$/,
  );
  refuses(
    'a metric',
    {
      'suites/mine/suite.ts': suite('mine').replace(
        'performance: []',
        "performance: [{ id: 'x', wasi: 'p1', title: 'X', guest: 'probe-p1', metric: 'latenzy', bench() {} }]",
      ),
    },
    /^unknown value 'latenzy' in suites\/mine\/suite\.ts at performance\.0\.metric; did you mean 'latency'\?/,
  );
  const benchmark = (fields: string) => ({
    'suites/mine/suite.ts': suite('mine').replace(
      'performance: []',
      `performance: [{ id: 'x', wasi: 'p1', title: 'X', guest: 'probe-p1', ${fields} }]`,
    ),
  });
  refuses(
    'a benchmark that is a script and a call',
    benchmark("metric: 'latency', bench() {}, call: { export: 'f', argumentBytes: 0 }"),
    /performance\.0\.bench: a benchmark either writes a script for a probe or/,
  );
  refuses(
    'a benchmark that is neither',
    benchmark("metric: 'latency'"),
    /^suites\/mine\/suite\.ts: performance\.0\.bench/,
  );
  refuses(
    'a throughput of nobody knows what',
    benchmark("metric: 'throughput', bench() {}"),
    /performance\.0\.bytesPerCall is missing/,
  );
  refuses(
    'a throughput of no bytes',
    benchmark("metric: 'throughput', call: { export: 'f', argumentBytes: 0 }"),
    /performance\.0\.call\.argumentBytes: a call without bytes has no throughput/,
  );
  refuses(
    'a field of a benchmark',
    {
      'suites/mine/suite.ts': suite('mine').replace(
        'performance: []',
        "performance: [{ id: 'x', wasi: 'p1', titel: 'X', guest: 'probe-p1', metric: 'latency', bench() {} }]",
      ),
    },
    /^unknown field 'titel' in suites\/mine\/suite\.ts at performance\.0; did you mean 'title'\?/,
  );
  refuses(
    'a guest',
    { 'suites/mine/suite.ts': suite('mine', CASE.replace('probe-p1', 'probe-p3')) },
    /^unknown guest 'probe-p3' in suites\/mine\/suite\.ts at conformance\.0\.guest; did you mean 'probe-p1'\?/,
  );
  refuses(
    'two cases of one name',
    { 'suites/mine/suite.ts': suite('mine', `${CASE}, ${CASE}`) },
    /^suites\/mine\/suite\.ts: conformance\.1: there is a case 'p1 a' before/,
  );
  refuses('a folder that is not there', {}, /^bench\/no in bench\.config\.ts is not there$/, {
    suites: [at('./bench/no')],
  });
  refuses(
    'a folder without a suite',
    { 'bench/no/x.txt': '' },
    /^bench\/no in bench\.config\.ts has no suite\.ts or suite\.js$/,
    { suites: [at('./bench/no')] },
  );
  refuses(
    'a command runner with the id of ours',
    {},
    /^runner 'node' in bench\.config\.ts has the id of wasimeter's own \(runners\/node\/runner\.[jt]s\)/,
    {
      runners: [
        {
          entry: { id: 'node', command: ['x', '{wasm}', '{args}'], wasi: ['p1'] },
          where: 'bench.config.ts',
        },
      ],
    },
  );
  refuses(
    'a path for a runtime that is not known',
    {},
    /^unknown runner 'wasmtim' in bench\.config\.ts at runners\.0\.id; did you mean 'wasmtime'\?/,
    { runners: [{ entry: { id: 'wasmtim@dev', path: './x' }, where: 'bench.config.ts at runners.0' }] },
  );
  refuses('two paths for one id', {}, /^runner 'wasmtime@dev' in b was given a path before, in a$/, {
    runners: [
      { entry: { id: 'wasmtime@dev', path: './x' }, where: 'a' },
      { entry: { id: 'wasmtime@dev', path: './y' }, where: 'b' },
    ],
  });
});

describe("a script's mistake names file, line and case:", () => {
  const says = (label: string, text: string, message: RegExp) =>
    test(label, async (t) => {
      const catalog = await open(t, { 'suites/mine/suite.ts': text });
      const [one] = findSuite(catalog, at('mine')).conformance;
      assert.throws(() => buildScript('p1', one!.script), { name: 'UserError', message });
    });
  const saying = (script: string) => `\n\n${suite('mine', CASE.replace("s.raw('sched_yield', [])", script))}`;
  const INVENTORY = "[{ wasi: 'p1', function: 'fd_close', outcome: 'ok', spec: 'https://example.org/#x' }]";

  says(
    'an unknown function',
    saying("s.call('clock_tim_get')"),
    /^suites\/mine\/suite\.ts:4: conformance\.0 \(a\): .*clock_tim_get/,
  );
  says(
    'an expression that does not parse',
    saying("s.let({ expression: '$a1+' })"),
    /^suites\/mine\/suite\.ts:4: conformance\.0 \(a\): '\$a1\+' is no expression: .* at its end$/,
  );
  says(
    'no call of any inventory',
    saying('s.mark()').replace('inventory: []', `inventory: ${INVENTORY}`),
    /^suites\/mine\/suite\.ts:3: conformance\.0 \(a\): none of its calls is in an inventory for p1/,
  );

  test('calls of an inventory are none', async (t) => {
    for (const call of ["s.raw('fd_close', [9])", "s.call('clock_res_get', 0)"]) {
      const text = saying(call).replace('inventory: []', `inventory: ${INVENTORY}`);
      const catalog = await open(t, { 'suites/mine/suite.ts': text });
      assert.equal(buildScript('p1', findSuite(catalog, at('mine')).conformance[0]!.script).steps.length, 1);
    }
  });
});
