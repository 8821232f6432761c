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

test('the record is complete: batches, as many empty ones, one control more', () => {
  const end = bench('bench 1 5 100000 clock_time_get 1 1 $t');
  assert.deepEqual([end.batches.length, end.empty.length, end.control.length], [5, 5, 6]);
  assert.equal(Math.log2(end.loops) % 1, 0);
  // A tenth of a millisecond or more, where a machine that stumbles may have made them longer; twice that would be doubling.
  assert.ok(Math.min(...end.batches) >= 50_000);
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

test('a cycle: its calls happen in order each round, and what one gives the next one gets', () => {
  const preopen = join(scratch, 'cycled');
  mkdirSync(preopen);
  const script = `alloc t 64 8
put $t "f"
bench 7 3 100000 cycle
call path_create_directory 3 $t 1
call path_open 3 0 $t 1 2 0 0 0 $t+8 -> opened
call fd_close u32[$t+8]
call path_remove_directory 3 $t 1
end
show $t+8 4`;
  const run = runOnNode(scratch, script, { preopen });
  const end = run.ends.get(3) as unknown as BenchEnd;
  assert.deepEqual([end?.batches.length, end?.failed], [3, 0], run.stderr);
  assert.ok(Math.min(...end.empty) * 2 < Math.min(...end.batches), 'the empty batch makes no calls');
  assert.equal(shown(run, 9).readUInt32LE(0), 4, 'closed each time: the lowest free descriptor');
  assert.deepEqual(readdirSync(preopen), []);
  const wrongOrder = script.replace(/(call path_create.*)\n((?:.*\n){2})(call path_remove.*)/, '$3\n$2$1');
  assert.equal((runOnNode(scratch, wrongOrder, { preopen }).ends.get(3) as unknown as BenchEnd).failed, 1);
});

test('a result that comes flat is known by its name in the round', () => {
  const end = bench('bench 1 2 10000 cycle\ncall fd_close 99 -> gone\ncall fd_close $gone\nend');
  assert.equal(end.failed, 1);
  for (const [wrong, message] of [
    ['bench 1 2 10000 cycle\nend', /without a call/],
    ['bench 1 2 10000 cycle\nmark\nend', /call and moved only/],
    ['bench 1 2 10000 cycle\ncall fd_close 1', /no end/],
    ['bench 8', /no bench before/],
  ] as const)
    assert.match(runOnNode(scratch, wrong).wrong?.error ?? '', message, wrong);
});

test('a bench is done again by its key alone, and the script goes on behind that line', () => {
  const run = runOnNode(
    scratch,
    'alloc t 8 8\nbench 5 2 1000 cycle\ncall clock_time_get 1 1 $t\nend\nbench 6 3 1000 sched_yield\nbench 5\nbench 6\nmark',
  );
  const keys = [2, 5, 6, 7].map((line) => (run.ends.get(line) as unknown as BenchEnd | undefined)?.key);
  assert.deepEqual(keys, [5, 6, 5, 6], run.stderr);
  assert.ok(run.ends.has(8));
});
