/** jco's runner on the real probes of both versions: command line and warm child agree, endings are told apart. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { loadGuests } from '../../harness/catalog/guests.ts';
import type { Found, Trial } from '../../harness/contracts/runner.ts';
import { prepareTools } from '../../harness/execute/prepareTools.ts';
import { runProcess } from '../../harness/execute/process.ts';
import { scriptArguments } from '../../harness/execute/scriptArguments.ts';
import { warmChild } from '../../harness/execute/warmChild.ts';
import { parseRecords } from '../../harness/script/records.ts';
import runner from './runner.ts';

const K = 'ab12';
const AMPLE_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'wasimeter-jco-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const detected = await runner.detect({
  locate: () => Promise.resolve(undefined),
  ask: () => Promise.resolve(''),
});
const skip = 'reason' in detected && detected.reason;
const found = detected as Found;

/** The probe of a version, transpiled, and what becomes of a script in a fresh process and in a warm child. */
async function prepared(id: string) {
  const guest = loadGuests().get(id)!;
  const own = join(folder, id);
  mkdirSync(own);
  const artifact = await runner.prepare!(guest, own, found, prepareTools(own));
  const trialOf = (script: string): Trial => ({
    ...{ guest, artifact, args: scriptArguments(script, K), env: {}, preopens: [], network: false },
  });
  return async (script: string) => {
    const fresh = await runProcess(runner.command(trialOf(script), found), own, AMPLE_MS);
    const child = warmChild(runner.warm!.command(artifact, found), own);
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
  };
}

describe('scripts under jco, in a process of their own and warm', { skip }, () => {
  test('preview 1: ends, exits and traps are told apart', async () => {
    const endsOf = await prepared('probe-p1');
    for (const { kind, records } of await endsOf('alloc t 8 8\ncall clock_time_get 1 1 $t -> r show $t 8')) {
      assert.deepEqual(kind, { kind: 'exit', code: 0 });
      assert.deepEqual(records.ends.get(2)?.r, [0n]);
      assert.equal(records.damaged, 0);
    }
    for (const { kind } of await endsOf('trap')) {
      assert.equal(kind.kind, 'trap');
      assert.match((kind as { message: string }).message, /unreachable/);
    }
    for (const { kind } of await endsOf('exit 0')) assert.deepEqual(kind, { kind: 'exit', code: 0 });
    // 0.2.0 has no exit-with-code: through the adapter every other code is 1.
    for (const { kind } of await endsOf('exit 7')) assert.deepEqual(kind, { kind: 'exit', code: 1 });
  });

  test('preview 2: ends, exits and traps are told apart', async () => {
    const endsOf = await prepared('probe-p2-clocks');
    for (const { kind, records } of await endsOf('call wasi:clocks/monotonic-clock#now -> r')) {
      assert.deepEqual(kind, { kind: 'exit', code: 0 });
      assert.equal(records.ends.get(1)?.r.length, 1);
      assert.ok(records.ended);
    }
    for (const { kind } of await endsOf('trap')) assert.equal(kind.kind, 'trap');
    for (const { kind } of await endsOf('exit 0')) assert.deepEqual(kind, { kind: 'exit', code: 0 });
    for (const { kind } of await endsOf('exit 3')) assert.deepEqual(kind, { kind: 'exit', code: 1 });
  });
});

test('an exit with a code ends the instance, and the warm child takes the next one', { skip }, async () => {
  const guest = loadGuests().get('probe-p2-exit-with-code')!;
  const own = join(folder, guest.id);
  mkdirSync(own);
  const artifact = await runner.prepare!(guest, own, found, prepareTools(own));
  const output = join(own, 'output');
  mkdirSync(output);
  const child = warmChild(runner.warm!.command(artifact, found), output);
  try {
    for (const code of [7, 0, 255]) {
      const args = scriptArguments(`call wasi:cli/exit#exit-with-code ${code}`, K);
      const trial: Trial = { guest, artifact, args, env: {}, preopens: [], network: false };
      const { end } = await child.run(runner.warm!.message(trial), AMPLE_MS);
      assert.equal(end.exitCode, code);
    }
    assert.deepEqual(readdirSync(output).toSorted(), ['stderr.1', 'stdout.1'], 'one child was started');
  } finally {
    child.close();
  }
});

describe("what jco's endings mean", () => {
  const end = { exitCode: 1, signal: undefined, stderrText: '' };
  test('a signal is a crash', () =>
    assert.equal(runner.classify({ ...end, exitCode: undefined, signal: 'SIGSEGV' }).kind, 'crash'));
  test('an uncaught error is a trap with its words', () => {
    const stderrText = 'RuntimeError: memory access out of bounds\n    at wasm\n\nNode.js v26.0.0\n';
    assert.deepEqual(runner.classify({ ...end, stderrText }), {
      kind: 'trap',
      message: 'RuntimeError: memory access out of bounds',
    });
  });
  test("a guest's own exit code 1 is an exit", () =>
    assert.deepEqual(runner.classify(end), { kind: 'exit', code: 1 }));
});
