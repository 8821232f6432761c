/** Owns `poll_oneoff` with clocks: which are due, and that none is early by the guest's own clock. */

import { err, type Observed, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import {
  after,
  due,
  exactly,
  expectEvents,
  HOUR,
  INVAL,
  late,
  layOut,
  MONOTONIC,
  NOSYS,
  NOTSUP,
  NS_PER_MS,
  poll,
  REALTIME,
  refused,
  type Subscription,
} from './poll.ts';
import { p1Docs } from './spec.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1', spec: p1Docs('subscription_clock.timeout') } as const;

const CLOCKS = [
  { id: 'realtime', clock: REALTIME },
  { id: 'monotonic', clock: MONOTONIC },
] as const;

/** Reads a clock in the guest. */
function time(s: ScriptBuilder, clock: number): { step: ReturnType<ScriptBuilder['call']>; value: Slot } {
  const step = s.call('clock_time_get', clock, 1n);
  s.expect(step, ok());
  return { step, value: s.let(step.value) };
}

const nsOf = (seen: Observed | undefined) => (seen?.kind === 'ok' ? (seen.value as bigint) : 0n);

/** Timeouts that end between milliseconds, which is where clocks that count these are early. */
const WAITS = [1n, NS_PER_MS, 1_999_999n, 1_500_000n, 1_999_999n, 2_999_999n, 1_999_999n, 1_999_999n];

/** Polls for one timeout after the other, and holds each to the clock it is of. */
function waits(
  s: ScriptBuilder,
  clock: number,
  timeouts: readonly bigint[],
  subscription: (timeoutNs: bigint, now: Slot) => Subscription,
): void {
  const resolution = s.call('clock_res_get', clock);
  for (const timeoutNs of timeouts) {
    const before = time(s, clock);
    expectEvents(
      s,
      `the one event of ${timeoutNs} ns`,
      [subscription(timeoutNs, before.value), late],
      exactly(due('clock', 7n)),
    );
    const later = time(s, clock);
    s.check(`${timeoutNs} ns have passed`, [resolution, before.step, later.step], ({ values }) => {
      const [tick, one, other] = values.map(nsOf) as [bigint, bigint, bigint];
      // A reading may be a tick old.
      return other - one + tick >= timeoutNs || `${other - one} ns went by`;
    });
  }
}

const relative = CLOCKS.flatMap(({ id, clock }): ConformanceCase[] => [
  {
    ...P1,
    id: `poll_oneoff/${id}-now`,
    title: `A timeout of 0 ns on the ${id} clock is due at once, before one of half a second`,
    script: (s) => waits(s, clock, [0n], (timeoutNs) => after(timeoutNs, { clock, userdata: 7n })),
  },
  {
    ...P1,
    id: `poll_oneoff/${id}-in`,
    title: `Timeouts on the ${id} clock are due one after the other, none before its time by that clock`,
    script: (s) => waits(s, clock, WAITS, (timeoutNs) => after(timeoutNs, { clock, userdata: 7n })),
  },
  {
    ...P1,
    id: `poll_oneoff/${id}-at-future`,
    title: `Timestamps of the ${id} clock that lie ahead are due then, none before its time by that clock`,
    spec: p1Docs('subclockflags'),
    script: (s) =>
      // Far enough ahead that none has passed by the time of the call, which has cases of its own.
      waits(
        s,
        clock,
        [20n, 25n, 30n].map((ms) => ms * NS_PER_MS + 999_999n),
        (ahead, now) => ({
          ...after(0n, { clock, userdata: 7n, isAbsolute: true }),
          timeoutNs: at`${now} + ${ahead}`,
        }),
      ),
  },
]);

