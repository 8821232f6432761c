/** Figures of whole processes: what counts as told, and that both ways of starting are never mixed. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHASES_MARK } from '../contracts/runner.ts';
import type { StartupCase } from '../contracts/suite.ts';
import { randomFrom } from '../stats/random.ts';
import type { TimedProcess } from './timedProcesses.ts';
import { givenByProcesses, isByLibc } from './wholeProcess.ts';

const READ: StartupCase = {
  ...({ id: 'x', wasi: 'p1', title: 'x', guest: 'g', metric: 'startup', until: { phase: 'read' } } as const),
};
const moment = { probe: 'p', monotonicNs: 0n, realtimeNs: 5n };

function process(stdoutText: string, changes: Partial<TimedProcess['observation']> = {}): TimedProcess {
  const end = { exitCode: 0, signal: undefined, stderrText: '', timedOut: false, flooded: false, stdoutText };
  return {
    observation: {
      ...({ kind: 'timing', block: 'b', arm: 'a', runner: 'r', wasi: 'p1', round: 0, nonce: 'n' } as const),
      ...{ end, beginRealtimeNs: '0', endRealtimeNs: '10', stderr: '', ...changes },
    },
    records: { begun: moment, ended: moment, begins: [], ends: new Map(), otherText: '', damaged: 0 },
    benches: new Map(),
  };
}

test('a phase is what the last line tells, in nanoseconds', () => {
  const text = `hello\n${PHASES_MARK}{"read":9}\n\n${PHASES_MARK}{"read":1.5}\n`;
  const { count, figures } = givenByProcesses(READ, [process(text), process(`${PHASES_MARK}{"read":1.5}`)]);
  assert.equal(count, 2);
  const { value, flags, samples } = figures(randomFrom(1));
  assert.deepEqual([value, flags, samples], [1_500_000, [], [1_500_000, 1_500_000]]);
});

test('nothing is made of what is no phase', () => {
  for (const text of [
    '',
    PHASES_MARK,
    `${PHASES_MARK}null`,
    `${PHASES_MARK}{"read":-1}`,
    `${PHASES_MARK}{"read":"1"}`,
  ])
    assert.equal(givenByProcesses(READ, [process(text)]).count, 0, text);
});

test('libc made the starts only where it made all of them', () => {
  assert.equal(isByLibc([]), false);
  assert.equal(isByLibc([process('', { byLibc: true })]), true);
  assert.equal(isByLibc([process('', { byLibc: true }), process('')]), false);
});
