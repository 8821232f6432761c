/** `wasimeter time` as its users start it: real modules on Node and on a runtime of the folder's own. */

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { TimeResult } from '../harness/contracts/ownWasm.ts';
import { startCommand } from './startCommand.ts';
import { until } from './until.ts';

/** Another measurement may hold the machine's lock. */
const BOUND = { timeout: 300_000 };
/** By its name as a value, as in the jco runner. */
const JCO = '@bytecodealliance/jco';

const CAT = `(module
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (func (export "_start")
    (block $end (loop $more
      (i32.store (i32.const 0) (i32.const 1024))
      (i32.store (i32.const 4) (i32.const 65536))
      (br_if $end (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
      (br_if $end (i32.eqz (i32.load (i32.const 8))))
      (i32.store (i32.const 4) (i32.load (i32.const 8)))
      (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
      (br $more)))))`;
/** Says something that would colour a terminal, and ends with 3. */
const FAILS = String.raw`(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "bad \1b[31mnews\n")
  (func (export "_start")
    (i32.store (i32.const 0) (i32.const 64))
    (i32.store (i32.const 4) (i32.const 14))
    (drop (call $write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 8)))
    (call $exit (i32.const 3))))`;

/** Writes what it was started with beside itself; ends well whatever the wasm is, or never. */
const OWN = `
import { appendFileSync, existsSync } from 'node:fs';
const here = new URL('.', import.meta.url);
if (process.argv[2] === '--version') console.log('own 1.0.0');
else {
  appendFileSync(new URL('starts.ndjson', here), JSON.stringify(process.argv.slice(2)) + '\\n');
  if (existsSync(new URL('hang', here))) setInterval(() => {}, 1000);
}
`;
const CONFIG = `export default { runners: ['node', {
  id: 'own', wasi: ['p1'], version: ['./own.mjs', '--version'],
  command: [${JSON.stringify(process.execPath)}, './own.mjs', '--dir', '{host}::{guest}', '--env', '{name}={value}', '{wasm}', '{args}'],
}] };`;

