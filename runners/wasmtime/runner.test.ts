/** Wasmtime's command line, and its endings as Wasmtime 49.0.3 was seen to report them. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EndKind, Found, RunnerMode, Trial } from '../../harness/contracts/runner.ts';
import runner from './runner.ts';

const found: Found = { version: '49.0.3', mode: 'jit', executable: '/rt/wasmtime', source: 'PATH' };

const trial: Trial = {
  guest: { id: 'probe-p2-clocks', wasi: 'p2', kind: 'component', file: '/g.wasm', hash: 'sha256:00' },
  artifact: '/g.wasm',
  args: ['--help', '-S', '', '--'],
  env: { A: 'b=c', EMPTY: '' },
  preopens: [
    { host: '/host/a', guest: '/' },
    { host: '/host/b', guest: '/tmp' },
  ],
  network: false,
};

/** What Wasmtime prints when `_start` or `run` does not come to its end. */
function report(name: string, frame: string, ...causes: string[]): string {
  const lines = [`failed to invoke ${name}`, `error while executing at wasm backtrace:\n    0: ${frame}`];
  const listed = [...lines, ...causes].map((cause, index) => `    ${index}: ${cause}`);
  return `Error: failed to run main module \`/g.wasm\`\n\nCaused by:\n${listed.join('\n')}\n`;
}

const p1 = (...causes: string[]) =>
  report('command default', '    0x8c - <unknown>!<wasm function 2>', ...causes);
const p2 = (...causes: string[]) => report('`run` function', '   0x1ae - m!<wasm function 3>', ...causes);
const classify = (exitCode: number | undefined, stderrText: string, signal?: string) =>
  runner.classify({ exitCode, signal, stderrText });

test('the mode with a listening socket goes by the older implementation, while there is one', () => {
  const listen = runner.modes!.listen!;
  const { args } = listen.command!({ ...trial, listen: { host: '127.0.0.1', port: 4711 } }, found);
  assert.deepEqual(args.slice(0, 4), ['run', '-Spreview2=n', '-Stcplisten=127.0.0.1:4711', '-C']);
  assert.equal(listen.command!(trial, found).args[2], '-C');
  assert.equal(listen.lacks!({ ...found, version: '46.0.1' }), undefined);
  assert.match(
    listen.lacks!({ ...found, version: '47.0.0' })!,
    /^Wasmtime 47\.0\.0 hands in no listening socket/,
  );
});

test("the guest's arguments stand behind `--`, its folders and variables before", () => {
  assert.deepEqual(runner.command(trial, found), {
    file: '/rt/wasmtime',
    args: [
      ...[
        'run',
        '-C',
        'cache=n',
        '--dir',
        '/host/a::/',
        '--dir',
        '/host/b::/tmp',
        '--env',
        'A=b=c',
        '--env',
        'EMPTY=',
      ],
      ...['--', '/g.wasm', '--help', '-S', '', '--'],
    ],
  });
});

test('the network is granted only to trials that ask for it, HTTP only to components', () => {
  const bare = { ...trial, args: [], env: {}, preopens: [], network: true };
  const network = ['-Sinherit-network', '-Sallow-ip-name-lookup'];
  assert.deepEqual(runner.command(bare, found).args, [
    'run',
    '-C',
    'cache=n',
    ...network,
    '-Shttp',
    '--',
    '/g.wasm',
  ]);
  const module = { ...bare, guest: { ...trial.guest, wasi: 'p1' as const } };
  assert.deepEqual(runner.command(module, found).args, ['run', '-C', 'cache=n', ...network, '--', '/g.wasm']);
});

test("silence is the guest's own exit, whatever the code", () => {
  for (const code of [0, 1, 2, 10, 120, 125, 126, 134, 255]) {
    assert.deepEqual(classify(code, ''), { kind: 'exit', code });
  }
  assert.deepEqual(classify(1, 'hello on stderr\n'), { kind: 'exit', code: 1 });
  // How a Rust guest's main reports an error of its own.
  assert.deepEqual(classify(1, 'Error: Os { code: 44, kind: NotFound }\n'), { kind: 'exit', code: 1 });
});

test('traps of wasm', () => {
  const unreachable: EndKind = { kind: 'trap', message: 'wasm `unreachable` instruction executed' };
  assert.deepEqual(classify(134, p1('wasm trap: wasm `unreachable` instruction executed')), unreachable);
  assert.deepEqual(classify(134, p2('wasm trap: wasm `unreachable` instruction executed')), unreachable);
  const fault = p1(
    'memory fault at wasm address 0x11170 in linear memory of size 0x10000',
    'wasm trap: out of bounds memory access',
  );
  assert.deepEqual(classify(134, fault), { kind: 'trap', message: 'out of bounds memory access' });
  const data =
    'Error: failed to run main module `g.wasm`\n\nCaused by:\n    0: failed to instantiate "g.wasm"\n    1: wasm trap: out of bounds memory access\n';
  assert.deepEqual(classify(134, data), { kind: 'trap', message: 'out of bounds memory access' });
  const afterText = `no newline at the end${p1('wasm trap: integer divide by zero')}`;
  assert.deepEqual(classify(134, afterText), { kind: 'trap', message: 'integer divide by zero' });
});

