/** Owns where `poll_oneoff` may read and write, and where it must trap instead. */

import { err, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import { at, MEMORY_SIZE, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { after, EVENT_BYTES, layOut, SUBSCRIPTION_BYTES } from './poll.ts';
import { P1_POINTERS } from './spec.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: P1_POINTERS } as const;

const PARAMETERS = [
  { parameter: 'in', words: 'the subscriptions', index: 0, sizeBytes: SUBSCRIPTION_BYTES },
  { parameter: 'out', words: 'the events', index: 1, sizeBytes: EVENT_BYTES },
  { parameter: 'nevents', words: 'the number of events', index: 3, sizeBytes: 4 },
] as const;

/** Arguments of a call that succeeds at once, but for one that is replaced. */
function args(s: ScriptBuilder, index: number, place: (good: Slot) => Slot | bigint): (Slot | bigint)[] {
  const list = layOut(s, [after(0n), after(0n)]);
  const good: (Slot | bigint)[] = [list, s.alloc(2 * EVENT_BYTES), 1n, s.alloc(16, 8)];
  return good.map((one, at) => (at === index ? place(one as Slot) : one));
}

const PLACES: readonly { id: string; words: string; place(good: Slot): Slot | bigint }[] = [
  { id: 'misaligned-by-1', words: 'one byte off its alignment', place: (good) => at`${good} + 1` },
  { id: 'at-the-end', words: 'at the end of memory', place: () => MEMORY_SIZE },
  { id: 'straddling-the-end', words: 'half outside memory', place: () => 0n },
  { id: 'far-outside', words: 'far outside memory', place: () => 0x8000_0000n },
  { id: 'wrapping', words: 'at the end of the address space', place: () => 0xffff_fff8n },
];

const traps = PARAMETERS.flatMap(({ parameter, words, index, sizeBytes }) =>
  PLACES.filter(({ id }) => sizeBytes > 8 || id !== 'straddling-the-end').map(
    ({ id, words: where, place }): ConformanceCase => ({
      ...P1,
      id: `poll_oneoff/${parameter}-${id}`,
      title: `poll_oneoff traps for ${words} ${where}`,
      script: (s) => {
        const straddling = at`${MEMORY_SIZE} - ${sizeBytes / 2}`;
        const bad = id === 'straddling-the-end' ? () => straddling : place;
        s.expect(s.raw('poll_oneoff', args(s, index, bad)), trap(`${words} lie ${where}`));
      },
    }),
  ),
);

/** 2^32 bytes and one subscription: a product that wraps at 32 bits would fit. */
const WRAPPING_COUNT = Math.ceil(2 ** 32 / SUBSCRIPTION_BYTES);

const TOO_MANY =
  'a host that refuses the number need not dereference the pointer, which is what must trap; the text names no errno for that';
const REFUSALS = ['inval', 'nomem', 'overflow', '2big'].map(err);

const counts = [WRAPPING_COUNT, 2 ** 27, 2 ** 32 - 1].map(
  (count): ConformanceCase => ({
    ...P1,
    id: `poll_oneoff/count-${count}`,
    title: `poll_oneoff traps for ${count} subscriptions, which reach outside memory, or refuses so many`,
    script: (s) => {
      const [list, out, , nevents] = args(s, -1, (good) => good) as [Slot, Slot, Slot, Slot];
      s.expect(
        s.raw('poll_oneoff', [list, out, BigInt(count), nevents]),
        oneOf(TOO_MANY, trap('they reach outside memory'), ...REFUSALS),
      );
    },
  }),
);

const edges: ConformanceCase[] = PARAMETERS.map(({ parameter, words, index, sizeBytes }) => ({
  ...P1,
  id: `poll_oneoff/${parameter}-at-the-very-end`,
  title: `poll_oneoff takes ${words} in the last ${sizeBytes} bytes of memory`,
  script: (s) => {
    // So that the end of memory is not a block that the probe itself uses.
    s.alloc(131_072);
    const last = s.let(at`${MEMORY_SIZE} - ${sizeBytes}`);
    const words = args(s, index, () => last);
    // All zeros, as fresh memory is, is a timeout of 0 on the realtime clock.
    s.expect(s.raw('poll_oneoff', words), ok());
  },
}));

export const pointersP1: ConformanceCase[] = [...traps, ...counts, ...edges];
