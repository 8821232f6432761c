/** Owns the canonical ABI's demands on preview 2's clock functions: forged handles, bad places, a misbehaving `realloc`. */

import { abiCases } from '../../harness/contracts/abiFaults.ts';
import {
  type AbiParam,
  type AbiWord,
  CANONICAL_ABI,
  handle,
  listOf,
} from '../../harness/contracts/abiParams.ts';
import type { AbiTable } from '../../harness/contracts/abiTable.ts';
import { trap } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import {
  BLOCK,
  DROP_POLLABLE,
  POLL_LIST,
  POLLABLE,
  READY,
  SUBSCRIBE_DURATION,
  SUBSCRIBE_INSTANT,
  WALL_NOW,
  WALL_RESOLUTION,
} from './functions-p2.ts';
import { POLL } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-clocks' } as const;

const DUE = { kind: POLLABLE, make: (s: ScriptBuilder) => s.call(SUBSCRIBE_INSTANT, 0n).value };

/** A list of these handles, as address and count. */
function listed(s: ScriptBuilder, handles: readonly AbiWord[]): AbiWord[] {
  const list = s.alloc(handles.length * 4, 4);
  handles.forEach((one, index) => {
    s.store('u32', at`${list} + ${index * 4}`, one);
  });
  return [list, handles.length];
}

const due = handle(DUE);

/** A list of one handle, and what is wrong with the handle. */
const inList: AbiParam = {
  kind: 'list',
  valid: (s) => listed(s, due.valid(s)),
  groups: due.groups.map((group) =>
    group.map((fault) => ({ ...fault, args: (s) => listed(s, fault.args(s)) })),
  ),
};

const RESULT_PLACE: AbiParam = { kind: 'value', valid: (s) => [s.alloc(8, 4)], groups: [] };

const LIST = listOf({
  sizeBytes: 4,
  align: 4,
  store: (s, address) => s.store('u32', address, DUE.make(s)),
});

const datetime = { params: {}, place: { sizeBytes: 16, align: 8 }, all: ['place'] } as const;

export const abiTableP2: AbiTable = {
  guest: 'probe-p2-clocks',
  functions: [
    { name: READY, params: { self: due }, all: ['handle'] },
    { name: BLOCK, params: { self: due }, all: ['handle'] },
    { name: DROP_POLLABLE, params: { self: due } },
    { name: POLL_LIST, params: { self: inList, place: RESULT_PLACE }, all: ['list'] },
    {
      name: POLL_LIST,
      params: { list: LIST },
      place: { sizeBytes: 8, align: 4 },
      returned: {
        align: 4,
        prepare: (s) => {
          const late = s.call(SUBSCRIBE_DURATION, 3_600_000_000_000n).value;
          const list = [late, DUE.make(s)];
          return () => s.call(POLL_LIST, list);
        },
      },
      all: ['list', 'place', 'realloc'],
    },
    { ...datetime, id: 'wall-clock.now', name: WALL_NOW },
    { ...datetime, id: 'wall-clock.resolution', name: WALL_RESOLUTION },
  ],
};

/** Lists that only `poll` must not accept. */
const LISTS: readonly { id: string; title: string; spec: string; handles(s: ScriptBuilder): AbiWord[] }[] = [
  { id: 'empty', title: 'an empty list', spec: POLL.poll, handles: () => [] },
  {
    id: 'one-forged',
    title: 'a list of a good handle and one that was never given',
    spec: CANONICAL_ABI.table,
    handles: (s): (Slot | number)[] => [DUE.make(s), 99_999],
  },
];

const lists = LISTS.map(
  ({ id, title, spec, handles }): ConformanceCase => ({
    ...P2,
    id: `poll/list-${id}`,
    title: `poll traps for ${title}`,
    spec,
    script: (s) => s.expect(s.raw(POLL_LIST, [...listed(s, handles(s)), s.alloc(8)]), trap(title)),
  }),
);

export const abiP2: ConformanceCase[] = [...abiCases(abiTableP2), ...lists];
