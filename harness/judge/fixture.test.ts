/** Fixtures: which ends a case allows, and that a refusal, a trap and a crash are never taken for one another. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ends, type FixtureExpectation, refused, traps } from '../contracts/fixture.ts';
import type { ConformanceObservation, TrialEnd } from '../contracts/observation.ts';
import type { EndKind } from '../contracts/runner.ts';
import type { FixtureCase } from '../contracts/suite.ts';
import { judgeCase } from './outcome.ts';

const EXITED: TrialEnd = { exitCode: 0, signal: undefined, stderrText: '', timedOut: false, flooded: false };
const TRAP: EndKind = { kind: 'trap', message: 'unreachable' };
const REFUSED: EndKind = { kind: 'refused', message: 'unknown import' };
const exit = (code: number): EndKind => ({ kind: 'exit', code });

function caseOf(fixture: FixtureExpectation): FixtureCase {
  return { id: 'c', wasi: 'p1', title: 'c', spec: 'https://example.org/#x', guest: 'wat-p1-c', fixture };
}

function observed(end: Partial<TrialEnd>, run = 0): ConformanceObservation {
  return {
    ...{ kind: 'conformance', suite: 's', case: 'c', wasi: 'p1', runner: 'r', run, nonce: 'feed' },
    end: { ...EXITED, ...end },
    ...{ beginRealtimeNs: '1000000', endRealtimeNs: '3000000', stderr: 'words' },
  };
}

const judge = (fixture: FixtureExpectation, seen: EndKind, end: Partial<TrialEnd> = {}) =>
  judgeCase(caseOf(fixture), () => seen, [observed(end)]);

describe('a fixture that may end in one way', () => {
  test('passes when it ended so, with what it wrote in the transcript', () => {
    const judged = judge({ ends: [ends(3, 'hello\n')] }, exit(3), { stdoutText: 'hello\n' });
    assert.deepEqual(judged, {
      outcome: 'pass',
      covers: [],
      durationMs: 2,
      transcript: [
        {
          statement: 'wat-p1-c',
          text: 'run wat-p1-c = exit 3, having written "hello\\n"',
          mark: 'ok',
        },
      ],
    });
  });

  test('fails with what was seen and what is allowed', () => {
    const judged = judge({ ends: [ends(0, 'hello\n')] }, exit(5), { stdoutText: 'hel' });
    assert.equal(judged.outcome, 'fail');
    assert.equal(judged.reason, 'exit 5, having written "hel", expected exit 0, having written "hello\\n"');
    assert.equal(judged.transcript[0]?.mark, 'failed');
  });

  for (const [name, allowed, seen, stdoutText] of [
    ['another exit code', ends(0), exit(1), ''],
    ['a trap for an exit', ends(0), TRAP, ''],
    ['a refusal for a trap', traps(), REFUSED, ''],
    ['a trap for a refusal', refused, TRAP, ''],
    ['an exit for a refusal', refused, exit(1), ''],
    ['too little output', ends(0, 'hello\n'), exit(0), ''],
    ['output where there is to be none', ends(0), exit(0), 'never\n'],
    ['output after a trap', traps('before\n'), TRAP, 'before\nafter\n'],
  ] as const)
    test(`fails for ${name}`, () =>
      assert.equal(judge({ ends: [allowed] }, seen, { stdoutText }).outcome, 'fail'));

  test("passes with the runtime's own log behind what was written before a trap", () => {
    const stdoutText = 'before\n[2026-01-01 00:00:00.000] [error] execution failed: unreachable\n';
    assert.equal(judge({ ends: [traps('before\n')] }, TRAP, { stdoutText }).outcome, 'pass');
  });

  test("is refused where the runner's compiler refuses it", () => {
    const judged = judge({ ends: [refused] }, exit(0), { refused: 'not valid' });
    assert.equal(judged.outcome, 'pass');
    assert.match(judged.transcript[0]!.text, /= refused \(not valid\)$/);
  });
});

test('where the text leaves it open, the case tells which way it went and why that is right', () => {
  const fixture: FixtureExpectation = { ends: [refused, traps()], ambiguity: 'the text says neither' };
  assert.deepEqual(judge(fixture, TRAP).ambiguities, [
    { call: 'run wat-p1-c', seen: 'trap (unreachable)', why: 'the text says neither' },
  ]);
  assert.equal(judge(fixture, exit(0)).outcome, 'fail');
});

test('a crash is no refusal, a hang and an error of ours no end at all', () => {
  const fixture: FixtureExpectation = { ends: [refused] };
  assert.equal(judge(fixture, { kind: 'crash', message: 'SIGSEGV' }).outcome, 'crash');
  assert.equal(judge(fixture, REFUSED, { timedOut: true }).outcome, 'timeout');
  assert.equal(judge(fixture, REFUSED, { flooded: true }).outcome, 'crash');
  assert.equal(judge(fixture, REFUSED, { startError: 'ENOENT' }).outcome, 'error');
});

test('every run must end as the case allows', () => {
  const kinds = [exit(0), exit(9)];
  const judged = judgeCase(caseOf({ ends: [ends(0)] }), () => kinds.shift()!, [
    observed({}),
    observed({}, 1),
  ]);
  assert.equal(judged.outcome, 'fail');
});
