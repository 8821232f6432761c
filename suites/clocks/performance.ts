/** Owns what the clock functions cost: the latency of each. */

import type { Bench, BenchBuilder, LatencyCase } from '../../harness/contracts/suite.ts';
import {
  BLOCK,
  NOW,
  POLL_LIST,
  READY,
  RESOLUTION,
  SUBSCRIBE_DURATION,
  SUBSCRIBE_INSTANT,
  WALL_NOW,
  WALL_RESOLUTION,
} from './functions-p2.ts';

const P1_CLOCKS = ['realtime', 'monotonic', 'process_cputime_id', 'thread_cputime_id'];
const P1_HEADLINES = ['clock_time_get/monotonic'];

const preview1 = P1_CLOCKS.flatMap((clock) =>
  [
    { name: 'clock_res_get', args: [clock], native: 'clock_getres' },
    { name: 'clock_time_get', args: [clock, 1n], native: 'clock_gettime' },
  ].map(({ name, args, native }): LatencyCase => {
    const id = `${name}/${clock}`;
    return {
      id,
      wasi: 'p1',
      title: `${name} of the ${clock} clock`,
      guest: 'probe-p1',
      metric: 'latency',
      headline: P1_HEADLINES.includes(id),
      parameters: { clock },
      // Linux numbers these clocks as preview 1 does.
      native: `${native} ${P1_CLOCKS.indexOf(clock)}`,
      bench: (s) => s.time(name, args),
    };
  }),
);

const HOUR_NS = 3_600_000_000_000n;

const dueHandle = (s: BenchBuilder) => s.call(SUBSCRIBE_INSTANT, 0n).value;

const PREVIEW2: readonly Bench[] = [
  {
    id: 'monotonic-clock.now',
    native: 'clock_gettime 1',
    title: 'Reading the monotonic clock',
    bench: (s) => s.time(NOW, []),
  },
  {
    id: 'monotonic-clock.resolution',
    native: 'clock_getres 1',
    title: 'Resolution of the monotonic clock',
    bench: (s) => s.time(RESOLUTION, []),
  },
  {
    id: 'monotonic-clock.subscribe-instant',
    title: 'Making and dropping the pollable of an instant',
    bench: (s) => s.time(SUBSCRIBE_INSTANT, [0n], { drop: true }),
  },
  {
    id: 'monotonic-clock.subscribe-duration',
    title: 'Making and dropping the pollable of a duration',
    bench: (s) => s.time(SUBSCRIBE_DURATION, [HOUR_NS], { drop: true }),
  },
  {
    id: 'wall-clock.now',
    native: 'clock_gettime 0',
    title: 'Reading the wall clock',
    bench: (s) => s.time(WALL_NOW, []),
  },
  {
    id: 'wall-clock.resolution',
    native: 'clock_getres 0',
    title: 'Resolution of the wall clock',
    bench: (s) => s.time(WALL_RESOLUTION, []),
  },
  {
    id: 'pollable.ready',
    title: 'Asking whether a pollable is ready, which it is',
    bench: (s) => s.time(READY, [dueHandle(s)]),
  },
  {
    id: 'pollable.block',
    title: 'Blocking on a pollable that is ready',
    bench: (s) => s.time(BLOCK, [dueHandle(s)]),
  },
  {
    id: 'poll',
    title: 'Polling one pollable that is ready',
    bench: (s) => s.time(POLL_LIST, [[dueHandle(s)]]),
  },
  {
    id: 'poll/64',
    title: 'Polling 64 pollables that are all ready',
    bench: (s) => s.time(POLL_LIST, [Array.from({ length: 64 }, () => dueHandle(s))]),
  },
];

const preview2 = PREVIEW2.map(
  ({ headline = false, ...one }): LatencyCase => ({
    ...one,
    wasi: 'p2',
    guest: 'probe-p2-clocks',
    metric: 'latency',
    headline,
  }),
);

export const performance: LatencyCase[] = [...preview1, ...preview2];
