/** Owns what random data costs: the latency of each function, and throughput by the size asked for. */

import type { BenchBuilder, LatencyCase, ThroughputCase } from '../../harness/contracts/suite.ts';
import { BYTES, INSECURE_BYTES, INSECURE_SEED, INSECURE_U64, U64 } from './functions-p2.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;
const P2 = { wasi: 'p2', guest: 'probe-p2-random' } as const;

const LATENCY_BYTES = 32;

const latency: LatencyCase[] = [
  {
    ...P1,
    id: 'random_get',
    title: 'random_get of 32 bytes',
    metric: 'latency',
    headline: true,
    native: `getrandom ${LATENCY_BYTES}`,
    parameters: { bytes: LATENCY_BYTES },
    bench: (s) => s.time('random_get', [s.alloc(LATENCY_BYTES), LATENCY_BYTES]),
  },
  ...[
    { id: 'get-random-bytes', name: BYTES, native: `getrandom ${LATENCY_BYTES}` },
    { id: 'get-insecure-random-bytes', name: INSECURE_BYTES },
  ].map(
    ({ id, name, native }: { id: string; name: string; native?: string }): LatencyCase => ({
      ...P2,
      ...(native === undefined ? {} : { native }),
      id,
      title: `${id} of 32 bytes`,
      metric: 'latency',
      headline: false,
      parameters: { bytes: LATENCY_BYTES },
      bench: (s) => s.time(name, [BigInt(LATENCY_BYTES)]),
    }),
  ),
  ...[
    { id: 'get-random-u64', name: U64, native: 'getrandom 8' },
    { id: 'get-insecure-random-u64', name: INSECURE_U64 },
    { id: 'insecure-seed', name: INSECURE_SEED },
  ].map(
    ({ id, name, native }: { id: string; name: string; native?: string }): LatencyCase => ({
      ...P2,
      ...(native === undefined ? {} : { native }),
      id,
      title: id,
      metric: 'latency',
      headline: false,
      bench: (s) => s.time(name, []),
    }),
  ),
];

const SIZES = [1, 16, 256, 4_096, 65_536, 1_048_576];

const throughput = SIZES.flatMap((bytes): ThroughputCase[] => {
  const sized = (id: string, bench: (s: BenchBuilder) => void) => ({
    id: `${id}/${bytes}`,
    title: `${id} of ${bytes.toLocaleString('en')} bytes`,
    metric: 'throughput' as const,
    headline: false,
    parameters: { bytes },
    bytesPerCall: bytes,
    bench,
  });
  return [
    { ...P1, ...sized('random_get', (s) => s.time('random_get', [s.alloc(bytes), bytes])) },
    { ...P2, ...sized('get-random-bytes', (s) => s.time(BYTES, [BigInt(bytes)])) },
  ];
});

export const performance = [...latency, ...throughput];
