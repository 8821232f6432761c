/** Progress: redrawn where somebody watches, seldom lines elsewhere, folded on GitHub, and never steered by a runtime. */

import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { describe, test } from 'node:test';
import { showProgress } from './progress.ts';

function fakeStream(isTTY: boolean) {
  let written = '';
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      written += String(chunk);
      done();
    },
  });
  const calls = { cursorTo: () => true, clearLine: () => true, moveCursor: () => true };
  const fake = Object.assign(stream, { isTTY, columns: 80, ...calls });
  return {
    stream: fake as unknown as NodeJS.WriteStream,
    text: () => written,
  };
}

describe('without a terminal', () => {
  test('a kind of step is told at its first and last, not each time', () => {
    const { stream, text } = fakeStream(false);
    const display = showProgress(stream, {});
    display.phase('Conformance');
    for (const done of [1, 2, 3]) display.step(`node: case ${done}`, done, 3);
    display.step('jco: case 1', 1, 3);
    display.note('a word');
    display.close();
    assert.equal(text(), '[1/3] node: case 1\n[3/3] node: case 3\n[1/3] jco: case 1\na word\n');
  });

  test("a CI's terminal is none", () => {
    const { stream, text } = fakeStream(true);
    showProgress(stream, { CI: 'true' }).step('node: a', 1, 2);
    assert.equal(text(), '[1/2] node: a\n');
  });

  test('control characters are shown, not sent', () => {
    const { stream, text } = fakeStream(false);
    const display = showProgress(stream, {});
    display.note('\x1b[2Jwas\u202Emedge\r\n::error::x');
    assert.equal(text(), '\\x1b[2Jwas\\u{202e}medge\\x0d\\n::error::x\n');
  });
});

describe('on GitHub', () => {
  const env = { GITHUB_ACTIONS: 'true' };
  test('each phase that has something to say is a group, closed before the next and at the end', () => {
    const { stream, text } = fakeStream(false);
    const display = showProgress(stream, env);
    display.note('before any phase');
    display.phase('Preparing');
    display.phase('Conformance');
    display.step('node: a', 1, 1);
    display.phase('Timing');
    display.step('timing x: y', 1, 1);
    display.close();
    display.close();
    assert.equal(
      text(),
      'before any phase\n::group::Conformance\n[1/1] node: a\n::endgroup::\n::group::Timing\n[1/1] timing x: y\n::endgroup::\n',
    );
  });

  test('what a runtime says is no command', () => {
    const { stream, text } = fakeStream(false);
    const display = showProgress(stream, env);
    display.note('  ::stop-commands::x');
    display.note('a ##[error]b');
    assert.equal(text(), '· ::stop-commands::x\na ## [error]b\n');
  });
});

describe('on a terminal', () => {
  test('the line lives, notes stay, and what is shown is escaped', () => {
    const { stream, text } = fakeStream(true);
    const display = showProgress(stream, { GITHUB_ACTIONS: 'true' });
    display.phase('Conformance');
    display.step('node: a', 1, 2);
    display.step('node: b\x07', 2, 2);
    display.note('a \x1b]0;title word');
    display.close();
    const written = text();
    assert.match(written, /\[1\/2\] node: a/);
    assert.match(written, /\[2\/2\] node: b\\x07/);
    assert.match(written, /· a \\x1b\]0;title word\n/);
    assert.doesNotMatch(written, /::group::|\x07|\x1b\]/);
  });
});
