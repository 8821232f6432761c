/** Busy-waits planted in imports, and how long they really took, by the clock of the process that waited. */

/** Nanoseconds to wait by the name of the import; 0 in the arm that does not wait. */
export type Planted = Record<string, number>;

/** The last durations of each wait, in milliseconds: as many as fit. */
const waits = new Map<string, { ring: Float64Array; count: number }>();
const LAST = 1 << 14;

/**
 * Tells on stdout how long each wait took, the median of its calls: `{"waitsNs":{"fd_seek":1003.2}}`. It goes by the clock: how long a loop of so many rounds takes
 * hangs on what a compiler made of it there, and on the core's mode. What reading the clock costs is in it, in both arms alike.
 */
export function tellWaits(): void {
  const waitsNs = [...waits].map(([name, { ring, count }]) => {
    const sorted = ring.slice(0, Math.min(count, LAST)).toSorted();
    return [name, (sorted[sorted.length >> 1] ?? 0) * 1e6];
  });
  console.log(JSON.stringify({ waitsNs: Object.fromEntries(waitsNs) }));
}

type Call = (...words: unknown[]) => unknown;

/**
 * The import as both arms have it: `waitNs` is undefined where neither waits. Those share no code with the ones that wait: V8 learns how a
 * function is used, and what it learnt of a waiting one would change the others.
 */
export function wrap(name: string, call: Call, waitNs: number | undefined): Call {
  return waitNs === undefined ? plain(call) : waiting(name, call, waitNs / 1e6);
}

const plain =
  (call: Call): Call =>
  (...words) =>
    call(...words);

function waiting(name: string, call: Call, waitMs: number): Call {
  const wait = { ring: new Float64Array(LAST), count: 0 };
  waits.set(name, wait);
  return (...words) => {
    const begin = performance.now();
    let waitedMs = 0;
    do waitedMs = performance.now() - begin;
    while (waitedMs < waitMs);
    wait.ring[wait.count % LAST] = waitedMs;
    wait.count += 1;
    return call(...words);
  };
}