const absolute = CLOCKS.flatMap(({ id, clock }): ConformanceCase[] => [
  ...[
    { when: 'long-ago', words: 'at the clock’s beginning', at: () => 0n },
    { when: 'just-past', words: 'a nanosecond ago', at: (now: Slot) => at`${now} - 1` },
  ].map(
    ({ when, words, at: moment }): ConformanceCase => ({
      ...P1,
      id: `poll_oneoff/${id}-at-${when}`,
      title: `A timestamp of the ${id} clock that lies in the past (${words}) is due at once`,
      spec: p1Docs('subclockflags'),
      script: (s) => {
        const now = time(s, clock);
        const past = after(0n, { clock, isAbsolute: true, timeoutNs: moment(now.value) });
        expectEvents(s, 'only the timestamp in the past is due', [past, late], exactly(due('clock')));
      },
    }),
  ),
  {
    ...P1,
    id: `poll_oneoff/${id}-at-is-not-in`,
    title: `A moment of the ${id} clock an hour ahead, given as a timestamp, is not due before one given as a timeout`,
    spec: p1Docs('subclockflags'),
    script: (s) => {
      const now = time(s, clock);
      const far = after(0n, { clock, isAbsolute: true, timeoutNs: at`${now.value} + ${HOUR}` });
      expectEvents(
        s,
        'only the timeout is due',
        [far, after(NS_PER_MS, { clock })],
        exactly(due('clock', 1n)),
      );
    },
  },
]);

const several: ConformanceCase[] = [
  ...(
    [
      { id: 'first', order: [NS_PER_MS, HOUR], nearest: 0n },
      { id: 'last', order: [HOUR, HOUR, NS_PER_MS], nearest: 2n },
      { id: 'middle', order: [2n ** 64n - 1n, 2n * NS_PER_MS, HOUR], nearest: 1n },
    ] as const
  ).map(
    ({ id, order, nearest }): ConformanceCase => ({
      ...P1,
      id: `poll_oneoff/nearest-${id}`,
      title: `Of several timeouts only the nearest is due, the ${id} of them`,
      spec: p1Docs('poll_oneoff'),
      script: (s) =>
        void expectEvents(
          s,
          'one event',
          order.map((timeoutNs) => after(timeoutNs)),
          exactly(due('clock', nearest)),
        ),
    }),
  ),
  {
    ...P1,
    id: 'poll_oneoff/both-clocks',
    title: 'Timeouts of both clocks in one call: only the one that is due has an event',
    spec: p1Docs('poll_oneoff'),
    script: (s) => {
      expectEvents(
        s,
        'realtime is due',
        [after(HOUR), after(NS_PER_MS, { clock: REALTIME })],
        exactly(due('clock', 1n)),
      );
      expectEvents(
        s,
        'monotonic is due',
        [after(NS_PER_MS), after(HOUR, { clock: REALTIME })],
        exactly(due('clock', 0n)),
      );
    },
  },
  {
    ...P1,
    id: 'poll_oneoff/many',
    title: 'Of 64 timeouts of which one is near, that one has the only event, with its own userdata',
    spec: p1Docs('event.userdata'),
    script: (s) => {
      const all = Array.from({ length: 64 }, (_, index) =>
        after(index === 41 ? NS_PER_MS : HOUR, { userdata: 1000n + BigInt(index) }),
      );
      expectEvents(s, 'one event', all, exactly(due('clock', 1041n)));
    },
  },
  {
    ...P1,
    id: 'poll_oneoff/many-past',
    title: 'Of 64 timestamps in the past some have events, each one of its own',
    spec: p1Docs('event.userdata'),
    script: (s) => {
      const all = Array.from({ length: 64 }, (_, index) =>
        after(1n, { isAbsolute: true, userdata: 2n ** 63n + BigInt(index) }),
      );
      expectEvents(s, 'events of different subscriptions', [...all, late], (events) => {
        const own = new Set(events.map(({ userdata }) => userdata - 2n ** 63n));
        if (own.size !== events.length) return 'a subscription has two events';
        return [...own].every((index) => index >= 0n && index < 64n) || 'an event has another userdata';
      });
    },
  },
  ...[0n, 2n ** 32n, 2n ** 63n, 2n ** 64n - 1n].map(
    (userdata): ConformanceCase => ({
      ...P1,
      id: `poll_oneoff/userdata-${userdata}`,
      title: `The userdata ${userdata} comes back as it is`,
      spec: p1Docs('event.userdata'),
      script: (s) =>
        void expectEvents(s, 'its event', [after(0n, { userdata })], exactly(due('clock', userdata))),
    }),
  ),
  {
    ...P1,
    id: 'poll_oneoff/precision',
    title: 'A precision, however large, does not make a timeout early',
    spec: p1Docs('subscription_clock.precision'),
    script: (s) =>
      waits(s, MONOTONIC, WAITS, (timeoutNs) =>
        after(timeoutNs, { precisionNs: 10n * NS_PER_MS, userdata: 7n }),
      ),
  },
  {
    ...P1,
    id: 'poll_oneoff/subscriptions-kept',
    title: 'The subscriptions, a constant to the call, are the same afterwards',
    spec: p1Docs('poll_oneoff.in'),
    script: (s) => {
      const list = layOut(s, [after(0n), after(HOUR, { clock: REALTIME, precisionNs: 3n })]);
      const before = s.show(list, 96);
      s.expect(s.raw('poll_oneoff', [list, s.alloc(64), 2n, s.alloc(4)]), ok());
      const later = s.show(list, 96);
      s.check('not a byte differs', [before, later], ({ values: [one, other] }) => {
        if (one?.kind !== 'ok' || other?.kind !== 'ok') return 'nothing was shown';
        return Buffer.from(one.value as Uint8Array).equals(other.value as Uint8Array) || 'some do';
      });
    },
  },
];

