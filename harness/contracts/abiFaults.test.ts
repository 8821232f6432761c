/** Owns that the cases of a table have one fault each, in turn, and that only what is wrong is changed. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildScript } from '../script/builder.ts';
import { abiCases } from './abiFaults.ts';
import { abiTraps, withAbiTraps } from './abiInventory.ts';
import { cases, flags, handle, listOf, text, value } from './abiParams.ts';
import type { AbiFunction, AbiTable } from './abiTable.ts';
import type { Observed } from './expect.ts';

const METHOD = 'wasi:filesystem/types#[method]descriptor.';
const FILE = handle({ kind: 'wasi:filesystem/types#descriptor', make: () => ({ expression: '3' }) });

const sync = (name: 'sync' | 'sync-data', more: Partial<AbiFunction> = {}): AbiFunction => ({
  name: `${METHOD}${name}`,
  params: { self: FILE },
  place: { sizeBytes: 2, align: 1, succeeds: true },
  ...more,
});
const table = (functions: AbiFunction[], more: Partial<AbiTable> = {}): AbiTable => ({
  guest: 'probe-p2-filesystem',
  functions,
  ...more,
});

const idsOf = (functions: AbiFunction[]) =>
  abiCases(table(functions))
    .map(({ id }) => id)
    .filter((id) => !id.startsWith('valid-arguments/'));
const faultOf = (id: string) => id.replace(/^.*\//, '');

function built(functions: AbiFunction[], id: string, more: Partial<AbiTable> = {}) {
  const found = abiCases(table(functions, more)).find((one) => one.id === id);
  assert.ok(found, `there is no case ${id}`);
  return buildScript('p2', found.script);
}
const lastLine = (functions: AbiFunction[], id: string) => built(functions, id).lines.at(-1);

const seen = (...values: Observed[]) => ({ values, runs: [values], host: [], after: [] });

describe('choice of faults', () => {
  test('a function has one fault of each kind, and the next function has the next', () => {
    assert.deepEqual(idsOf([sync('sync'), sync('sync-data')]), [
      'descriptor.sync/handle-0',
      'descriptor.sync/result-at-the-end',
      'descriptor.sync-data/handle-unknown',
      'descriptor.sync-data/result-across-the-end',
    ]);
  });

  test('after the last fault comes the first again', () => {
    const handles = idsOf(Array.from({ length: 6 }, () => sync('sync'))).filter((id) =>
      id.includes('handle'),
    );
    assert.equal(handles[5], handles[0]);
    assert.equal(new Set(handles).size, 5);
  });

  test('of a kind in `all` there are all, and the last place too, and the turn stays', () => {
    const ids = idsOf([sync('sync', { all: ['place'] }), sync('sync-data')]);
    assert.deepEqual(ids.map(faultOf), [
      'handle-0',
      'result-at-the-end',
      'result-across-the-end',
      'result-wrapping',
      'result-last',
      'handle-unknown',
      'result-at-the-end',
    ]);
  });

  test('a drop has every forged handle, by its resource and with the section on drops', () => {
    const drop = { name: 'wasi:filesystem/types#[resource-drop]descriptor', params: { self: FILE } };
    const made = abiCases(table([drop])).filter(({ id }) => !id.startsWith('valid'));
    assert.deepEqual(
      made.map(({ id }) => id),
      ['0', 'unknown', 'largest', 'dropped', 'of-a-stream'].map((fault) => `descriptor.drop/handle-${fault}`),
    );
    for (const { spec } of made) assert.match(spec, /#canon-resourcedrop$/);
  });

  test('only places with an alignment can be misaligned', () => {
    const faults = (align: number) =>
      idsOf([sync('sync', { place: { sizeBytes: 16, align }, all: ['place'] })])
        .filter((id) => id.includes('misaligned'))
        .map(faultOf);
    assert.deepEqual(faults(1), []);
    assert.deepEqual(faults(2), ['result-misaligned-by-1']);
    assert.deepEqual(faults(8), ['result-misaligned-by-1', 'result-misaligned-by-half']);
  });

  test('a resource that none can be had of has no dropped handle, and no valid call', () => {
    const none = handle({ kind: 'wasi:filesystem/types#descriptor' });
    const made = abiCases(
      table([{ name: 'wasi:filesystem/types#[resource-drop]descriptor', params: { self: none } }]),
    );
    assert.deepEqual(
      made.map(({ id }) => faultOf(id)),
      ['handle-0', 'handle-unknown', 'handle-largest', 'handle-of-a-stream'],
    );
  });
});

describe('scripts', () => {
  const create: AbiFunction = {
    name: `${METHOD}create-directory-at`,
    params: { self: FILE, path: text('new') },
    place: { sizeBytes: 2, align: 1 },
    all: ['string'],
  };

  test('only one argument is wrong', () => {
    assert.match(
      lastLine([create], 'descriptor.create-directory-at/handle-0') ?? '',
      /create-directory-at 0 \$a\d+ 3 \$a\d+ -> /,
    );
    assert.match(
      lastLine([create], 'descriptor.create-directory-at/path-across-the-end') ?? '',
      /create-directory-at 3 \(\$memory\)-1 2 \$a\d+ -> /,
    );
  });

  test('bad UTF-8 is put into memory as it is', () => {
    const { lines } = built([create], 'descriptor.create-directory-at/path-surrogate');
    assert.ok(lines.some((line) => line.startsWith('put ') && line.endsWith(' "a\\xed\\xa0\\x80"')));
  });

  test('of wrong arguments a trap is expected, and that nothing was done', () => {
    let looked = 0;
    const untouched = () => {
      looked += 1;
    };
    const { expectations } = built([create], 'descriptor.create-directory-at/path-byte-ff', { untouched });
    assert.deepEqual(
      expectations.map(({ expectation }) => expectation.asserts),
      ['trap'],
    );
    assert.equal(looked, 1);
  });

  test('what the ABI takes has to succeed', () => {
    const stat: AbiFunction = {
      name: `${METHOD}stat-at`,
      params: { self: FILE, 'path-flags': flags(1, 1), path: text('file') },
      place: { sizeBytes: 104, align: 8, succeeds: true },
    };
    const { checks, lines, expectations } = built([stat], 'descriptor.stat-at/path-flags-unknown-bits');
    assert.match(lines.at(-1) ?? '', /stat-at 3 4294967295 /);
    assert.deepEqual(expectations, []);
    const [check] = checks;
    assert.equal(check?.test(seen({ kind: 'ok', value: new Uint8Array([0]) })), true);
    assert.notEqual(check?.test(seen({ kind: 'ok', value: new Uint8Array([1]) })), true);
    assert.notEqual(check?.test(seen({ kind: 'trap', message: '' })), true);
  });

  test('a wrong case keeps the payload of the right one', () => {
    const advise: AbiFunction = {
      name: `${METHOD}advise`,
      params: { self: FILE, offset: value(0n), length: value(7n), advice: cases(6, [0]) },
      place: { sizeBytes: 2, align: 1 },
    };
    assert.match(lastLine([advise], 'descriptor.advise/advice-6') ?? '', /advise 3 0 7 6 \$a\d+ /);
    const [fault] = cases(3, [2, 1n, 0]).groups[0] ?? [];
    buildScript('p2', (s) => assert.deepEqual(fault?.args(s), [3, 1n, 0]));
  });

  test('a list of larger elements has its count in elements', () => {
    const list = listOf({ sizeBytes: 44, align: 4, store: () => {} });
    buildScript('p2', (s) => {
      const wrapping = list.groups[0]?.find(({ id }) => id === 'count-wrapping')?.args(s)[1];
      assert.ok(Number(wrapping) * 44 >= 2 ** 32 && (Number(wrapping) - 1) * 44 < 2 ** 32);
    });
  });

  test('realloc misbehaves only once all is prepared', () => {
    const read: AbiFunction = {
      name: `${METHOD}readlink-at`,
      params: { self: FILE, path: text('link') },
      place: { sizeBytes: 12, align: 4 },
      returned: {
        align: 1,
        prepare: (s) => {
          s.alloc(1);
          return () => s.call(`${METHOD}readlink-at`, 3, 'link');
        },
      },
      all: ['realloc'],
    };
    const grown = built([read], 'descriptor.readlink-at/realloc-grow');
    const words = grown.lines.map((line) => line.split(' ').slice(0, 2).join(' '));
    assert.deepEqual(
      words.filter((line) => /^(?:call|realloc)/.test(line)),
      [`call ${METHOD}readlink-at`, 'realloc grow', `call ${METHOD}readlink-at`],
    );
    const [check] = grown.checks;
    const name = (found: string): Observed => ({ kind: 'ok', value: found });
    assert.equal(check?.test(seen(name('file'), name('file'))), true);
    assert.notEqual(check?.test(seen(name('file'), name('other'))), true);
    assert.notEqual(
      check?.test(seen({ kind: 'err', error: 'access' }, { kind: 'err', error: 'access' })),
      true,
    );
    assert.deepEqual(
      idsOf([read])
        .map(faultOf)
        .filter((id) => id.startsWith('realloc')),
      ['trap', 'oob', 'grow', 'misalign', 'reenter'].map((mode) => `realloc-${mode}`),
    );
  });

  test('the calls with valid arguments are all made, but of those that end the guest', () => {
    const exit: AbiFunction = { name: 'wasi:cli/exit#exit', params: { status: cases(2, [0]) }, ends: true };
    const { lines, checks } = built([sync('sync'), exit, sync('sync-data')], 'valid-arguments/part-1');
    assert.equal(lines.filter((line) => line.startsWith('call ')).length, 2);
    const returned: Observed = { kind: 'ok', value: 0n };
    assert.equal(checks[0]?.test(seen(returned, returned)), true);
    assert.match(
      String(checks[0]?.test(seen(returned, { kind: 'trap', message: '' }))),
      /descriptor\.sync-data/,
    );
  });
});

test('a function that its own documentation has trap is not listed twice', () => {
  const names = ['[method]output-stream.write', '[method]output-stream.flush'];
  const own = {
    wasi: 'p2',
    function: `wasi:io/streams#${names[0]}`,
    outcome: 'trap',
    spec: 'https://example.org/#wit',
  } as const;
  const [first, second, ...more] = withAbiTraps([own], abiTraps('wasi:io/streams', names));
  assert.deepEqual(first, own);
  assert.equal(second?.function, `wasi:io/streams#${names[1]}`);
  assert.deepEqual(more, []);
});
