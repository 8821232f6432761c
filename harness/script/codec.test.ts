/** Lowering and lifting: what is lowered into memory or words comes back as it was, for every type that WASI has. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { randomFrom } from '../stats/random.ts';
import { fakeMemory } from './fakeMemory.ts';
import { type Interfaces, interfacesOf, makeInterfaces } from './interfaces.ts';
import type { Type } from './interfaceTypes.ts';
import { layoutOf } from './layout.ts';
import { liftMemory, liftWord } from './lift.ts';
import { flatWidth, lowerFlat, storeValue } from './lower.ts';
import { randomValue } from './randomValues.ts';

const ROUNDS = 40;

/** Parameter, result and named types of all functions, without those no value has (a resource of its own). */
function typesOf(interfaces: Interfaces): Type[] {
  const all = interfaces.names().flatMap((name) => {
    const signature = interfaces.find(name)!;
    const results = signature.results ?? (signature.result ? [signature.result] : []);
    return [...signature.params.map((param) => param.type), ...results];
  });
  return [...new Map(all.map((type) => [JSON.stringify(type), type])).values()];
}

function roundTrip(interfaces: Interfaces, type: Type, label: string): void {
  const random = randomFrom(7, label);
  const { size, align } = layoutOf(interfaces, type);
  for (let round = 0; round < ROUNDS; round += 1) {
    const value = randomValue(interfaces, type, random);
    const memory = fakeMemory();
    const place = memory.emit.alloc(size, align);
    storeValue({ interfaces, emit: memory.emit }, type, value, place);
    assert.deepEqual(liftMemory(interfaces, type, memory.view(), Number(memory.value(place))), value, label);
    const words = lowerFlat({ interfaces, emit: memory.emit }, type, value);
    assert.equal(words.length, flatWidth(interfaces, type), label);
  }
}

const kindOf = (interfaces: Interfaces, type: Type) => {
  const shape = interfaces.resolve(type);
  return typeof shape === 'string' ? shape : shape.kind;
};

for (const wasi of ['p1', 'p2'] as const)
  describe(`every type of ${wasi}`, () => {
    const interfaces = interfacesOf(wasi);
    for (const type of typesOf(interfaces))
      test(`${kindOf(interfaces, type)} ${JSON.stringify(type).slice(0, 90)} comes back from memory`, () =>
        roundTrip(interfaces, type, JSON.stringify(type)));
  });

describe('shapes that WASI has not yet', () => {
  const names = Array.from({ length: 300 }, (_, index) => `n${index}`);
  const interfaces = makeInterfaces('p2', { source: 'test', types: {}, functions: [] });
  const shapes: Record<string, Type> = {
    char: 'char',
    'signed integers': { kind: 'tuple', elements: ['s8', 's16', 's32', 's64', 'u8'] },
    'an enum of 300': { kind: 'enum', cases: names },
    'flags of 32': { kind: 'flags', flags: names.slice(0, 32) },
    'flags of 9 after a byte': {
      kind: 'tuple',
      elements: ['u8', { kind: 'flags', flags: names.slice(0, 9) }],
    },
    'a list of lists of strings': {
      kind: 'list',
      element: { kind: 'list', element: { kind: 'tuple', elements: ['u8', 'string'] } },
    },
    'a variant of 300 with one wide payload': {
      kind: 'variant',
      cases: names.map((name, index) => ({ name, type: index === 299 ? 'u64' : null })),
    },
    'nested results': {
      kind: 'result',
      ok: { kind: 'result', ok: 'u16', err: null },
      err: { kind: 'option', element: 'u64' },
    },
  };
  for (const [label, type] of Object.entries(shapes))
    test(`${label} comes back from memory`, () => roundTrip(interfaces, type, label));
});

test('scalars of every width come back from a word', () => {
  const interfaces = interfacesOf('p2');
  const random = randomFrom(11, 'words');
  const memory = fakeMemory();
  for (const type of ['bool', 'u8', 's8', 'u16', 's16', 'u32', 's32', 'u64', 's64', 'char'] as const)
    for (let round = 0; round < ROUNDS; round += 1) {
      const value = randomValue(interfaces, type, random);
      const [word] = lowerFlat({ interfaces, emit: memory.emit }, type, value);
      assert.deepEqual(liftWord(interfaces, type, memory.value(word!)), value, type);
    }
});

test('layouts are those of the canonical ABI', () => {
  const interfaces = makeInterfaces('p2', { source: 'test', types: {}, functions: [] });
  const layout = (type: Type) => Object.values(layoutOf(interfaces, type));
  assert.deepEqual(layout({ kind: 'tuple', elements: ['u8', 'u64', 'u8'] }), [24, 8]);
  assert.deepEqual(layout({ kind: 'option', element: 'u8' }), [2, 1]);
  assert.deepEqual(layout({ kind: 'result', ok: null, err: null }), [1, 1]);
  assert.deepEqual(layout({ kind: 'result', ok: 'u64', err: 'u8' }), [16, 8]);
  assert.deepEqual(layout({ kind: 'list', element: 'u64' }), [8, 4]);
  assert.deepEqual(layout({ kind: 'tuple', elements: [] }), [0, 1]);
});

test('unknown discriminants and flag bits that a host returns are shown, not hidden', () => {
  const interfaces = interfacesOf('p1');
  assert.equal(liftWord(interfaces, { kind: 'ref', name: 'errno' }, 200n), 'unknown(200)');
  assert.deepEqual(liftWord(interfaces, { kind: 'ref', name: 'fdflags' }, 0b100001n), [
    'append',
    'unknown(0x1 << 5)',
  ]);
});

test('values may be forged: numbers for tags, bigints for enums and flags', () => {
  const interfaces = interfacesOf('p1');
  const { emit } = fakeMemory();
  assert.deepEqual(lowerFlat({ interfaces, emit }, { kind: 'ref', name: 'clockid' }, 99), [99n]);
  assert.deepEqual(lowerFlat({ interfaces, emit }, { kind: 'ref', name: 'fdflags' }, 0xffffn), [0xffffn]);
});

test('a byte order mark is kept', () => {
  const interfaces = interfacesOf('p2');
  const memory = fakeMemory();
  const place = memory.emit.alloc(8, 4);
  storeValue({ interfaces, emit: memory.emit }, 'string', '\ufeffa', place);
  assert.equal(liftMemory(interfaces, 'string', memory.view(), Number(memory.value(place))), '\ufeffa');
});

test('bytes stand for a string or a list of bytes, for no other list', () => {
  const interfaces = interfacesOf('p2');
  const to = { interfaces, emit: fakeMemory().emit };
  const bytes = Uint8Array.of(0xff, 0xfe);
  assert.equal(lowerFlat(to, 'string', bytes).length, 2);
  assert.equal(lowerFlat(to, { kind: 'list', element: 'u8' }, bytes).length, 2);
  assert.throws(() => lowerFlat(to, { kind: 'list', element: 'u64' }, bytes), /no list/);
});
