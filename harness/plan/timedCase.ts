/** Makes of a benchmark what its process is told. */

import { createHash } from 'node:crypto';
import type { TimedCase } from '../contracts/plan.ts';
import type { PerformanceCase, Suite } from '../contracts/suite.ts';
import { BATCH_NS, buildBench } from '../script/benchScript.ts';
import { buildScript } from '../script/builder.ts';
import { buildCall } from '../script/callLine.ts';

/** The benchmark's lines with so many batches a pass; none for a startup, and those until it waits for a memory figure. */
export function timedCase(suite: Suite, one: PerformanceCase, batches: number): TimedCase {
  if (one.metric === 'startup') return { suite: suite.id, case: one, setup: [], scriptHash: 'none' };
  if (one.metric === 'memory') {
    const { lines } = buildScript(one.wasi, one.wait);
    const scriptHash = `sha256:${createHash('sha256').update(lines.join('\n')).digest('hex')}`;
    return { suite: suite.id, case: one, setup: lines, scriptHash };
  }
  // Several suites may time calls of one guest in one process.
  const key = keyOf(suite.id, one);
  const built = one.call ? buildCall(one, key, batches) : buildBench(one, key, batches);
  return { suite: suite.id, case: one, key, ...built };
}

/** The operating system's own calls for the same, in the words of the program that times them. */
export function nativeCase(suite: Suite, one: PerformanceCase, batches: number): TimedCase {
  const native = one.metric === 'latency' && !one.call ? one.native : undefined;
  if (native === undefined) throw new Error(`benchmark '${one.id}' names no native calls`);
  const key = keyOf(suite.id, one);
  const scriptHash = `sha256:${createHash('sha256').update(native).digest('hex')}`;
  return {
    ...{ suite: suite.id, case: one, key, setup: [], scriptHash },
    bench: `bench ${key} ${batches} ${BATCH_NS} ${native}`,
  };
}

/**
 * A number that no other benchmark of the process has. It follows from the benchmark's name alone, so that a journal
 * that is judged again after benchmarks were added or moved still gives each record to the benchmark it is of.
 */
function keyOf(suite: string, one: PerformanceCase): number {
  return createHash('sha256')
    .update(JSON.stringify([suite, one.wasi, one.id]))
    .digest()
    .readUIntBE(0, 3);
}
