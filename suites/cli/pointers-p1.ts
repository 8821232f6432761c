/** Owns where preview 1's argument and environment functions may write, and where they must trap instead. */

import { ok, trap } from '../../harness/contracts/expect.ts';
import { at, MEMORY_SIZE, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { P1_POINTERS } from './spec.ts';

/** There is a variable, so that there is something to write; the script's own arguments do for the others. */
const P1 = { wasi: 'p1', guest: 'probe-p1', spec: P1_POINTERS, world: { env: { NAME: 'value' } } } as const;

interface Fault {
  id: string;
  words: string;
  place(s: ScriptBuilder): Slot | bigint;
}

const OUTSIDE: readonly Fault[] = [
  { id: 'at-the-end', words: 'at the end of memory', place: () => MEMORY_SIZE },
  { id: 'wrapping', words: 'at the end of the address space', place: () => 0xffff_fffcn },
];
const MISALIGNED: readonly Fault[] = [
  { id: 'misaligned-by-1', words: 'one byte off its alignment', place: (s) => at`${s.alloc(4096)} + 1` },
];

/** The parameters of the four functions, each with what is wrong with it. A text has no alignment. */
const PARAMETERS = ['args', 'environ'].flatMap((kind) => [
  { name: `${kind}_sizes_get`, parameter: 'count', index: 0, faults: [...MISALIGNED, ...OUTSIDE] },
  { name: `${kind}_sizes_get`, parameter: 'size', index: 1, faults: [...MISALIGNED, ...OUTSIDE] },
  { name: `${kind}_get`, parameter: 'pointers', index: 0, faults: [...MISALIGNED, ...OUTSIDE] },
  { name: `${kind}_get`, parameter: 'text', index: 1, faults: OUTSIDE },
]);

const traps = PARAMETERS.flatMap(({ name, parameter, index, faults }) =>
  faults.map(
    ({ id, words, place }): ConformanceCase => ({
      ...P1,
      id: `${name}/${parameter}-${id}`,
      title: `${name} traps for a place of the ${parameter} ${words}`,
      script: (s) => {
        const bad = place(s);
        // Room for everything that is handed out.
        const good = s.alloc(65_536);
        const args = index === 0 ? [bad, good] : [good, bad];
        s.expect(s.raw(name, args), trap(`the place of the ${parameter} is ${words}`));
      },
    }),
  ),
);

/** The last bytes of memory are as good as any other. */
const edges = ['args', 'environ'].map(
  (kind): ConformanceCase => ({
    ...P1,
    id: `${kind}_get/at-the-very-end`,
    title: `${kind}_get can write its pointers and its text up to the last byte of memory`,
    script: (s) => {
      const sizes = s.alloc(8);
      const other = s.alloc(65_536);
      // So that the end of memory is not a block that the probe itself uses.
      s.alloc(131_072);
      s.expect(s.raw(`${kind}_sizes_get`, [sizes, at`${sizes} + 4`]), ok());
      const [count, size] = [at`u32[${sizes}]`, at`u32[${sizes} + 4]`];
      s.expect(s.raw(`${kind}_get`, [at`${MEMORY_SIZE} - 4 * ${count}`, other]), ok());
      s.expect(s.raw(`${kind}_get`, [other, at`${MEMORY_SIZE} - ${size}`]), ok());
      const last = s.show(at`${MEMORY_SIZE} - 1`, 1);
      s.expect(
        last,
        ok('the last NUL', (value) => value instanceof Uint8Array && value[0] === 0),
      );
    },
  }),
);

/** A byte too few: "needs to dereference" what is not there. */
const straddling = ['args', 'environ'].flatMap((kind) =>
  [
    { id: 'pointers', place: (sizes: Slot) => at`${MEMORY_SIZE} - 4 * u32[${sizes}] + 4` },
    { id: 'text', place: (sizes: Slot) => at`${MEMORY_SIZE} - u32[${sizes} + 4] + 1` },
  ].map(
    ({ id, place }): ConformanceCase => ({
      ...P1,
      id: `${kind}_get/${id}-straddling-the-end`,
      title: `${kind}_get traps when the last of its ${id} would lie outside memory`,
      script: (s) => {
        const sizes = s.alloc(8);
        const other = s.alloc(65_536);
        s.alloc(131_072);
        s.expect(s.raw(`${kind}_sizes_get`, [sizes, at`${sizes} + 4`]), ok());
        const args = id === 'pointers' ? [place(sizes), other] : [other, place(sizes)];
        s.expect(s.raw(`${kind}_get`, args), trap(`the last of the ${id} lies outside`));
      },
    }),
  ),
);

export const pointersP1: ConformanceCase[] = [...traps, ...edges, ...straddling];
