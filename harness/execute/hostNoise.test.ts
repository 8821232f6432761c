/** The look at the machine: a real one, one that fails, and what a run's watch writes down. */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sampleHostNoise } from './hostNoise.ts';
import { type HostSenses, watchHost } from './hostWatch.ts';
import { temporaryFolder } from './testProcesses.ts';

const PROBE = fileURLToPath(new URL('../../guests/prebuilt/probe-p1.wasm', import.meta.url));
const never = new AbortController().signal;

describe('the control loop', () => {
  test('runs in a process of its own and tells how quiet it was', async () => {
    const look = await sampleHostNoise(PROBE, 50);
    assert.equal(look.durationMs, 50);
    assert.ok(look.controls > 100, `${look.controls} controls`);
    assert.ok(look.roundNs > 0);
    assert.ok(look.quietShare > 0 && look.quietShare <= 1);
    assert.ok(look.p95Ratio >= 1);
  });

  test('a guest that is none is an error that says so', async (t) => {
    const file = join(temporaryFolder(t), 'x.wasm');
    writeFileSync(file, 'no wasm');
    await assert.rejects(sampleHostNoise(file, 50), /no times: .*CompileError/);
  });

  test('an interruption ends it', async () => {
    const controller = new AbortController();
    const look = sampleHostNoise(PROBE, 600_000, controller.signal);
    controller.abort();
    await assert.rejects(look, { name: 'AbortError' });
  });
});

describe("a run's watch", () => {
  const SENSES: HostSenses = {
    noise: () => Promise.reject(new Error('no process')),
    clock: () => ({ costNs: 40 }),
    cpuTime: () => undefined,
    loadAverage: () => 0.5,
  };

  test('leaves out what cannot be seen', async () => {
    const watch = watchHost(SENSES);
    assert.deepEqual(await watch.begin(never), { kind: 'machine-begin', clockCostNs: 40 });
    assert.deepEqual(watch.end(), { kind: 'machine-end', loadAverage: 0.5 });
  });

  test('tells the processor time between its making and its end', () => {
    const readings = [
      { totalTicks: 100, stolenTicks: 5 },
      { totalTicks: 300, stolenTicks: 6 },
    ];
    const watch = watchHost({ ...SENSES, cpuTime: () => readings.shift() });
    assert.deepEqual(watch.end(), {
      ...{ kind: 'machine-end', loadAverage: 0.5 },
      cpuTime: { totalTicks: 200, stolenTicks: 1 },
    });
  });
});
