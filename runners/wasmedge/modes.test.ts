/** WasmEdge's compiled modes on the real probe: they really run compiled code, and end as the interpreter does. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, test } from 'node:test';
import { loadGuests } from '../../harness/catalog/guests.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import { watchClock } from '../../harness/execute/clockCheck.ts';
import { prepareGuest } from '../../harness/execute/prepared.ts';
import { runProcess } from '../../harness/execute/process.ts';
import { scriptArguments } from '../../harness/execute/scriptArguments.ts';
import { makeRoster } from '../../harness/install/roster.ts';
import { parseRecords } from '../../harness/script/records.ts';
import interpreted from './runner.ts';

const K = 'ab12';
const AMPLE_MS = 120_000;
/** Compiled code is hundreds of times as quick as WasmEdge's interpreter. */
const MUCH_QUICKER = 10;

const folder = mkdtempSync(join(tmpdir(), 'wasimeter-wasmedge-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const cacheDir = resolve(process.env.WASIMETER_CACHE ?? 'out/cache');
const [entry] = await makeRoster([interpreted], { cacheDir, install: false, onProgress: () => {} });
const found = entry!.found!;
const skip = entry!.missing;
const guest = loadGuests().get('probe-p1')!;

function derived(mode: string): Runner {
  return { ...interpreted, ...interpreted.modes![mode], id: `wasmedge+${mode}`, runtime: 'wasmedge' };
}

async function loopsOf(runner: Runner): Promise<number> {
  const { artifact } = await prepareGuest(runner, found, guest, folder);
  return (await watchClock({ runner, found, artifact }, guest, folder, K))?.loops ?? 0;
}

describe('WasmEdge compiled', { skip }, () => {
  for (const mode of ['aot', 'jit']) {
    const lacks = skip ? undefined : interpreted.modes![mode]!.lacks?.(found);
    test(`${mode}: exits and traps are told apart`, { skip: lacks }, async () => {
      const runner = derived(mode);
      const { artifact } = await prepareGuest(runner, found, guest, folder);
      const own = join(folder, mode);
      mkdirSync(own);
      for (const [script, kind] of [
        ['call sched_yield -> r', { kind: 'exit', code: 0 }],
        ['exit 1', { kind: 'exit', code: 1 }],
        ['exit 134', { kind: 'exit', code: 134 }],
        ['trap', { kind: 'trap', message: 'unreachable' }],
      ] as const) {
        const args = scriptArguments(script, K);
        const trial = { guest, artifact, args, env: {}, preopens: [], network: false };
        const { end, stderr } = await runProcess(runner.command(trial, found), own, AMPLE_MS);
        const stderrText = parseRecords(stderr, K).otherText;
        assert.deepEqual(runner.classify({ ...end, stderrText }), kind, `${mode}: ${script}`);
      }
    });
  }

  test('ahead of time it runs compiled code, not the wasm that stands beside it', async () => {
    const [slow, quick] = [await loopsOf(interpreted), await loopsOf(derived('aot'))];
    assert.ok(slow > 0 && quick > slow * MUCH_QUICKER, `${slow} and ${quick} loops of the control`);
  });
});
