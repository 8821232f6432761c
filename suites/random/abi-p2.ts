/** Owns the canonical ABI's demands on preview 2's random functions: bad places, huge lists, a misbehaving `realloc`. */

import { abiCases } from '../../harness/contracts/abiFaults.ts';
import { CANONICAL_ABI as ABI, value } from '../../harness/contracts/abiParams.ts';
import type { AbiTable } from '../../harness/contracts/abiTable.ts';
import { ok, trap } from '../../harness/contracts/expect.ts';
import { at, type ReallocMode } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { BYTES, INSECURE_BYTES, INSECURE_SEED } from './functions-p2.ts';
import { isFilled } from './randomness.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-random' } as const;

const LISTS = [
  { id: 'get-random-bytes', name: BYTES },
  { id: 'get-insecure-random-bytes', name: INSECURE_BYTES },
] as const;

const list = { params: { len: value(32n) }, place: { sizeBytes: 8, align: 4 }, all: ['place'] } as const;

export const abiTableP2: AbiTable = {
  guest: 'probe-p2-random',
  functions: [
    ...LISTS.map(({ name }) => ({ ...list, name })),
    { name: INSECURE_SEED, params: {}, place: { sizeBytes: 16, align: 8 }, all: ['place'] },
  ],
};

/** No list of these lengths fits into a memory of 32 bits, nor does one cut to the low 32 bits do instead. */
const HUGE = [2n ** 32n, 2n ** 32n + 16n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n];

const huge = LISTS.flatMap(({ id, name }) =>
  HUGE.map(
    (length): ConformanceCase => ({
      ...P2,
      id: `${id}/huge-${length}`,
      title: `${id} traps for ${length} bytes, more than a memory of 32 bits holds`,
      spec: ABI.storing,
      script: (s) => s.expect(s.call(name, length), trap('a list longer than memory can be')),
    }),
  ),
);

interface Realloc {
  mode: ReallocMode;
  length: number;
  title: string;
  spec: string;
  traps: boolean;
}

/** The list is stored by `realloc`, which is called for an empty list too; bytes need no alignment. */
const REALLOCS: readonly Realloc[] = [
  { mode: 'trap', length: 32, title: 'traps when realloc does', spec: ABI.context, traps: true },
  {
    mode: 'trap',
    length: 0,
    title: 'calls realloc for an empty list too, and traps when it does',
    spec: ABI.storing,
    traps: true,
  },
  {
    mode: 'oob',
    length: 32,
    title: 'traps when realloc returns an address outside memory',
    spec: ABI.storing,
    traps: true,
  },
  {
    mode: 'oob',
    length: 0,
    title: 'traps when realloc returns an address outside memory for an empty list',
    spec: ABI.storing,
    traps: true,
  },
  {
    mode: 'misalign',
    length: 32,
    title: 'returns its bytes at any address that realloc gives, odd ones too',
    spec: ABI.storing,
    traps: false,
  },
  {
    mode: 'grow',
    length: 32,
    title: 'returns its bytes where realloc grows the memory',
    spec: ABI.storing,
    traps: false,
  },
  {
    mode: 'grow',
    length: 65_537,
    title: 'returns many bytes where realloc grows the memory',
    spec: ABI.storing,
    traps: false,
  },
  {
    mode: 'reenter',
    length: 32,
    title: 'is being returned from when realloc calls an import, which traps',
    spec: ABI.lower,
    traps: true,
  },
];

const reallocs = LISTS.flatMap(({ id, name }) =>
  REALLOCS.map(
    ({ mode, length, title, spec, traps }): ConformanceCase => ({
      ...P2,
      id: `${id}/realloc-${mode}-${length}`,
      title: `${id} ${title}`,
      spec,
      script: (s) => {
        s.realloc(mode);
        const step = s.call(name, BigInt(length));
        s.expect(step, traps ? trap(title) : ok());
        if (traps || name !== BYTES) return;
        const list = s.digest(at`u32[${step.area}]`, at`u32[${step.area} + 4]`);
        s.check('all bytes are there', [list], ({ values }) => isFilled(values[0], length));
      },
    }),
  ),
);

export const abiP2: ConformanceCase[] = [...abiCases(abiTableP2), ...huge, ...reallocs];
