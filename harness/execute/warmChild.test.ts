/** Warm children: what goes wrong in one trial is that trial's alone, and the next gets a child that works. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lives, temporaryFolder, until, writeModule } from './testProcesses.ts';
import { type WarmChild, warmChild } from './warmChild.ts';

const AMPLE_MS = 60_000;
const SHORT_MS = 300;

/** Does what it is told; says its process id on stderr first. */
const CHILD = `
import { writeSync } from 'node:fs';
const deeds = {
  exit: (code) => process.send({ exitCode: code }),
  trap: (text) => process.send({ trap: text }),
  crash: () => process.abort(),
  leave: (code) => process.exit(code),
  hang: () => { for (;;); },
  sleep: () => {},
  flood: () => { const b = Buffer.alloc(4096, 120); for (;;) writeSync(2, b); },
  answerAndDie: () => process.send({ exitCode: 0 }, () => process.exit(9)),
};
process.on('message', ({ deed, value }) => {
  writeSync(2, 'pid ' + process.pid + '\\n');
  deeds[deed](value);
});
process.send({ ready: true });
`;

function childOf(t: { after(fn: () => void): void }, text = CHILD): WarmChild {
  const folder = temporaryFolder(t);
  const file = writeModule(folder, 'child.mjs', text);
  const child = warmChild({ file: process.execPath, args: [file] }, folder);
  t.after(() => child.close());
  return child;
}

const pidIn = (stderr: string) => Number(/^pid (\d+)/.exec(stderr)?.[1]);

describe('a warm child', () => {
  test('answers one trial after another, each with its own part of stderr', async (t) => {
    const child = childOf(t);
    const first = await child.run({ deed: 'exit', value: 3 }, AMPLE_MS);
    const second = await child.run({ deed: 'trap', value: 'out of bounds' }, AMPLE_MS);
    assert.equal(first.end.exitCode, 3);
    assert.equal(second.end.trap, 'out of bounds');
    assert.equal(first.stderr, second.stderr);
    assert.equal(first.stderr.trim(), `pid ${pidIn(second.stderr)}`);
  });

  for (const [deed, value, ended] of [
    ['crash', 0, 'SIGABRT'],
    ['leave', 4, 4],
    ['leave', 0, 0],
  ] as const)
    test(`that ends by ${ended} fails its own trial only`, async (t) => {
      const child = childOf(t);
      const first = await child.run({ deed, value }, AMPLE_MS);
      const second = await child.run({ deed: 'exit', value: 0 }, AMPLE_MS);
      assert.equal(first.end.signal ?? first.end.exitCode, ended);
      assert.equal(first.end.startError, undefined);
      assert.equal(second.end.exitCode, 0);
      assert.notEqual(pidIn(second.stderr), pidIn(first.stderr));
    });

  for (const deed of ['hang', 'sleep'])
    test(`that does not answer (${deed}) is ended at the deadline and replaced`, async (t) => {
      const child = childOf(t);
      const before = await child.run({ deed: 'exit', value: 0 }, AMPLE_MS);
      const first = await child.run({ deed }, SHORT_MS);
      assert.equal(first.end.timedOut, true);
      const second = await child.run({ deed: 'exit', value: 0 }, AMPLE_MS);
      assert.equal(second.end.exitCode, 0);
      assert.equal(second.end.timedOut, false);
      await until(() => !lives(pidIn(before.stderr)), 'the child that hung has ended');
    });

  test('that floods is ended and replaced', async (t) => {
    const child = childOf(t);
    const first = await child.run({ deed: 'flood' }, AMPLE_MS);
    assert.equal(first.end.flooded, true);
    assert.equal((await child.run({ deed: 'exit', value: 0 }, AMPLE_MS)).end.exitCode, 0);
  });

  test('that dies after its answer is no fault of the next trial', async (t) => {
    const child = childOf(t);
    const first = await child.run({ deed: 'answerAndDie' }, AMPLE_MS);
    assert.equal(first.end.exitCode, 0);
    await until(() => !lives(pidIn(first.stderr)), 'it has died');
    const second = await child.run({ deed: 'exit', value: 5 }, AMPLE_MS);
    assert.equal(second.end.exitCode, 5);
    assert.notEqual(pidIn(second.stderr), pidIn(first.stderr));
  });

  test('that cannot be started is a start error with the reason', async (t) => {
    const child = warmChild({ file: '/nowhere/runtime', args: [] }, temporaryFolder(t));
    for (const _ of [1, 2])
      assert.match((await child.run({ deed: 'exit' }, AMPLE_MS)).end.startError ?? '', /ENOENT/);
  });

  test('that fails before it is ready is a start error with its words', async (t) => {
    const child = childOf(t, 'throw new Error("no such shim")');
    const { end } = await child.run({ deed: 'exit' }, AMPLE_MS);
    assert.match(end.startError ?? '', /did not get ready.*no such shim/s);
  });

  test('ends when it is closed', async (t) => {
    const child = childOf(t);
    const { stderr } = await child.run({ deed: 'exit', value: 0 }, AMPLE_MS);
    child.close();
    await until(() => !lives(pidIn(stderr)), 'the child has ended');
  });
});
