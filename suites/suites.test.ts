/** Owns what holds for every suite in this folder: ids, titles and links, and that each inventory is complete. */

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { ConformanceCase, Suite } from '../harness/contracts/suite.ts';
import { buildBench } from '../harness/script/benchScript.ts';
import { buildScript } from '../harness/script/builder.ts';
import { buildCall } from '../harness/script/callLine.ts';
import { interfacesOf } from '../harness/script/interfaces.ts';

const MOST_EXCLUDED = 0.15;
const ID = /^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)?$/;
/** One line of some words, without a full stop. */
const TITLE = /^[A-Za-z0-9][^\n]{8,160}[^.\s]$/;

const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
);
const suites = await Promise.all(
  folders.map(async ({ name }) => ({
    name,
    suite: ((await import(new URL(`${name}/suite.ts`, import.meta.url).href)) as { default: Suite }).default,
  })),
);

/** The functions that a suite must have an inventory of: all that the interface files know by these names. */
const FUNCTIONS: Readonly<Record<string, { wasi: 'p1' | 'p2'; names: RegExp }[]>> = {
  clocks: [
    { wasi: 'p1', names: /^clock_/ },
    { wasi: 'p2', names: /^wasi:clocks\// },
  ],
  filesystem: [
    { wasi: 'p1', names: /^(path_|fd_)/ },
    { wasi: 'p2', names: /^wasi:filesystem\// },
  ],
  cli: [
    { wasi: 'p1', names: /^(args|environ|proc|sched)_/ },
    // A guest exports `run`, and calls it not.
    { wasi: 'p2', names: /^wasi:cli\/(?!run#)/ },
  ],
  io: [
    { wasi: 'p1', names: /^poll_/ },
    // What polls is the clocks suite's.
    { wasi: 'p2', names: /^wasi:io\/(streams|error)#/ },
  ],
  sockets: [
    { wasi: 'p1', names: /^sock_/ },
    { wasi: 'p2', names: /^wasi:sockets\// },
  ],
  random: [
    { wasi: 'p1', names: /^random_/ },
    { wasi: 'p2', names: /^wasi:random\// },
  ],
};

/** What a benchmark calls in its timed part; what `drop` drops is among it. */
function functionsIn({ bench }: { bench: string }, wasi: 'p1' | 'p2' | 'p3'): string[] {
  const called = [...bench.matchAll(/\S*(?:wasi:\S+#\S+)|\b(?:[a-z]+_)+[a-z]+\b/g)].map(([name]) => name);
  const drops = / drop (\S+)/.exec(bench)?.[1];
  const made = drops === undefined ? undefined : (interfacesOf(wasi).find(drops)?.result as unknown);
  const dropped = JSON.stringify(made ?? null).match(/"wasi:[^"]+"/g) ?? [];
  return [...called, ...dropped.map((name) => name.slice(1, -1).replace('#', '#[resource-drop]'))].map(
    (name) => `${wasi} ${name}`,
  );
}

/** The outcomes that a case asserts, as `wasi function outcome`. */
function assertedBy({ wasi, script }: ConformanceCase): string[] {
  return buildScript(wasi, script).expectations.flatMap(({ step, expectation }) =>
    step.calls === undefined
      ? []
      : expectation.asserts.split('|').map((outcome) => `${wasi} ${step.calls} ${outcome}`),
  );
}

function assertUnique(ids: readonly string[]): void {
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
  );
}

for (const { name, suite } of suites)
  describe(`suite ${name}`, () => {
    test('has the id of its folder', () => assert.equal(suite.id, name));

    test('has ids that are unique and well-formed', () => {
      for (const cases of [suite.conformance, suite.performance]) {
        assertUnique(cases.map(({ wasi, id }) => `${wasi} ${id}`));
        for (const { id } of cases) assert.match(id, ID);
      }
    });

    test('has every function of its interface in the inventory', () => {
      for (const { wasi, names } of FUNCTIONS[name] ?? []) {
        const listed = new Set(
          suite.inventory.filter((pair) => pair.wasi === wasi).map((pair) => pair.function),
        );
        const known = interfacesOf(wasi)
          .names()
          .filter((one) => names.test(one));
        assert.notDeepEqual(known, []);
        assert.deepEqual(
          known.filter((one) => !listed.has(one)),
          [],
        );
      }
    });

    test('tells of each function what it costs, or why not', () => {
      const timed = new Set(
        suite.performance.flatMap((one) =>
          one.metric === 'latency' && one.bench ? functionsIn(buildBench(one, 1), one.wasi) : [],
        ),
      );
      const argued = new Set((suite.untimed ?? []).map((one) => `${one.wasi} ${one.function}`));
      const functions = new Set(suite.inventory.map((pair) => `${pair.wasi} ${pair.function}`));
      const lacking = [...functions].filter((one) => !timed.has(one) && !argued.has(one));
      assert.deepEqual(lacking, []);
      assert.deepEqual(
        [...argued].filter((one) => timed.has(one) || !functions.has(one)),
        [],
      );
    });

    test('has titles that say what must hold, and links to public specifications', () => {
      for (const { id, title, spec } of suite.conformance) {
        assert.match(title, TITLE, id);
        assert.equal(new URL(spec).protocol, 'https:', id);
        assert.notEqual(new URL(spec).hash, '', `${id}: the link names no section`);
      }
      for (const { spec } of suite.inventory) assert.equal(new URL(spec).protocol, 'https:');
      for (const { id, title } of suite.performance) assert.match(title, TITLE, id);
    });

    test('builds every case into a script that expects or checks something', () => {
      for (const { id, wasi, script } of suite.conformance.filter(({ fixture }) => !fixture)) {
        const built = buildScript(wasi, script);
        assert.ok(built.expectations.length + built.checks.length > 0, id);
      }
    });

    test('builds every benchmark', () => {
      suite.performance.forEach((one, index) => {
        if (one.metric === 'startup') return;
        if (one.metric === 'memory') {
          assert.ok(buildScript(one.wasi, one.wait).lines.at(-1)?.startsWith('call '), one.id);
          return;
        }
        const { bench } = one.call ? buildCall(one, index) : buildBench(one, index);
        assert.ok(bench.startsWith(`bench ${index} `), one.id);
      });
    });

    test('asserts every pair of its inventory or says why not, and no pair that is not in it', () => {
      const pairs = suite.inventory.map((pair) => ({
        key: `${pair.wasi} ${pair.function} ${pair.outcome}`,
        excluded: pair.excluded,
      }));
      assertUnique(pairs.map(({ key }) => key));
      const asserted = new Set(suite.conformance.flatMap(assertedBy));
      const missing = pairs.filter(({ key, excluded }) => excluded === undefined && !asserted.has(key));
      assert.deepEqual(missing, []);
      // Other functions only prepare a case: that they succeed is their own suite's to assert.
      const functions = new Set(suite.inventory.map((pair) => `${pair.wasi} ${pair.function} `));
      const known = new Set(pairs.map(({ key }) => key));
      const own = (key: string) => functions.has(`${key.split(' ').slice(0, 2).join(' ')} `);
      assert.deepEqual(
        [...asserted].filter((key) => own(key) && !known.has(key)),
        [],
      );
      assert.deepEqual(
        pairs.filter(({ key, excluded }) => excluded !== undefined && asserted.has(key)),
        [],
        'a pair is excluded and asserted',
      );
      assert.ok(pairs.filter(({ excluded }) => excluded).length <= pairs.length * MOST_EXCLUDED);
    });
  });
