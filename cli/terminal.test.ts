/** What a terminal is sent: no character that steers it, and colours only where they are wanted. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { shown, terminalOf, widthOf } from './terminal.ts';

describe('shown text', () => {
  for (const [label, text, expected] of [
    ['escape sequences', '\x1b[2J', '\\x1b[2J'],
    ['the C1 sequence introducer', '\x9b2J', '\\x9b2J'],
    ['a new line', 'a\nb', 'a\\nb'],
    ['bidi controls', 'a\u202Eb\u2066c', 'a\\u{202e}b\\u{2066}c'],
    ['tags beyond the first plane', 'a\u{e0041}', 'a\\u{e0041}'],
    ['a lone surrogate', 'a\uD800', 'a\\u{d800}'],
    ['line separators', 'a\u2028', 'a\\u{2028}'],
  ] as const)
    test(`escapes ${label}`, () => assert.equal(shown(text), expected));

  test('leaves letters and joiners of any script', () => {
    for (const text of ['größer µs', 'می\u200Cخواهم', '👩\u200D🔬']) assert.equal(shown(text), text);
  });

  test('is measured by characters', () => assert.equal(widthOf('µs 𝔸'), 4));
});

describe('colours', () => {
  const TERMINAL = new URL('./terminal.ts', import.meta.url).href;
  const CODE = `const { terminalOf } = await import('${TERMINAL}'); console.log(terminalOf(process.stdout).paint('red', 'x'))`;
  const painted = (env: Record<string, string>) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', CODE], { env, encoding: 'utf8' }).stdout;

  test('are left out where there is no terminal', () => assert.equal(painted({}), 'x\n'));
  test('are there by FORCE_COLOR', () => assert.equal(painted({ FORCE_COLOR: '1' }), '\x1b[31mx\x1b[39m\n'));
  test('are left out by NO_COLOR', () => {
    const stream = { isTTY: true, columns: 100, getColorDepth: () => 1, hasColors: () => false };
    const terminal = terminalOf(Object.assign(Object.create(process.stdout), stream));
    assert.equal(terminal.columns, 100);
    assert.equal(painted({ NO_COLOR: '1', TERM: 'xterm-256color' }), 'x\n');
  });
});
