/** Makes the cases in which a component's calls break the canonical ABI, from a table of functions with valid arguments. */

import { type AbiFault, type AbiWord, CANONICAL_ABI } from './abiParams.ts';
import type { AbiFaultKind, AbiFunction, AbiPlace, AbiReturned, AbiTable } from './abiTable.ts';
import { ok, oneOf, trap } from './expect.ts';
import {
  at,
  MEMORY_SIZE,
  type ReallocMode,
  type ScriptBuilder,
  type Slot,
  type Step,
  type WasiValue,
} from './script.ts';
import type { ConformanceCase } from './suite.ts';

/**
 * The cases of a table. Each trap needs a run of its own, so a function has one case of each kind of fault that its signature has, and
 * the functions of a table take the faults in turn; of a kind in `all`, and of the handles that a drop takes, it has every one.
 */
export function abiCases(table: AbiTable): ConformanceCase[] {
  const turns = new Map<string, number>();
  const choose = <T>(one: AbiFunction, kind: AbiFaultKind, group: number, faults: readonly T[]): T[] => {
    if (one.all?.includes(kind) || (kind === 'handle' && isDrop(one))) return [...faults];
    const key = `${kind} ${group} ${faults.length}`;
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    return faults.slice(turn % faults.length, (turn % faults.length) + 1);
  };
  const faults = table.functions.flatMap((one) => [
    ...Object.entries(one.params).flatMap(([name, { kind, groups }]) =>
      groups.flatMap((group, index) =>
        choose(one, kind, index, group).map((fault) => paramCase(table, one, name, fault)),
      ),
    ),
    ...(one.place ? choose(one, 'place', 0, placeFaults(one.place)) : []).map((fault) =>
      placeCase(table, one, fault),
    ),
    ...(one.place && one.all?.includes('place') ? [placeCase(table, one, lastPlace(one.place))] : []),
    ...(one.returned ? reallocFaults(one.returned) : []).flatMap((group, index) =>
      choose(one, 'realloc', index, group).map((fault) => reallocCase(table, one, fault)),
    ),
  ]);
  return [...faults, ...validCases(table)];
}

const isDrop = ({ name }: AbiFunction): boolean => name.includes('#[resource-drop]');

