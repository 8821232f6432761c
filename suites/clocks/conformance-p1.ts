/** Owns what preview 1's `clock_res_get` and `clock_time_get` return: values, errors and how the clocks go. */

import { type Expectation, err, type Observed, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import {
  keepsPace,
  NS_PER_MS,
  neverDecreases,
  notFinerThan,
  numberOf,
  takeSeries,
  wordsOf,
} from './readings.ts';
import { p1Docs } from './spec.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;
const RES_SPEC = p1Docs('clock_res_get');
const TIME_SPEC = p1Docs('clock_time_get');

const REALTIME = 0;
const MONOTONIC = 1;
const READINGS = 10_000;
/** Enough where not each reading counts: interpreters take half a millisecond for one. */
const FEW_READINGS = 2_000;

/** The host's own readings may be rounded to milliseconds or derived from another clock. */
const HOST_SLACK_NS = 100n * NS_PER_MS;

const NON_ZERO = ok('a non-zero value', (value) => typeof value === 'bigint' && value > 0n);
const TIME = ok('a time');
const CPU_CLOCK =
  'the text knows "supported clocks" and others, for which `inval` is returned, without saying which must be supported';

interface Clock {
  id: number;
  name: string;
  words: string;
  optional?: string;
}

const CLOCKS: readonly Clock[] = [
  { id: REALTIME, name: 'realtime', words: 'the realtime clock' },
  { id: MONOTONIC, name: 'monotonic', words: 'the monotonic clock' },
  { id: 2, name: 'process_cputime_id', words: "the process's CPU-time clock", optional: CPU_CLOCK },
  { id: 3, name: 'thread_cputime_id', words: "the thread's CPU-time clock", optional: CPU_CLOCK },
];

/** Numbers beyond the enum's four cases: the next one, a far one, and both ends of the upper half. */
const BAD_IDS = [4, 99, 2 ** 31, 2 ** 32 - 1];

/** The argument for a trap was made in https://github.com/bytecodealliance/wasmtime/issues/3714. */
const NO_CASE =
  'a number that is none of the cases of `clockid` is either an unsupported clock, for which "return `errno::inval`", or no value of the type at all, of which the text says nothing and which as an error in the ABI may trap';

const refusal = oneOf(NO_CASE, err('inval'), trap('no value of the type'));

/** `clock_time_get`'s own text names no error at all: only `clock_res_get` is told to return `inval`. */
const ANY_ERRNO: Expectation = {
  describe: 'any errno',
  test: (seen) => seen.kind === 'err',
  asserts: 'inval',
};
const NO_ERROR_NAMED =
  'the text of `clock_time_get` names no error; that of `clock_res_get` says "return `errno::inval`" of its own';

const supportedOrInval = ({ optional }: Clock, supported: Expectation): Expectation =>
  optional ? oneOf(optional, supported, err('inval')) : supported;

const fromEachClock: ConformanceCase[] = CLOCKS.flatMap((clock) => [
  {
    ...P1,
    id: `clock_res_get/${clock.name}`,
    title: `The resolution of ${clock.words} is not zero${clock.optional ? ', or the clock is refused with inval' : ''}`,
    spec: RES_SPEC,
    script: (s) => s.expect(s.call('clock_res_get', clock.id), supportedOrInval(clock, NON_ZERO)),
  },
  {
    ...P1,
    id: `clock_time_get/${clock.name}`,
    title: `The time of ${clock.words} can be read${clock.optional ? ', or the clock is refused' : ''}`,
    spec: TIME_SPEC,
    script: (s) =>
      s.expect(
        s.call('clock_time_get', clock.id, 1n),
        clock.optional ? oneOf(NO_ERROR_NAMED, TIME, ANY_ERRNO) : TIME,
      ),
  },
]);

const fromBadIds: ConformanceCase[] = BAD_IDS.flatMap((id) => [
  {
    ...P1,
    id: `clock_res_get/bad-id-${id}`,
    title: `The resolution of clock ${id}, which does not exist, is refused with inval or by a trap`,
    spec: RES_SPEC,
    script: (s) => s.expect(s.call('clock_res_get', id), refusal),
  },
  {
    ...P1,
    id: `clock_time_get/bad-id-${id}`,
    title: `The time of clock ${id}, which does not exist, is refused`,
    spec: TIME_SPEC,
    script: (s) =>
      s.expect(
        s.call('clock_time_get', id, 0n),
        oneOf(NO_ERROR_NAMED, ANY_ERRNO, trap('no value of the type')),
      ),
  },
]);

/** "The maximum lag (exclusive) that the returned time value may have, compared to its actual value." */
const PRECISIONS: readonly { name: string; precision: bigint; open?: string }[] = [
  {
    name: 'zero',
    precision: 0n,
    open: 'no value lags by less than nothing, so that a precision of 0 can be read as an invalid argument or as the best there is',
  },
  { name: 'one', precision: 1n },
  { name: 'largest', precision: 2n ** 64n - 1n },
];

const fromPrecisions: ConformanceCase[] = [REALTIME, MONOTONIC].flatMap((id) =>
  PRECISIONS.map(({ name, precision, open }) => ({
    ...P1,
    id: `clock_time_get/${CLOCKS[id]!.name}-precision-${name}`,
    title: `A precision of ${precision} is accepted for ${CLOCKS[id]!.words}${open ? ' or refused with inval' : ''}`,
    spec: p1Docs('clock_time_get.precision'),
    script: (s: ScriptBuilder) =>
      s.expect(s.call('clock_time_get', id, precision), open ? oneOf(open, TIME, err('inval')) : TIME),
  })),
);

const agreements: ConformanceCase[] = CLOCKS.filter((clock) => clock.optional).map((clock) => ({
  ...P1,
  id: `clock_time_get/${clock.name}-as-clock_res_get`,
  title: `${clock.words[0]!.toUpperCase()}${clock.words.slice(1)} is supported by both functions or by neither`,
  spec: RES_SPEC,
  script: (s) => {
    const resolution = s.call('clock_res_get', clock.id);
    const time = s.call('clock_time_get', clock.id, 1n);
    s.check('both succeed or neither does', [resolution, time], ({ values: [first, second] }) =>
      first?.kind === second?.kind ? true : `clock_res_get: ${first?.kind}, clock_time_get: ${second?.kind}`,
    );
  },
}));

/** What no clock reads, and so what stays where a reading failed. */
const UNREAD = 2n ** 64n - 1n;

/** Reads a clock many times. */
function series(s: ScriptBuilder, clock: number, count: number): Step[] {
  return takeSeries(s, count, 8, (place) => s.raw('clock_time_get', [clock, 1n, place]));
}

/** The readings of a series, or what is wrong with them. */
function readingsOf(shown: readonly Observed[]): bigint[] | string {
  const readings = wordsOf(shown);
  const failed = readings.indexOf(UNREAD);
  return failed < 0 ? readings : `reading ${failed} failed`;
}

const courses: ConformanceCase[] = [
  {
    ...P1,
    id: 'clock_time_get/monotonic-never-decreases',
    title: 'Of 10,000 readings of the monotonic clock none is less than the one before',
    spec: p1Docs('clockid.monotonic'),
    script: (s) =>
      s.check('no reading is less than the one before', series(s, MONOTONIC, READINGS), ({ values }) => {
        const readings = readingsOf(values);
        return typeof readings === 'string' ? readings : neverDecreases(readings, READINGS);
      }),
  },
  ...CLOCKS.filter((clock) => clock.optional).map(
    (clock): ConformanceCase => ({
      ...P1,
      id: `clock_time_get/${clock.name}-never-decreases`,
      title: `Where ${clock.words} is supported, none of 2,000 readings is less than the one before`,
      // CPU time is used up, never given back.
      spec: p1Docs(`clockid.${clock.name}`),
      script: (s) => {
        const first = s.call('clock_time_get', clock.id, 1n);
        s.check(
          'no reading is less than the one before',
          [first, ...series(s, clock.id, FEW_READINGS)],
          ({ values }) => {
            if (values[0]?.kind === 'err') return true;
            const readings = readingsOf(values.slice(1));
            return typeof readings === 'string' ? readings : neverDecreases(readings, FEW_READINGS);
          },
        );
      },
    }),
  ),
  {
    ...P1,
    id: 'clock_time_get/monotonic-keeps-pace-with-realtime',
    title:
      'The monotonic clock measures real time: over the same span it goes on as far as the realtime clock',
    spec: p1Docs('clockid.monotonic'),
    script: (s) => {
      const resolutions = [REALTIME, MONOTONIC].map((clock) => s.call('clock_res_get', clock));
      const sandwich = () =>
        [MONOTONIC, REALTIME, MONOTONIC].map((clock) => s.call('clock_time_get', clock, 1n));
      const before = sandwich();
      series(s, MONOTONIC, FEW_READINGS);
      s.check('both go on alike', [...resolutions, ...before, ...sandwich()], ({ values }) => {
        const [wallTick, tick, ...times] = values.map((value) => numberOf(value) ?? 0n) as bigint[];
        const [m1, w1, n1, m2, w2, n2] = times as [bigint, bigint, bigint, bigint, bigint, bigint];
        if (m2 <= n1 && (tick ?? 0n) < NS_PER_MS) return 'the monotonic clock stands still';
        return keepsPace(
          { before: [m1, w1, n1], after: [m2, w2, n2] },
          (wallTick ?? 0n) + (tick ?? 0n) + NS_PER_MS,
        );
      });
    },
  },
  {
    ...P1,
    id: 'clock_time_get/realtime-is-the-hosts',
    title:
      'The realtime clock, in nanoseconds since 1970, lies between the host clock before the run and after it',
    spec: p1Docs('clockid.realtime'),
    script: (s) => {
      const resolution = s.call('clock_res_get', REALTIME);
      const time = s.call('clock_time_get', REALTIME, 1n);
      s.expect(time, TIME);
      s.check('between the readings of the host', [resolution, time], ({ values, host }) => {
        const slack = (numberOf(values[0]) ?? 0n) + HOST_SLACK_NS;
        const reading = numberOf(values[1]) ?? 0n;
        const { beginRealtimeNs, endRealtimeNs } = host[0]!;
        if (reading + slack >= beginRealtimeNs && reading <= endRealtimeNs + slack) return true;
        return `${reading} ns, while the host read ${beginRealtimeNs} and ${endRealtimeNs}`;
      });
    },
  },
  ...[REALTIME, MONOTONIC].map(
    (clock): ConformanceCase => ({
      ...P1,
      id: `clock_res_get/${CLOCKS[clock]!.name}-not-undercut`,
      title: `No two different readings of ${CLOCKS[clock]!.words} are nearer to each other than its resolution`,
      spec: RES_SPEC,
      script: (s) => {
        const resolution = s.call('clock_res_get', clock);
        s.expect(resolution, NON_ZERO);
        s.check(
          'no distance below the resolution',
          [resolution, ...series(s, clock, FEW_READINGS)],
          ({ values }) => {
            const readings = readingsOf(values.slice(1));
            return typeof readings === 'string'
              ? readings
              : notFinerThan(numberOf(values[0]) ?? 0n, readings);
          },
        );
      },
    }),
  ),
];

export const valuesP1: ConformanceCase[] = [
  ...fromEachClock,
  ...fromBadIds,
  ...fromPrecisions,
  ...agreements,
  ...courses,
];
