/** Owns where preview 1's clock functions may write their result, and where they must trap instead. */

import { ok, trap } from '../../harness/contracts/expect.ts';
import { at, MEMORY_SIZE, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { bytesOf } from './readings.ts';
import { P1_POINTERS } from './spec.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: P1_POINTERS } as const;

const CANARY = 0xa5;

/** The functions, with the arguments that come before the place of the result. */
const FUNCTIONS: readonly { name: string; args: bigint[] }[] = [
  { name: 'clock_res_get', args: [1n] },
  { name: 'clock_time_get', args: [1n, 1n] },
];

/** A timestamp is 8 bytes, aligned to 8. */
const BAD_PLACES: readonly { id: string; words: string; place(s: ScriptBuilder): Slot | bigint }[] = [
  { id: 'misaligned-by-1', words: 'one byte off its alignment', place: (s) => at`${s.alloc(16)} + 1` },
  { id: 'misaligned-by-4', words: 'four bytes off its alignment', place: (s) => at`${s.alloc(16)} + 4` },
  { id: 'at-the-end', words: 'at the end of memory', place: () => MEMORY_SIZE },
  { id: 'far-outside', words: 'far outside memory', place: () => 0x8000_0000n },
  { id: 'wrapping', words: 'at the end of the address space', place: () => 0xffff_fff8n },
];

const traps = FUNCTIONS.flatMap(({ name, args }) =>
  BAD_PLACES.map(
    ({ id, words, place }): ConformanceCase => ({
      ...P1,
      id: `${name}/result-${id}`,
      title: `${name} traps for a result place ${words}`,
      script: (s) => s.expect(s.raw(name, [...args, place(s)]), trap(`the result place is ${words}`)),
    }),
  ),
);

/** In-bounds, aligned places at the edges of memory are like any other: the text knows no null pointer. */
const EDGES: readonly { id: string; words: string; place: Slot | bigint }[] = [
  { id: 'last', words: 'the last eight bytes of memory', place: at`${MEMORY_SIZE} - 8` },
  { id: 'address-0', words: 'address 0', place: 0n },
];

const edges = FUNCTIONS.flatMap(({ name, args }) =>
  EDGES.map(
    ({ id, words, place }): ConformanceCase => ({
      ...P1,
      id: `${name}/result-${id}`,
      title: `${name} can return its result at ${words}`,
      script: (s) => {
        // So that the end of memory is not a block that the probe itself uses.
        s.alloc(131_072);
        s.expect(s.raw(name, [...args, place]), ok());
      },
    }),
  ),
);

const canaries = FUNCTIONS.map(
  ({ name, args }): ConformanceCase => ({
    ...P1,
    id: `${name}/result-only`,
    title: `${name} writes the eight bytes of its result and none beside them`,
    script: (s) => {
      const block = s.alloc(24);
      s.fill(block, 24, CANARY);
      s.expect(s.raw(name, [...args, at`${block} + 8`]), ok());
      const shown = s.show(block, 24);
      s.check('the bytes around are untouched', [shown], ({ values }) => {
        const bytes = bytesOf(values[0]);
        const around = [...bytes.subarray(0, 8), ...bytes.subarray(16, 24)];
        if (around.length !== 16 || around.some((byte) => byte !== CANARY))
          return `around the result: ${around.map((byte) => byte.toString(16)).join(' ')}`;
        return bytes.subarray(8, 16).some((byte) => byte !== CANARY) || 'no result was written';
      });
    },
  }),
);

export const pointersP1: ConformanceCase[] = [...traps, ...edges, ...canaries];
