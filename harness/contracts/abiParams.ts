/** Owns the parameters of a component's core calls: the words that are valid, and those that break the canonical ABI. */

import { at, MEMORY_SIZE, type ScriptBuilder, type Slot } from './script.ts';

const canonicalAbi = (anchor: string) =>
  `https://github.com/WebAssembly/component-model/blob/main/design/mvp/CanonicalABI.md#${anchor}`;

export const CANONICAL_ABI = {
  /** `lower_flat_values`: traps for a result place that is misaligned or not wholly in memory. */
  results: canonicalAbi('lifting-and-lowering-values'),
  /** `load_string_from_range`, `load_list_from_range`, `lift_borrow`; of a bool: "all other bit-patterns as true". */
  loading: canonicalAbi('loading'),
  /** `store_list_into_range`: traps for an allocation that is misaligned or not wholly in memory. */
  storing: canonicalAbi('storing'),
  /** `lift_flat_variant`: `trap_if(case_index >= len(cases))`; `lift_flat_flags` and integers: other bits are ignored. */
  flat: canonicalAbi('flat-lifting'),
  /** `trap_if(not thread.task.inst.may_leave)`: no imports may be called during `realloc`. */
  lower: canonicalAbi('canon-lower'),
  /** `reallocate` and `allocate`: how `realloc` is called. */
  context: canonicalAbi('lifting-and-lowering-context'),
  drop: canonicalAbi('canon-resourcedrop'),
  /** Index 0 is reserved; `get` and `remove` trap for what is not in the table. */
  table: canonicalAbi('table-state'),
} as const;

export type AbiWord = Slot | number | bigint;

/** Words that a parameter must not have, or that look wrong and are to be taken all the same. */
export interface AbiFault {
  /** After the parameter's name: `at-the-end`. */
  id: string;
  /** What is passed, to follow "traps for". */
  words: string;
  spec: string;
  args(s: ScriptBuilder): AbiWord[];
  /** The ABI takes it: the call returns. */
  taken?: true;
}

export type AbiKind = 'handle' | 'string' | 'list' | 'cases' | 'flags' | 'value';

export interface AbiParam {
  kind: AbiKind;
  valid(s: ScriptBuilder): AbiWord[];
  /** There are no valid words for it here. */
  never?: true;
  /** Of each group one fault is tried, or all. */
  groups: readonly (readonly AbiFault[])[];
}

/** A resource, and how a handle of it comes about. */
export interface AbiResource {
  /** `wasi:io/poll#pollable`. */
  kind: string;
  /** Left out where none can be had. */
  make?(s: ScriptBuilder): Slot;
}

/** A word or more that can't be wrong. */
export const value = (...words: AbiWord[]): AbiParam => ({ kind: 'value', valid: () => words, groups: [] });

