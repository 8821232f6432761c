/** Owns the canonical ABI's demands on preview 2's clock functions: forged handles, bad places, a misbehaving `realloc`. */

import { type Expectation, ok, trap } from '../../harness/contracts/expect.ts';
import {
  at,
  MEMORY_SIZE,
  type ReallocMode,
  type ScriptBuilder,
  type Slot,
} from '../../harness/contracts/script.ts';
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
import { ABI, POLL } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-clocks' } as const;

const duePollable = (s: ScriptBuilder): Slot => s.call(SUBSCRIBE_INSTANT, 0n).value;

/** A list of that one handle, in memory. */
function listOf(s: ScriptBuilder, handle: Slot | bigint): Slot {
  const list = s.alloc(4, 4);
  s.store('u32', list, handle);
  return list;
}

/** What a function that borrows or takes a pollable is called with. */
const TAKERS: readonly {
  id: string;
  name: string;
  args(s: ScriptBuilder, handle: Slot | bigint): (Slot | bigint)[];
}[] = [
  { id: 'pollable.ready', name: READY, args: (_, handle) => [handle] },
  { id: 'pollable.block', name: BLOCK, args: (_, handle) => [handle] },
  { id: 'pollable.drop', name: DROP_POLLABLE, args: (_, handle) => [handle] },
  { id: 'poll', name: POLL_LIST, args: (s, handle) => [listOf(s, handle), 1n, s.alloc(8)] },
];

const FORGED: readonly { id: string; words: string; handle(s: ScriptBuilder): Slot | bigint }[] = [
  { id: 'handle-0', words: 'handle 0, which stands for none', handle: () => 0n },
  { id: 'handle-unknown', words: 'a handle that was never given', handle: () => 99_999n },
  { id: 'handle-largest', words: 'the handle 2^32 - 1', handle: () => 0xffff_ffffn },
  {
    id: 'handle-dropped',
    words: 'a pollable already dropped',
    handle: (s) => {
      const value = duePollable(s);
      s.expect(s.drop(POLLABLE, value), ok());
      return value;
    },
  },
  {
    id: 'handle-of-a-stream',
    words: 'a handle of another resource, an output stream',
    handle: (s) => s.call('wasi:cli/stderr#get-stderr').value,
  },
];

const forged = TAKERS.flatMap(({ id, name, args }) =>
  FORGED.map(
    (fault): ConformanceCase => ({
      ...P2,
      id: `${id}/${fault.id}`,
      title: `${id} traps for ${fault.words}`,
      spec: id === 'pollable.drop' ? ABI.drop : ABI.table,
      script: (s) => s.expect(s.raw(name, args(s, fault.handle(s))), trap(fault.words)),
    }),
  ),
);

/** Functions that return through memory: their arguments before the place, its size and alignment. */
const RETURNING: readonly {
  id: string;
  name: string;
  sizeBytes: number;
  align: number;
  args(s: ScriptBuilder): (Slot | bigint)[];
}[] = [
  { id: 'wall-clock.now', name: WALL_NOW, sizeBytes: 16, align: 8, args: () => [] },
  { id: 'wall-clock.resolution', name: WALL_RESOLUTION, sizeBytes: 16, align: 8, args: () => [] },
  { id: 'poll', name: POLL_LIST, sizeBytes: 8, align: 4, args: (s) => [listOf(s, duePollable(s)), 1n] },
];

const places = RETURNING.flatMap(({ id, name, sizeBytes, align, args }) => {
  const one = (
    fault: string,
    title: string,
    expectation: Expectation,
    place: (s: ScriptBuilder) => Slot | bigint,
  ) => ({
    ...P2,
    id: `${id}/result-${fault}`,
    title: `${id} ${title}`,
    spec: ABI.results,
    script: (s: ScriptBuilder) => {
      // So that the end of memory is not a block that the probe itself uses.
      s.alloc(131_072);
      s.expect(s.raw(name, [...args(s), place(s)]), expectation);
    },
  });
  const misaligned = trap('the result place is misaligned');
  const outside = trap('the result place is not wholly in memory');
  return [
    one(
      'misaligned-by-1',
      'traps for a result place one byte off its alignment',
      misaligned,
      (s) => at`${s.alloc(32)} + 1`,
    ),
    one(
      'misaligned-by-half',
      `traps for a result place ${align / 2} bytes off its alignment`,
      misaligned,
      (s) => at`${s.alloc(32)} + ${align / 2}`,
    ),
    one('at-the-end', 'traps for a result place at the end of memory', outside, () => MEMORY_SIZE),
    one(
      'across-the-end',
      'traps for an aligned result place half of which lies beyond memory',
      outside,
      () => at`${MEMORY_SIZE} - ${sizeBytes / 2}`,
    ),
    one('wrapping', 'traps for a result place at the end of the address space', outside, () =>
      BigInt(2 ** 32 - align),
    ),
    one('last', 'can return at the last place of memory', ok(), () => at`${MEMORY_SIZE} - ${sizeBytes}`),
  ];
});

