/** What the looks at a machine mean: verdicts at their bounds, a resumed run's sums, advice only where there is cause. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MachineRecord } from '../contracts/run.ts';
import { judgeMachine, noiseVerdict } from './machine.ts';
import { machineAdvice } from './machineAdvice.ts';

const MACHINE: MachineRecord = {
  ...{ os: 'o', kernel: 'k', arch: 'a', cpuModel: 'c', cores: 4, memoryBytes: 1, filesystem: 'f' },
  ...{ node: 'n', loadAverage: 0.2, harness: '0' },
};
const LOOK = {
  ...{ durationMs: 500, controls: 20_000, roundNs: 2.5, quietShare: 0.97, p95Ratio: 1.02 },
  ...{ slowSpells: 1, longestSpellNs: 2e6 },
};
const look = (quietShare: number) => ({ ...LOOK, quietShare, verdict: noiseVerdict(quietShare) });

describe('the verdict on noise', () => {
  for (const [share, verdict] of [
    [1, 'quiet'],
    [0.9, 'quiet'],
    [0.89, 'usable'],
    [0.25, 'usable'],
    [0.24, 'noisy'],
    [0, 'noisy'],
  ] as const)
    test(`${share} of quiet time is ${verdict}`, () => assert.equal(noiseVerdict(share), verdict));
});

describe("the machine's record", () => {
  test('of a run without any look is what it was at the start', () =>
    assert.deepEqual(judgeMachine(MACHINE, []), MACHINE));

  test('has what was seen', () => {
    const judged = judgeMachine(MACHINE, [
      { kind: 'machine-begin', clockResolutionNs: 21, clockCostNs: 38, noise: LOOK },
      { kind: 'machine-end', loadAverage: 1.5, cpuTime: { totalTicks: 1000, stolenTicks: 30 } },
    ]);
    assert.deepEqual(judged, {
      ...MACHINE,
      ...{ clockResolutionNs: 21, clockCostNs: 38, loadAverageAtEnd: 1.5, stealShare: 0.03 },
      noise: { ...LOOK, verdict: 'quiet' },
    });
  });

  test('of a resumed run counts the stolen time of all its parts', () => {
    const { stealShare, clockCostNs } = judgeMachine(MACHINE, [
      { kind: 'machine-begin', clockCostNs: 38 },
      { kind: 'machine-end', loadAverage: 1, cpuTime: { totalTicks: 900, stolenTicks: 90 } },
      { kind: 'machine-begin', clockCostNs: 39 },
      { kind: 'machine-end', loadAverage: 1, cpuTime: { totalTicks: 100, stolenTicks: 10 } },
    ]);
    assert.deepEqual([stealShare, clockCostNs], [0.1, 39]);
  });

  test('says nothing of steal where the system does not', () =>
    assert.equal('stealShare' in judgeMachine(MACHINE, [{ kind: 'machine-end', loadAverage: 1 }]), false));
});

describe('advice', () => {
  test('is none on a quiet machine', () =>
    assert.deepEqual(machineAdvice({ ...MACHINE, noise: look(0.97), governor: 'performance' }), []));

  for (const [label, facts, words] of [
    ['slow spells ask for patience', { noise: look(0.5) }, /patience/],
    ['noise asks for another machine', { noise: look(0.1) }, /dedicated machine/],
    ['load', { loadAverage: 2 }, /2\.0 on 4 CPUs/],
    ['load against the CPUs that may be used', { loadAverage: 1, allowedCpus: 2 }, /1\.0 on 2 CPUs/],
    ['steal', { stealShare: 0.02 }, /2\.0% of the processor time/],
    ['a quota', { cpuQuota: 1.5 }, /grants 1\.5 of 4 CPUs/],
    [
      'a governor that saves power',
      { governor: 'performance, powersave' },
      /governor is performance, powersave/,
    ],
    ['a single CPU', { allowedCpus: 1 }, /one CPU only/],
    ['a coarse clock', { clockResolutionNs: 1000 }, /steps of 1000 ns/],
  ] as const)
    test(label, () => {
      const [first, ...others] = machineAdvice({ ...MACHINE, ...facts });
      assert.match(first ?? '', words);
      assert.deepEqual(others, []);
    });
});
