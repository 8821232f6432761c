/** Selections: what globs, tags and earlier failures take, and what is said of words that take nothing. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ConformanceCase, LatencyCase, Suite } from '../contracts/suite.ts';
import { globTakes } from '../naming/globTakes.ts';
import { checkSelection, tagsOf, takes, takesCase } from './selection.ts';

const conformance = (id: string, wasi: 'p1' | 'p2' = 'p1', tags?: string[]): ConformanceCase => ({
  ...{ id, wasi, title: id, spec: 'https://example.org/#x', guest: 'g', script: () => {} },
  ...(tags ? { tags } : {}),
});
const benchmark: LatencyCase = {
  ...({ id: 'fd_read/4096', wasi: 'p1', title: 'x', guest: 'g', metric: 'latency' } as const),
  bench: () => {},
};
const suites: Suite[] = [
  {
    ...{ id: 'files', title: 'Files', inventory: [], performance: [benchmark] },
    conformance: [conformance('fd_read/plain', 'p1', ['slow']), conformance('fd_read/plain', 'p2')],
  },
  {
    ...{ id: 'clocks', title: 'Clocks', inventory: [], performance: [] },
    conformance: [conformance('clock_res_get/bad-id')],
  },
];

describe('a glob takes a case', () => {
  const taken: [string, boolean][] = [
    ['fd_read/plain', true],
    ['files/fd_read/plain', true],
    ['fd_read', true],
    ['files', true],
    ['fd_*', true],
    ['*/plain', true],
    ['files/**', true],
    ['{fd_read,fd_write}/*', true],
    ['fd_rea', false],
    ['plain', false],
    ['clocks', false],
    ['FD_READ', false],
  ];
  for (const [glob, expected] of taken)
    test(`${glob}: ${expected}`, () => assert.equal(globTakes(glob, 'files', 'fd_read/plain'), expected));

  test('by its very name, whatever signs are in it', () =>
    assert.ok(globTakes('poll[0]/{x}', 's', 'poll[0]/{x}')));
});

test('tags are the function, those of its own, and of a benchmark its metric', () => {
  assert.deepEqual(tagsOf(suites[0]!.conformance[0]!), ['fd_read', 'slow']);
  assert.deepEqual(tagsOf({ ...benchmark, headline: true }), ['fd_read', 'latency', 'headline']);
});

test('parts of a selection restrict each other', () => {
  const [p1, p2] = suites[0]!.conformance;
  const selection = { cases: ['fd_read'], wasi: ['p2' as const] };
  assert.deepEqual([takesCase(selection, 'files', p1!), takesCase(selection, 'files', p2!)], [false, true]);
  assert.equal(takesCase({ ...selection, tags: ['slow'] }, 'files', p2!), false);
  assert.equal(takesCase(undefined, 'files', p1!), true);
});

test('trials are taken on their own runner only, and no benchmark is', () => {
  const [p1] = suites[0]!.conformance;
  const trials = [
    { suite: 'files', case: 'fd_read/plain', wasi: 'p1' as const, runner: 'a' },
    { suite: 'files', case: benchmark.id, wasi: 'p1' as const, runner: 'a' },
  ];
  assert.equal(takes({ trials }, 'files', p1!, 'a'), true);
  assert.equal(takes({ trials }, 'files', p1!, 'b'), false);
  assert.equal(takes({ trials }, 'clocks', p1!, 'a'), false);
  assert.equal(takesCase({ trials }, 'files', benchmark), false);
});

describe('refused:', () => {
  const refuses = (label: string, selection: Parameters<typeof checkSelection>[0], message: RegExp) =>
    test(label, () => assert.throws(() => checkSelection(selection, suites), { name: 'UserError', message }));
  refuses(
    'a glob that matches nothing, naming the nearest',
    { cases: ['fd_read', 'fd_raed/plain'] },
    /^no case matches 'fd_raed\/plain' in --case; the nearest is 'fd_read\/plain' /,
  );
  refuses('in its suite', { cases: ['files/fd_raed/plain'] }, /the nearest is 'files\/fd_read\/plain'/);
  refuses('a function', { cases: ['clock_res_gte'] }, /the nearest is 'clock_res_get'/);
  refuses('an unknown tag', { tags: ['slwo'] }, /^unknown tag 'slwo' in --tag; did you mean 'slow'\?/);
  refuses(
    'parts that leave nothing together',
    { cases: ['clocks'], wasi: ['p2'] },
    /^no case is left by --case clocks --wasi p2 together/,
  );
  test('nothing that takes something', () => checkSelection({ cases: ['fd_*'], wasi: ['p2'] }, suites));
});
