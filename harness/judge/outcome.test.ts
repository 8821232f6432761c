/** Outcomes: what each ending and each set of records makes of a case, and what its transcript and reason say. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { err, exits, killedBy, ok, oneOf, type Said, trap } from '../contracts/expect.ts';
import type { ConformanceObservation, TrialEnd } from '../contracts/observation.ts';
import type { ProcessEnd } from '../contracts/runner.ts';
import type { ScriptBuilder } from '../contracts/script.ts';
import type { ConformanceCase } from '../contracts/suite.ts';
import { judgeCase } from './outcome.ts';

const K = 'feed';
const record = (mark: string, fields: object) => `${mark} ${JSON.stringify({ k: K, ...fields })}\n`;
const BEGUN = record('>', { n: 0, probe: 'p', mono: '1', real: '1' });
const ENDED = record('<', { n: 0, mono: '2', real: '2' });
const begin = (n: number) => record('>', { n });
const end = (n: number, fields: object = { r: ['0'] }) => record('<', { n, ...fields });
const EXITED: TrialEnd = { exitCode: 0, signal: undefined, stderrText: '', timedOut: false, flooded: false };

function observed(stderr: string, ended: Partial<TrialEnd> = {}, run = 0): ConformanceObservation {
  return {
    kind: 'conformance',
    suite: 's',
    case: 'c',
    wasi: 'p1',
    runner: 'r',
    run,
    nonce: K,
    end: { ...EXITED, ...ended },
    beginRealtimeNs: '1000000',
    endRealtimeNs: '3000000',
    stderr,
  };
}

function caseOf(script: (s: ScriptBuilder) => void): ConformanceCase {
  return { id: 'c', wasi: 'p1', title: 'c', spec: 'https://example.org/#x', guest: 'probe-p1', script };
}

/** A trap as Wasmtime would say it; a signal is a crash. */
function classify({ exitCode, signal, stderrText }: ProcessEnd) {
  const said = /^trap: (.*)$/m.exec(stderrText);
  if (said) return { kind: 'trap', message: said[1]! } as const;
  if (signal) return { kind: 'crash', message: `ended by ${signal}` } as const;
  return { kind: 'exit', code: exitCode ?? -1 } as const;
}

const judge = (script: (s: ScriptBuilder) => void, ...runs: ConformanceObservation[]) =>
  judgeCase(caseOf(script), classify, runs);
/** A yield on line 1 that must succeed. */
const yields = (s: ScriptBuilder) => s.expect(s.raw('sched_yield', []), ok());

describe('a guest ended by a signal', () => {
  const raises = (allowed: string) => (s: ScriptBuilder) =>
    s.expect(s.call('proc_raise', 'term'), oneOf('it may be unsupported', err('nosys'), killedBy(allowed)));
  const killed = observed(BEGUN + begin(1), { exitCode: undefined, signal: 'SIGTERM' });

  test('passes where the case allows for that signal at that call', () =>
    assert.equal(judge(raises('SIGTERM'), killed).outcome, 'pass'));

  test('is a crash where the case allows for another signal', () =>
    assert.equal(judge(raises('SIGHUP'), killed).outcome, 'crash'));

  test('is a crash before or behind that call', () => {
    const between = observed(BEGUN + begin(1) + end(1, { r: ['52'] }), {
      exitCode: undefined,
      signal: 'SIGTERM',
    });
    assert.equal(judge(raises('SIGTERM'), between).outcome, 'crash');
  });
});

