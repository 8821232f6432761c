/** Times calls into a guest from within this process, by tinybench: batches of calls, each beside an empty loop and the control loop. */

import { Bench } from 'tinybench';
import type { CalledGuest } from '../../contracts/inProcess.ts';
import type { CallLine } from '../../script/callLine.ts';

/** Rounds of a control, some 20 us. The probes' own numbers are powers of two: no process is held against a control of theirs. */
export const CONTROL_ROUNDS = 6 * 1024;
/** For so long the control is run beforehand: V8 compiles it a second time meanwhile. */
const WARM_UP_NS = 20_000_000n;
const MOST_CALLS = 2 ** 24;
/** So many batches in a row must last long enough, as with the probes. */
const ENOUGH_RUNS = 3;
const TICK_CHANGES = 64;

/** A guest that is ready to be timed. */
export interface CallTimer {
  /** Times one line's batches; the record is a bench record as the probes write it. */
  time(line: CallLine): CallRecord;
}

/** A bench record, as the estimator reads it; durations in nanoseconds. */
export interface CallRecord {
  key: number;
  calls: number;
  batches: number[];
  empty: number[];
  control: number[];
  loops: number;
  tick: number;
  failed: 0;
}

/** Warms the guest's control up. Throws where an export is missing. */
export function callTimer(guest: CalledGuest): CallTimer {
  const control = guest.takingNumber('control');
  for (const begin = process.hrtime.bigint(); process.hrtime.bigint() - begin < WARM_UP_NS; )
    control(CONTROL_ROUNDS);
  const tick = clockTickNs();
  /** By the bench's key. */
  const known = new Map<number, Prepared>();
  return {
    time(line) {
      const prepared = known.get(line.key) ?? prepare(guest, line);
      known.set(line.key, prepared);
      prepared.calls = enoughCalls(line, prepared);
      const durations = timed(line, prepared, () => control(CONTROL_ROUNDS));
      return { key: line.key, calls: prepared.calls, ...durations, tick, failed: 0 };
    },
  };
}

/** What stays from one pass to the next: loops that are compiled, and how many calls last long enough. */
interface Prepared {
  batch: Batch;
  empty: Batch;
  calls: number;
}

function prepare(guest: CalledGuest, line: CallLine): Prepared {
  const call = guest.takingBytes(line.export);
  const bytes = argumentOf(line.argumentBytes);
  checkAnswer(line, call(bytes), bytes);
  return { batch: batchOf(call, bytes), empty: batchOf(nothing, bytes), calls: 1 };
}

/**
 * Tinybench runs the batches, one an iteration. It hands its samples out in order of size, whereas a batch is judged by the controls around it:
 * so each batch's duration is taken inside and given to it as the iteration's.
 */
function timed(
  { batches: count, export: name }: CallLine,
  { batch, empty, calls }: Prepared,
  control: () => void,
) {
  const batchesNs: number[] = [];
  const emptyNs: number[] = [];
  const controlNs: number[] = [];
  const bench = new Bench({ iterations: count, time: 0, warmup: false, throws: true });
  const controlled = () => void controlNs.push(nanosecondsOf(control));
  bench.add(
    name,
    () => {
      const durationNs = nanosecondsOf(() => batch(calls));
      batchesNs.push(durationNs);
      return { overriddenDuration: durationNs / 1e6 };
    },
    {
      async: false,
      beforeEach: () => {
        controlled();
        emptyNs.push(nanosecondsOf(() => empty(calls)));
      },
      afterAll: controlled,
    },
  );
  bench.runSync();
  return { batches: batchesNs, empty: emptyNs, control: controlNs, loops: CONTROL_ROUNDS };
}

type Batch = (calls: number) => number;

/**
 * A loop of calls, compiled for this one function. One loop for all would have V8 forget whom it calls, and each call cost more than a host's
 * own line does.
 */
function batchOf(call: (bytes: Uint8Array) => number, bytes: Uint8Array): Batch {
  const loop = new Function(
    ...['call', 'bytes', 'calls'],
    'let sum = 0; for (let done = 0; done < calls; done += 1) sum = (sum + call(bytes)) | 0; return sum;',
  ) as (call: (bytes: Uint8Array) => number, bytes: Uint8Array, calls: number) => number;
  return (calls) => loop(call, bytes, calls);
}

/** A call without a guest. */
const nothing = (bytes: Uint8Array): number => bytes.length;

function nanosecondsOf(work: () => unknown): number {
  const begin = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - begin);
}

function enoughCalls({ batchNs }: CallLine, prepared: Prepared): number {
  let { calls } = prepared;
  const isEnough = () => {
    prepared.empty(calls);
    return nanosecondsOf(() => prepared.batch(calls)) >= batchNs;
  };
  while (calls < MOST_CALLS && !Array.from({ length: ENOUGH_RUNS }, isEnough).every(Boolean)) calls *= 2;
  return calls;
}

/** The greatest common divisor of the differences between the clock's readings. */
function clockTickNs(): number {
  let [tick, last] = [0n, process.hrtime.bigint()];
  for (let changes = 0; changes < TICK_CHANGES; ) {
    const now = process.hrtime.bigint();
    if (now === last) continue;
    let [a, b] = [now - last, tick];
    while (b > 0n) [a, b] = [b, a % b];
    [tick, last, changes] = [a, now, changes + 1];
  }
  return Number(tick);
}

/** Bytes without a pattern: those of a simple generator. */
function argumentOf(count: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 16;
  });
}

/** What `sum` returns: the words of eight bytes and the bytes behind them added up, the two halves of that added again. */
export function sumOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const behind = bytes.length - (bytes.length % 8);
  let sum = 0n;
  for (let at = 0; at < behind; at += 8) sum += view.getBigUint64(at, true);
  for (const byte of bytes.subarray(behind)) sum += BigInt(byte);
  sum = BigInt.asUintN(64, sum);
  return Number(BigInt.asUintN(32, sum + (sum >> 32n)));
}

/** A guest that did not get the argument would be timed for nothing. */
function checkAnswer({ export: name }: CallLine, answer: number, bytes: Uint8Array): void {
  if (name === 'sum' && answer >>> 0 !== sumOf(bytes))
    throw new Error(`sum of ${bytes.length} bytes gave ${answer >>> 0}, not ${sumOf(bytes)}`);
}
