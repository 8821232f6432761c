/** The line of a call: written once, read again in every pass, refused where it is none. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallCase } from '../contracts/suite.ts';
import { benchAgain } from './benchScript.ts';
import { buildCall, readCall } from './callLine.ts';

const one = (name = 'sum', argumentBytes = 64): CallCase => ({
  ...({ id: 'x', wasi: 'p1', title: 'X', guest: 'g', metric: 'latency' } as const),
  call: { export: name, argumentBytes },
});

test('what is written is read, in a later pass by its key', () => {
  const { bench, setup } = buildCall(one(), 9, 4);
  const first = readCall(bench, new Map());
  assert.deepEqual(setup, []);
  assert.deepEqual(
    [first.key, first.batches, first.export, first.argumentBytes, first.batchNs > 0],
    [9, 4, 'sum', 64, true],
  );
  assert.equal(readCall(benchAgain(9), new Map([[9, first]])), first);
});

test('the series is the call: neither key nor number of batches, but name and size change it', () => {
  const hash = buildCall(one(), 1, 5).scriptHash;
  assert.equal(buildCall(one(), 2, 25).scriptHash, hash);
  assert.notEqual(buildCall(one('sum', 65), 1, 5).scriptHash, hash);
  assert.notEqual(buildCall(one('add'), 1, 5).scriptHash, hash);
});

test('a name with a blank or a line break would be other words', () => {
  for (const name of ['a b', 'a\nb', '', '1'])
    assert.throws(() => buildCall(one(name), 1), /is no name of an export/);
});

for (const line of ['call 1', 'bench x 1 1 f 0', 'bench 1 5 5 f', 'bench 1 5 5 f -1', 'bench 3'])
  test(`'${line}' is refused`, () => assert.throws(() => readCall(line, new Map()), TypeError));
