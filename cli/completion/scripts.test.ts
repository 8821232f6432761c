/** The scripts in the shells themselves: each completes, where it is there. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SHELL_SCRIPTS } from './scripts.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wasimeter-shell-'));
after(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'wasimeter'), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`);
chmodSync(join(folder, 'wasimeter'), 0o755);

const env = { PATH: `${folder}:${process.env.PATH}`, HOME: folder, TERM: 'dumb' };
const shell = (name: string, ...args: string[]) =>
  spawnSync(name, args, { cwd: folder, env, encoding: 'utf8', timeout: 120_000 });
const lacks = (name: string) => (shell(name, '-c', 'exit 0').error ? `${name} is not here` : false);

/** What bash would offer for a line. */
function inBash(...words: string[]): string[] {
  const script = `eval "$(wasimeter completion bash)"
COMP_WORDS=(wasimeter "$@"); COMP_CWORD=$#; COMPREPLY=(); _wasimeter
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = shell('bash', '-c', script, 'bash', ...words);
  assert.equal(status, 0, stderr);
  return stdout.split('\n').filter(Boolean);
}

describe('bash', { skip: lacks('bash') }, () => {
  test('completes commands', () => assert.deepEqual(inBash('re'), ['report']));
  test('completes options', () => assert.deepEqual(inBash('run', '--se'), ['--seed']));
  test('completes the names of runners', () =>
    assert.deepEqual(inBash('run', '--runner', 'wasm'), [
      'wasmedge',
      'wasmedge+aot',
      'wasmedge+jit',
      'wasmtime',
      'wasmtime+aot',
      'wasmtime+listen',
    ]));
  test('completes an empty word', () => assert.deepEqual(inBash('completion', ''), ['bash', 'zsh', 'fish']));
  test('leaves a file to bash', () => assert.deepEqual(inBash('report', ''), []));
  test('registers itself', () => {
    const { stdout } = shell('bash', '-c', 'eval "$(wasimeter completion bash)"; complete -p wasimeter');
    assert.equal(stdout, 'complete -o default -F _wasimeter wasimeter\n');
  });
});

for (const name of ['zsh', 'fish'] as const)
  test(`${name} understands its script`, { skip: lacks(name) }, () => {
    writeFileSync(join(folder, `script.${name}`), SHELL_SCRIPTS[name]);
    const { status, stderr } = shell(name, '-n', join(folder, `script.${name}`));
    assert.equal(status, 0, stderr);
  });

test('zsh completes, and leaves a file to itself', { skip: lacks('zsh') }, () => {
  const script = `compdef() { :; }; _describe() { print -l -- $described; }; _files() { print files; }
eval "$(wasimeter completion zsh)"
words=(wasimeter completion ''); CURRENT=3; _wasimeter
words=(wasimeter run --res); CURRENT=3; _wasimeter
words=(wasimeter report ''); CURRENT=3; _wasimeter`;
  const { stdout, stderr } = shell('zsh', '-f', '-c', script);
  const [resume, ...others] = stdout.trim().split('\n').toReversed().slice(1);
  assert.match(stdout, /\nfiles\n$/, stderr);
  assert.match(resume ?? '', /^--resume:go on with an interrupted run/);
  assert.deepEqual(others.toReversed(), ['bash:', 'zsh:', 'fish:']);
});

test('fish completes', { skip: lacks('fish') }, () => {
  const { stdout, stderr } = shell(
    'fish',
    '-c',
    "wasimeter completion fish | source; complete -C 'wasimeter run --runner wasm'",
  );
  assert.deepEqual(
    stdout.trim().split('\n'),
    ['wasmedge', 'wasmedge+aot', 'wasmedge+jit', 'wasmtime', 'wasmtime+aot', 'wasmtime+listen'],
    stderr,
  );
});
