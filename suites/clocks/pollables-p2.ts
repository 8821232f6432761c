/** Owns the monotonic clock's pollables: when they are ready and how long they block. */

import { CANONICAL_ABI as ABI } from '../../harness/contracts/abiParams.ts';
import { ok } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import {
  BLOCK,
  NOW,
  POLL_LIST,
  POLLABLE,
  READY,
  RESOLUTION,
  SUBSCRIBE_DURATION,
  SUBSCRIBE_INSTANT,
} from './functions-p2.ts';
import { NS_PER_MS, NS_PER_SECOND, numberOf } from './readings.ts';
import { MONOTONIC, POLL } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-clocks' } as const;

const HOUR = 3_600n * NS_PER_SECOND;
const PAUSE = 50n * NS_PER_MS;
const LARGEST = 2n ** 64n - 1n;

const isReady = ok('true', (value) => value === true);
const notReady = ok('false', (value) => value === false);
const handle = ok('a handle, which is never 0', (value) => typeof value === 'number' && value > 0);

interface Subscription {
  id: string;
  words: string;
  spec: string;
  make(s: ScriptBuilder): Step;
}

const now = (s: ScriptBuilder) => s.call(NOW).value;

/** Each has occurred by the time the call returns. */
const DUE: readonly Subscription[] = [
  {
    id: 'subscribe-instant/zero',
    words: 'instant 0',
    spec: MONOTONIC.subscribeInstant,
    make: (s) => s.call(SUBSCRIBE_INSTANT, 0n),
  },
  {
    id: 'subscribe-instant/past',
    words: 'an instant just past',
    spec: MONOTONIC.subscribeInstant,
    make: (s) => s.call(SUBSCRIBE_INSTANT, at`${now(s)} - 1`),
  },
  {
    id: 'subscribe-instant/now',
    words: 'the instant read before',
    spec: MONOTONIC.subscribeInstant,
    make: (s) => s.call(SUBSCRIBE_INSTANT, now(s)),
  },
  {
    id: 'subscribe-duration/zero',
    words: 'a duration of 0',
    spec: MONOTONIC.subscribeDuration,
    make: (s) => s.call(SUBSCRIBE_DURATION, 0n),
  },
];

const due = DUE.flatMap(({ id, words, spec, make }): ConformanceCase[] => [
  {
    ...P2,
    id: `monotonic-clock.${id}-ready`,
    title: `The pollable of ${words} is ready at once`,
    spec,
    script: (s) => {
      const pollable = make(s);
      s.expect(pollable, handle);
      s.expect(s.call(READY, pollable.value), isReady);
    },
  },
  {
    ...P2,
    id: `monotonic-clock.${id}-block`,
    title: `Blocking on the pollable of ${words} returns, after which it is ready, and it can be dropped`,
    spec: POLL.block,
    script: (s) => {
      const { value } = make(s);
      s.expect(s.call(BLOCK, value), ok());
      s.expect(s.call(READY, value), isReady);
      s.expect(s.drop(POLLABLE, value), ok());
    },
  },
]);

/** Far beyond the run's end, among them the limits of signed words and of timers that count in milliseconds. */
const FAR: readonly Subscription[] = [
  ...[HOUR, 25n * 24n * HOUR, 50n * 24n * HOUR, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 63n, LARGEST].map(
    (duration) => ({
      id: `subscribe-duration/far-${duration}`,
      words: `a duration of ${duration} ns`,
      spec: MONOTONIC.subscribeDuration,
      make: (s: ScriptBuilder) => s.call(SUBSCRIBE_DURATION, duration),
    }),
  ),
  {
    id: 'subscribe-duration/to-the-top',
    words: 'the duration that ends at the largest instant',
    spec: MONOTONIC.subscribeDuration,
    make: (s) => s.call(SUBSCRIBE_DURATION, at`${LARGEST} - ${now(s)}`),
  },
  ...[HOUR, 50n * 24n * HOUR].map((ahead) => ({
    id: `subscribe-instant/ahead-${ahead}`,
    words: `the instant ${ahead} ns ahead`,
    spec: MONOTONIC.subscribeInstant,
    make: (s: ScriptBuilder) => s.call(SUBSCRIBE_INSTANT, at`${now(s)} + ${ahead}`),
  })),
  {
    id: 'subscribe-instant/largest',
    words: 'the largest instant',
    spec: MONOTONIC.subscribeInstant,
    make: (s) => s.call(SUBSCRIBE_INSTANT, LARGEST),
  },
];

const far = FAR.map(
  ({ id, words, spec, make }): ConformanceCase => ({
    ...P2,
    id: `monotonic-clock.${id}`,
    title: `The pollable of ${words} is not ready, neither at once nor 50 ms later, and can be dropped`,
    spec,
    script: (s) => {
      const pollable = make(s);
      s.expect(pollable, handle);
      s.expect(s.call(READY, pollable.value), notReady);
      s.expect(s.call(BLOCK, s.call(SUBSCRIBE_DURATION, PAUSE).value), ok());
      s.expect(s.call(READY, pollable.value), notReady);
      s.expect(s.drop(POLLABLE, pollable.value), ok());
    },
  }),
);

