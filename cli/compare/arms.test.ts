/** Which two runners are compared: by id, by executables, one beside itself; that one file is started for two copies of it, and how many processes a block has. */

import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import type { RosterEntry } from '../../harness/contracts/plan.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import type { RunHeader } from '../../harness/store/runFolder.ts';
import type { Workspace } from '../workspace.ts';
import { blockHeader, oneFileForOne } from './sideBySide.ts';
import { toldApart, twoRunners } from './twoRunners.ts';

const none = { support: 'none' } as const;
const runner = (id: string): Runner => ({
  ...{ id, name: id, capabilities: { p1: none, p2: none, p3: none } },
  modes: { aot: { title: 'ahead of time', mode: 'aot' } },
  detect: async () => ({ reason: 'nobody looks' }),
  command: () => ({ file: 'x', args: [] }),
  classify: () => ({ kind: 'exit', code: 0 }),
});
const runners = new Map(['rt', 'other'].map((id) => [id, { item: runner(id), from: id }]));
const workspace = { catalog: { folder: '/', runners, atPath: new Map() } } as unknown as Workspace;
const two = (words: string[], bins: { aBin?: string; bBin?: string } = {}) =>
  twoRunners(workspace, { words, where: 'compare', ...bins }).map(({ id, executable }) => [id, executable]);

test('two ids, one with executables, or one with one of them', () => {
  assert.deepEqual(two(['rt@1', 'rt+aot@2']), [
    ['rt@1', undefined],
    ['rt+aot@2', undefined],
  ]);
  assert.deepEqual(two(['rt+aot'], { aBin: '/x', bBin: 'y' }), [
    ['rt+aot@a', '/x'],
    ['rt+aot@b', resolve('y')],
  ]);
  assert.deepEqual(two(['rt'], { bBin: '/y' }), [
    ['rt', undefined],
    ['rt@b', '/y'],
  ]);
});

const entry = (id: string, executable: string, sha256?: string): RosterEntry => ({
  runner: runner(id),
  found: { version: '1', mode: 'jit', source: 's', executable, ...(sha256 ? { sha256 } : {}) },
});

test('one beside itself gets ids of its own, of one runtime still', () => {
  const found = toldApart([entry('rt', '/x'), entry('rt', '/x')]);
  assert.deepEqual(
    found.map((one) => [one.runner.id, one.runner.runtime]),
    [
      ['rt@a', 'rt'],
      ['rt@b', 'rt'],
    ],
  );
  assert.deepEqual(
    toldApart([entry('rt@1', '/x'), entry('rt@2', '/y')]).map((one) => one.runner.id),
    ['rt@1', 'rt@2'],
  );
});

test('copies of one program are started as the same file, others as they are', () => {
  const files = (...roster: RosterEntry[]) => oneFileForOne(roster).map((one) => one.found?.executable);
  assert.deepEqual(files(entry('a', '/a', 'same'), entry('b', '/b', 'same')), ['/a', '/a']);
  assert.deepEqual(files(entry('a', '/a', 'one'), entry('b', '/b', 'other')), ['/a', '/b']);
  assert.deepEqual(files(entry('a', '/a'), entry('b', '/b')), ['/a', '/b'], 'unknown is not the same');
});

test('a block whose number of processes is fixed has no pilot of the profile beside it; one that asks for it has', () => {
  const header = { id: 'r', processes: 20, upTo: 60, patience: 4, seed: 1 } as RunHeader;
  const block = { selection: undefined, processes: 80, seed: 2 };
  assert.deepEqual(blockHeader(header, block), { id: 'r', processes: 80, patience: 4, seed: 2 });
  assert.equal(blockHeader(header, { ...block, upTo: 60 }).upTo, 60);
});
