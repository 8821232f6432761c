/** What a process holds while it waits: its own and its children's, known to a test that allocates it. */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { heldBy } from './heldMemory.ts';

const MIB = 1024 * 1024;
const skip = existsSync('/proc/self/smaps_rollup') ? false : 'the system has no smaps_rollup';

/** Starts Node with that program, which says when it is ready and waits for its standard input's end. */
async function waiting(t: TestContext, program: string): Promise<ChildProcess & { pid: number }> {
  const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child as typeof child & { pid: number };
}

const READY = `process.stdin.resume(); console.log('ready');`;
const held = (sizeMib: number) => `globalThis.held = Buffer.alloc(${sizeMib} * ${MIB}, 1);`;

describe('memory that a process holds', { skip }, () => {
  test('what it fills is its own, and stays in the peak when it is given back', async (t) => {
    const [small, large] = await Promise.all([waiting(t, READY), waiting(t, `${held(100)}${READY}`)]);
    const a = heldBy(small.pid)!;
    const b = heldBy(large.pid)!;
    for (const more of [b.privateBytes - a.privateBytes, b.peakBytes - a.peakBytes])
      assert.ok(more > 90 * MIB && more < 125 * MIB, `${more / MIB} MiB more`);
    assert.ok(a.privateBytes < a.peakBytes, 'shared libraries are resident and not its own');
  });

  test("a child's memory counts", async (t) => {
    const child = `const c = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(`${held(100)}${READY}`)}], { stdio: ['pipe', 'pipe', 'inherit'] });
      c.stdout.once('data', () => { ${READY} });`;
    const [alone, parent] = await Promise.all([waiting(t, READY), waiting(t, child)]);
    const more = heldBy(parent.pid)!.peakBytes - heldBy(alone.pid)!.peakBytes;
    assert.ok(more > 100 * MIB, `${more / MIB} MiB more`);
  });

  test('nothing is told of a process that has ended', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    assert.equal(heldBy(child.pid!), undefined);
  });
});