const folder = mkdtempSync(join(tmpdir(), 'wasimeter-time-test-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
const inFolder = (name: string) => join(folder, name);
const time = (...words: string[]) => startCommand(folder, ['time', ...words]).ended;
const starts = () =>
  readFileSync(inFolder('starts.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as string[]);
const INPUT_BYTES = 300_000;

before(async () => {
  const { parse } = (await import(JCO)) as { parse(text: string): Promise<Uint8Array> };
  writeFileSync(inFolder('cat.wasm'), await parse(CAT));
  writeFileSync(inFolder('fails.wasm'), await parse(FAILS));
  writeFileSync(inFolder('component.wasm'), await parse('(component)'));
  writeFileSync(inFolder('input'), Buffer.alloc(INPUT_BYTES, 'x'));
  writeFileSync(inFolder('bench.config.mjs'), CONFIG);
  writeFileSync(inFolder('own.mjs'), OWN);
  mkdirSync(inFolder('data'));
});

describe('a module that ends well', () => {
  test('is timed on all runners, side by side, with what goes in and out', BOUND, async () => {
    const words = [
      'cat.wasm',
      '--stdin',
      'input',
      '--runs',
      '3',
      '--json',
      '--export-json',
      'made/times.json',
    ];
    const { code, stdout, stderr } = await time(...words);
    assert.equal(code, 0, stderr);
    const result = JSON.parse(stdout) as TimeResult;
    assert.deepEqual(
      [result.schema, result.wasm.name, result.wasm.kind, result.runs, result.stdinBytes],
      ['wasimeter/time@1', 'cat.wasm', 'module', 3, INPUT_BYTES],
    );
    assert.deepEqual(result.results.map(({ runner }) => runner).toSorted(), ['node', 'own']);
    const node = result.results.find(({ runner }) => runner === 'node')!;
    assert.deepEqual([node.inBytes, node.outBytes], [INPUT_BYTES, INPUT_BYTES]);
    for (const figure of [node.run, node.startup, node.bytesIn!, node.bytesOut!]) {
      assert.equal(figure.samples.length, 3);
      assert.ok(figure.ciLow <= figure.value && figure.value <= figure.ciHigh && figure.ciLow > 0);
    }
    if (existsSync('/proc/self/status')) assert.ok(node.peakMemory!.value > 10 * 1024 * 1024);
    // The other one reads nothing.
    const own = result.results.find(({ runner }) => runner === 'own')!;
    assert.deepEqual([own.inBytes, own.bytesIn], [0, undefined]);
    assert.match(stderr, /^\[\d+\/\d+\] timing of /m);

    const { results } = JSON.parse(readFileSync(inFolder('made/times.json'), 'utf8'));
    assert.equal(results.length, 2);
    assert.deepEqual(Object.keys(results[0]), [
      ...['command', 'mean', 'stddev', 'median', 'user', 'system', 'min', 'max', 'times', 'exit_codes'],
    ]);
    const exported = results.find((one: { command: string }) => one.command === 'node cat.wasm');
    assert.deepEqual(
      exported.times,
      node.run.samples.map((ns) => ns / 1e9),
    );
    assert.deepEqual(exported.exit_codes, [0, 0, 0]);
  });

  test('gets its arguments, variables and folders, and its startup twin gets none', BOUND, async () => {
    rmSync(inFolder('starts.ndjson'), { force: true });
    const { code, stdout, stderr } = await time(
      ...[
        'cat.wasm',
        '--runner',
        'own',
        '--runs',
        '2',
        '--dir',
        'data::/in',
        '--env',
        'A=b=c',
        '--',
        '--n',
        '',
      ],
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^runner +version +run time +times the quickest +startup/m);
    assert.match(stdout, /^own +1\.0\.0 /m);
    const ofOwn = starts().filter(([first]) => first === '--dir');
    assert.deepEqual(ofOwn[0]?.toSpliced(4, 1), [
      ...['--dir', `${inFolder('data')}::/in`, '--env', 'A=b=c'],
      ...['--n', ''],
    ]);
    assert.match(ofOwn[0]?.[4] ?? '', /\bcat\.wasm$/);
    const ofEmpty = starts().filter(({ length }) => length === 1);
    // A first run, two that are timed and two that are watched; the empty program is timed only.
    assert.deepEqual([ofOwn.length, ofEmpty.length], [5, 2]);
  });
});

test(
  'a program that fails is not timed: its code and last words are shown, the others go on',
  BOUND,
  async () => {
    const { code, stdout, stderr } = await time('fails.wasm', '--runs', '2');
    assert.equal(code, 1, stderr);
    assert.match(stdout, /^own +1\.0\.0 /m);
    assert.match(
      stdout,
      /^not timed: node [\d.]+: exit code 3\n {2}the last of its stderr:\n {4}bad \\x1b\[31mnews$/m,
    );
    assert.doesNotMatch(stdout, /^node /m);
  },
);

test('what a runtime cannot run is skipped with the reason', BOUND, async () => {
  const { code, stdout, stderr } = await time('component.wasm', '--runner', 'node', 'own');
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(
    stderr,
    /no runner can run component\.wasm, which is a component: node: node:wasi has no preview 2; own: /,
  );
});

describe('a mistake is said in one line, with exit code 2:', () => {
  for (const [what, words, message] of [
    ['a file that is not there', ['no.wasm'], /^wasimeter: no\.wasm cannot be read \(ENOENT\)\n$/],
    ['a folder', ['data'], /^wasimeter: data cannot be read \(EISDIR\)\n$/],
    ['no WebAssembly', ['input'], /^wasimeter: input is no WebAssembly: these bytes are neither .*\n$/],
    [
      'an unknown runner',
      ['cat.wasm', '--runner', 'nod'],
      /^wasimeter: unknown runner 'nod' in --runner; did you mean 'node'\?.*\n$/,
    ],
    ['no input', ['cat.wasm', '--stdin', 'no'], /^wasimeter: --stdin no is not there: .*\n$/],
    [
      'a folder as input',
      ['cat.wasm', '--stdin', 'data'],
      /^wasimeter: --stdin data is no regular file: .*\n$/,
    ],
    ['no folder', ['cat.wasm', '--dir', 'input'], /^wasimeter: --dir input is no folder\n$/],
    ['a variable without value', ['cat.wasm', '--env', 'A'], /^wasimeter: --env A: it is NAME=VALUE\n$/],
    ['no run at all', ['cat.wasm', '--runs', '0'], /a whole number of runs from 1 to 10000, please\./],
    ['a word of the program before --', ['cat.wasm', '--size'], /unknown option '--size'/],
  ] as const)
    test(what, async () => {
      const { code, stdout, stderr } = await time(...words);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
    });
});

test('an interruption ends what runs, and the command with 130', BOUND, async () => {
  rmSync(inFolder('starts.ndjson'), { force: true });
  writeFileSync(inFolder('hang'), '');
  try {
    const { child, ended } = startCommand(folder, ['time', 'cat.wasm', '--runner', 'own']);
    await until(() => existsSync(inFolder('starts.ndjson')), 'the program has started');
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    assert.equal(code, 130, stderr);
    assert.match(stderr, /wasimeter: interrupted/);
  } finally {
    rmSync(inFolder('hang'));
  }
});

test('a program that hangs is ended, and not timed', BOUND, async () => {
  writeFileSync(inFolder('hang'), '');
  try {
    const { code, stdout } = await time('cat.wasm', '--runner', 'own', '--timeout', '1');
    assert.equal(code, 1);
    assert.match(stdout, /^not timed: own 1\.0\.0: it did not end in time$/m);
  } finally {
    rmSync(inFolder('hang'));
  }
});
