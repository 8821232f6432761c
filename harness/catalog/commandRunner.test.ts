/** Command runners: templates filled in or refused, endings told apart, and a real guest run by a runtime made of a few lines. */

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { CommandRunner } from '../contracts/config.ts';
import type { DetectTools, Trial } from '../contracts/runner.ts';
import { runProcess } from '../execute/process.ts';
import { scriptArguments } from '../execute/scriptArguments.ts';
import { askExecutable } from '../install/children.ts';
import { parseRecords } from '../script/records.ts';
import { commandClassifier } from './commandEnd.ts';
import { commandRunner } from './commandRunner.ts';
import { parseTemplate } from './commandTemplate.ts';
import { loadGuests } from './guests.ts';

const WHERE = 'bench.config.ts at runners.0';
const folder = mkdtempSync(join(tmpdir(), 'wasimeter-command-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const RUNTIME = `
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';
if (process.argv[2] === '--version') {
  console.log('my-rt v3.2.1 (made up)');
} else {
  const words = process.argv.slice(2);
  const preopens = {};
  const env = {};
  for (; words[0]?.startsWith('-'); words.splice(0, 2)) {
    const [name, value] = words[1].split(words[0] === '--dir' ? '::' : '=');
    if (words[0] === '--dir') preopens[value] = name;
    else env[name] = value;
  }
  const [file, ...args] = words;
  const wasi = new WASI({ version: 'preview1', args: [file, ...args], env, preopens });
  const module = await WebAssembly.compile(await readFile(file));
  process.exitCode = wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
}
`;
writeFileSync(join(folder, 'my-rt.mjs'), RUNTIME);
const ENTRY: CommandRunner = {
  id: 'mine',
  command: [
    ...['node', './my-rt.mjs', '--dir', '{host}::{guest}', '--env', '{name}={value}'],
    ...['{wasm}', '{args}'],
  ],
  wasi: ['p1'],
  version: ['./my-rt.mjs', '--version'],
};
const tools: DetectTools = {
  locate: (_id, executable) =>
    Promise.resolve(executable === 'node' ? { path: process.execPath, source: 'PATH' } : undefined),
  ask: askExecutable,
};

describe('a template', () => {
  const fill = (elements: string[], trial: Partial<Parameters<ReturnType<typeof parseTemplate>>[0]> = {}) =>
    parseTemplate(
      elements,
      WHERE,
    )({ artifact: '/g.wasm', args: ['a', '{wasm}'], env: {}, preopens: [], ...trial });

  test('is filled in; what the guest is given is never read as a template', () =>
    assert.deepEqual(fill(['run', '--file={wasm}', '--', '{args}']), [
      ...['run', '--file=/g.wasm', '--', 'a', '{wasm}'],
    ]));

  test('repeats what stands for granted folders and variables, with the option before it', () => {
    const elements = ['--dir', '{host}::{guest}', '-e{name}={value}', '--', '{wasm}', '{args}'];
    assert.deepEqual(fill(elements), ['--', '/g.wasm', 'a', '{wasm}'], 'none granted, none given');
    assert.deepEqual(
      fill(elements, {
        args: [],
        preopens: [
          { host: '/h/{guest}', guest: '/' },
          { host: '/i', guest: '/x' },
        ],
        env: { A: '1', B: '2' },
      }),
      ['--dir', '/h/{guest}::/', '--dir', '/i::/x', '-eA=1', '-eB=2', '--', '/g.wasm'],
    );
  });

  test('keeps an option that is not of the repeated element', () => {
    const elements = ['--quiet', 'x', '--', '{host}', '{wasm}', '{args}'];
    assert.deepEqual(fill(elements, { args: [] }), ['--quiet', 'x', '--', '/g.wasm']);
  });

  const refuses = (label: string, elements: string[], message: RegExp) =>
    test(`${label} is refused`, () =>
      assert.throws(() => parseTemplate(elements, WHERE), { name: 'UserError', message }));
  refuses('without {wasm}', ['{args}'], /^bench\.config\.ts at runners\.0 has no \{wasm\}: /);
  refuses('without {args}', ['{wasm}'], /^bench\.config\.ts at runners\.0 has no \{args\}: /);
  refuses(
    'with an unknown placeholder',
    ['{wasn}', '{args}'],
    /^unknown placeholder 'wasn' in bench\.config\.ts at runners\.0\.1; did you mean 'wasm'\?/,
  );
  refuses('with an empty placeholder', ['{wasm}', '{args}', '{}'], /^unknown placeholder '' in .*\.3 /);
  refuses('with {args} among other things', ['{wasm}', '--args={args}'], /\{args\} stands by itself/);
  refuses(
    'that mixes',
    ['{wasm}', '{args}', '{host}={value}'],
    /\{host\} and \{value\} can't stand in one element/,
  );
});

describe("an entry's executable", () => {
  test('may not be filled in', () =>
    assert.throws(
      () => commandRunner({ ...ENTRY, command: ['{wasm}', '{args}'] }, folder, WHERE),
      /command\.0 is the executable/,
    ));
  test('that is not on PATH is missing', async () => {
    const runner = commandRunner({ ...ENTRY, command: ['my-rt', '{wasm}', '{args}'] }, folder, WHERE);
    assert.deepEqual(await runner.detect(tools), { reason: 'my-rt is not on PATH' });
  });
  test("begins at the configuration's folder where it is a relative path, and must be executable", async () => {
    const runner = commandRunner({ ...ENTRY, command: ['./bin/rt', '{wasm}', '{args}'] }, folder, WHERE);
    assert.match(JSON.stringify(await runner.detect(tools)), /is not there/);
    mkdirSync(join(folder, 'bin'));
    const file = join(folder, 'bin', 'rt');
    writeFileSync(file, '#!/bin/sh\necho nothing that looks like one\n', { mode: 0o644 });
    assert.match(JSON.stringify(await runner.detect(tools)), /may not be executed/);
    chmodSync(file, 0o755);
    assert.deepEqual(await runner.detect(tools), {
      version: 'nothing that looks like one',
      mode: 'command',
      executable: file,
      source: 'bench.config',
    });
  });
});

test('what WASI it has is what its entry says', () => {
  const { p1, p2, p3 } = commandRunner(ENTRY, folder, WHERE).capabilities;
  assert.deepEqual(
    [p1.support, p2.support, p3.support, p2.reason],
    ['native', 'none', 'none', 'bench.config.ts at runners.0.wasi does not list preview 2'],
  );
});

describe('a guest run by a command of a few lines', () => {
  const guest = loadGuests().get('probe-p1')!;
  const runner = commandRunner(ENTRY, folder, WHERE);
  async function endOf(script: string, changes: Partial<Trial> = {}) {
    const found = await runner.detect(tools);
    assert.ok('version' in found);
    assert.equal(found.version, '3.2.1');
    const trial: Trial = {
      ...{ guest, artifact: guest.file, args: scriptArguments(script, 'ab12'), env: {}, preopens: [] },
      network: false,
      ...changes,
    };
    const scratch = mkdtempSync(join(folder, 'trial-'));
    const { end, stderr } = await runProcess(runner.command(trial, found), scratch, 60_000);
    const records = parseRecords(stderr, 'ab12');
    return { records, kind: runner.classify({ ...end, stderrText: records.otherText }) };
  }

  test('ends by itself, with its records', async () => {
    const { kind, records } = await endOf('alloc t 8 8\ncall clock_time_get 1 1 $t -> r');
    assert.deepEqual(kind, { kind: 'exit', code: 0 });
    assert.deepEqual(records.ends.get(2)?.r, [0n]);
  });
  test('exits with its own code', async () =>
    assert.deepEqual((await endOf('exit 7')).kind, { kind: 'exit', code: 7 }));
  test('traps, and the runtime says how', async () => {
    const { kind } = await endOf('trap');
    assert.equal(kind.kind, 'trap');
    assert.match((kind as { message: string }).message, /RuntimeError: unreachable/);
  });
  test('gets folders and variables', async () => {
    const preopens = [{ host: folder, guest: '/granted' }];
    const script =
      'alloc n 8 8\ncall environ_sizes_get $n ($n+4) -> r show $n 4\ncall fd_prestat_get 3 $n -> r';
    const { records } = await endOf(script, { preopens, env: { A: '1', B: '2' } });
    assert.deepEqual([records.ends.get(2)?.r, records.ends.get(3)?.r], [[0n], [0n]]);
    assert.match(
      JSON.stringify([...records.ends.values()], (_key, value) =>
        typeof value === 'bigint' ? String(value) : value,
      ),
      /02000000/,
    );
  });
});

describe('an end', () => {
  const end = { exitCode: 1 as number | undefined, signal: undefined as string | undefined, stderrText: '' };
  const usual = commandClassifier(undefined);
  for (const [label, changes, kind] of [
    ['with a code alone is an exit', {}, 'exit'],
    ['with a code and words about a trap is a trap', { stderrText: 'x\nwasm trap: unreachable\n' }, 'trap'],
    ['with 0 is an exit whatever is said', { exitCode: 0, stderrText: 'wasm trap' }, 'exit'],
    ['with 134 is a trap', { exitCode: 134 }, 'trap'],
    ['by SIGABRT is a trap', { exitCode: undefined, signal: 'SIGABRT' }, 'trap'],
    ['by SIGILL is a trap', { exitCode: undefined, signal: 'SIGILL' }, 'trap'],
    ['by SIGSEGV is a crash', { exitCode: undefined, signal: 'SIGSEGV' }, 'crash'],
    [
      'by SIGSEGV with words about a trap is a trap',
      { exitCode: undefined, signal: 'SIGSEGV', stderrText: 'trap: out of bounds memory access' },
      'trap',
    ],
    ['by SIGKILL is a crash', { exitCode: undefined, signal: 'SIGKILL' }, 'crash'],
    ['of which nothing is known is a crash', { exitCode: undefined }, 'crash'],
  ] as const)
    test(label, () => assert.equal(usual({ ...end, ...changes }).kind, kind));

  test('is told by the signs of the entry alone where it names some', () => {
    const own = commandClassifier({ exitCodes: [3], stderr: '^abort:' });
    assert.equal(own({ ...end, exitCode: 3 }).kind, 'trap');
    assert.deepEqual(own({ ...end, stderrText: 'so\nabort: bad\nmore' }), {
      kind: 'trap',
      message: 'abort: bad',
    });
    assert.equal(own({ ...end, stderrText: 'wasm trap' }).kind, 'exit');
    assert.equal(own({ ...end, exitCode: 134 }).kind, 'exit');
    assert.equal(own({ ...end, exitCode: undefined, signal: 'SIGABRT' }).kind, 'crash');
  });
});
