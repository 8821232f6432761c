/** Owns that the tables of canonical ABI faults agree with preview 2's interfaces: every function, its parameters, its result place. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AbiParam } from '../harness/contracts/abiParams.ts';
import type { AbiFunction } from '../harness/contracts/abiTable.ts';
import { buildScript } from '../harness/script/builder.ts';
import { type Interfaces, interfacesOf } from '../harness/script/interfaces.ts';
import type { FunctionSignature, Type } from '../harness/script/interfaceTypes.ts';
import { layoutOf } from '../harness/script/layout.ts';
import { flatWidth } from '../harness/script/lower.ts';
import { abiTableP2 as cli } from './cli/abi-p2.ts';
import { abiTableP2 as clocks } from './clocks/abi-p2.ts';
import { abiTableP2 as filesystem } from './filesystem/abi-p2.ts';
import { abiTableP2 as io } from './io/abi-p2.ts';
import { abiTableP2 as random } from './random/abi-p2.ts';
import { abiTableP2 as sockets } from './sockets/abi-p2.ts';

const interfaces: Interfaces = interfacesOf('p2');
/** Of HTTP there is no suite yet, `run` is the guest's own, and functions added after 0.2.0 are in no probe of these suites. */
const LEFT_OUT = /^wasi:(http\/|cli\/run#|cli\/exit#exit-with-code|sockets\/network#network-error-code)/;

function kindOf(type: Type): AbiParam['kind'] {
  const shape = interfaces.resolve(type);
  if (typeof shape === 'string') return shape === 'string' ? 'string' : 'value';
  if (shape.kind === 'own' || shape.kind === 'borrow') return 'handle';
  if (shape.kind === 'list' || shape.kind === 'flags') return shape.kind;
  return ['enum', 'variant', 'option', 'result'].includes(shape.kind) ? 'cases' : 'value';
}

/** The alignment of the elements of the list or string that a result holds, undefined where it holds none. */
function listAlign(type: Type): number | undefined {
  const shape = interfaces.resolve(type);
  if (shape === 'string') return 1;
  if (typeof shape === 'string') return undefined;
  if (shape.kind === 'list') return layoutOf(interfaces, shape.element).align;
  const parts: (Type | null)[] =
    shape.kind === 'result'
      ? [shape.ok, shape.err]
      : shape.kind === 'option'
        ? [shape.element]
        : shape.kind === 'tuple'
          ? shape.elements
          : shape.kind === 'record'
            ? shape.fields.map((field) => field.type)
            : [];
  return parts.map((part) => (part === null ? undefined : listAlign(part))).find((align) => align);
}

/** What a call of it can be wrong in, so that it traps. */
const canBeWrong = ({ params, retArea }: FunctionSignature): boolean =>
  (retArea ?? null) !== null ||
  params.some(({ type }) => ['handle', 'string', 'list', 'cases'].includes(kindOf(type)));

/** How many words each of a parameter's variants takes. */
function widthsOf(param: AbiParam): Set<number> {
  const widths = new Set<number>();
  buildScript('p2', (s) => {
    widths.add(param.valid(s).length);
    for (const fault of param.groups.flat()) widths.add(fault.args(s).length);
  });
  return widths;
}

const tables = { cli, clocks, filesystem, io, random, sockets };

describe('canonical ABI faults', () => {
  test('every function that can be called wrongly is in a table', () => {
    const listed = new Set(
      Object.values(tables).flatMap(({ functions }) => functions.map(({ name }) => name)),
    );
    const wrong = interfaces
      .names()
      .filter((name) => !LEFT_OUT.test(name) && canBeWrong(interfaces.find(name) as FunctionSignature));
    assert.ok(wrong.length > 120, `${wrong.length} functions`);
    assert.deepEqual(
      wrong.filter((name) => !listed.has(name)),
      [],
    );
  });

  for (const [suite, { functions }] of Object.entries(tables))
    test(`${suite}: parameters and result places are those of the interface`, () => {
      for (const one of functions) {
        const signature = interfaces.find(one.name);
        assert.ok(signature, one.name);
        const { place: ownPlace, ...params } = one.params;
        assert.deepEqual(
          Object.values(params).map(({ kind }) => kind),
          signature.params.map(({ type }) => kindOf(type)),
          one.name,
        );
        Object.values(params).forEach((param, index) => {
          const width = flatWidth(interfaces, (signature.params[index] as { type: Type }).type);
          assert.deepEqual([...widthsOf(param)], [width], `${one.name}, parameter ${index}`);
        });
        if (!ownPlace) assert.deepEqual(placeOf(one), signature.retArea ?? null, one.name);
        const align = signature.result ? listAlign(signature.result) : undefined;
        if (one.returned) assert.equal(one.returned.align, align, one.name);
        else if (suite !== 'random' && !ownPlace)
          assert.equal(align, undefined, `${one.name} returns a list`);
      }
    });
});

const placeOf = ({ place }: AbiFunction) => (place ? { size: place.sizeBytes, align: place.align } : null);
