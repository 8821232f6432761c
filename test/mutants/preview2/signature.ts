/** The functions of preview 2 that faults are planted in: their parameters' and results' places, and how they fail. */

import { type Interfaces, interfacesOf } from '../../../harness/script/interfaces.ts';
import type { FunctionSignature, Type } from '../../../harness/script/interfaceTypes.ts';
import { casesOf, layoutOf } from '../../../harness/script/layout.ts';
import { flatWidth } from '../../../harness/script/lower.ts';
import type { Call } from './call.ts';
import { type Cell, memoryCell, type Word, wordCell } from './cell.ts';
import { type Pair, type Place, placesOf, placesOfFields } from './places.ts';

export interface Signature {
  name: string;
  isDrop: boolean;
  /** What the guest gets in a word where nothing is done. */
  nothing: readonly Word[];
  /** Whether it returns a `result`. */
  fallible: boolean;
  parameters: Place[];
  parameterPairs: Pair[];
  /** What it returns where it succeeds. */
  results: Place[];
  resultPairs: Pair[];
  /** The error's code, or which error it is. */
  error: Place | undefined;
  /** All places within it. */
  errors: Place[];
  /** The whole result, the discriminant of a `result` included; undefined for none. */
  result: { size: number; align: number; cell(call: Call): Cell } | undefined;
}

/** Exports of the guest, and the interfaces of worlds that preview2-shim serves in another way. */
const LEFT_OUT = /^wasi:(?:cli\/run#|http\/)/;

/** All functions of preview 2 outside http, drops among them. */
export function signatures(): Signature[] {
  const interfaces = interfacesOf('p2');
  return interfaces
    .names()
    .filter((name) => !LEFT_OUT.test(name))
    .map((name) => signatureOf(interfaces, interfaces.find(name)!));
}

function signatureOf(interfaces: Interfaces, signature: FunctionSignature): Signature {
  const { name, params, result = null, retArea } = signature;
  if (signature.indirectParams) throw new Error(`${name}: parameters through memory have no places yet`);
  let words = 0;
  const given = placesOfFields(
    interfaces,
    params.map((param) => {
      const before = words;
      words += flatWidth(interfaces, param.type);
      return { name: param.name, type: param.type, cells: (call) => [wordCell(call.args, before)] };
    }),
  );
  const base = {
    ...{ name, isDrop: signature.kind === 'drop' },
    nothing: signature.core.results.map((type) => (type === 'i64' ? 0n : 0)),
    ...{ parameters: given.places, parameterPairs: given.pairs },
  };
  const none = {
    fallible: false,
    results: [],
    resultPairs: [],
    error: undefined,
    errors: [],
    result: undefined,
  };
  if (result === null) return { ...base, ...none };
  const cell = (call: Call) =>
    retArea ? memoryCell(call.memory, Number(call.args[words]) >>> 0) : wordCell(call.returned, 0);
  const whole = { ...(retArea ?? layoutOf(interfaces, result)), cell };
  const shape = interfaces.resolve(result);
  if (typeof shape !== 'object' || shape.kind !== 'result' || !retArea) {
    const { places, pairs } = placesOf(interfaces, 'result', result, (call) => [cell(call)]);
    return { ...base, ...none, results: places, resultPairs: pairs, result: whole };
  }
  const { payloadOffset } = casesOf(interfaces, shape);
  const payload = (type: Type | null, tag: bigint, called: string) =>
    type === null
      ? { places: [], pairs: [] }
      : placesOf(interfaces, called, type, (call) =>
          cell(call).read(1) === tag ? [cell(call).at(payloadOffset, 0)] : [],
        );
  const good = payload(shape.ok, 0n, 'result');
  const bad = payload(shape.err, 1n, 'error');
  return {
    ...base,
    ...{ fallible: true, results: good.places, resultPairs: good.pairs },
    ...{ error: bad.places[0], errors: bad.places, result: whole },
  };
}
