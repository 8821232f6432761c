/** Owns the name of a benchmark or case beside its runner's. */

import type { PerformanceRecord } from '../contracts/run.ts';

export type NamedBenchmark = Pick<PerformanceRecord, 'wasi' | 'suite' | 'case'>;

/** `p1 clocks/clock_time_get`. */
export const benchmarkName = ({ wasi, suite, case: id }: NamedBenchmark): string => `${wasi} ${suite}/${id}`;
