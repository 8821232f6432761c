/** The diagnosis as text: each finding with its mark, the missing runtime with what brings it, nothing that steers a terminal. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Diagnosis } from '../harness/diagnosis.ts';
import { makeRun } from '../reports/html/fixtures/run.ts';
import { doctorText } from './doctorText.ts';
import { PLAIN, type Terminal } from './terminal.ts';

const DIAGNOSIS: Diagnosis = {
  ...{ schema: 'wasimeter/doctor@1', verdict: 'usable', problems: [], advice: ['Close \x07them.'] },
  node: { version: '26.10.0', needed: '22.18', supported: true },
  runtimes: [
    { id: 'node', name: 'Node', version: '26.10.0', mode: 'jit', source: 'the Node that runs wasimeter' },
    { id: 'wasmedge', name: 'WasmEdge', missing: 'nowhere\x1b[2J; apt install wasmedge' },
  ],
  guests: [{ id: 'p', hash: 'sha256:1' }],
  machine: {
    ...makeRun().machine,
    ...{ stealShare: 0.034, clockResolutionNs: 21, clockCostNs: 38 },
    noise: {
      ...{ durationMs: 5000, controls: 200_000, roundNs: 2.5, quietShare: 0.62, p95Ratio: 1.4 },
      ...{ slowSpells: 3, longestSpellNs: 9e6, verdict: 'usable' },
    },
  },
};
const narrow: Terminal = { ...PLAIN, columns: 30 };

describe('the doctor says', () => {
  const text = doctorText(DIAGNOSIS, PLAIN);
  for (const [label, pattern] of [
    ['which Node there is', /^✓ Node 26\.10\.0 \(22\.18 or newer/],
    ['which runtimes', /^✓ node {2,}26\.10\.0 +jit +the Node that runs wasimeter$/m],
    ['what is missing and brings it', /^! wasmedge: not there: nowhere\\x1b\[2J; apt install wasmedge$/m],
    ['that the guests are right', /^✓ 1 of 1 are as guests\.lock\.json names them$/m],
    ['what the hypervisor took', /stolen time +3\.4%/],
    ['how fine the clock is', /steps of 21 ns, 38 ns a reading/],
    ['how quiet it was', /^✓ usable: 62% of 200000 loops in 5 s within 5% of the quickest$/m],
    ['how slow it got', /slow spells +3, the longest 9 ms/],
    ['what to do, escaped', /^ {2}- Close \\x07them\.$/m],
    ['how it ends', /✓ Measuring works here; the machine is usable\.$/],
  ] as const)
    test(label, () => assert.match(text, pattern));

  test('what is broken, last', () => {
    const broken = doctorText({ ...DIAGNOSIS, verdict: 'broken', problems: ['the guest is another'] }, PLAIN);
    assert.match(broken, /✗ Something needed is missing or wrong\n {2}- the guest is another$/);
  });

  test('runtimes one below the other on a narrow terminal', () =>
    assert.match(doctorText(DIAGNOSIS, narrow), /^✓ node\n {2}version {2}26\.10\.0\n {2}mode/m));

  test('what is unknown where the system does not tell', () => {
    const { noise: _, stealShare: _steal, ...machine } = DIAGNOSIS.machine;
    const unknown = doctorText({ ...DIAGNOSIS, machine, noiseFailure: 'no process' }, PLAIN);
    assert.match(unknown, /stolen time +unknown/);
    assert.match(unknown, /! could not be looked at: no process/);
    assert.match(unknown, /Measuring works here\.$/);
  });
});
