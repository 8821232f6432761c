/** The faults there are: each function has some, each its own name, and what is excluded is one of them and argued. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { type Figure, isGoodEnough, sumOf } from './figure.ts';
import { preview1 } from './preview1/preview.ts';
import { preview2 } from './preview2/preview.ts';
import { signatures } from './preview2/signature.ts';

const all = [preview1, preview2].flatMap((preview) => preview.mutants());

describe('planted faults', () => {
  test('no two have one name', () => {
    const ids = all.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  test('each function of preview 2 outside http has some, drops too', () => {
    const names = signatures().map(({ name }) => name);
    const without = names.filter((name) => !all.some((mutant) => mutant.function === name));
    assert.deepEqual(without, []);
    assert.ok(names.includes('wasi:io/poll#[resource-drop]pollable'));
    assert.ok(!names.some((name) => name.startsWith('wasi:http/')));
  });

  test('what is excluded is one of them, once, with a sentence why', () => {
    const { equivalent } = JSON.parse(
      readFileSync(new URL('./equivalent.json', import.meta.url), 'utf8'),
    ) as { equivalent: { mutant: string; reason: string }[] };
    for (const { mutant, reason } of equivalent) {
      assert.ok(
        all.some(({ id }) => id === mutant),
        mutant,
      );
      assert.ok(reason.length >= 30, mutant);
    }
    assert.equal(new Set(equivalent.map(({ mutant }) => mutant)).size, equivalent.length);
  });
});

describe('the figure', () => {
  const good: Figure = {
    ...{ name: 'p1', planted: 200, found: 196, excluded: 8, disagreements: 0, seconds: 200 },
  };
  const rated = (changes: Partial<Figure>, isSelection = false) =>
    isGoodEnough(sumOf([good, { ...good, ...changes }], 2 * good.seconds), isSelection);

  test('is good enough, of both previews together', () => assert.ok(rated({})));
  test('is not with too few planted', () => assert.ok(!rated({ planted: 199, found: 199 })));
  test('is not with too few found', () => assert.ok(!rated({ found: 191 })));
  test('is not with too many excluded', () => assert.ok(!rated({ excluded: 20 })));
  test('is not where the proxy disagrees', () => assert.ok(!rated({ disagreements: 1 })));
  test('is not when it took too long', () => assert.ok(!isGoodEnough(sumOf([good, good], 601), false)));
  test('of a selection only what was found counts', () =>
    assert.ok(rated({ planted: 10, found: 10, excluded: 20 }, true)));
});
