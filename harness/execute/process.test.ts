/** One process: its whole tree ends at the deadline or on a flood, and whatever goes wrong is in the result. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { OUTPUT_CAP_BYTES, runProcess } from './process.ts';
import { endAll } from './processTree.ts';
import { lives, temporaryFolder, until, writeModule } from './testProcesses.ts';

const AMPLE_MS = 60_000;
const node = (...args: string[]) => ({ file: process.execPath, args });
const evaluate = (text: string) => node('-e', text);

/** Starts a child with a grandchild, and a process with a session of its own whose parent is gone; names them all. */
const FAMILY = `
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
const note = (name, pid) => appendFileSync('pids', name + ' ' + pid + '\\n');
if (process.argv[2] === 'child') {
  note('grandchild', spawn('sleep', ['1000'], { stdio: 'ignore' }).pid);
} else if (process.argv[2] === 'parent-of-orphan') {
  const orphan = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
  note('orphan', orphan.pid);
  process.exit(0);
} else {
  note('itself', process.pid);
  const own = (word) => [import.meta.filename, word];
  note('child', spawn(process.execPath, own('child'), { stdio: 'inherit' }).pid);
  spawnSync(process.execPath, own('parent-of-orphan'), { stdio: 'inherit' });
  note('ready', 0);
  if (process.argv[2] === 'leave') process.exit(0);
}
setInterval(() => {}, 1000);
`;

function pidsOf(folder: string): Map<string, number> {
  const file = join(folder, 'pids');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return new Map(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.split(' ')[0]!, Number(line.split(' ')[1])]),
  );
}

/** Without /proc nobody can find a process that left both its group and its parent. */
const NAMES = [
  'itself',
  'child',
  'grandchild',
  ...(existsSync('/proc/self/environ') ? ['orphan'] : []),
] as const;

async function assertAllEnded(folder: string): Promise<void> {
  const pids = pidsOf(folder);
  for (const name of NAMES) {
    const pid = pids.get(name);
    assert.ok(pid, `the test's family has no ${name}`);
    await until(() => !lives(pid), `${name} has ended`);
  }
}

describe('the deadline', () => {
  test('ends child, grandchild and an orphan with a session of its own', async (t) => {
    const folder = temporaryFolder(t);
    const family = writeModule(folder, 'family.mjs', FAMILY);
    const { end } = await runProcess(node(family), folder, 4000);
    assert.equal(end.timedOut, true);
    assert.equal(end.signal, 'SIGKILL');
    await assertAllEnded(folder);
  });

  test('an interruption ends the same', async (t) => {
    const folder = temporaryFolder(t);
    const family = writeModule(folder, 'family.mjs', FAMILY);
    const running = runProcess(node(family), folder, AMPLE_MS);
    await until(() => pidsOf(folder).has('ready') && pidsOf(folder).has('grandchild'), 'the family is up');
    endAll();
    const { end } = await running;
    assert.equal(end.timedOut, false);
    await assertAllEnded(folder);
  });

  test('whom a process leaves behind when it exits by itself is ended too, others are not', async (t) => {
    const folder = temporaryFolder(t);
    const elsewhere = temporaryFolder(t);
    const family = writeModule(folder, 'family.mjs', FAMILY);
    const other = runProcess(evaluate('setInterval(() => {}, 1000)'), elsewhere, AMPLE_MS);
    let over = false;
    void other.then(() => {
      over = true;
    });
    const { end } = await runProcess(node(family, 'leave'), folder, AMPLE_MS);
    assert.equal(end.exitCode, 0);
    const orphan = pidsOf(folder).get('orphan')!;
    if (NAMES.includes('orphan')) await until(() => !lives(orphan), 'the orphan has ended');
    assert.equal(over, false, 'another trial was ended with it');
    endAll();
    await other;
  });
});

describe('output', () => {
  for (const [name, descriptor] of [
    ['stdout', 1],
    ['stderr', 2],
  ] as const)
    test(`a flood on ${name} is ended and cut`, async (t) => {
      const flood = `const b = Buffer.alloc(4096, 120); for (;;) require('fs').writeSync(${descriptor}, b)`;
      const { end, stderr } = await runProcess(evaluate(flood), temporaryFolder(t), AMPLE_MS);
      assert.equal(end.flooded, true);
      assert.equal(end.timedOut, false);
      assert.equal(stderr.length, descriptor === 2 ? OUTPUT_CAP_BYTES : 0);
      assert.equal(end.stdoutText?.length, descriptor === 1 ? 65_536 : 0);
    });

  test('bytes that are no UTF-8 are replaced, and stdout and stderr are kept apart', async (t) => {
    const text = `require('fs').writeSync(2, Buffer.from([97, 255, 98])); require('fs').writeSync(1, 'out')`;
    const { end, stderr } = await runProcess(evaluate(text), temporaryFolder(t), AMPLE_MS);
    assert.equal(stderr, 'a\ufffdb');
    assert.equal(end.stdoutText, 'out');
  });
});

describe('starting and ending', () => {
  test('exit code and signal are told', async (t) => {
    const exits = await runProcess(evaluate('process.exit(7)'), temporaryFolder(t), AMPLE_MS);
    assert.deepEqual([exits.end.exitCode, exits.end.signal], [7, undefined]);
    const killed = await runProcess(
      evaluate("process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)"),
      temporaryFolder(t),
      AMPLE_MS,
    );
    assert.deepEqual([killed.end.exitCode, killed.end.signal], [undefined, 'SIGTERM']);
    assert.ok(killed.beginRealtimeNs < killed.endRealtimeNs);
  });

  test('a file that is not there is a start error', async (t) => {
    const result = await runProcess({ file: '/nowhere/runtime', args: [] }, temporaryFolder(t), AMPLE_MS);
    assert.match(result.end.startError ?? '', /ENOENT/);
  });

  test('an argument that Node refuses is a start error', async (t) => {
    const result = await runProcess(node('a\0b'), temporaryFolder(t), AMPLE_MS);
    assert.match(result.end.startError ?? '', /null bytes/);
  });

  test("a trial never inherits the user's environment", async (t) => {
    process.env.WASIMETER_TEST_SECRET = 'x';
    t.after(() => delete process.env.WASIMETER_TEST_SECRET);
    const command = {
      ...evaluate('require("fs").writeSync(1, Object.keys(process.env).join())'),
      env: { OWN: '1' },
    };
    const { end } = await runProcess(command, temporaryFolder(t), AMPLE_MS);
    assert.deepEqual(end.stdoutText?.split(',').toSorted(), ['LANG', 'OWN', 'PATH', 'WASIMETER_TRIAL']);
  });
});
