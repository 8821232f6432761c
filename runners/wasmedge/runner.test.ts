/** WasmEdge's command line, and its endings as 0.14.1 and 0.17.1 were seen to report them. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Found, RunnerMode, Trial } from '../../harness/contracts/runner.ts';
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

test('a folder for reading only is named so', () => {
  const preopens = trial.preopens.map((one, index) =>
    index === 0 ? { ...one, readOnly: true as const } : one,
  );
  const { args } = runner.command({ ...trial, preopens }, found);
  assert.deepEqual(args.slice(0, 4), ['--dir', '/:/host/a:readonly', '--dir', '/tmp:/host/b']);
  assert.ok(runner.provides?.includes('read-only'));
});

test('one with a loader of its own is started by that, and not by the script in its place', () => {
  const start = {
    file: '/c/ld.so',
    args: ['--library-path', '/c/lib', '/c/wasmedge'],
    program: '/c/wasmedge',
  };
  const { file, args } = runner.command(trial, { ...found, start });
  assert.deepEqual([file, ...args.slice(0, 4)], ['/c/ld.so', ...start.args, '--dir']);
  const env = { LD_LIBRARY_PATH: '/c/lib' };
  const own = { file: '/c/wasmedge', args: [], env, program: '/c/wasmedge' };
  assert.deepEqual(runner.command(trial, { ...found, start: own }).env, env);
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

test('a guest that never ran was refused, unless it could not even be read', () => {
  const refusals: [string, string][] = [
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
  for (const [text, message] of refusals) assert.deepEqual(classify(1, text), { kind: 'refused', message });
  const reactor = 'A function name is required when reactor mode is enabled.';
  assert.deepEqual(classify(1, '', `${reactor}\n`), { kind: 'refused', message: reactor });
  const unread = logged('loading failed: invalid path, Code: 0x20');
  assert.deepEqual(classify(1, unread), { kind: 'crash', message: 'loading failed: invalid path' });
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

describe('compiled', () => {
  const { aot, jit } = runner.modes as Record<'aot' | 'jit', RunnerMode>;
  const before = { ...found, version: '0.14.1' };
  const first = (mode: RunnerMode, of: Found) => mode.command!(trial, of).args.slice(0, 2);
  const end = (exitCode: number | undefined, stdoutText: string, signal?: string) =>
    ({ exitCode, signal, stderrText: '', stdoutText }) as const;

  test('0.17 is told how to run, 0.14 runs compiled code unasked and has another word for JIT', () => {
    assert.deepEqual(first(aot, found), ['--run-mode=aot', '--dir']);
    assert.deepEqual(first(aot, before), ['--dir', '/:/host/a']);
    assert.deepEqual(first(jit, found), ['--run-mode=jit', '--log-level=warning']);
    assert.deepEqual(first(jit, before), ['--enable-jit', '--dir']);
    assert.equal(jit.lacks?.(before), undefined);
    assert.equal(jit.lacks?.({ ...found, version: '1.0.0' }), undefined);
    assert.match(jit.lacks?.({ ...found, version: '0.13.5' }) ?? '', /^WasmEdge 0\.13\.5 has no JIT/);
  });

  test('traps and exits end as interpreted, the trap of a stack overflow ends WasmEdge', () => {
    const trap = logged(
      'execution failed: integer divide by zero, Code: 0x404',
      'calling stack:0, 0, 0, 0, 0, 0',
      '    When executing function name: "_start"',
    );
    const progress =
      '[2026-11-23 09:33:30.234] [info] compile start\n[2026-11-23 09:33:30.238] [info] optimize done\n';
    for (const { classify } of [aot, jit]) {
      assert.deepEqual(classify!(end(134, trap)), { kind: 'trap', message: 'integer divide by zero' });
      assert.deepEqual(classify!(end(134, progress + trap)), {
        kind: 'trap',
        message: 'integer divide by zero',
      });
      for (const code of [0, 1, 134])
        assert.deepEqual(classify!(end(code, progress)), { kind: 'exit', code });
      assert.deepEqual(classify!(end(undefined, '', 'SIGSEGV')), {
        kind: 'crash',
        message: 'WasmEdge was ended by SIGSEGV',
      });
    }
  });

  test('a guest that was interpreted after all is a crash, however it ended', () => {
    const stamp = (level: string, text: string) => `[2026-11-23 09:33:30.631] [${level}] ${text}\n`;
    const missing = 'AOT was requested but the input has no AOT artifact, falling back to interpreter.';
    const texts: [string, string][] = [
      [stamp('warning', missing), missing],
      [
        `${stamp('error', 'loading failed: malformed section id, Code: 0x105')}${stamp('error', '    AOT binary version unmatched.')}${stamp('info', '    Load AOT section failed. Use interpreter mode instead.')}`,
        'Load AOT section failed. Use interpreter mode instead.',
      ],
    ];
    for (const [text, message] of texts)
      for (const code of [0, 1, 134])
        assert.deepEqual(aot.classify!(end(code, `${text}hello\n`)), {
          kind: 'crash',
          message: `WasmEdge interpreted it: ${message}`,
        });
  });
});
