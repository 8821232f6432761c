/** The lock: one at a time, whoever waits is told for whom, and a kill -9 of the holder frees it. */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { takeLock } from './lock.ts';

const skip = process.platform !== 'linux' && 'a lock apart from the real one needs abstract sockets';
const addressOf = (name: string) => ({ path: `\0wasimeter-test-${process.pid}-${name}` });

/** A process that holds the lock. */
async function holder(t: { after(fn: () => void): void }, address: { path: string }): Promise<ChildProcess> {
  const text = `
    const { takeLock } = await import(${JSON.stringify(new URL('lock.ts', import.meta.url).href)});
    await takeLock(() => {}, undefined, ${JSON.stringify(address)});
    process.send('held');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', text], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  t.after(() => child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

describe('the lock', { skip }, () => {
  test('a second taker is told who holds it and gets it once it is free', async () => {
    const address = addressOf('free');
    const free = await takeLock(() => assert.fail('nobody holds it'), undefined, address);
    const heard: string[] = [];
    const told = new Promise<void>((resolve) => {
      const waiter = takeLock(
        (by) => {
          heard.push(by);
          resolve();
        },
        undefined,
        address,
      );
      void waiter.then((freeAgain) => {
        heard.push('got it');
        freeAgain();
        done();
      });
    });
    let done = () => {};
    const gotIt = new Promise<void>((resolve) => {
      done = resolve;
    });
    await told;
    assert.deepEqual(heard, [`process ${process.pid}`]);
    free();
    await gotIt;
    assert.deepEqual(heard, [`process ${process.pid}`, 'got it']);
  });

  test('a kill -9 of the holder frees it', async (t) => {
    const address = addressOf('killed');
    const child = await holder(t, address);
    const waited = Promise.withResolvers<string>();
    const taken = takeLock(waited.resolve, undefined, address);
    assert.equal(await waited.promise, `process ${child.pid}`);
    child.kill('SIGKILL');
    (await taken)();
  });

  test('waiting ends when it is interrupted', async (t) => {
    const address = addressOf('interrupted');
    await holder(t, address);
    const interruption = new AbortController();
    await assert.rejects(
      takeLock(() => interruption.abort(), interruption.signal, address),
      { name: 'AbortError' },
    );
  });
});
