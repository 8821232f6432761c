/** The preview 2 probes on jco: what they report is what happened, and a misbehaving cabi_realloc ends in a trap. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runOnJco, transpileProbe } from './testing/jco.ts';
import { blockOf, endOf, shown } from './testing/records.ts';

const scratch = mkdtempSync(join(tmpdir(), 'wasimeter-component-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
let clocks = '';
let random = '';
before(async () => {
  clocks = await transpileProbe(scratch, 'probe-p2-clocks');
  random = await transpileProbe(scratch, 'probe-p2-random');
});

const RANDOM = 'call wasi:random/random#get-random-bytes';
const DROP = 'call wasi:io/poll#[resource-drop]pollable $p';

test('wall-clock now lies between the host clock before and after', () => {
  const begin = Date.now();
  const run = runOnJco(clocks, 'alloc t 16 8\ncall wasi:clocks/wall-clock#now $t show $t 12\nmark');
  const end = Date.now();
  const datetime = shown(run, 2);
  const ms = Number(datetime.readBigUInt64LE(0)) * 1000 + datetime.readUInt32LE(8) / 1e6;
  assert.ok(begin - 1 <= ms && ms <= end + 1, `${begin} <= ${ms} <= ${end}`);
  const marked = Number(BigInt(String(run.ends.get(3)?.real)) / 1_000_000n);
  assert.ok(ms - 1 <= marked && marked <= end + 1);
  assert.equal(run.hello.probe, 'probe-p2-clocks');
  assert.equal(run.status, 0);
});

test('a list comes in a block of cabi_realloc, of the length asked for, its bytes new each time', () => {
  const run = runOnJco(random, `alloc t 8 4\n${RANDOM} 32 $t show $t 8\n${RANDOM} 32 $t`);
  assert.equal(shown(run, 2).length, 32);
  assert.notDeepEqual(shown(run, 2), shown(run, 3));
  const area = shown(run, 2, 1);
  assert.deepEqual([area.readUInt32LE(0), area.readUInt32LE(4)], [blockOf(run, 2)[0], 32]);
});

test('realloc grow, fixed and misalign do what they say', () => {
  const script = `alloc t 8 4\nalloc at 64 8\nlet before $memory\nrealloc grow\n${RANDOM} 4 $t\nshow $memory-$before 0
realloc fixed $at\n${RANDOM} 8 $t show $at 8\nrealloc normal\n${RANDOM} 8 $t\nrealloc misalign\n${RANDOM} 8 $t`;
  const run = runOnJco(random, script);
  assert.equal(blockOf(run, 6)[0], 65_536, run.stderr);
  assert.deepEqual(shown(run, 8, 0), shown(run, 8, 1));
  assert.equal(blockOf(run, 8, 0)[0], blockOf(run, 8, 1)[0]);
  assert.equal(blockOf(run, 12)[0] - blockOf(run, 10)[0], 9, 'one too high, right behind the last');
});

for (const mode of ['trap', 'oob']) {
  test(`realloc ${mode}: the call begins and never ends`, () => {
    const run = runOnJco(random, `alloc t 8 4\nrealloc ${mode}\n${RANDOM} 4 $t\nshow $t 8`);
    assert.deepEqual([run.begins, run.ends.size, run.status === 0], [[3], 0, false], run.stderr);
  });
}

test('a resource dropped twice traps at the second drop', () => {
  const script = `call wasi:clocks/monotonic-clock#subscribe-duration 1 -> p\n${DROP}\n${DROP}\nmark`;
  const run = runOnJco(clocks, script);
  assert.deepEqual(
    [run.begins, [...run.ends.keys()]],
    [
      [1, 2, 3],
      [1, 2],
    ],
    run.stderr,
  );
  assert.notEqual(run.status, 0);
});

test('a benched call that makes a resource drops it, so that handles stay low', () => {
  const make = 'wasi:clocks/monotonic-clock#subscribe-duration 1000';
  const run = runOnJco(clocks, `bench 5 2 1000 drop ${make}\ncall ${make} -> p\nexit 1`);
  const bench = run.ends.get(1)!;
  assert.deepEqual([bench.key, bench.failed, (bench.batches as number[]).length], [5, 0, 2]);
  assert.ok(Number((endOf(run, 2).r as string[])[0]) < 10, run.stderr);
  assert.deepEqual([run.begins.at(-1), run.ends.has(3)], [3, false]);
});
