/** Owns what preview 2's monotonic and wall clock return, and how they go. */

import { ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { NOW, RESOLUTION, WALL_NOW, WALL_RESOLUTION } from './functions-p2.ts';
import {
  bytesOf,
  distances,
  instantOf,
  keepsPace,
  NS_PER_MS,
  NS_PER_SECOND,
  neverDecreases,
  notFinerThan,
  numberOf,
  takeSeries,
  tickOf,
  wordsOf,
} from './readings.ts';
import { MONOTONIC, WALL } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-clocks' } as const;

const READINGS = 10_000;
const WALL_READINGS = 5_000;
const DATETIME_BYTES = 16;

/** The host's own readings may be rounded to milliseconds or derived from another clock. */
const HOST_SLACK_NS = 100n * NS_PER_MS;

/** Fewer steps of a clock can have a common divisor by chance. */
const ENOUGH_TICKS = 64;

const INSTANT = ok('an instant', (value) => typeof value === 'bigint');
const DATETIME = ok('nanoseconds below 1,000,000,000', (value) => {
  const { nanoseconds } = value as { nanoseconds: number };
  return nanoseconds < 1_000_000_000;
});

const monotonicSeries = (s: ScriptBuilder): Step[] =>
  takeSeries(s, READINGS, 8, (place) => s.store('u64', place, s.raw(NOW, []).result));

const wallSeries = (s: ScriptBuilder): Step[] =>
  takeSeries(s, WALL_READINGS, DATETIME_BYTES, (place) => s.raw(WALL_NOW, [place]));

/** The datetimes that show steps saw. */
function datetimesOf(shown: Parameters<typeof bytesOf>[0][]): { seconds: bigint; nanoseconds: bigint }[] {
  return shown.flatMap((observed) => {
    const bytes = bytesOf(observed);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: bytes.length / DATETIME_BYTES }, (_, index) => ({
      seconds: view.getBigUint64(index * DATETIME_BYTES, true),
      nanoseconds: BigInt(view.getUint32(index * DATETIME_BYTES + 8, true)),
    }));
  });
}

const instantsOf = (shown: Parameters<typeof datetimesOf>[0]) =>
  datetimesOf(shown).map(({ seconds, nanoseconds }) => seconds * NS_PER_SECOND + nanoseconds);

const monotonic: ConformanceCase[] = [
  {
    ...P2,
    id: 'monotonic-clock.now/reads',
    title: 'The monotonic clock can be read',
    spec: MONOTONIC.now,
    script: (s) => s.expect(s.call(NOW), INSTANT),
  },
  {
    ...P2,
    id: 'monotonic-clock.now/never-decreases',
    title: 'Of 10,000 readings of the monotonic clock none is less than the one before',
    spec: MONOTONIC.now,
    script: (s) =>
      s.check('no reading is less than the one before', monotonicSeries(s), ({ values }) =>
        neverDecreases(wordsOf(values), READINGS),
      ),
  },
  {
    ...P2,
    id: 'monotonic-clock.now/room-to-the-top',
    title: 'The monotonic clock starts low enough not to overflow within 100 years',
    // "Implementations should ensure that the starting time is low enough to avoid the possibility of overflow".
    spec: MONOTONIC.now,
    script: (s) =>
      s.expect(
        s.call(NOW),
        ok('100 years below 2^64 ns', (now) => {
          const century = 100n * 366n * 86_400n * NS_PER_SECOND;
          return typeof now === 'bigint' && now + century < 2n ** 64n;
        }),
      ),
  },
  {
    ...P2,
    id: 'monotonic-clock.now/keeps-pace-with-wall-clock',
    title: 'Over the same span the monotonic clock goes on as far as the wall clock',
    spec: MONOTONIC.now,
    script: (s) => {
      const resolutions = [s.call(RESOLUTION), s.call(WALL_RESOLUTION)];
      const sandwich = () => [s.call(NOW), s.call(WALL_NOW), s.call(NOW)];
      const before = sandwich();
      monotonicSeries(s);
      s.check('both go on alike', [...resolutions, ...before, ...sandwich()], ({ values }) => {
        const [tick, wallTick, ...times] = values.map((value) => numberOf(value) ?? instantOf(value) ?? 0n);
        const [m1, w1, n1, m2, w2, n2] = times as [bigint, bigint, bigint, bigint, bigint, bigint];
        if (m2 <= n1 && (tick ?? 0n) < NS_PER_MS) return 'the monotonic clock stands still';
        return keepsPace(
          { before: [m1, w1, n1], after: [m2, w2, n2] },
          (tick ?? 0n) + (wallTick ?? 0n) + NS_PER_MS,
        );
      });
    },
  },
  {
    ...P2,
    id: 'monotonic-clock.resolution/some-time',
    title: 'The resolution of the monotonic clock, the duration of a tick, is not zero',
    spec: MONOTONIC.resolution,
    script: (s) =>
      s.expect(
        s.call(RESOLUTION),
        ok('more than 0 ns', (value) => typeof value === 'bigint' && value > 0n),
      ),
  },
  {
    ...P2,
    id: 'monotonic-clock.resolution/not-undercut',
    title: 'No two different readings of the monotonic clock are nearer to each other than a tick',
    spec: MONOTONIC.resolution,
    script: (s) => {
      const resolution = s.call(RESOLUTION);
      s.check('no distance below a tick', [resolution, ...monotonicSeries(s)], ({ values }) =>
        notFinerThan(numberOf(values[0]) ?? 0n, wordsOf(values.slice(1))),
      );
    },
  },
  {
    ...P2,
    id: 'monotonic-clock.resolution/is-the-tick',
    title:
      'The readings of the monotonic clock move by the tick that its resolution states, not by a coarser one',
    spec: MONOTONIC.resolution,
    script: (s) => {
      const resolution = s.call(RESOLUTION);
      s.check('the readings move by the tick', [resolution, ...monotonicSeries(s)], ({ values }) => {
        const readings = wordsOf(values.slice(1));
        const stated = numberOf(values[0]) ?? 0n;
        const tick = tickOf(readings);
        if (distances(readings).length < ENOUGH_TICKS || tick <= stated + 1n) return true;
        return `all readings are multiples of ${tick} ns apart, while a tick is stated to be ${stated} ns`;
      });
    },
  },
];

