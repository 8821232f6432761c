/** A timing block and processes of it as they would have been observed, for tests. */

import type { TimingObservation } from '../contracts/observation.ts';
import type { TimingBlock } from '../contracts/plan.ts';
import type { LatencyCase } from '../contracts/suite.ts';
import { PASSES } from '../script/benchScript.ts';

export const QUIET_NS = 20_000;
export const SLOW_NS = 28_000;
const latency: LatencyCase = {
  id: 'x',
  wasi: 'p1',
  title: 'x',
  guest: 'probe-p1',
  metric: 'latency',
  bench: () => {},
};

/** A block with an arm of one benchmark for each id. */
export function block(processes: number, ...ids: string[]): TimingBlock {
  const guest = { id: 'probe-p1', wasi: 'p1', kind: 'module', file: '', hash: '' } as const;
  const timed = { suite: 's', case: latency, key: 7, setup: [], bench: 'bench', scriptHash: '' };
  const rest = { guest, wasi: 'p1' as const, cases: [timed], passes: PASSES, oneCpu: false };
  const arms = ids.map((id) => ({ id, runner: id, ...rest }));
  return { id: 'b', arms, processes, mostProcesses: 2 * processes };
}

/** A process whose controls last so long, with so many of its passes recorded. */
export function timedProcess(
  arm: string,
  round: number,
  controlNs: number,
  { passes = PASSES, failed = 0, callNs = 50_000 } = {},
): TimingObservation {
  const record = {
    k: 'a0',
    key: 7,
    calls: 10,
    batches: [10 * callNs, 10 * callNs],
    empty: [1e3, 1e3],
    loops: 1000,
    tick: 1,
    failed,
  };
  const lines = Array.from({ length: passes }, (_, pass) => {
    const n = pass + 1;
    const end = { ...record, n, control: [controlNs, controlNs, controlNs] };
    return `> {"k":"a0","n":${n}}\n< ${JSON.stringify(end)}\n`;
  });
  return {
    kind: 'timing',
    block: 'b',
    arm,
    runner: arm,
    wasi: 'p1',
    round,
    nonce: 'a0',
    end: { exitCode: 0, signal: undefined, stderrText: '', timedOut: false, flooded: false },
    beginRealtimeNs: '0',
    endRealtimeNs: '1',
    stderr: `> {"k":"a0","n":0,"probe":"p","mono":"1","real":"1"}\n${lines.join('')}< {"k":"a0","n":0,"mono":"2","real":"2"}\n`,
  };
}
