/** Node's runner on the real probe: command line and warm child agree, endings are told apart as they were seen. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { loadGuests } from '../../harness/catalog/guests.ts';
import type { Trial } from '../../harness/contracts/runner.ts';
import { prepareTools } from '../../harness/execute/prepareTools.ts';
import { runProcess } from '../../harness/execute/process.ts';
import { scriptArguments } from '../../harness/execute/scriptArguments.ts';
import { warmChild } from '../../harness/execute/warmChild.ts';
import { parseRecords } from '../../harness/script/records.ts';
import runner from './runner.ts';

const K = 'ab12';
const AMPLE_MS = 60_000;
const guest = loadGuests().get('probe-p1')!;
const folder = mkdtempSync(join(tmpdir(), 'wasimeter-node-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const found = await runner.detect({
  locate: () => Promise.resolve(undefined),
  ask: () => Promise.resolve(''),
});
if (!('version' in found)) throw new Error('Node did not find itself');
let artifact = '';
before(async () => {
  artifact = await runner.prepare!(guest, folder, found, prepareTools(folder));
});
const trialOf = (script: string): Trial => ({
  ...{ guest, artifact, args: scriptArguments(script, K), env: {}, preopens: [], network: false },
});

/** How a script ended in a process of its own and in a warm child. */
async function endsOf(script: string) {
  const fresh = await runProcess(runner.command(trialOf(script), found as never), folder, AMPLE_MS);
  const child = warmChild(runner.warm!.command(artifact, found as never), folder);
  try {
    const warm = await child.run(runner.warm!.message(trialOf(script)), AMPLE_MS);
    return [fresh, warm].map(({ end, stderr }) => {
      const records = parseRecords(stderr, K);
      const kind =
        end.trap === undefined
          ? runner.classify({ ...end, stderrText: records.otherText })
          : ({ kind: 'trap', message: end.trap } as const);
      return { kind, records };
    });
  } finally {
    child.close();
  }
}

describe('scripts under Node, in a process of their own and warm', () => {
  test('that end by themselves exit with 0 and with their records', async () => {
    for (const { kind, records } of await endsOf('alloc t 8 8\ncall clock_time_get 1 1 $t -> r show $t 8')) {
      assert.deepEqual(kind, { kind: 'exit', code: 0 });
      assert.ok(records.begun && records.ended);
      assert.deepEqual(records.ends.get(2)?.r, [0n]);
      assert.equal(records.damaged, 0);
    }
  });
  test('that exit tell their code', async () => {
    for (const { kind } of await endsOf('exit 7')) assert.deepEqual(kind, { kind: 'exit', code: 7 });
  });
  test('that trap are traps', async () => {
    for (const { kind, records } of await endsOf('trap')) {
      assert.equal(kind.kind, 'trap');
      assert.match((kind as { message: string }).message, /unreachable/);
      assert.deepEqual(records.begins, [1]);
    }
  });
  test('that are wrong say so', async () => {
    for (const { records } of await endsOf('call no_such_call')) assert.equal(records.scriptError?.line, 1);
  });
});

describe("what Node's endings mean", () => {
  const end = { exitCode: 1, signal: undefined, stderrText: '' };
  test('a signal is a crash', () =>
    assert.equal(runner.classify({ ...end, exitCode: undefined, signal: 'SIGSEGV' }).kind, 'crash'));
  for (const [name, said, kind] of [
    ['a wasm that is none', 'CompileError: WebAssembly.compile(): expected magic word', 'refused'],
    ['an import of another kind', 'LinkError: WebAssembly.instantiate(): Import #0 "a" "b": no', 'refused'],
    ['an unknown module', 'TypeError: WebAssembly.instantiate(): Import #0 "a": no object', 'refused'],
    ['no _start', 'TypeError [X]: The "instance.exports._start" property must be', 'refused'],
    ['a segment that does not fit', 'RuntimeError: WebAssembly.instantiate(): data segment', 'trap'],
    ['a call from the start function', 'Error: wasi.start() has not been called', 'trap'],
  ] as const)
    test(`${name} is told as ${kind}`, () =>
      assert.equal(runner.classify({ ...end, stderrText: `${said}\n\nNode.js v26.0.0\n` }).kind, kind));
  test('another uncaught error is a crash', () => {
    const stderrText = 'TypeError: x is not a function\n    at file\n\nNode.js v26.0.0\n';
    assert.deepEqual(runner.classify({ ...end, stderrText }), {
      kind: 'crash',
      message: 'TypeError: x is not a function',
    });
  });
  test("a guest's own exit code 1 is an exit", () =>
    assert.deepEqual(runner.classify(end), { kind: 'exit', code: 1 }));
});

test('the command names artefact, arguments and preopens, and inherits nothing', () => {
  const trial = { ...trialOf('mark'), env: { A: 'b' }, preopens: [{ host: '/h', guest: '/g' }] };
  const { file, args, env } = runner.command({ ...trial, artifact: '/a' }, found as never);
  assert.equal(file, process.execPath);
  assert.equal(env, undefined);
  assert.deepEqual(JSON.parse(args.at(-1)!), {
    artifact: join('/a', 'guest.wasm'),
    args: trial.args,
    env: { A: 'b' },
    preopens: { '/g': '/h' },
  });
});
