/** Two arms of made-up records, for tests of what is said of them. */

import type { NoiseRecord, PerformanceRecord, RunnerRecord } from '../contracts/run.ts';
import { randomFrom } from '../stats/random.ts';
import { figureOf } from './costs.ts';
import type { ArmIn } from './pairs.ts';

/** How one process's figure differs from another's; a tenth of them are a tenth quicker, by where memory lies. */
const SPREAD = 0.012;

/** Figures of processes around a cost, drawn by a seed. */
export function samplesAround(cost: number, count: number, ...labels: string[]): number[] {
  const random = randomFrom(5, ...labels);
  const normal = () => Array.from({ length: 12 }, () => random.nextUnit()).reduce((a, b) => a + b) - 6;
  return Array.from({ length: count }, () => {
    const luck = random.nextUnit() < 0.1 ? 0.9 : 1;
    return cost * luck * (1 + SPREAD * normal());
  });
}

/** A record of a latency, or of what else is said. */
export function fakeRecord(more: Partial<PerformanceRecord> & { samples: number[] }): PerformanceRecord {
  const record: PerformanceRecord = {
    ...{ suite: 's', case: 'c', wasi: 'p1', runner: 'a', title: 't', metric: 'latency', unit: 'ns' },
    ...{ better: 'lower', parameters: {}, headline: true, value: 0, ciLow: 0, ciHigh: 0, p99: 200 },
    ...{ rounds: more.samples.length, flags: [] },
    identity: { estimator: 'e', scriptHash: 's', guestHash: 'g' },
    ...more,
  };
  const value = figureOf(record);
  return { ...record, value, ciLow: value * 0.99, ciHigh: value * 1.01 };
}

/** A runner in a run that holds these records. */
export function fakeArm(
  runner: string,
  records: readonly PerformanceRecord[],
  { mode = 'jit', ...noise }: Partial<NoiseRecord> & { mode?: string } = {},
): ArmIn {
  const capabilities = {
    p1: { support: 'native' },
    p2: { support: 'none' },
    p3: { support: 'none' },
  } as const;
  const known: RunnerRecord = { id: runner, name: runner, status: 'measured', mode, capabilities };
  return {
    runner,
    run: {
      performance: records.map((one) => ({ ...one, runner })),
      noise: [
        { runner, wasi: 'p1', quietShare: 1, quietProcesses: 1, verdict: 'quiet', roundNs: 1, ...noise },
      ],
      notMeasured: [],
      runners: [known],
    },
  };
}