describe('a case that ran to its end', () => {
  test('passes when its expectations hold', () => {
    const { outcome, covers, durationMs, transcript, reason } = judge(
      yields,
      observed(BEGUN + begin(1) + end(1) + ENDED),
    );
    assert.equal(outcome, 'pass');
    assert.equal(reason, undefined);
    assert.deepEqual(covers, ['sched_yield']);
    assert.equal(durationMs, 2);
    assert.deepEqual(transcript, [
      { statement: 'call sched_yield -> r1', text: 'sched_yield() = ok', mark: 'ok' },
    ]);
  });

  test('fails with what came back and what was expected, on the line that failed', () => {
    const script = (s: ScriptBuilder) => {
      s.raw('sched_yield', []);
      s.expect(s.call('fd_close', 99), oneOf('both are documented', err('badf'), err('inval')));
    };
    const judged = judge(
      script,
      observed(BEGUN + begin(1) + end(1) + begin(2) + end(2, { r: ['0'] }) + ENDED),
    );
    assert.equal(judged.outcome, 'fail');
    assert.equal(judged.reason, 'fd_close(99) = ok, expected badf or inval');
    assert.equal(judged.expected, 'badf or inval');
    assert.deepEqual(
      judged.transcript.map((line) => [line.mark, line.expected]),
      [
        ['ok', undefined],
        ['failed', 'badf or inval'],
      ],
    );
  });

  test('fails when a step of an expectation was never reached', () => {
    const { outcome, reason } = judge(yields, observed(BEGUN + ENDED));
    assert.equal(outcome, 'fail');
    assert.equal(reason, 'line 1 was not reached');
  });

  test('fails with the words of a check that does not hold, or cannot be decided', () => {
    const check = (said: () => true | string) => (s: ScriptBuilder) =>
      s.check('time goes on', [s.raw('sched_yield', [])], said);
    const run = observed(BEGUN + begin(1) + end(1) + ENDED);
    assert.equal(
      judge(
        check(() => true),
        run,
      ).outcome,
      'pass',
    );
    const bad = judge(
      check(() => 'it stood still'),
      run,
    );
    assert.deepEqual([bad.outcome, bad.reason], ['fail', 'time goes on: it stood still']);
    const broken = judge(
      check(() => {
        throw new Error('no value');
      }),
      run,
    );
    assert.deepEqual(
      [broken.outcome, broken.reason],
      ['fail', 'time goes on: could not be decided: no value'],
    );
    const unreached = judge(
      check(() => true),
      observed(BEGUN + ENDED),
    );
    assert.equal(unreached.outcome, 'fail');
  });

  test('of two runs, the second may fail it, and a check sees both', () => {
    const good = observed(BEGUN + begin(1) + end(1) + ENDED);
    const bad = observed(BEGUN + begin(1) + end(1, { r: ['8'] }) + ENDED, {}, 1);
    assert.equal(judge(yields, good, bad).outcome, 'fail');
    assert.equal(judge(yields, good, bad).durationMs, 4);
    const counts: number[] = [];
    const script = (s: ScriptBuilder) =>
      s.check('both', [s.raw('sched_yield', [])], ({ runs, host }) => {
        counts.push(runs.length, host.length);
        return true;
      });
    assert.equal(judge(script, good, good).outcome, 'pass');
    assert.deepEqual(counts, [2, 2]);
  });
});

describe('a case whose guest was ended', () => {
  const trapped = (more: string) => observed(BEGUN + begin(1) + more, { exitCode: 134 });

  test('by a trap that is expected passes', () => {
    const script = (s: ScriptBuilder) => s.expect(s.raw('sched_yield', []), trap('out of bounds'));
    const { outcome, transcript } = judge(script, trapped('trap: out of bounds\n'));
    assert.equal(outcome, 'pass');
    assert.equal(transcript[0]?.text, 'sched_yield() = trap (out of bounds)');
  });
  test('by a trap where something else is expected fails', () => {
    const { outcome, reason } = judge(yields, trapped('trap: out of bounds\n'));
    assert.equal(outcome, 'fail');
    assert.equal(reason, 'sched_yield() = trap (out of bounds), expected ok');
  });
  test('by a trap that nothing speaks of fails', () => {
    const { outcome, expected, transcript } = judge(
      (s) => void s.raw('sched_yield', []),
      trapped('trap: x\n'),
    );
    assert.deepEqual([outcome, expected, transcript[0]?.mark], ['fail', 'no trap', 'trap']);
  });
  test('by a trap that a warm child reports passes where it is expected', () => {
    const script = (s: ScriptBuilder) => s.expect(s.raw('sched_yield', []), trap('x'));
    assert.equal(
      judge(script, observed(BEGUN + begin(1), { exitCode: undefined, trap: 'x' })).outcome,
      'pass',
    );
  });
  test('by not trapping where a trap is expected fails', () => {
    const script = (s: ScriptBuilder) => s.expect(s.raw('sched_yield', []), trap('out of bounds'));
    const { outcome, expected } = judge(script, observed(BEGUN + begin(1) + end(1) + ENDED));
    assert.deepEqual([outcome, expected], ['fail', 'trap (out of bounds)']);
  });

  const leaves = (s: ScriptBuilder) => s.expect(s.exit(7), exits(7));
  test('by the exit that is expected passes', () => {
    assert.equal(judge(leaves, observed(BEGUN + begin(1), { exitCode: 7 })).outcome, 'pass');
  });
  test('by another exit code fails', () => {
    const { outcome, reason } = judge(leaves, observed(BEGUN + begin(1), { exitCode: 6 }));
    assert.deepEqual([outcome, reason], ['fail', 'exit(7) = exit 6, expected exit 7']);
  });
  test("by the script's own exit passes where nothing is said of it", () => {
    const script = (s: ScriptBuilder) => {
      yields(s);
      s.exit(0);
    };
    const run = observed(BEGUN + begin(1) + end(1) + begin(2));
    assert.equal(judge(script, run).outcome, 'pass');
  });
  test('by an exit within a call is a crash', () => {
    const { outcome, reason } = judge(yields, observed(`${BEGUN}${begin(1)}gave up\n`, { exitCode: 3 }));
    assert.equal(outcome, 'crash');
    assert.equal(reason, 'the process ended (exit code 3) within a call: gave up');
  });
  test('between calls is a crash', () => {
    const { outcome, reason } = judge(yields, observed(BEGUN + begin(1) + end(1), { exitCode: 1 }));
    assert.equal(outcome, 'crash');
    assert.match(reason ?? '', /between calls/);
  });
});