const NO_CASE =
  'a number that is none of the cases of its enumeration is no value of the type at all, of which the text says nothing and which may trap';
const NO_TYPE = trap('no value of the type');

const refusals: ConformanceCase[] = [
  ...[4, 99, 2 ** 32 - 1].map(
    (clock): ConformanceCase => ({
      ...P1,
      id: `poll_oneoff/bad-clock-${clock}`,
      title: `A timeout of clock ${clock}, which does not exist, is refused with inval or by a trap`,
      spec: p1Docs('subscription_clock.id'),
      script: (s) =>
        s.expect(poll(s, [after(0n, { clock }), late]), refused({ inval: INVAL }, NO_CASE, NO_TYPE)),
    }),
  ),
  ...[2, 3].map(
    (clock): ConformanceCase => ({
      ...P1,
      id: `poll_oneoff/cpu-clock-${clock}`,
      title: `A timeout of CPU-time clock ${clock} is due, or is refused with inval, notsup or nosys`,
      spec: p1Docs('subscription_clock.id'),
      script: (s) => {
        const optional = 'the text knows clocks that are not supported, and names no error for them here';
        const isDue = ok('its event');
        const errors = { inval: INVAL, notsup: NOTSUP, nosys: NOSYS };
        s.expect(poll(s, [after(0n, { clock }), late]), refused(errors, optional, isDue));
      },
    }),
  ),
  {
    ...P1,
    id: 'poll_oneoff/no-subscriptions',
    title: 'No subscriptions at all are refused with inval',
    spec: p1Docs('poll_oneoff'),
    script: (s) => {
      const place = s.alloc(64);
      s.expect(s.raw('poll_oneoff', [place, place, 0n, s.alloc(4)]), err('inval'));
    },
  },
  {
    ...P1,
    id: 'poll_oneoff/bad-type',
    title: 'A subscription of a type that does not exist is refused with inval or by a trap',
    spec: p1Docs('eventtype'),
    script: (s) => {
      const list = layOut(s, [after(0n), late]);
      s.store('u8', at`${list} + 8`, 3);
      const step = s.raw('poll_oneoff', [list, s.alloc(64), 2n, s.alloc(4)]);
      s.expect(step, oneOf(NO_CASE, err('inval'), NO_TYPE));
    },
  },
];

export const clocksP1: ConformanceCase[] = [...relative, ...absolute, ...several, ...refusals];
