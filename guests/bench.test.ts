/** `bench` on probe-p1: its figures follow what the import really costs, and its record is complete. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type NodeTrial, runOnNode } from './testing/node.ts';
import { shown } from './testing/records.ts';

const scratch = mkdtempSync(join(tmpdir(), 'wasimeter-bench-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

interface BenchEnd {
  key: number;
  calls: number;
  batches: number[];
  empty: number[];
  control: number[];
  loops: number;
  tick: number;
  failed: number;
}

function bench(statement: string, more: Partial<NodeTrial> = {}): BenchEnd {
  const run = runOnNode(scratch, `alloc t 64 8\n${statement}`, more);
  const end = run.ends.get(2);
  assert.ok(end, run.stderr);
  return end as unknown as BenchEnd;
}

const perCall = (end: BenchEnd) => Math.min(...end.batches) / end.calls;

test('a call slowed down by a known time shows that time, and needs fewer calls', () => {
  const statement = 'bench 42 6 200000 sched_yield';
  const plain = bench(statement);
  const slow = bench(statement, { slow: { name: 'sched_yield', ns: 50_000 } });
  assert.ok(perCall(slow) >= 50_000, `${perCall(slow)} ns a call`);
  assert.ok(perCall(slow) > 2 * perCall(plain), `${perCall(slow)} against ${perCall(plain)} ns a call`);
  assert.ok(slow.calls < plain.calls);
  assert.equal(slow.key, 42);
});

test('the record is complete: batches, as many empty ones, one control more, powers of two', () => {
  const end = bench('bench 1 5 100000 clock_time_get 1 1 $t');
  assert.deepEqual([end.batches.length, end.empty.length, end.control.length], [5, 5, 6]);
  for (const count of [end.calls, end.loops]) assert.equal(Math.log2(count) % 1, 0);
  assert.ok(Math.min(...end.empty) < Math.min(...end.batches));
  assert.ok(Math.min(...end.control) >= 10_000, 'about 20 us, or the machine has become faster since');
  assert.ok(end.tick >= 1);
  assert.equal(end.failed, 0);
});

test('a call that fails is told', () => {
  assert.equal(bench('bench 1 2 1000 fd_close 99').failed, 1);
});

test('drop: what path_open opened is closed again, so that the descriptors do not run out', () => {
  const preopen = join(scratch, 'preopen');
  mkdirSync(preopen);
  writeFileSync(join(preopen, 'f'), '');
  const open = 'path_open 3 0 $t 1 0 2 0 0 $t+8';
  const script = `alloc t 64 8\nput $t "f"\nbench 1 40 4000000 drop ${open}\ncall ${open} show $t+8 4`;
  const run = runOnNode(scratch, script, { preopen });
  const end = run.ends.get(3) as unknown as BenchEnd;
  assert.ok(end.calls * end.batches.length > 4096, 'more than any limit of descriptors by default');
  assert.equal(end.failed, 0);
  assert.equal(shown(run, 4).readUInt32LE(0), 4, 'the lowest free descriptor');
  assert.deepEqual(readdirSync(preopen), ['f']);
});
