/** The diagnosis: its shape, what makes it broken, and that a noisy machine is advice only. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InspectedGuest } from './catalog/guests.ts';
import { UserError } from './contracts/failure.ts';
import type { Runner } from './contracts/runner.ts';
import { type DiagnosisOptions, diagnose } from './diagnosis.ts';
import type { HostSenses } from './execute/hostWatch.ts';

const LOOK = {
  ...{ durationMs: 5000, controls: 200_000, roundNs: 2.5, quietShare: 0.1, p95Ratio: 1.6 },
  ...{ slowSpells: 30, longestSpellNs: 9e6 },
};
const SENSES: HostSenses = {
  noise: () => Promise.resolve(LOOK),
  clock: () => ({ resolutionNs: 20, costNs: 40 }),
  cpuTime: () => undefined,
  loadAverage: () => 0.1,
};
const PROBE: InspectedGuest = { id: 'p', wasi: 'p1', kind: 'module', file: '/p.wasm', hash: 'sha256:1' };

function fakeRunner(id: string, found: Awaited<ReturnType<Runner['detect']>>): Runner {
  const native = { support: 'native' } as const;
  return {
    ...{ id, name: id.toUpperCase(), capabilities: { p1: native, p2: native, p3: native } },
    ...{ detect: () => Promise.resolve(found), command: () => ({ file: id, args: [] }) },
    classify: () => ({ kind: 'exit', code: 0 }),
  };
}
const THERE = fakeRunner('there', { version: '1.2', mode: 'jit', executable: '/x/there', source: 'PATH' });
const GONE = fakeRunner('gone', { reason: 'it is nowhere' });

const options = (changes: Partial<DiagnosisOptions> = {}): DiagnosisOptions => ({
  ...{ runners: [THERE, GONE], cacheFolder: '/nowhere', workFolder: '/', sensesFor: () => SENSES },
  ...{ onProgress: () => {}, signal: new AbortController().signal, guests: () => [PROBE] },
  ...changes,
});

describe('a diagnosis', () => {
  test('has the shape that --json prints', async () => {
    const { machine, ...rest } = await diagnose(options({ nodeVersion: '26.10.0' }));
    const { advice, ...facts } = rest;
    assert.deepEqual(facts, {
      ...{ schema: 'wasimeter/doctor@1', verdict: 'usable', problems: [] },
      node: { version: '26.10.0', needed: '22.18', supported: true },
      runtimes: [
        { id: 'there', name: 'THERE', version: '1.2', mode: 'jit', source: 'PATH' },
        { id: 'gone', name: 'GONE', missing: 'it is nowhere' },
      ],
      guests: [{ id: 'p', hash: 'sha256:1' }],
    });
    assert.match(advice[0] ?? '', /dedicated machine/, 'noise is advice');
    assert.deepEqual(machine.noise, { ...LOOK, verdict: 'noisy' });
    assert.deepEqual([machine.clockResolutionNs, machine.clockCostNs], [20, 40]);
    assert.deepEqual(JSON.parse(JSON.stringify(machine)), machine);
  });

  test('is broken without any runtime', async () => {
    const { verdict, problems } = await diagnose(options({ runners: [GONE] }));
    assert.deepEqual([verdict, problems], ['broken', ['there is no runtime to measure']]);
  });

  for (const [version, supported] of [
    ['20.20.0', false],
    ['22.17.9', false],
    ['22.18.0', true],
    ['24.0.0', true],
  ] as const)
    test(`Node ${version} is ${supported ? 'new enough' : 'too old'}`, async () => {
      const { node, verdict } = await diagnose(options({ nodeVersion: version }));
      assert.deepEqual([node.supported, verdict], [supported, supported ? 'usable' : 'broken']);
    });

  test('is broken by a guest that is not as locked, whose code is not run', async () => {
    const guests = () => [{ ...PROBE, problem: 'guests/p.wasm is another' }];
    const noise = () => assert.fail('it was run');
    const told = await diagnose(options({ guests, sensesFor: () => ({ ...SENSES, noise }) }));
    assert.deepEqual([told.verdict, told.problems], ['broken', ['guests/p.wasm is another']]);
    assert.equal(told.guests[0]?.problem, 'guests/p.wasm is another');
    assert.match(told.noiseFailure ?? '', /no preview 1 guest/);
    assert.equal(told.machine.noise, undefined);
  });

  test('is broken by a lock that cannot be read', async () => {
    const guests = () => {
      throw new UserError('guests.lock.json cannot be read');
    };
    const { problems } = await diagnose(options({ guests }));
    assert.deepEqual(problems, ['guests.lock.json cannot be read']);
  });

  test("the user's own setting that is wrong breaks its runtime only", async (t) => {
    process.env.WASIMETER_GONE = '/no/such';
    t.after(() => delete process.env.WASIMETER_GONE);
    const { runtimes, verdict } = await diagnose(options());
    assert.equal(verdict, 'broken');
    assert.deepEqual(
      runtimes.map(({ id, version, broken }) => [id, version, broken]),
      [
        ['there', '1.2', undefined],
        ['gone', undefined, true],
      ],
    );
  });

  test('tells why the machine could not be looked at, and goes on', async () => {
    const noise = () => Promise.reject(new Error('no process'));
    const { noiseFailure, verdict } = await diagnose(options({ sensesFor: () => ({ ...SENSES, noise }) }));
    assert.deepEqual([noiseFailure, verdict], ['no process', 'usable']);
  });
});