describe('a case that tells nothing of the runtime, or of its crash', () => {
  const outcomes: [string, ConformanceObservation, string, RegExp][] = [
    ['a hang', observed(BEGUN + begin(1), { timedOut: true }), 'timeout', /did not end in time/],
    ['a flood', observed(BEGUN, { flooded: true }), 'crash', /output cap/],
    ['a signal', observed(BEGUN + begin(1), { signal: 'SIGSEGV' }), 'crash', /^ended by SIGSEGV$/],
    [
      'no beginning',
      observed('Error: no module\n', { exitCode: 1 }),
      'crash',
      /never began; exit code 1: Error: no module/,
    ],
    ['a start error', observed('', { startError: 'ENOENT' }), 'error', /could not be started: ENOENT/],
    [
      'a wrong script',
      observed(BEGUN + record('!', { n: 1, error: 'unknown import' })),
      'error',
      /script line 1: unknown import/,
    ],
  ];
  for (const [label, run, outcome, reason] of outcomes)
    test(`${label}: ${outcome}`, () => {
      const judged = judge(yields, run);
      assert.equal(judged.outcome, outcome);
      assert.match(judged.reason ?? '', reason);
    });

  test('records without what the call must return: error', () => {
    const script = (s: ScriptBuilder) => s.expect(s.call('clock_time_get', 0, 1n), ok());
    const { outcome, reason } = judge(script, observed(BEGUN + begin(2) + end(2) + ENDED));
    assert.equal(outcome, 'error');
    assert.match(reason ?? '', /does not show the result/);
  });

  test("an earlier case's chatter and Node's warnings are no part of a reason", () => {
    const stderr = `late words\n${BEGUN}(node:5) TimeoutOverflowWarning: too long\n${begin(1)}`;
    const { reason } = judge(yields, observed(stderr, { exitCode: 3 }));
    assert.equal(reason, 'the process ended (exit code 3) within a call');
  });
});

test('a pass that is no proof carries its words, a failure does not', () => {
  const script = (said: Said) => (s: ScriptBuilder) =>
    s.check('nothing is reached', [s.raw('sched_yield', [])], () => said);
  const seen = observed(BEGUN + begin(1) + end(1) + ENDED);
  const passed = judge(script({ holds: 'not observed in 5 attempts' }), seen);
  assert.equal(passed.outcome, 'pass');
  assert.deepEqual(passed.notes, ['nothing is reached: not observed in 5 attempts']);
  assert.equal(judge(script(true), seen).notes, undefined);
  const failed = judge(script('1 of 5 attempts'), seen);
  assert.equal(failed.outcome, 'fail');
  assert.equal(failed.reason, 'nothing is reached: 1 of 5 attempts');
});

test('what the specification leaves open is told with what was seen', () => {
  const { outcome, ambiguities } = judge(
    (s) => s.expect(s.raw('sched_yield', []), oneOf('the text names both', ok(), err('nosys'))),
    observed(BEGUN + begin(1) + end(1) + ENDED),
  );
  assert.equal(outcome, 'pass');
  assert.deepEqual(ambiguities, [{ call: 'sched_yield()', seen: 'ok', why: 'the text names both' }]);
});
