/** Busy-waits planted in imports, and how long they really take, by the clock of the process that waits. */

let sink = 1;

/** A loop of one dependent chain: it takes the same time in every round. */
export function spin(rounds: number): void {
  let value = sink;
  for (let round = 0; round < rounds; round += 1) value = (Math.imul(value, 1_103_515_245) + 12_345) | 0;
  sink = value;
}

const BATCHES = 100;
/** Of a batch: long enough for the clock, short enough to fall into a quiet moment. */
const BATCH_ROUNDS = 100_000;
/** As a process's figure is taken from its batches. */
const QUICKER_BATCHES = 0.1;

/** Nanoseconds that `spin(rounds)` takes, the tenth percentile of batches. */
function spinNs(rounds: number): number {
  const calls = Math.max(1, Math.ceil(BATCH_ROUNDS / Math.max(rounds, 1)));
  const batches = Array.from({ length: BATCHES }, () => {
    const begin = process.hrtime.bigint();
    for (let call = 0; call < calls; call += 1) spin(rounds);
    return Number(process.hrtime.bigint() - begin) / calls;
  });
  return batches.toSorted((one, other) => one - other)[BATCHES * QUICKER_BATCHES] ?? 0;
}

/** Rounds of waiting by the name of the import. */
export type Planted = Record<string, number>;

/** Tells on stdout how long each wait takes: `{"spinsNs":{"fd_seek":1003.2}}`. */
export function tellWaits(planted: Planted): void {
  const waits = Object.entries(planted).filter(([, rounds]) => rounds > 0);
  const spinsNs = waits.map(([name, rounds]) => [name, spinNs(rounds)]);
  console.log(JSON.stringify({ spinsNs: Object.fromEntries(spinsNs) }));
}

type Call = (...words: unknown[]) => unknown;

/**
 * The import as both arms have it: `rounds` is undefined where neither waits. Those share no code with the ones that wait: V8 learns how a
 * function is used, and what it learnt of a waiting one would change the others.
 */
export function wrap(call: Call, rounds: number | undefined): Call {
  return rounds === undefined ? plain(call) : waiting(call, rounds);
}

const plain =
  (call: Call): Call =>
  (...words) =>
    call(...words);

const waiting =
  (call: Call, rounds: number): Call =>
  (...words) => {
    spin(rounds);
    return call(...words);
  };
