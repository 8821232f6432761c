/** The script language itself, on probe-p1: errors, loops, memory, digests and expressions. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { randomExpression, seeded } from './testing/expressions.ts';
import { runOnNode, spawnNode } from './testing/node.ts';
import { blockOf, shown } from './testing/records.ts';

const scratch = mkdtempSync(join(tmpdir(), 'wasimeter-script-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
const run = (script: string) => runOnNode(scratch, script);

const WRONG: [string, string, number, RegExp][] = [
  ['no statement', 'mark\nfrobnicate', 2, /no such statement: frobnicate/],
  ['unknown import', '# a comment\n\ncall fd_wrote 1', 3, /no import fd_wrote/],
  ['unknown name', 'show $nope 1', 1, /no such name \$nope/],
  ['too few arguments', 'call fd_close -> e', 1, /more arguments.*fd_close/],
  ['too many arguments', 'call fd_close 1 2', 1, /instead of 2/],
  ['double space', 'let  a 1', 1, /single spaces/],
  ['trailing word', 'let a 1 2', 1, /should end before 2/],
  ['bad number', 'let a 12f', 1, /no number 12f/],
  ['a number beyond 64 bits', 'let a 0x10000000000000000', 1, /beyond 64 bits/],
  ['open bracket', 'let a (1+2', 1, /isn't closed/],
  ['deep nesting', `let a ${'('.repeat(65)}1${')'.repeat(65)}`, 1, /deeper than 64/],
  ['load out of bounds', 'let a u32[$memory-3]', 1, /out of memory's bounds/],
  ['store out of bounds', 'store u64 $memory-7 1', 1, /out of memory's bounds/],
  ['fill out of bounds', 'fill 1 -1 0', 1, /32 bits/],
  ['digest out of bounds', 'digest 0 $memory+1', 1, /out of memory's bounds/],
  ['text without quotes', 'put 8 text', 1, /double quotes/],
  ['bad escape', 'alloc b 8 1\nput $b "\\q"', 2, /escapes/],
  ['odd alignment', 'alloc a 8 3', 1, /power of two/],
  ['endless alloc', 'alloc a 0xffffffff 1', 1, /can't grow/],
  ['end alone', 'end', 1, /no loop/],
  ['loop without end', 'loop i 2\nlet a 1', 1, /no end/],
  ['loop in a loop', 'loop i 2\nloop j 2\nend\nend', 2, /inside a loop: loop/],
  ['mark in a loop', 'loop i 2\nmark\nend', 2, /inside a loop: mark/],
  ['binding memory', 'let memory 1', 1, /can't be bound/],
  ['realloc in preview 1', 'realloc grow', 1, /no cabi_realloc/],
  ['nothing to drop', 'bench 1 2 3 drop sched_yield', 1, /nothing to drop/],
];

test('what is wrong is told with its line, and the probe exits with 120', () => {
  for (const [name, script, line, message] of WRONG) {
    const { wrong, status, stderr } = run(script);
    assert.deepEqual([wrong?.n, status], [line, 120], `${name}: ${stderr}`);
    assert.match(wrong!.error, message, name);
  }
});

test('2048 names are allowed, one more is not', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, i) => `let n_${i} ${i}`).join('\n');
  assert.equal(run(lines(2048)).status, 0);
  assert.deepEqual(run(lines(2049)).wrong?.n, 2049);
});

test('an option that is no option, and a nonce that is no hex, are told at line 0', () => {
  for (const options of ['nonce=ab colour=red', 'nonce=xyz', `nonce=${'a'.repeat(33)}`]) {
    const wrong = spawnNode(scratch, { args: [options, 'mark'] });
    assert.deepEqual([wrong.wrong?.n, wrong.status, wrong.begins.length], [0, 120, 0], options);
  }
});

test('the parts of a script are joined without a separator', () => {
  const joined = spawnNode(scratch, { args: ['nonce=ab', 'let a 4', '2\nsho', 'w $a 0'] });
  assert.deepEqual(joined.ends.get(2)?.m, [[42, 0, '']]);
});

test('a loop counts from 0, leaves one record, and what it calls really happens', () => {
  const outcome = run(`alloc b 32 8
loop i 4
store u64 $b+$i*8 $i*$i+1
call random_get $b+$i*8+4 4
show $b 4
end
show $b 32
loop i 0
trap
end`);
  assert.deepEqual(outcome.begins, [2, 7, 8]);
  assert.deepEqual([outcome.ends.get(2)?.count, outcome.ends.get(8)?.count], [4, 0]);
  const words = [0, 1, 2, 3].map((i) => shown(outcome, 7).readUInt32LE(8 * i));
  assert.deepEqual(words, [1, 2, 5, 10]);
  const random = new Set([0, 1, 2, 3].map((i) => shown(outcome, 7).readUInt32LE(8 * i + 4)));
  assert.ok(random.size > 2);
});

test('alloc aligns and zeroes, also where a bench has been', () => {
  const aligns = Array.from({ length: 17 }, (_, i) => 2 ** i);
  const lines = aligns.map((align) => `alloc a 5 ${align}\nshow $a 5`);
  const outcome = run(lines.join('\n'));
  aligns.forEach((align, i) => {
    const [address, length, hex] = blockOf(outcome, 2 * i + 2);
    assert.deepEqual([address % align, length, hex], [0, 5, '0000000000']);
  });
  const after = run('bench 1 4 1000 sched_yield\nalloc a 64 8\nshow $a 64');
  assert.deepEqual(shown(after, 3), Buffer.alloc(64));
});

test('show tells the true length, at most 64 KiB of bytes, and null outside memory', () => {
  const outcome = run(
    'alloc a 70000 1\nfill $a 70000 7\nshow $a 70000\nshow $memory-1 2\nshow 0xffffffff 0xffffffff',
  );
  assert.equal(blockOf(outcome, 3)[1], 70_000);
  assert.deepEqual(shown(outcome, 3), Buffer.alloc(65_536, 7));
  assert.equal(blockOf(outcome, 4)[2], null);
  assert.deepEqual(outcome.ends.get(5)?.m, [[0xffffffff, 0xffffffff, null]]);
});

test('digest: the hash, the zeros and their longest run are those of the bytes', () => {
  const outcome = run(`alloc a 5000 1
call random_get $a 1000
fill $a+200 37 0
fill $a+600 11 0
digest $a 1000
show $a 1000
digest $a 0`);
  const bytes = shown(outcome, 6);
  let fnv = 0xcbf29ce484222325n;
  for (const byte of bytes) fnv = BigInt.asUintN(64, (fnv ^ BigInt(byte)) * 0x100000001b3n);
  const { fnv: told, zeros, run: longest, len } = outcome.ends.get(5)!;
  const runs = bytes
    .toString('latin1')
    .match(/\0+/g)!
    .map((zeroes) => zeroes.length);
  assert.equal(told, fnv.toString(16).padStart(16, '0'));
  assert.deepEqual([zeros, longest, len], [bytes.filter((b) => b === 0).length, Math.max(...runs), 1000]);
  assert.deepEqual(outcome.ends.get(7)?.fnv, 'cbf29ce484222325');
});

test('random expressions have the value that BigInt arithmetic gives', () => {
  const random = seeded(20);
  const cases = Array.from({ length: 400 }, () =>
    randomExpression(random, { a: 7n, big: 2n ** 63n + 5n }, 4),
  );
  const lines = cases.map(({ text }, i) => `store u64 $at+${8 * i} ${text}`);
  const outcome = run(
    `alloc at ${8 * cases.length} 8\nlet a 7\nlet big 0x8000000000000005\n${lines.join('\n')}\nshow $at ${8 * cases.length}`,
  );
  const values = shown(outcome, lines.length + 4);
  cases.forEach(({ text, value }, i) => {
    assert.equal(values.readBigUInt64LE(8 * i), value, text);
  });
});

test('loads read little-endian at any alignment, and comparisons are unsigned', () => {
  const outcome = run(`alloc b 16 8
put $b "\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\x08\\x09"
alloc r 64 8
store u64 $r u8[$b+1]
store u64 $r+8 u16[$b+1]
store u64 $r+16 u32[$b+1]
store u64 $r+24 u64[$b+1]
store u64 $r+32 u8[u8[$b]+$b]
store u64 $r+40 -1>1
store u64 $r+48 1-2<3
show $r 56`);
  const values = Array.from({ length: 7 }, (_, i) => shown(outcome, 11).readBigUInt64LE(8 * i));
  assert.deepEqual(values, [2n, 0x302n, 0x5040302n, 0x908070605040302n, 2n, 1n, 0n]);
});
