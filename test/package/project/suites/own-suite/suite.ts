/** A user's suite: one case and one benchmark of the monotonic clock. */

import { defineSuite, ok } from 'wasimeter';

const spec = 'https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md#clock_time_get';

export default defineSuite({
  id: 'own-suite',
  title: 'My own suite',
  inventory: [{ wasi: 'p1', function: 'clock_time_get', outcome: 'ok', spec }],
  conformance: [
    {
      ...{ id: 'clock_time_get/answers', wasi: 'p1', guest: 'probe-p1', spec },
      title: 'The monotonic clock answers',
      script: (s) => s.expect(s.call('clock_time_get', 'monotonic', 1n), ok()),
    },
  ],
  performance: [
    {
      ...{ id: 'clock_time_get/coarse', wasi: 'p1', guest: 'probe-p1', metric: 'latency', headline: true },
      title: 'Reading the monotonic clock, a millisecond will do',
      bench: (s) => s.time('clock_time_get', ['monotonic', 1_000_000n]),
    },
  ],
});
