/** Runner ids: taken apart, resolved to runners derived from a base, refused with the nearest word. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DetectTools, Found, Runner } from '../contracts/runner.ts';
import { parseRunnerId, runnerIdText } from '../naming/runnerId.ts';
import { allRunners, type Catalog, findRunner, findRunners } from './catalog.ts';
import { deriveRunner } from './deriveRunner.ts';

const TOOLS: DetectTools = { locate: () => Promise.resolve(undefined), ask: () => Promise.resolve('') };
const trial = { guest: {} as never, artifact: 'a', args: [], env: {}, preopens: [], network: false };
const found: Found = { version: '48.0.2', mode: 'jit', executable: '/bin/rt', source: 'PATH' };

const base: Runner = {
  id: 'rt',
  name: 'RT',
  capabilities: { p1: { support: 'native' }, p2: { support: 'none' }, p3: { support: 'none' } },
  detect: () => Promise.resolve(found),
  command: () => ({ file: 'rt', args: ['run'] }),
  classify: () => ({ kind: 'exit', code: 0 }),
  warm: { command: () => ({ file: 'rt', args: ['warm'] }), message: () => ({}) },
  modes: {
    aot: {
      title: 'compiled ahead of time',
      mode: 'ahead-of-time',
      command: () => ({ file: 'rt', args: ['run', '--precompiled'] }),
      lacks: ({ version }) => (version.startsWith('47') ? 'RT 47 has no compiler' : undefined),
    },
    slow: { title: 'interpreted', mode: 'interpreter', timing: { passes: 2 } },
  },
};

const catalogOf = (...runners: Runner[]): Catalog => ({
  folder: '/nowhere',
  suites: { byId: new Map(), byFolder: new Map() },
  reporters: { byId: new Map(), byFolder: new Map() },
  runners: new Map(runners.map((item) => [item.id, { item, from: 'the test' }])),
  atPath: new Map(),
});
const find = (word: string) => findRunner(catalogOf(base), { word, where: '--runner' });

describe('an id', () => {
  for (const [text, parts] of [
    ['rt', { runtime: 'rt' }],
    ['rt@48', { runtime: 'rt', release: '48' }],
    ['rt@v48.0.2', { runtime: 'rt', release: '48.0.2' }],
    ['rt+aot', { runtime: 'rt', mode: 'aot' }],
    ['rt+aot@48', { runtime: 'rt', mode: 'aot', release: '48' }],
    ['rt@48+aot', { runtime: 'rt', mode: 'aot', release: '48' }],
  ] as const)
    test(`${text} is taken apart`, () => assert.deepEqual(parseRunnerId(text, '--runner'), parts));

  for (const text of [
    '',
    '+aot',
    '@48',
    'rt+',
    'rt@',
    'rt+a+b',
    'rt@1@2',
    'rt aot',
    '../rt',
    'r'.repeat(200),
  ])
    test(`'${text.slice(0, 9)}' is none`, () =>
      assert.throws(() => parseRunnerId(text, '--runner'), {
        name: 'UserError',
        message: /in --runner is no runner's id: <runtime>\[\+mode\]\[@release\]/,
      }));

  test('has one spelling, so that a runner named twice is one', () => {
    assert.equal(runnerIdText(parseRunnerId('rt@48+aot', '')), 'rt+aot@48');
    const words = ['rt', 'rt@48+aot', 'rt+aot@48', 'rt+aot@v48', 'rt'];
    const runners = findRunners(
      catalogOf(base),
      words.map((word) => ({ word, where: '--runner' })),
    );
    assert.deepEqual(
      runners.map(({ id }) => id),
      ['rt', 'rt+aot@48'],
    );
  });
});

describe('a runner derived', () => {
  test('is the base itself where nothing is asked', () => assert.equal(find('rt'), base));

  test('from a mode runs guests that way and says so', async () => {
    const runner = find('rt+aot');
    assert.deepEqual(
      [runner.id, runner.runtime, runner.release, runner.name],
      ['rt+aot', 'rt', undefined, 'RT, compiled ahead of time'],
    );
    assert.deepEqual(runner.command(trial, found).args, ['run', '--precompiled']);
    assert.deepEqual(await runner.detect(TOOLS), { ...found, mode: 'ahead-of-time' });
    assert.equal(runner.warm, undefined, "a warm child would run guests the base's way");
  });

  test('keeps of the base what the mode does not change', () => {
    const runner = find('rt+slow');
    assert.equal(runner.command, base.command);
    assert.equal(runner.warm, base.warm);
    assert.deepEqual(runner.timing, { passes: 2 });
    assert.equal('title' in runner || 'lacks' in runner || 'mode' in runner, false);
  });

  test('is missing where the version found has no such mode', async () => {
    const old = { ...base, detect: () => Promise.resolve({ ...found, version: '47.1.0' }) };
    const runner = deriveRunner(old, { runtime: 'rt', mode: 'aot' }, '--runner');
    assert.deepEqual(await runner.detect(TOOLS), { reason: 'RT 47 has no compiler' });
  });

  test('from a release asks for it', () => {
    const runner = find('rt@48');
    assert.deepEqual([runner.id, runner.release, runner.name], ['rt@48', '48', 'RT 48']);
  });

  test('at a path has nothing brought in, and is found by the one who looks at all places', async () => {
    const finding: Runner = {
      ...base,
      install: { executable: 'rt', defaultVersion: '1', known: [], hint: 'get it' },
      detect: async (tools) => {
        const located = await tools.locate('rt', 'rt');
        return located
          ? { ...found, executable: located.path, source: located.source }
          : { reason: 'rt is not installed' };
      },
    };
    const at = (path: string) => deriveRunner(finding, { runtime: 'rt', release: 'dev' }, 'x', path);
    const runner = at(process.execPath);
    assert.equal(runner.executable, process.execPath);
    assert.equal(runner.install, undefined, 'nothing is brought in for it');
    const located = { path: process.execPath, source: 'bench.config' };
    assert.deepEqual(await runner.detect({ ...TOOLS, locate: () => Promise.resolve(located) }), {
      ...found,
      executable: process.execPath,
      source: 'bench.config',
    });
  });

  test('from a runtime that is always the same can be given no path', async () => {
    const runner = deriveRunner(base, { runtime: 'rt', release: 'dev' }, 'x', process.execPath);
    assert.deepEqual(await runner.detect(TOOLS), {
      reason: "it can't be given an executable: it is always PATH",
    });
  });
});

test('runtimes at paths stand beside the known ones; their modes are theirs, other releases are not', () => {
  const catalog = catalogOf(base);
  const at = (release: string | undefined, path: string) => {
    const id = { runtime: 'rt', ...(release === undefined ? {} : { release }) };
    const item = deriveRunner(base, id, 'x', path);
    catalog.atPath.set(item.id, { item, from: 'x' });
  };
  at(undefined, '/own/rt');
  at('dev', '/dev/rt');
  const executable = (word: string) => findRunner(catalog, { word, where: 'x' }).executable;
  assert.equal(executable('rt'), '/own/rt');
  assert.equal(executable('rt+aot'), '/own/rt');
  assert.equal(executable('rt@dev'), '/dev/rt');
  assert.equal(executable('rt+aot@dev'), '/dev/rt');
  assert.equal(executable('rt@48'), undefined);
  assert.equal(
    findRunner(catalog, { word: 'rt+aot@dev', where: 'x' }).name,
    'RT dev, compiled ahead of time',
  );
  assert.deepEqual(
    allRunners(catalog).map(({ item }) => item.id),
    ['rt', 'rt@dev'],
  );
});

describe('an unknown word says where it stands and what is near:', () => {
  const refuses = (word: string, message: RegExp) =>
    test(word, () => assert.throws(() => find(word), { name: 'UserError', message }));
  refuses('rtt', /^unknown runner 'rtt' in --runner; did you mean 'rt'\?/);
  refuses('rtt+aot@48', /^unknown runner 'rtt' in --runner; did you mean 'rt'\?/);
  refuses(
    'rt+aott',
    /^unknown mode of rt 'aott' in --runner; did you mean 'aot'\? \(there are: aot, slow\)$/,
  );
  refuses('rt+toString', /^unknown mode of rt 'toString' in --runner/);
});
