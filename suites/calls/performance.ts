/** Owns what it costs a host to call a guest's export, by the size of the argument that goes in. */

import type { CallCase } from '../../harness/contracts/suite.ts';

const GUESTS = [
  { wasi: 'p1', guest: 'wat-p1-calls', words: 'a core module' },
  { wasi: 'p2', guest: 'wat-p2-calls', words: 'a component' },
] as const;

const SIZES_BYTES = [0, 64, 1024, 16 * 1024, 64 * 1024];

const METRICS = ['latency', 'throughput'] as const;

/** The same call for both versions: its argument is copied in, and read by the guest from one end to the other. */
export const performance: CallCase[] = GUESTS.flatMap(({ wasi, guest, words }) =>
  METRICS.flatMap((metric) =>
    SIZES_BYTES.filter((bytes) => metric === 'latency' || bytes > 0).map((argumentBytes): CallCase => {
      const what = metric === 'latency' ? 'call' : 'bytes-in';
      const title =
        metric === 'latency'
          ? `Calling an export of ${words} with ${argumentBytes} bytes`
          : `Bytes that go into an export of ${words}, ${argumentBytes} a call`;
      return {
        ...{
          id: `${what}/${argumentBytes}`,
          wasi,
          title,
          guest,
          metric,
          parameters: { bytes: argumentBytes },
        },
        call: { export: 'sum', argumentBytes },
      };
    }),
  ),
);
