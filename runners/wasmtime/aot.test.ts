/** Wasmtime ahead of time on the real probes of both versions: precompiled guests run, and end as others do. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, test } from 'node:test';
import { loadGuests } from '../../harness/catalog/guests.ts';
import type { Runner } from '../../harness/contracts/runner.ts';
import { prepareGuest } from '../../harness/execute/prepared.ts';
import { runProcess } from '../../harness/execute/process.ts';
import { scriptArguments } from '../../harness/execute/scriptArguments.ts';
import { makeRoster } from '../../harness/install/roster.ts';
import { parseRecords } from '../../harness/script/records.ts';
import wasmtime from './runner.ts';

const K = 'ab12';
const AMPLE_MS = 120_000;

const folder = mkdtempSync(join(tmpdir(), 'wasimeter-wasmtime-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const cacheDir = resolve(process.env.WASIMETER_CACHE ?? 'out/cache');
const [entry] = await makeRoster([wasmtime], { cacheDir, install: false, onProgress: () => {} });
const found = entry!.found!;
const runner: Runner = { ...wasmtime, ...wasmtime.modes!.aot, id: 'wasmtime+aot', runtime: 'wasmtime' };

describe('Wasmtime ahead of time', { skip: entry!.missing }, () => {
  for (const id of ['probe-p1', 'probe-p2-clocks'])
    test(`${id}: exits and traps are told apart`, async () => {
      const guest = loadGuests().get(id)!;
      const { artifact } = await prepareGuest(runner, found, guest, folder);
      const own = join(folder, id);
      mkdirSync(own);
      const endOf = async (script: string) => {
        const args = scriptArguments(script, K);
        const trial = { guest, artifact, args, env: {}, preopens: [], network: false };
        const { end, stderr } = await runProcess(runner.command(trial, found), own, AMPLE_MS);
        const { otherText, begins } = parseRecords(stderr, K);
        return { kind: runner.classify({ ...end, stderrText: otherText }), begun: begins.length > 0 };
      };
      assert.match(artifact, /\.cwasm$/);
      assert.deepEqual(await endOf('exit 0'), { kind: { kind: 'exit', code: 0 }, begun: true });
      assert.deepEqual(await endOf('exit 1'), { kind: { kind: 'exit', code: 1 }, begun: true });
      assert.deepEqual(await endOf('trap'), {
        kind: { kind: 'trap', message: 'wasm `unreachable` instruction executed' },
        begun: true,
      });
    });

  test('a guest that cannot be compiled is told in Wasmtime’s words', async () => {
    const file = join(folder, 'short.wasm');
    writeFileSync(file, Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 99]));
    const guest = { id: 'short', wasi: 'p1', kind: 'module', file, hash: 'sha256:00' } as const;
    await assert.rejects(
      prepareGuest(runner, found, guest, folder),
      /^Error: wasmtime ended with 1: Error: failed to parse WebAssembly module/,
    );
  });
});
