/** Owns what preview 1's `random_get` must do: fill the buffer, all of it and nothing else, or trap. */

import { type Expectation, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import { at, MEMORY_SIZE, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { bytesOf, differ, isFilled, looksRandom, sumOfLastBytes } from './randomness.ts';
import { P1_POINTERS, RANDOM_GET } from './spec.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;

const CANARY = 0xa5;
const MARGIN = 32;

/** 256 and 65,536 are the limits of getentropy and of Web Crypto's getRandomValues: neither is one of WASI. */
const LENGTHS = [0, 1, 31, 32, 256, 257, 65_536, 65_537, 1_048_576];

const lengths = LENGTHS.map(
  (length): ConformanceCase => ({
    ...P1,
    id: `random_get/${length}-bytes`,
    title: `random_get fills a buffer of ${length.toLocaleString('en')} bytes and touches nothing beside it`,
    spec: RANDOM_GET,
    script: (s) => {
      const block = s.alloc(length + 2 * MARGIN);
      const buffer = at`${block} + ${MARGIN}`;
      const after = at`${block} + ${MARGIN + length}`;
      s.fill(block, MARGIN, CANARY);
      s.fill(after, MARGIN, CANARY);
      s.expect(s.call('random_get', buffer, length), ok());
      s.check('no long run of zeros', [s.digest(buffer, length)], ({ values }) =>
        isFilled(values[0], length),
      );
      s.check(
        'the bytes around are untouched',
        [s.show(block, MARGIN), s.show(after, MARGIN)],
        ({ values }) => {
          const around = values.flatMap((value) => [...bytesOf(value)]);
          const touched = around.findIndex((byte) => byte !== CANARY);
          if (around.length !== 2 * MARGIN) return `${around.length} bytes shown`;
          return touched < 0 || `byte ${touched} of the ${2 * MARGIN} around the buffer was written`;
        },
      );
    },
  }),
);

const CALLS = 32;

const lastBytes = [1, 31, 257, 65_537].map(
  (length): ConformanceCase => ({
    ...P1,
    id: `random_get/${length}-bytes-to-the-last`,
    title: `random_get writes a buffer of ${length.toLocaleString('en')} bytes to its last byte`,
    spec: RANDOM_GET,
    script: (s) => {
      const buffer = s.alloc(length);
      const last = at`${buffer} + ${length - 1}`;
      const sum = sumOfLastBytes(s, CALLS, () => {
        s.store('u8', last, 0);
        s.raw('random_get', [buffer, length]);
        return last;
      });
      s.check(`the last byte is not 0 in all of ${CALLS} calls`, [sum], ({ values }) => {
        const bytes = bytesOf(values[0]);
        return bytes.some((byte) => byte !== 0) || 'the last byte is always 0';
      });
    },
  }),
);

const fresh: ConformanceCase[] = [
  {
    ...P1,
    id: 'random_get/calls-differ',
    title: 'Two calls of random_get give different data',
    spec: RANDOM_GET,
    script: (s) => {
      const [one, other] = [s.alloc(32), s.alloc(32)];
      for (const buffer of [one, other]) s.expect(s.call('random_get', buffer, 32), ok());
      s.check('the two differ', [s.show(one, 32), s.show(other, 32)], ({ values }) =>
        differ(bytesOf(values[0]), bytesOf(values[1]), 32),
      );
    },
  },
  {
    ...P1,
    id: 'random_get/runs-differ',
    title: 'random_get gives different data in two runs of the program',
    spec: RANDOM_GET,
    runs: 2,
    script: (s) => {
      const buffer = s.alloc(32);
      s.expect(s.call('random_get', buffer, 32), ok());
      s.check('the two runs differ', [s.show(buffer, 32)], ({ runs }) =>
        differ(bytesOf(runs[0]?.[0]), bytesOf(runs[1]?.[0]), 32),
      );
    },
  },
  {
    ...P1,
    id: 'random_get/looks-random',
    title: '64 KiB of random_get have as many ones as zeros, all byte values, and no block of 16 bytes twice',
    spec: RANDOM_GET,
    script: (s) => {
      const buffer = s.alloc(65_536);
      s.expect(s.call('random_get', buffer, 65_536), ok());
      s.check('looks random', [s.show(buffer, 65_536)], ({ values }) => looksRandom(bytesOf(values[0])));
    },
  },
];

const NOTHING_TO_DEREFERENCE =
  'a trap is required only where "the function needs to dereference" the pointer, and for no bytes it needs not; the text does not forbid checking it all the same';

interface BufferCase {
  id: string;
  title: string;
  spec: string;
  args(s: ScriptBuilder): [Slot | bigint, Slot | bigint];
  expectation: Expectation;
}

const outside = trap('the buffer is not wholly in memory');
/** `fault` alone is ruled out: "shall trap rather than returning `errno.fault`". */
const refused: Expectation = {
  describe: 'an errno other than fault',
  test: (seen) => seen.kind === 'err' && seen.error !== 'fault',
  asserts: 'ok',
};
const noBytes = oneOf(NOTHING_TO_DEREFERENCE, ok(), trap('the pointer is outside memory'), refused);

/** Bytes need no alignment: their buffer may lie anywhere in memory, and nowhere else. */
const BUFFERS: readonly BufferCase[] = [
  ...[1, 3, 7].map((offset) => ({
    id: `unaligned-by-${offset}`,
    title: `accepts a buffer ${offset} bytes off any alignment`,
    spec: RANDOM_GET,
    args: (s: ScriptBuilder): [Slot, bigint] => [at`${s.alloc(64)} + ${offset}`, 32n],
    expectation: ok(),
  })),
  {
    id: 'address-0',
    title: 'accepts a buffer at address 0',
    spec: P1_POINTERS,
    args: () => [0n, 16n],
    expectation: ok(),
  },
  {
    id: 'last',
    title: 'accepts the last 32 bytes of memory',
    spec: P1_POINTERS,
    args: () => [at`${MEMORY_SIZE} - 32`, 32n],
    expectation: ok(),
  },
  {
    id: 'one-too-far',
    title: 'traps for a buffer whose last byte lies beyond memory',
    spec: P1_POINTERS,
    args: () => [at`${MEMORY_SIZE} - 31`, 32n],
    expectation: outside,
  },
  {
    id: 'at-the-end',
    title: 'traps for a byte just beyond memory',
    spec: P1_POINTERS,
    args: () => [MEMORY_SIZE, 1n],
    expectation: outside,
  },
  {
    id: 'far-outside',
    title: 'traps for a buffer far outside memory',
    spec: P1_POINTERS,
    args: () => [0x8000_0000n, 32n],
    expectation: outside,
  },
  {
    id: 'wrapping',
    title: 'traps for a buffer that runs past the end of the address space to address 0',
    spec: P1_POINTERS,
    args: () => [0xffff_fff8n, 16n],
    expectation: outside,
  },
  {
    id: 'longer-than-memory',
    title: 'traps for a length one beyond the whole memory',
    spec: P1_POINTERS,
    args: () => [0n, at`${MEMORY_SIZE} + 1`],
    expectation: outside,
  },
  {
    id: 'largest-length',
    title: 'traps for a length of 2^32 - 1',
    spec: P1_POINTERS,
    args: (s) => [s.alloc(32), 0xffff_ffffn],
    expectation: outside,
  },
  {
    id: 'none-at-the-end',
    title: 'fills no bytes at the end of memory, or refuses the pointer',
    spec: P1_POINTERS,
    args: () => [MEMORY_SIZE, 0n],
    expectation: noBytes,
  },
  {
    id: 'none-outside',
    title: 'fills no bytes outside memory, or refuses the pointer',
    spec: P1_POINTERS,
    args: () => [0xffff_fff8n, 0n],
    expectation: noBytes,
  },
];

const buffers = BUFFERS.map(
  ({ id, title, spec, args, expectation }): ConformanceCase => ({
    ...P1,
    id: `random_get/buffer-${id}`,
    title: `random_get ${title}`,
    spec,
    script: (s) => {
      // So that the end of memory is not a block that the probe itself uses.
      s.alloc(131_072);
      s.expect(s.raw('random_get', args(s)), expectation);
    },
  }),
);

export const conformanceP1: ConformanceCase[] = [...lengths, ...lastBytes, ...fresh, ...buffers];
