/** Owns moving a mebibyte over TCP streams in a loop of the script, and what it says about the bytes that come. */

import { ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot, type Step } from '../../harness/contracts/script.ts';
import { INPUT, KIND, OUTPUT, POLL, SUBSCRIBE_DURATION } from './functions-p2.ts';

export const TOTAL = 1024 * 1024;
const BLOCK = 16_384;
const WORDS = BLOCK / 8;
const FACTOR = 0x9e37_79b9_7f4a_7c15n;
const AT_MOST = 32_768n;

/** What is sent: this block again and again. */
export const block = (): Buffer => {
  const bytes = Buffer.alloc(BLOCK);
  for (let index = 0; index < WORDS; index++)
    bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(index) * FACTOR), index * 8);
  return bytes;
};

/** The same in the guest, with the first word once more behind it. */
function placeBlock(s: ScriptBuilder): Slot {
  const place = s.alloc(BLOCK + 8);
  s.loop(WORDS + 1, (index) =>
    s.store('u64', at`${place} + ${index} * 8`, at`(${index} & ${WORDS - 1}) * ${FACTOR}`),
  );
  return place;
}

export interface Ends {
  /** What is written to, and another stream to which nothing is written in a turn in which the first takes nothing. */
  output?: Slot;
  spare?: Slot;
  input?: Slot;
}

interface Counters {
  sent: Slot;
  received: Slot;
  errors: Slot;
  wrong: Slot;
}

const counter = (place: Slot): Slot => at`u64[${place}]`;

/** Writes as much as is permitted, at most to the block's end; in each turn there is exactly one write. */
function makeWrite(
  s: ScriptBuilder,
  { output, spare }: { output: Slot; spare: Slot },
  { sent, errors }: Counters,
  pattern: Slot,
): () => void {
  const [permit, other, wrote, length] = [s.alloc(16), s.alloc(16), s.alloc(16), s.alloc(8)];
  const inside = at`${counter(sent)} & ${BLOCK - 1}`;
  return () => {
    s.raw(OUTPUT.checkWrite, [output, permit]);
    s.raw(OUTPUT.checkWrite, [spare, other]);
    const room = at`${BLOCK} - (${inside})`;
    const allowed = at`u64[${permit} + 8] * (u8[${permit}] == 0)`;
    const less = at`${allowed} < ${room}`;
    s.store(
      'u64',
      length,
      at`(${less} * ${allowed} + (${less} == 0) * ${room}) * (${counter(sent)} < ${TOTAL})`,
    );
    const some = at`u64[${length}] > 0`;
    s.raw(OUTPUT.write, [
      at`${some} * ${output} + (${some} == 0) * ${spare}`,
      at`${pattern} + (${inside})`,
      at`u64[${length}]`,
      wrote,
    ]);
    s.store('u64', errors, at`${counter(errors)} + u8[${permit}] + u8[${wrote}]`);
    s.store('u64', sent, at`${counter(sent)} + u64[${length}] * (u8[${wrote}] == 0)`);
  };
}

/** Reads what has come and compares its first word with what must stand there. */
function makeRead(
  s: ScriptBuilder,
  input: Slot,
  { received, errors, wrong }: Counters,
  pattern: Slot,
): () => void {
  const area = s.alloc(16);
  const length = at`u32[${area} + 8] * (u8[${area}] == 0)`;
  const enough = at`${length} > 7`;
  const expected = at`u64[${pattern} + (${counter(received)} & ${BLOCK - 1})]`;
  const differs = at`${enough} * (u64[${enough} * u32[${area} + 4]] != ${expected})`;
  return () => {
    s.raw(INPUT.read, [input, AT_MOST, area]);
    s.store('u64', wrong, at`${counter(wrong)} + ${differs}`);
    s.store('u64', received, at`${counter(received)} + ${length}`);
    s.store('u64', errors, at`${counter(errors)} + u8[${area}]`);
  };
}

/** Waits for what is still to come, at most until the clock; for nothing when all is done. */
function makeWait(
  s: ScriptBuilder,
  { output, input }: Ends,
  { sent, received }: Counters,
): { wait(): void; drop(): void } {
  const clock = s.let(s.call(SUBSCRIBE_DURATION, 5_000_000_000n).value);
  const due = s.let(s.call(SUBSCRIBE_DURATION, 0n).value);
  const own = [
    ...(output ? [s.let(s.call(OUTPUT.subscribe, output).value)] : []),
    ...(input ? [s.let(s.call(INPUT.subscribe, input).value)] : []),
  ];
  const list = s.alloc(16);
  const pollables = [...own, clock, due];
  pollables.forEach((pollable, index) => {
    s.store('u32', at`${list} + ${index * 4}`, pollable);
  });
  const area = s.alloc(8);
  const all = (place: Slot) => at`${counter(place)} == ${TOTAL}`;
  const [start, count] =
    output && input
      ? [
          at`${list} + ${all(sent)} * 4 * (${all(received)} == 0) + ${all(received)} * 12`,
          at`3 - ${all(sent)} * (${all(received)} == 0) - ${all(received)} * 2`,
        ]
      : [at`${list} + ${all(output ? sent : received)} * 8`, at`2 - (${all(output ? sent : received)})`];
  return {
    wait: () => void s.raw(POLL, [start, count, area]),
    drop: () => {
      for (const pollable of pollables) s.drop(KIND.pollable, pollable);
    },
  };
}

/**
 * Moves `TOTAL` bytes. With both ends the sending begins before anything is read, so that the system's buffers or the permits
 * fill. Returns the step at which all must be there.
 */
export function transfer(s: ScriptBuilder, ends: Ends, turns = 400): Step {
  const { output, spare, input } = ends;
  const pattern = placeBlock(s);
  const places = s.alloc(32);
  const counters: Counters = {
    sent: places,
    received: at`${places} + 8`,
    errors: at`${places} + 16`,
    wrong: at`${places} + 24`,
  };
  const waiting = makeWait(s, ends, counters);
  const write = output && spare ? makeWrite(s, { output, spare }, counters, pattern) : undefined;
  const read = input ? makeRead(s, input, counters, pattern) : undefined;
  if (write && read) s.loop(80, write);
  s.loop(turns, () => {
    waiting.wait();
    write?.();
    read?.();
  });
  waiting.drop();
  const step = s.show(places, 32);
  s.expect(
    step,
    ok('all bytes went and came as they were, without an error', (value) => {
      const bytes = Buffer.from(value as Uint8Array);
      const [sent, received, errors, wrong] = [0, 8, 16, 24].map((offset) =>
        Number(bytes.readBigUInt64LE(offset)),
      );
      return (!output || sent === TOTAL) && (!input || received === TOTAL) && errors === 0 && wrong === 0;
    }),
  );
  return step;
}
