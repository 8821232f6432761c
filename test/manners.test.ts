/** The command's manners: help everywhere, exit codes as documented, a reader that goes away, a disk that is full, a doctor. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { EXIT, EXIT_MEANINGS } from '../cli/exit.ts';
import { wasimeterProgram } from '../cli/program.ts';
import type { Diagnosis } from '../harness/diagnosis.ts';

const MAIN = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'wasimeter-manners-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const env = { PATH: process.env.PATH ?? '', HOME: folder };
const run = (...args: string[]) =>
  spawnSync(process.execPath, [MAIN, ...args], { cwd: folder, env, encoding: 'utf8', timeout: 120_000 });

/** Commands at any depth, by the words that start them; commander's own `help` shows others'. */
function commands(command: Command, words: string[] = []): string[][] {
  const inner = command.commands.filter((one) => one.name() !== 'complete' && one.name() !== 'help');
  return [words, ...inner.flatMap((one) => commands(one, [...words, one.name()]))];
}

describe('help', () => {
  for (const words of commands(wasimeterProgram()))
    test(`of '${['wasimeter', ...words].join(' ')}' has examples`, () => {
      const { status, stdout, stderr } = run(...words, '--help');
      assert.equal(status, EXIT.fine, stderr);
      assert.match(stdout, new RegExp(`\\nExamples:\\n(?: .*\\n)*? .*wasimeter ${words.join(' ')}`));
    });

  test('and README tell the same exit codes', () => {
    const { stdout } = run('--help');
    const documented = /Exit codes: (.*?)\.\s*\n\s*\n/s.exec(README)?.[1]?.replaceAll(/\s+/g, ' ') ?? '';
    const parts = Object.entries(EXIT).map(
      ([name, code]) => [code, EXIT_MEANINGS[name as keyof typeof EXIT]] as const,
    );
    for (const [code, meaning] of parts)
      assert.ok(stdout.includes(`${String(code).padEnd(3)}  ${meaning}\n`));
    assert.equal(
      documented.replaceAll('`', ''),
      parts.map(([code, meaning]) => `${code} ${meaning}`).join('; '),
    );
  });

  test('and README name the same environment variables', () => {
    const { stdout } = run('--help');
    const section = stdout.slice(stdout.indexOf('Environment variables:'), stdout.indexOf('Exit codes:'));
    const names = [...section.matchAll(/^ {2}([A-Z_<>]+) /gm)].map(([, name]) => name ?? '');
    assert.ok(names.length >= 5);
    for (const name of names) assert.ok(README.includes(`\`${name}`), name);
  });
});

const inShell = (script: string) =>
  spawnSync('bash', ['-c', script, 'bash', process.execPath, MAIN], { cwd: folder, env, encoding: 'utf8' });

describe('standard output', () => {
  test('that nobody reads on from ends the command quietly', () => {
    const { stdout, stderr } = inShell(
      `"$1" "$2" list cases --json | head -1; printf '%s' "\${PIPESTATUS[0]}"`,
    );
    assert.equal(stdout, '[\n0');
    assert.equal(stderr, '');
  });

  test('that takes nothing at all, too', () => {
    const { stdout, stderr } = inShell(`"$1" "$2" list cases | exec true; printf '%s' "\${PIPESTATUS[0]}"`);
    assert.deepEqual([stdout, stderr], ['0', '']);
  });

  test('that cannot be written is said, with exit code 2', { skip: !existsSync('/dev/full') }, () => {
    const { status, stderr } = inShell('"$1" "$2" list cases >/dev/full');
    assert.equal(status, EXIT.usage);
    assert.match(stderr, /^wasimeter: standard output cannot be written: ENOSPC.*\n$/);
  });
});

describe('doctor', () => {
  test('prints its diagnosis as JSON, which names neither machine nor folder', () => {
    const { status, stdout, stderr } = run('doctor', '--seconds', '0.1', '--json');
    assert.equal(status, EXIT.fine, stderr);
    const diagnosis = JSON.parse(stdout) as Diagnosis;
    assert.equal(diagnosis.schema, 'wasimeter/doctor@1');
    assert.ok(diagnosis.runtimes.some(({ id, version }) => id === 'node' && version));
    assert.equal(diagnosis.machine.noise?.durationMs, 100);
    assert.doesNotMatch(stdout, new RegExp(folder));
  });

  test('finds an executable of the user that is none, with exit code 2', () => {
    const { status, stdout } = spawnSync(process.execPath, [MAIN, 'doctor', '--seconds', '0.1'], {
      ...{ cwd: folder, encoding: 'utf8' },
      env: { ...env, WASIMETER_WASMTIME: '/no/such' },
    });
    assert.equal(status, EXIT.usage);
    assert.match(stdout, /✗ wasmtime: not there: .*WASIMETER_WASMTIME/);
  });

  for (const seconds of ['0', '61', '1e1', 'x'])
    test(`refuses ${seconds} seconds`, () => {
      const { status, stderr } = run('doctor', '--seconds', seconds);
      assert.equal(status, EXIT.usage);
      assert.match(stderr, /a number from 0\.05 to 60/);
    });
});