const HUGE_COUNT = 0x4000_0000n;

/** Lists that `poll` must not accept. */
const LISTS: readonly {
  id: string;
  title: string;
  spec: string;
  args(s: ScriptBuilder): (Slot | bigint)[];
}[] = [
  { id: 'empty', title: 'an empty list', spec: POLL.poll, args: (s) => [s.alloc(4, 4), 0n] },
  {
    id: 'misaligned',
    title: 'a list that is misaligned',
    spec: ABI.loading,
    args: (s) => [at`${listOf(s, duePollable(s))} + 2`, 1n],
  },
  {
    id: 'at-the-end',
    title: 'a list at the end of memory',
    spec: ABI.loading,
    args: () => [MEMORY_SIZE, 1n],
  },
  {
    id: 'across-the-end',
    title: 'a list whose second element lies beyond memory',
    spec: ABI.loading,
    args: () => [at`${MEMORY_SIZE} - 4`, 2n],
  },
  {
    id: 'wrapping',
    title: 'a list whose length in bytes is 2^32',
    spec: ABI.loading,
    args: (s) => [listOf(s, duePollable(s)), HUGE_COUNT],
  },
  {
    id: 'one-forged',
    title: 'a list of a good handle and one that was never given',
    spec: ABI.table,
    args: (s) => {
      const list = s.alloc(8, 4);
      s.store('u32', list, duePollable(s));
      s.store('u32', at`${list} + 4`, 99_999);
      return [list, 2n];
    },
  },
];

const lists = LISTS.map(
  ({ id, title, spec, args }): ConformanceCase => ({
    ...P2,
    id: `poll/list-${id}`,
    title: `poll traps for ${title}`,
    spec,
    script: (s) => s.expect(s.raw(POLL_LIST, [...args(s), s.alloc(8)]), trap(title)),
  }),
);

/** How `realloc` acts while poll's list of u32 is stored. */
const REALLOCS: readonly { mode: ReallocMode; title: string; spec: string; traps: boolean }[] = [
  { mode: 'trap', title: 'poll traps when realloc does', spec: ABI.context, traps: true },
  {
    mode: 'oob',
    title: 'poll traps when realloc returns an address outside memory',
    spec: ABI.storing,
    traps: true,
  },
  {
    mode: 'misalign',
    title: 'poll traps when realloc returns a misaligned address',
    spec: ABI.storing,
    traps: true,
  },
  {
    mode: 'reenter',
    title: 'The monotonic clock traps when it is called from within realloc',
    spec: ABI.lower,
    traps: true,
  },
  {
    mode: 'grow',
    title: 'poll returns its list where realloc grows the memory',
    spec: ABI.storing,
    traps: false,
  },
];

const reallocs = REALLOCS.map(
  ({ mode, title, spec, traps }): ConformanceCase => ({
    ...P2,
    id: `poll/realloc-${mode}`,
    title,
    spec,
    script: (s) => {
      const late = s.call(SUBSCRIBE_DURATION, 3_600_000_000_000n).value;
      const list = [late, duePollable(s)];
      s.realloc(mode);
      const found = ok('[1]', (value) => Array.isArray(value) && value.length === 1 && value[0] === 1);
      s.expect(s.call(POLL_LIST, list), traps ? trap(title) : found);
    },
  }),
);

export const abiP2: ConformanceCase[] = [...forged, ...places, ...lists, ...reallocs];
