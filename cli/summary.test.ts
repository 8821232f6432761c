/** The summary: what is unexpected, how it looks on wide and narrow terminals, and that runtimes cannot steer the terminal. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { OUTCOMES, type Outcome, type RunResult } from '../harness/contracts/run.ts';
import { makeRun } from '../reports/html/fixtures/run.ts';
import { escapes, summaryText, unexpected } from './summary.ts';
import { PLAIN, type Terminal, widthOf } from './terminal.ts';

/** A run of one runner with a case of each of these outcomes. */
function runWith(...outcomes: Outcome[]): RunResult {
  const run = makeRun();
  const [runner] = run.runners;
  const [one] = run.conformance;
  run.runners = [{ ...runner!, id: 'rt', version: '1.2' }];
  run.conformance = outcomes.map((outcome, index) => ({ ...one!, runner: 'rt', case: `c${index}`, outcome }));
  return { ...run, performance: [], notMeasured: [] };
}

const narrow: Terminal = { ...PLAIN, columns: 60 };
const coloured: Terminal = { ...PLAIN, paint: (format, text) => `<${format}>${text}</>` };

describe('unexpected outcomes', () => {
  const fine: Outcome[] = ['pass', 'xfail', 'skip'];
  for (const outcome of OUTCOMES)
    test(`${outcome} is ${fine.includes(outcome) ? 'expected' : 'not'}`, () =>
      assert.equal(unexpected(runWith('pass', outcome)), fine.includes(outcome) ? 0 : 1));
});

describe('what got out of the sandbox', () => {
  const inSandbox = (...outcomes: Outcome[]) => {
    const run = runWith(...outcomes);
    run.conformance = run.conformance.map((one) => ({ ...one, suite: 'sandbox', reason: 'read\x1b[2J it' }));
    return run;
  };

  test('is what failed in that suite as no expectation says', () => {
    assert.deepEqual(
      escapes(inSandbox(...OUTCOMES)).map(({ outcome }) => outcome),
      ['fail', 'timeout', 'crash'],
    );
    assert.deepEqual(escapes(runWith('fail', 'crash')), []);
  });

  test('is told before all else, ten at most', () => {
    const text = summaryText(inSandbox(...Array.from({ length: 12 }, (): Outcome => 'fail')));
    assert.match(
      text,
      /^out of the sandbox, as no expectation says:\n(?: {2}rt .*: read\\x1b\[2J it\n){10} {2}and 2 more\n/,
    );
    assert.doesNotMatch(summaryText(inSandbox('pass', 'xfail')), /sandbox/);
  });
});

describe('the summary', () => {
  test('is a table where it fits', () => {
    const [heads, row, ...others] = summaryText(runWith('pass', 'pass', 'fail', 'crash')).split('\n');
    assert.match(heads ?? '', /^runner {2}version {2}pass {2}expected fail {2}fail {2}unexpected pass/);
    assert.match(row ?? '', /^rt +1\.2 +2 +0 +1 +0 +1 +0 +0$/);
    assert.equal(widthOf(row ?? ''), widthOf(heads ?? ''));
    assert.deepEqual(others, []);
  });

  test('is one block a runner where it does not', () => {
    const text = summaryText(runWith('pass', 'xpass'), narrow);
    assert.match(text, /^rt\n {2}version {10}1\.2\n {2}pass {13}1\n.*unexpected pass {2}1\n/s);
  });

  test('never breaks a table on a narrow terminal', () => {
    const run = { ...makeRun(), notMeasured: [] };
    const tables = summaryText(
      { ...run, runners: run.runners.filter((one) => one.status === 'measured') },
      narrow,
    );
    const lines = tables.split('\n').filter((line) => !line.startsWith('~'));
    assert.ok(lines.length > 10);
    for (const line of lines) assert.ok(widthOf(line) <= 60, line);
  });

  test('colours counts that ask for a look, and only those that are not 0', () => {
    const text = summaryText(runWith('pass', 'fail', 'xpass'), coloured);
    assert.equal(text.match(/<red>/g)?.length, 1);
    assert.equal(text.match(/<yellow>/g)?.length, 1);
    assert.match(text, /<red> +1<\/>/);
    assert.doesNotMatch(summaryText(runWith('pass', 'xfail'), coloured), /</);
  });

  for (const terminal of [PLAIN, narrow])
    test(`escapes what runtimes say, ${terminal.columns} columns wide`, () => {
      const run = runWith('pass');
      const [runner] = run.runners;
      run.runners = [
        { ...runner!, version: '1\x1b[31m\n2\u202E' },
        { ...runner!, id: 'gone', status: 'not-installed', reason: 'said \x9b2J\x00' },
      ];
      const text = summaryText(run, terminal);
      assert.ok(text.includes('1\\x1b[31m\\n2\\u{202e}'), text);
      assert.ok(text.includes('not installed: gone: said \\x9b2J\\x00'), text);
      assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    });
});