/** The word after `#`: `wasi:io/poll#pollable` is a pollable. */
const nameOf = (resource: AbiResource): string => resource.kind.replace(/^.*#/, '');
const withArticle = (name: string): string => `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;

const STDERR = {
  kind: 'wasi:io/streams#output-stream',
  make: (s: ScriptBuilder) => s.call('wasi:cli/stderr#get-stderr').value,
};
const POLLABLE = {
  kind: 'wasi:io/poll#pollable',
  make: (s: ScriptBuilder) => s.call('wasi:clocks/monotonic-clock#subscribe-duration', 0n).value,
};

/** Runtimes that count each resource's handles apart give the same numbers to several: enough of the right kind to be taken for it. */
const OF_THE_RIGHT_KIND = 3;

/** A handle, borrowed or given away. All probes have stderr and clocks for a handle of another resource. */
export function handle(resource: AbiResource): AbiParam {
  const { make } = resource;
  const name = nameOf(resource);
  const other = resource.kind === STDERR.kind ? POLLABLE : STDERR;
  const fault = (id: string, words: string, args: AbiFault['args']): AbiFault => ({
    id: `handle-${id}`,
    words,
    spec: CANONICAL_ABI.table,
    args,
  });
  return {
    kind: 'handle',
    valid: (s) => [make?.(s) ?? 0],
    ...(make ? {} : { never: true }),
    groups: [
      [
        fault('0', 'handle 0, which stands for none', () => [0]),
        fault('unknown', 'a handle that was never given', () => [99_999]),
        fault('largest', 'the handle 2^32 - 1', () => [0xffff_ffff]),
        ...(make
          ? [fault('dropped', `${withArticle(name)} already dropped`, dropped(resource.kind, make))]
          : []),
        fault(
          `of-a-${other === STDERR ? 'stream' : 'pollable'}`,
          `a handle of another resource, ${withArticle(nameOf(other))}`,
          (s) => {
            for (let made = 0; made < OF_THE_RIGHT_KIND; made += 1) make?.(s);
            return [other.make(s)];
          },
        ),
      ],
    ],
  };
}

const dropped =
  (kind: string, make: (s: ScriptBuilder) => Slot): AbiFault['args'] =>
  (s) => {
    const gone = make(s);
    s.check(
      'the handle can be dropped',
      [s.drop(kind, gone)],
      ({ values: [seen] }) => seen?.kind === 'ok' || 'it cannot',
    );
    return [gone];
  };

/** Ranges that are not wholly in memory; `count` elements are as many bytes or more. */
const outside = (elementBytes: number, what: string): AbiFault[] => {
  const fault = (id: string, words: string, args: AbiFault['args']): AbiFault => ({
    id,
    words: `${what} ${words}`,
    spec: CANONICAL_ABI.loading,
    args,
  });
  return [
    fault('at-the-end', 'at the end of memory', () => [MEMORY_SIZE, 1]),
    fault('across-the-end', 'the last part of which lies beyond memory', () => [
      at`${MEMORY_SIZE} - ${elementBytes}`,
      2,
    ]),
    fault('wrapping', 'at the end of the address space', () => [2 ** 32 - elementBytes, 2]),
  ];
};

const emptyBeyond = (what: string): AbiFault => ({
  id: 'empty-beyond',
  words: `${what} of no length at an address beyond memory`,
  spec: CANONICAL_ABI.loading,
  args: () => [at`${MEMORY_SIZE} + 1`, 0],
});

const BAD_UTF8: readonly { id: string; words: string; bytes: readonly number[] }[] = [
  { id: 'lone-continuation', words: 'a continuation byte alone', bytes: [0x61, 0x80] },
  { id: 'overlong', words: 'an overlong form', bytes: [0x61, 0xc1, 0xa1] },
  { id: 'surrogate', words: 'a surrogate', bytes: [0x61, 0xed, 0xa0, 0x80] },
  { id: 'truncated', words: 'a sequence that breaks off', bytes: [0x61, 0xe2, 0x82] },
  { id: 'byte-ff', words: 'the byte 0xff', bytes: [0x61, 0xff] },
  { id: 'beyond-unicode', words: 'a code point above U+10FFFF', bytes: [0x61, 0xf4, 0x90, 0x80, 0x80] },
];

/** A string. */
export function text(content: string): AbiParam {
  return {
    kind: 'string',
    valid: (s) => placed(s, new TextEncoder().encode(content)),
    groups: [
      [...outside(1, 'a string'), emptyBeyond('a string')],
      BAD_UTF8.map(({ id, words, bytes }) => ({
        id,
        words: `a string with ${words}, which is no UTF-8`,
        spec: CANONICAL_ABI.loading,
        args: (s) => placed(s, new Uint8Array(bytes)),
      })),
    ],
  };
}

/** Bytes in memory, as address and length. */
function placed(s: ScriptBuilder, bytes: Uint8Array): AbiWord[] {
  const address = s.alloc(Math.max(1, bytes.length), 1);
  if (bytes.length > 0) s.put(address, bytes);
  return [address, bytes.length];
}

/** A list of bytes. */
export function bytes(content: string): AbiParam {
  return {
    kind: 'list',
    valid: (s) => placed(s, new TextEncoder().encode(content)),
    groups: [[...outside(1, 'a list'), emptyBeyond('a list')]],
  };
}

/** A list of one element that is larger than a byte, which `store` writes at a given address. */
export function listOf(
  element: { sizeBytes: number; align: number; store(s: ScriptBuilder, address: Slot): void },
  more: AbiParam['groups'] = [],
): AbiParam {
  const { sizeBytes, align } = element;
  const one = (s: ScriptBuilder): Slot => {
    const address = s.alloc(sizeBytes * 2, 8);
    element.store(s, address);
    return address;
  };
  return {
    kind: 'list',
    valid: (s) => [one(s), 1],
    groups: [
      [
        {
          id: 'misaligned',
          words: 'a list that is misaligned',
          spec: CANONICAL_ABI.loading,
          args: (s) => [at`${one(s)} + ${align / 2}`, 1],
        },
        ...outside(sizeBytes, 'a list'),
        {
          id: 'count-wrapping',
          words: 'a list whose length in bytes passes 2^32',
          spec: CANONICAL_ABI.loading,
          args: (s) => [one(s), Math.ceil(2 ** 32 / sizeBytes)],
        },
      ],
      ...more,
    ],
  };
}

/** An enumeration, variant, option or result of so many cases, as words the first of which says which case it is. */
export function cases(count: number, valid: AbiWord[] | ((s: ScriptBuilder) => AbiWord[])): AbiParam {
  const words = (s: ScriptBuilder) => (Array.isArray(valid) ? valid : valid(s));
  // 256 has a low byte that would be a case.
  const discriminants = [count, 256, 0xffff_ffff, 255];
  return {
    kind: 'cases',
    valid: words,
    groups: [
      discriminants.map((discriminant) => ({
        id: String(discriminant),
        words: `case ${discriminant} where there are ${count}`,
        spec: CANONICAL_ABI.flat,
        args: (s) => [discriminant, ...words(s).slice(1)],
      })),
    ],
  };
}

/** Flags, of which there are so many. */
export function flags(count: number, set: number): AbiParam {
  return {
    kind: 'flags',
    valid: () => [set],
    groups: [
      [
        {
          id: 'unknown-bits',
          words: 'bits that stand for no flag',
          spec: CANONICAL_ABI.flat,
          args: () => [2 ** 32 - 2 ** count + set],
          taken: true,
        },
      ],
    ],
  };
}