/** Ways to wait, each of which must last as long as it says. */
const WAITS: readonly { id: string; words: string; spec: string; wait(s: ScriptBuilder): Step }[] = [
  {
    id: 'pollable.block/duration',
    words: 'Blocking on a duration of 50 ms',
    spec: MONOTONIC.subscribeDuration,
    wait: (s) => s.call(BLOCK, s.call(SUBSCRIBE_DURATION, PAUSE).value),
  },
  {
    id: 'pollable.block/instant',
    words: 'Blocking on the instant 50 ms ahead',
    spec: MONOTONIC.subscribeInstant,
    wait: (s) => s.call(BLOCK, s.call(SUBSCRIBE_INSTANT, at`${now(s)} + ${PAUSE}`).value),
  },
  {
    id: 'poll/duration',
    words: 'Polling a duration of 50 ms',
    spec: POLL.poll,
    wait: (s) => s.call(POLL_LIST, [s.call(SUBSCRIBE_DURATION, PAUSE).value]),
  },
];

const waits = WAITS.map(
  ({ id, words, spec, wait }): ConformanceCase => ({
    ...P2,
    id,
    title: `${words} takes at least 50 ms, by the guest's clock and by the host's`,
    spec,
    script: (s) => {
      const resolution = s.call(RESOLUTION);
      const begin = s.call(NOW);
      const waited = wait(s);
      s.expect(waited, ok());
      const end = s.call(NOW);
      s.check('not too short', [resolution, begin, end], ({ values, host }) => {
        const [tick, from, to] = values.map((value) => numberOf(value) ?? 0n) as [bigint, bigint, bigint];
        if (to - from + tick < PAUSE) return `it took ${to - from} ns by the guest's clock`;
        // A hundredth, and a millisecond for rounding: the wall clock of the host may be slewed meanwhile.
        const span = host[0]!.endRealtimeNs - host[0]!.beginRealtimeNs;
        if (span + PAUSE / 100n + NS_PER_MS < PAUSE) return `the whole run took ${span} ns of the host`;
        return true;
      });
    },
  }),
);

const shortest: ConformanceCase = {
  ...P2,
  id: 'monotonic-clock.subscribe-duration/one',
  title: 'Blocking on a duration of 1 ns returns, and the pollable stays ready',
  spec: MONOTONIC.subscribeDuration,
  script: (s) => {
    const { value } = s.call(SUBSCRIBE_DURATION, 1n);
    s.expect(s.call(BLOCK, value), ok());
    s.expect(s.call(READY, value), isReady);
    s.expect(s.call(BLOCK, value), ok());
    s.expect(s.call(READY, value), isReady);
  },
};

const becomesReady: ConformanceCase = {
  ...P2,
  id: 'pollable.ready/changes',
  title: 'A pollable that is not ready becomes ready when its time has come, without being blocked on',
  spec: POLL.ready,
  script: (s) => {
    const soon = s.call(SUBSCRIBE_DURATION, 10n * PAUSE);
    s.expect(s.call(READY, soon.value), notReady);
    s.expect(s.call(BLOCK, s.call(SUBSCRIBE_DURATION, 12n * PAUSE).value), ok());
    s.expect(s.call(READY, soon.value), isReady);
  },
};

const each: ConformanceCase = {
  ...P2,
  id: 'pollable.ready/each-its-own',
  title:
    'Of two pollables, each is ready at its own time: that of an instant past is, that of the last one is not',
  spec: POLL.ready,
  script: (s) => {
    const past = s.call(SUBSCRIBE_INSTANT, 0n);
    const last = s.call(SUBSCRIBE_INSTANT, LARGEST);
    s.expect(s.call(BLOCK, past.value), ok());
    s.expect(s.call(READY, last.value), notReady);
    s.expect(s.call(READY, past.value), isReady);
  },
};

const drops: ConformanceCase[] = [
  {
    ...P2,
    id: 'pollable.drop/unready',
    title: 'A pollable that is not ready can be dropped, and others go on working',
    spec: ABI.drop,
    script: (s) => {
      const soon = s.call(SUBSCRIBE_DURATION, NS_PER_MS);
      const late = s.call(SUBSCRIBE_DURATION, HOUR);
      s.expect(s.drop(POLLABLE, late.value), ok());
      s.expect(s.call(BLOCK, soon.value), ok());
      s.expect(s.drop(POLLABLE, soon.value), ok());
    },
  },
];

export const pollablesP2: ConformanceCase[] = [
  ...due,
  ...far,
  ...waits,
  shortest,
  becomesReady,
  each,
  ...drops,
];