test('traps that the host raised end with 1, as a guest may', () => {
  const raised = [
    p1('Pointer out of bounds: Region { start: 65530, len: 100 }'),
    p1('missing required memory export'),
    p1('exit with invalid exit status outside of [0..126)'),
    p2('unknown handle index 99'),
    p2('pointer not aligned'),
    p2('realloc return: beyond end of memory'),
    p2('requested len 18446744073709551615 exceeds limit 67108864'),
  ];
  for (const text of raised) {
    const message = text.trimEnd().split(/\s+2: /)[1]!;
    assert.deepEqual(classify(1, text), { kind: 'trap', message });
  }
  const lift =
    'Error: failed to run main module `g.wasm`\n\nCaused by:\n    0: failed to invoke `run` function\n    1: invalid expected discriminant\n';
  assert.deepEqual(classify(1, lift), { kind: 'trap', message: 'invalid expected discriminant' });
});

test('a guest that never ran was refused, told without its path', () => {
  const failed = (causes: string) =>
    `Error: failed to run main module \`/t/g.wasm\`\n\nCaused by:\n${causes}\n`;
  const refusals: [string, string][] = [
    [
      failed(
        '    0: failed to instantiate "/t/g.wasm"\n    1: unknown import: `wasi_snapshot_preview1::nosuch` has not been defined',
      ),
      'failed to instantiate: unknown import: `wasi_snapshot_preview1::nosuch` has not been defined',
    ],
    [
      failed(
        '    0: component imports instance `wasi:nosuch/thing@0.2.0`, but a matching implementation was not found in the linker\n    1: instance export `f` has the wrong type\n    2: function implementation is missing',
      ),
      'component imports instance `wasi:nosuch/thing@0.2.0`, but a matching implementation was not found in the linker: instance export `f` has the wrong type',
    ],
    [
      failed('    no exported instance named `wasi:cli/run@0.2.12`'),
      'no exported instance named `wasi:cli/run@0.2.12`',
    ],
    [
      'Error: failed to parse WebAssembly module\n\nCaused by:\n    unexpected end-of-file (at offset 0xa)\n',
      'failed to parse WebAssembly module: unexpected end-of-file (at offset 0xa)',
    ],
    [
      'Error: failed to compile: wasm[0]::function[0]\n\nCaused by:\n    0: WebAssembly translation error\n    1: Invalid input WebAssembly code at offset 35: type mismatch\n',
      'failed to compile: wasm[0]::function[0]: Invalid input WebAssembly code at offset 35: type mismatch',
    ],
    ['Error: expected `(`\n     --> /t/g.wasm:1:1\n      |\n    1 | hello\n      | ^\n', 'expected `(`'],
    [
      "Error: unexpected character '\\u{0}'\n     --> /t/g.wasm:1:1\n      |\n    1 | mas\n      | ^\n",
      "unexpected character '\\u{0}'",
    ],
  ];
  for (const [text, message] of refusals) assert.deepEqual(classify(1, text), { kind: 'refused', message });
});

test('a file that could not be read, and a wrong command line, are crashes', () => {
  const unread =
    'Error: failed to open wasm module "/t/g.wasm"\n\nCaused by:\n    No such file or directory (os error 2)\n';
  assert.deepEqual(classify(1, unread), {
    kind: 'crash',
    message: 'failed to open wasm module: No such file or directory (os error 2)',
  });
  const usage =
    "error: unexpected argument '--bogus' found\n\n  tip: …\n\nUsage: wasmtime run [OPTIONS] <WASM>...\n";
  assert.deepEqual(classify(2, usage), { kind: 'crash', message: "unexpected argument '--bogus' found" });
});

test('an end by signal is a crash', () => {
  assert.deepEqual(classify(undefined, '', 'SIGSEGV'), {
    kind: 'crash',
    message: 'Wasmtime was ended by SIGSEGV',
  });
});

test('detect tells the version, and why there is none', async () => {
  const located = { path: '/rt/wasmtime', source: 'PATH' };
  const detect = (answer: string | Error, where: typeof located | undefined = located) =>
    runner.detect({
      locate: async () => where,
      ask: async () => {
        if (answer instanceof Error) throw answer;
        return answer;
      },
    });
  assert.deepEqual(await detect('wasmtime 49.0.3 (f96eabaa1 2026-10-14)'), found);
  assert.deepEqual(await detect('something else'), {
    reason: 'PATH: its --version names no version of Wasmtime',
  });
  assert.deepEqual(await detect(new Error('it failed')), { reason: 'it failed' });
  assert.deepEqual(await runner.detect({ locate: async () => undefined, ask: async () => '' }), {
    reason: 'wasmtime is not installed',
  });
});

describe('compiled ahead of time', () => {
  const { aot } = runner.modes as Record<'aot', RunnerMode>;

  test('only the one flag is added', () => {
    const args = aot.command!({ ...trial, artifact: '/g.cwasm' }, found).args;
    assert.deepEqual(args.slice(0, 5), ['run', '-C', 'cache=n', '--allow-precompiled', '--dir']);
    assert.deepEqual(args.slice(-6), ['--', '/g.cwasm', '--help', '-S', '', '--']);
  });

  test('an artefact that Wasmtime does not take is a crash, told without its path', () => {
    const refused: [string, string][] = [
      [
        "Error: failed deserialization for: /c/g.cwasm\n\nCaused by:\n    Module was compiled with incompatible version '48'\n",
        "failed deserialization: Module was compiled with incompatible version '48'",
      ],
      [
        "Error: failed deserialization for: /c/g.cwasm\n\nCaused by:\n    Module was compiled for architecture 'aarch64'\n",
        "failed deserialization: Module was compiled for architecture 'aarch64'",
      ],
      [
        'Error: running a precompiled module requires the `--allow-precompiled` flag\n',
        'running a precompiled module requires the `--allow-precompiled` flag',
      ],
    ];
    for (const [text, message] of refused) assert.deepEqual(classify(1, text), { kind: 'crash', message });
  });
});
