/** Processes of a user's wasm seen from outside: what they read, write, hold and use; rounds that are shuffled by the seed. */

import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { temporaryFolder, writeModule } from '../testProcesses.ts';
import { runOwn } from './ownProcess.ts';
import { type OwnArm, runOwnRounds } from './rounds.ts';

const noProc = !existsSync('/proc/self/status') && 'the system has no /proc';
const MEBIBYTE = 1024 * 1024;

function node(t: TestContext, text: string, stdin?: string) {
  const folder = temporaryFolder(t);
  const file = writeModule(folder, 'program.mjs', text);
  if (stdin !== undefined) writeFileSync(join(folder, 'input'), stdin);
  return runOwn({
    ...{ command: { file: process.execPath, args: [file] }, scratchFolder: folder, timeoutMs: 60_000 },
    ...{ stdinFile: stdin === undefined ? undefined : join(folder, 'input'), isWatched: true },
  });
}

describe('a process', () => {
  test('that reads a part of its input and writes: both are counted', { skip: noProc }, async (t) => {
    const text = `
      import { readSync, writeSync } from 'node:fs';
      const bytes = Buffer.alloc(1000);
      readSync(0, bytes);
      writeSync(1, bytes.subarray(0, 400));
      writeSync(2, 'said');`;
    const seen = await node(t, text, 'x'.repeat(5000));
    assert.deepEqual([seen.inBytes, seen.outBytes, seen.stderr, seen.end.exitCode], [1000, 400, 'said', 0]);
    assert.ok(seen.durationNs > 0);
  });

  test('without input finds the null device, and nothing was read', async (t) => {
    const text = `
      import { readFileSync } from 'node:fs';
      process.exitCode = readFileSync(0).length;`;
    const seen = await node(t, text);
    assert.deepEqual([seen.inBytes, seen.end.exitCode], [0, 0]);
  });

  test('that holds memory and uses a CPU: both are seen, its own and not ours', {
    skip: noProc,
  }, async (t) => {
    const text = `
      const held = Buffer.alloc(${200 * MEBIBYTE}, 1);
      for (const begin = process.cpuUsage(); process.cpuUsage(begin).user < 200_000; );
      globalThis.held = held;`;
    const [large, small] = [await node(t, text), await node(t, '')];
    assert.ok((large.peakBytes ?? 0) > 200 * MEBIBYTE, String(large.peakBytes));
    assert.ok((small.peakBytes ?? 0) < 150 * MEBIBYTE, String(small.peakBytes));
    // In hundredths of a second, cut off.
    assert.ok((large.userMs ?? 0) >= 190, String(large.userMs));
  });
});

describe('rounds', () => {
  async function order(t: TestContext, seed: number, ends?: string) {
    const folder = temporaryFolder(t);
    const arms = ['a', 'b', 'c'].map((id): OwnArm => ({ id, command: { file: '/bin/true', args: [] } }));
    const seen: string[] = [];
    await runOwnRounds({
      ...{
        arms,
        rounds: 4,
        seed,
        purpose: 'test',
        isWatched: false,
        scratchFolder: folder,
        timeoutMs: 60_000,
      },
      onDone: ({ id }) => {
        seen.push(id);
        return id !== ends;
      },
      signal: new AbortController().signal,
    });
    return seen;
  }

  test('have each arm once, in an order of their own that the seed decides', async (t) => {
    const first = await order(t, 1);
    for (let round = 0; round < 4; round += 1)
      assert.deepEqual(first.slice(3 * round, 3 * round + 3).toSorted(), ['a', 'b', 'c']);
    assert.deepEqual(await order(t, 1), first);
    const others = await Promise.all([2, 3, 4].map((seed) => order(t, seed)));
    assert.ok(others.some((other) => other.join() !== first.join()));
  });

  test('go on without an arm that failed', async (t) => {
    const seen = await order(t, 1, 'b');
    assert.equal(seen.filter((id) => id === 'b').length, 1);
    assert.equal(seen.length, 9);
  });
});
