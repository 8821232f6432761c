/** WasmEdge's command line, and its endings as 0.14.1 and 0.17.1 were seen to report them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Found, Trial } from '../../harness/contracts/runner.ts';
import runner from './runner.ts';

const found: Found = { version: '0.17.1', mode: 'interpreter', executable: '/rt/wasmedge', source: 'PATH' };

const trial: Trial = {
  guest: { id: 'probe-p1', wasi: 'p1', kind: 'module', file: '/g.wasm', hash: 'sha256:00' },
  artifact: '/g.wasm',
  args: ['--help', '', '--'],
  env: { A: 'b=c', EMPTY: '' },
  preopens: [
    { host: '/host/a', guest: '/' },
    { host: '/host/b', guest: '/tmp' },
  ],
  network: true,
};

/** Lines of WasmEdge's log as they stand on stdout. */
function logged(...lines: string[]): string {
  return lines.map((line) => `[2026-11-23 06:29:45.649] [error] ${line}\n`).join('');
}

const classify = (exitCode: number | undefined, stdoutText?: string, stderrText = '', signal?: string) =>
  runner.classify({ exitCode, signal, stderrText, ...(stdoutText === undefined ? {} : { stdoutText }) });

test("the guest's arguments stand behind `--`, folders are named guest first", () => {
  assert.deepEqual(runner.command(trial, found), {
    file: '/rt/wasmedge',
    args: [
      ...['--dir', '/:/host/a', '--dir', '/tmp:/host/b', '--env', 'A=b=c', '--env', 'EMPTY='],
      ...['--', '/g.wasm', '--help', '', '--'],
    ],
  });
});

test("without a line of WasmEdge's log it is the guest's own exit, whatever the code", () => {
  for (const code of [0, 1, 2, 21, 120, 126, 134, 255]) {
    assert.deepEqual(classify(code, 'hello\n'), { kind: 'exit', code });
  }
  assert.deepEqual(classify(1, '', 'hello on stderr\n'), { kind: 'exit', code: 1 });
});

test('traps: 134 from the command, 1 from a start function or data segment', () => {
  const unreachable = logged(
    'execution failed: unreachable, Code: 0x40a',
    '    In instruction: unreachable (0x00) , Bytecode offset: 0x00000031',
    '    When executing function name: "_start"',
  );
  assert.deepEqual(classify(134, unreachable), { kind: 'trap', message: 'unreachable' });
  assert.deepEqual(classify(134, `no newline${unreachable}`), { kind: 'trap', message: 'unreachable' });
  assert.deepEqual(classify(1, unreachable), { kind: 'trap', message: 'unreachable' });
  const fault = logged(
    'execution failed: out of bounds memory access, Code: 0x408',
    '    Accessing offset from: 0x00011170 to: 0x00011173 , Out of boundary: 0x0000ffff',
  );
  assert.deepEqual(classify(134, fault), { kind: 'trap', message: 'out of bounds memory access' });
  assert.deepEqual(classify(134), { kind: 'trap', message: 'wasm trap (exit code 134)' });
});

test('a guest that never ran is a crash', () => {
  const crashes: [string, string][] = [
    [
      logged(
        'instantiation failed: unknown import, Code: 0x302',
        '    When linking module: "wasi_snapshot_preview1" , function name: "nosuch"',
      ),
      'instantiation failed: unknown import wasi_snapshot_preview1::nosuch',
    ],
    [
      logged('validation failed: type mismatch, Code: 0x202', '    Value stack underflow.'),
      'validation failed: type mismatch',
    ],
    [
      logged(
        'loading failed: unknown binary version, Code: 0x104',
        '    This instruction or syntax requires enabling Component Model proposal',
      ),
      'loading failed: unknown binary version',
    ],
    [
      logged(
        'Might an invalid wasm file, magic expected, but got 0x68 0x65 0x6C 0x6C',
        'loading failed: magic header not detected, Code: 0x103',
      ),
      'loading failed: magic header not detected',
    ],
  ];
  for (const [text, message] of crashes) assert.deepEqual(classify(1, text), { kind: 'crash', message });
  const reactor = 'A function name is required when reactor mode is enabled.';
  assert.deepEqual(classify(1, '', `${reactor}\n`), { kind: 'crash', message: reactor });
});

test("a guest that prints a trap's words and exits with another code has exited", () => {
  assert.deepEqual(classify(3, logged('execution failed: unreachable, Code: 0x40a')), {
    kind: 'exit',
    code: 3,
  });
});

test('an end by signal is a crash', () => {
  assert.deepEqual(classify(undefined, '', '', 'SIGABRT'), {
    kind: 'crash',
    message: 'WasmEdge was ended by SIGABRT',
  });
});

test('detect reads the version of WasmEdge, not of its plugins', async () => {
  const answer = '/rt/root/usr/bin/wasmedge version 0.17.1\n (plugin "wasi_logging") version 0.1.0.0';
  const locate = async () => ({ path: '/rt/wasmedge', source: 'PATH' });
  assert.deepEqual(await runner.detect({ locate, ask: async () => answer }), found);
  assert.deepEqual(await runner.detect({ locate, ask: async () => 'else' }), {
    reason: 'PATH: its --version names no version of WasmEdge',
  });
  assert.deepEqual(await runner.detect({ locate: async () => undefined, ask: async () => '' }), {
    reason: 'wasmedge is not installed',
  });
});