/** `wasi:io/poll#[method]pollable.block` is pollable.block, a resource's drop is pollable.drop. */
const idOf = ({ id, name }: AbiFunction): string =>
  id ??
  name
    .replace(/^.*#/, '')
    .replace(/^\[resource-drop\](.*)$/, '$1.drop')
    .replace(/^\[\w+\]/, '');

const basics = ({ guest, world }: AbiTable) => ({
  wasi: 'p2' as const,
  guest,
  ...(world === undefined ? {} : { world }),
});

/** Expects a trap, or that the call returns and, where that is known, that it has done what it should. */
function judge(s: ScriptBuilder, step: Step, { words, taken }: AbiFault, succeeds: boolean): void {
  if (!taken) {
    s.expect(step, trap(words));
    return;
  }
  s.check(succeeds ? 'it succeeds' : 'it returns', [step], ({ values: [seen] }) => {
    if (seen?.kind !== 'ok') return 'it does not return';
    return !succeeds || (seen.value as Uint8Array)[0] === 0 || 'it returns an error';
  });
}

/** A call; a pollable that it makes is dropped, as a host that cleans up behind the guest may come to what it belongs to first. */
function callOf(s: ScriptBuilder, { name }: AbiFunction, words: AbiWord[], show?: [Slot, number][]): Step {
  const step = s.raw(name, words, show);
  if (name.endsWith('.subscribe')) s.drop('wasi:io/poll#pollable', step.result);
  return step;
}

function paramCase(table: AbiTable, one: AbiFunction, name: string, fault: AbiFault): ConformanceCase {
  const own = name === 'self';
  const outcome = fault.taken ? 'returns' : 'traps';
  return {
    ...basics(table),
    id: `${idOf(one)}/${own ? '' : `${name}-`}${fault.id}`,
    title: `${idOf(one)} ${outcome} for ${fault.words}${own ? '' : ` as its ${name}`}`,
    spec: isDrop(one) ? CANONICAL_ABI.drop : fault.spec,
    script: (s) => {
      const words = Object.entries(one.params).flatMap(([other, param]) =>
        other === name ? fault.args(s) : param.valid(s),
      );
      const area = one.place && s.alloc(one.place.sizeBytes, one.place.align);
      const shown = area && fault.taken && one.place?.succeeds;
      const step = callOf(s, one, area ? [...words, area] : words, shown ? [[area, 1]] : undefined);
      judge(s, step, fault, shown === true);
      if (!fault.taken) table.untouched?.(s);
    },
  };
}

/** So many fit into one script. */
const CALLS_IN_ONE = 16;

/** Without these a call that always traps would seem to refuse what is wrong. What comes before in one of them may be in the way of what follows: only traps count. */
function validCases(table: AbiTable): ConformanceCase[] {
  const returning = table.functions.filter(
    ({ params, ends }) => !ends && !Object.values(params).some(({ never }) => never),
  );
  const parts = Array.from({ length: Math.ceil(returning.length / CALLS_IN_ONE) }, (_, index) =>
    returning.slice(index * CALLS_IN_ONE, (index + 1) * CALLS_IN_ONE),
  );
  return parts.map((part, index) => ({
    ...basics(table),
    id: `valid-arguments/part-${index + 1}`,
    title: `With valid arguments ${part.map(idOf)[0]} returns, and so do the ${part.length - 1} calls after it`,
    spec: CANONICAL_ABI.lower,
    script: (s) => {
      const steps = part.map((one) => {
        const words = Object.values(one.params).flatMap((param) => param.valid(s));
        return callOf(s, one, one.place ? [...words, s.alloc(one.place.sizeBytes, one.place.align)] : words);
      });
      s.check('all of them return', steps, ({ values }) => {
        const at = values.findIndex(({ kind }) => kind !== 'ok');
        return at < 0 || `${part.map(idOf)[at]} does not`;
      });
    },
  }));
}

/** So that the end of memory is no block that the probe itself uses, and returning a small list needs no growth of memory. */
const KEPT_FREE_BYTES = 126_000;

const lastPlace = ({ sizeBytes }: AbiPlace): AbiFault => ({
  id: 'last',
  words: 'the last place of memory that a result fits into',
  spec: CANONICAL_ABI.results,
  args: () => [at`${MEMORY_SIZE} - ${sizeBytes}`],
  taken: true,
});

function placeFaults({ sizeBytes, align }: AbiPlace): AbiFault[] {
  const fault = (id: string, words: string, place: (s: ScriptBuilder) => AbiWord): AbiFault => ({
    id,
    words: `a result place ${words}`,
    spec: CANONICAL_ABI.results,
    args: (s) => [place(s)],
  });
  const off = (bytes: number) => (s: ScriptBuilder) => at`${s.alloc(sizeBytes + align, 8)} + ${bytes}`;
  const misaligned = (id: string, bytes: number) =>
    fault(`misaligned-by-${id}`, `${bytes} byte${bytes > 1 ? 's' : ''} off its alignment`, off(bytes));
  return [
    ...(align > 1 ? [misaligned('1', 1)] : []),
    fault('at-the-end', 'at the end of memory', () => MEMORY_SIZE),
    fault(
      'across-the-end',
      'only the first part of which lies in memory',
      () => at`${MEMORY_SIZE} - ${align}`,
    ),
    fault('wrapping', 'at the end of the address space', () => 2 ** 32 - align),
    ...(align > 2 ? [misaligned('half', align / 2)] : []),
  ];
}

function placeCase(table: AbiTable, one: AbiFunction, fault: AbiFault): ConformanceCase {
  return {
    ...basics(table),
    id: `${idOf(one)}/result-${fault.id}`,
    title: `${idOf(one)} ${fault.taken ? 'returns' : 'traps'} for ${fault.words}`,
    spec: fault.spec,
    script: (s) => {
      s.alloc(KEPT_FREE_BYTES);
      const words = Object.values(one.params).flatMap((param) => param.valid(s));
      const [place] = fault.args(s) as [Slot];
      const shown = fault.taken && one.place?.succeeds;
      const step = s.raw(one.name, [...words, place], shown ? [[place, 1]] : undefined);
      judge(s, step, fault, shown === true);
    },
  };
}

interface ReallocFault {
  mode: ReallocMode;
  words: string;
  spec: string;
  /** The ABI takes it: the call returns what it otherwise does. */
  taken?: true;
}

function reallocFaults({ align }: AbiReturned): ReallocFault[][] {
  const { storing, context, lower } = CANONICAL_ABI;
  const misaligned = { mode: 'misalign', words: 'gives an odd address', spec: storing } as const;
  return [
    [
      { mode: 'trap', words: 'traps', spec: context },
      { mode: 'oob', words: 'gives an address outside memory', spec: storing },
      ...(align > 1 ? [misaligned] : []),
    ],
    [
      { mode: 'grow', words: 'grows the memory', spec: storing, taken: true },
      ...(align > 1 ? [] : [{ ...misaligned, taken: true } as const]),
    ],
    [{ mode: 'reenter', words: 'calls an import', spec: lower }],
  ];
}

function reallocCase(table: AbiTable, one: AbiFunction, fault: ReallocFault): ConformanceCase {
  return {
    ...basics(table),
    id: `${idOf(one)}/realloc-${fault.mode}`,
    title: `${idOf(one)} ${fault.taken ? 'returns the same' : 'traps'} where realloc ${fault.words}`,
    spec: fault.spec,
    script: (s) => {
      const { prepare, maybeNone, lasting = (value: WasiValue) => value } = one.returned as AbiReturned;
      const call = prepare(s);
      if (!fault.taken) {
        s.realloc(fault.mode);
        const trapped = trap(`realloc ${fault.words}`);
        const none = ok('none', (value) => value === null);
        s.expect(call(), maybeNone ? { ...oneOf(maybeNone, none, trapped), asserts: 'trap' } : trapped);
        return;
      }
      const before = call();
      s.realloc(fault.mode);
      s.check('the same is returned', [before, call()], ({ values: [first, second] }) => {
        if (first?.kind !== 'ok') return 'it did not succeed before';
        if (second?.kind !== 'ok') return 'it does not succeed';
        return textOf(lasting(first.value)) === textOf(lasting(second.value)) || 'something else is returned';
      });
    },
  };
}

/** A value as text, to compare. */
const textOf = (value: WasiValue): string =>
  JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part));