const wall: ConformanceCase[] = [
  {
    ...P2,
    id: 'wall-clock.now/nanoseconds',
    title: 'The nanoseconds of a wall clock reading are below 1,000,000,000',
    spec: WALL.now,
    script: (s) => s.expect(s.call(WALL_NOW), DATETIME),
  },
  {
    ...P2,
    id: 'wall-clock.now/nanoseconds-always',
    title: 'In 5,000 wall clock readings the nanoseconds are always below 1,000,000,000',
    spec: WALL.now,
    script: (s) =>
      s.check('all nanoseconds below 1,000,000,000', wallSeries(s), ({ values }) => {
        const readings = datetimesOf(values);
        if (readings.length !== WALL_READINGS) return `${readings.length} readings came back`;
        const wrong = readings.find(
          ({ seconds, nanoseconds }) => seconds === 0n || nanoseconds >= NS_PER_SECOND,
        );
        return wrong === undefined || `${wrong.seconds} s ${wrong.nanoseconds} ns`;
      }),
  },
  {
    ...P2,
    id: 'wall-clock.now/is-the-hosts',
    title: 'The wall clock, in seconds since 1970, lies between the host clock before the run and after it',
    spec: WALL.now,
    script: (s) => {
      const steps = [s.call(WALL_RESOLUTION), s.call(WALL_NOW)];
      s.check('between the readings of the host', steps, ({ values, host }) => {
        const slack = (instantOf(values[0]) ?? 0n) + HOST_SLACK_NS;
        const reading = instantOf(values[1]) ?? 0n;
        const { beginRealtimeNs, endRealtimeNs } = host[0]!;
        if (reading + slack >= beginRealtimeNs && reading <= endRealtimeNs + slack) return true;
        return `${reading} ns, while the host read ${beginRealtimeNs} and ${endRealtimeNs}`;
      });
    },
  },
  {
    ...P2,
    id: 'wall-clock.now/result-only',
    title: 'Reading the wall clock writes its record and nothing before or after it',
    spec: WALL.now,
    script: (s) => {
      const block = s.alloc(32);
      s.fill(block, 32, 0xa5);
      s.expect(s.raw(WALL_NOW, [at`${block} + 8`]), ok());
      s.check('the bytes around are untouched', [s.show(block, 32)], ({ values }) => {
        const bytes = bytesOf(values[0]);
        const around = [...bytes.subarray(0, 8), ...bytes.subarray(24)];
        return (
          (around.length === 16 && around.every((byte) => byte === 0xa5)) ||
          `around the result: ${around.map((byte) => byte.toString(16)).join(' ')}`
        );
      });
    },
  },
  {
    ...P2,
    id: 'wall-clock.resolution/nanoseconds',
    title: "The nanoseconds of the wall clock's resolution are below 1,000,000,000",
    spec: WALL.resolution,
    script: (s) => s.expect(s.call(WALL_RESOLUTION), DATETIME),
  },
  {
    ...P2,
    id: 'wall-clock.resolution/some-time',
    title: 'The resolution of the wall clock is not zero',
    spec: WALL.resolution,
    script: (s) => {
      s.check(
        'more than 0 ns',
        [s.call(WALL_RESOLUTION)],
        ({ values }) => (instantOf(values[0]) ?? 0n) > 0n || '0 ns',
      );
    },
  },
  {
    ...P2,
    id: 'wall-clock.resolution/not-undercut',
    title: 'No two different readings of the wall clock are nearer to each other than its resolution',
    spec: WALL.resolution,
    script: (s) => {
      const resolution = s.call(WALL_RESOLUTION);
      s.check('no distance below the resolution', [resolution, ...wallSeries(s)], ({ values }) =>
        notFinerThan(instantOf(values[0]) ?? 0n, instantsOf(values.slice(1))),
      );
    },
  },
];

export const valuesP2: ConformanceCase[] = [...monotonic, ...wall];
