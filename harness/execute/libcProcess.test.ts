/** Starts by libc: what the process finds and how it ended, and that a hang is ended with all that it started. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type LibcStarter, libcStarter } from './libcProcess.ts';
import { runProcess } from './process.ts';
import { temporaryFolder, until } from './testProcesses.ts';

const hasKoffi = (() => {
  try {
    createRequire(import.meta.url)('koffi');
    return existsSync('/lib/x86_64-linux-gnu/libc.so.6') || existsSync('/lib64/libc.so.6');
  } catch {
    return false;
  }
})();
const skip = hasKoffi ? false : 'koffi or glibc is not there';
const BOUND = { timeout: 60_000 };
const shell = (text: string) => ({ file: '/bin/sh', args: ['-c', text, 'sh'] });

describe('a start by libc', { skip }, () => {
  let starter: LibcStarter;
  before(async () => {
    starter = (await libcStarter()) ?? assert.fail('koffi is there, and starts nothing');
  });
  after(() => starter.close());

  test('arguments, environment, folder and streams are the command’s', BOUND, async (t) => {
    const folder = temporaryFolder(t);
    const command = {
      ...shell('pwd; echo "$1|$OWN|$HOME|$LANG"; cat; echo err >&2; exit 7'),
    };
    const result = await starter.run(
      { ...command, args: [...command.args, 'a b'], env: { OWN: 'x' } },
      folder,
      30_000,
    );
    assert.equal(result.end.exitCode, 7);
    assert.equal(result.stderr, 'err\n');
    assert.equal(readFileSync(join(folder, 'stdout'), 'utf8'), `${folder}\na b|x||C.UTF-8\n`);
    assert.ok(result.endRealtimeNs > result.beginRealtimeNs);
    assert.equal(result.leftBehind, undefined);
  });

  test('descriptors and signals are as after a spawn of Node’s', BOUND, async (t) => {
    const look = shell(
      'ls /proc/self/fd; grep -E "Sig(Ign|Blk)" /proc/self/status; ps -o pgid= -p $$ | grep -cw $$',
    );
    const folders = [temporaryFolder(t), temporaryFolder(t)] as const;
    await starter.run(look, folders[0], 30_000);
    await runProcess(look, folders[1], 30_000);
    const [seen, nodes] = folders.map((folder) => readFileSync(join(folder, 'stdout'), 'utf8'));
    assert.match(seen ?? '', /SigIgn/);
    assert.equal(seen, nodes);
  });

  test('the signal that ended it is named', BOUND, async (t) => {
    const killed = await starter.run(shell('kill -ABRT $$'), temporaryFolder(t), 30_000);
    assert.deepEqual([killed.end.exitCode, killed.end.signal], [undefined, 'SIGABRT']);
  });

  test('a hang is ended at its limit with all that it started, and the next one runs', BOUND, async (t) => {
    const folder = temporaryFolder(t);
    const begun = performance.now();
    const hung = await starter.run(
      shell('setsid sleep 1234 & sleep 1234 & echo begun >&2; wait'),
      folder,
      500,
    );
    assert.deepEqual([hung.end.timedOut, hung.end.signal, hung.stderr], [true, 'SIGKILL', 'begun\n']);
    assert.ok(performance.now() - begun < 30_000);
    await until(() => startedIn(folder).length === 0, 'what it started has ended');
    const next = await starter.run(shell('exit 0'), temporaryFolder(t), 30_000);
    assert.deepEqual([next.end.exitCode, next.end.timedOut], [0, false]);
  });

  test('what a process leaves behind is ended', BOUND, async (t) => {
    const folder = temporaryFolder(t);
    const result = await starter.run(shell('setsid sleep 1234 & exit 0'), folder, 30_000);
    assert.equal(result.leftBehind, true);
    await until(() => startedIn(folder).length === 0, 'what it started has ended');
  });

  test('a flood is ended', BOUND, async (t) => {
    for (const flood of ['exec cat /dev/zero', 'exec cat /dev/zero >&2']) {
      const { end } = await starter.run(shell(flood), temporaryFolder(t), 60_000);
      assert.deepEqual([end.flooded, end.signal], [true, 'SIGKILL']);
    }
  });

  test('what is not there is an error of the start', BOUND, async (t) => {
    const { end } = await starter.run({ file: '/nowhere/x', args: [] }, temporaryFolder(t), 30_000);
    assert.match(end.startError ?? '', /nowhere.*ENOENT/);
  });
});

/** Living processes whose folder that is. */
function startedIn(folder: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`PWD=${folder}`);
    } catch {
      return false;
    }
  });
}
