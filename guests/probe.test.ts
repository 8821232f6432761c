/** probe-p1 under node:wasi: what it reports is compared with what really happened on the host. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runOnNode, spawnNode } from './testing/node.ts';
import { shown } from './testing/records.ts';

const scratch = mkdtempSync(join(tmpdir(), 'wasimeter-probe-'));
const preopen = join(scratch, 'preopen');
mkdirSync(preopen);
after(() => rmSync(scratch, { recursive: true, force: true }));

/** Opens `out.txt` below descriptor 3 for reading and writing, creating it; $fd is its descriptor. */
const OPEN = `alloc path 16 1
put $path "out.txt"
alloc at 8 4
call path_open 3 0 $path 7 1 0x46 0 0 $at -> e
let fd u32[$at]
alloc iov 16 4
alloc buf 64 1`;

test('bytes written by two iovecs are on disk, and read back by another call', () => {
  const script = `${OPEN}
put $buf "one \\"two\\" \\x00\\xff\\n"
store u32 $iov $buf
store u32 $iov+4 4
store u32 $iov+8 $buf+4
store u32 $iov+12 9
call fd_write $fd $iov 2 $at -> e show $at 4
store u32 $iov $buf+32
store u32 $iov+4 13
call fd_pread $fd $iov 1 0 $at show $buf+32 13
call fd_close $fd
call fd_close $fd`;
  const run = runOnNode(scratch, script, { preopen });
  const expected = Buffer.from('one "two" \0\xff\n', 'latin1');
  assert.deepEqual(readFileSync(join(preopen, 'out.txt')), expected, run.stderr);
  assert.equal(shown(run, 13).readUInt32LE(0), 13);
  assert.deepEqual(shown(run, 16), expected);
  assert.deepEqual(run.ends.get(17)?.r, ['0']);
  assert.deepEqual(run.ends.get(18)?.r, ['8'], 'the descriptor is closed: badf');
  assert.equal(run.status, 0);
});

test('random bytes differ from one call to the next', () => {
  const run = runOnNode(scratch, 'alloc b 32 1\ncall random_get $b 16\ncall random_get $b+16 16\nshow $b 32');
  const bytes = shown(run, 4);
  assert.notDeepEqual(bytes.subarray(0, 16), bytes.subarray(16));
  assert.notDeepEqual(bytes.subarray(16), Buffer.alloc(16));
});

test('clock values lie between the host clock before and after, in the order of the script', () => {
  const before = BigInt(Date.now()) * 1_000_000n;
  const run = runOnNode(scratch, 'alloc t 8 8\ncall clock_time_get 0 1 $t show $t 8\nmark');
  const end = BigInt(Date.now() + 1) * 1_000_000n;
  const times = [
    run.hello.real,
    shown(run, 2).readBigUInt64LE(0),
    run.ends.get(3)?.real,
    run.ends.get(0)?.real,
  ];
  const ordered = [before, ...times.map((time) => BigInt(String(time))), end];
  assert.deepEqual(
    ordered,
    ordered.toSorted((a, b) => (a < b ? -1 : 1)),
  );
  const mono = [run.hello.mono, run.ends.get(3)?.mono, run.ends.get(0)?.mono].map((time) =>
    BigInt(String(time)),
  );
  assert.ok(mono[0]! < mono[1]! && mono[1]! <= mono[2]!, run.stderr);
});

test('bad pointers reach the host untouched', () => {
  // node:wasi says overflow (61) where an argument lies outside memory.
  const run = runOnNode(
    scratch,
    'call random_get -8 100\ncall clock_time_get 0 1 $memory-4\nalloc t 16 8\ncall clock_time_get 0 1 $t+1 show $t 16',
  );
  assert.deepEqual([run.ends.get(1)?.r, run.ends.get(2)?.r], [['61'], ['61']], run.stderr);
  const written = shown(run, 4);
  assert.equal(written[0], 0);
  assert.ok(written.readBigUInt64LE(1) > 10n ** 18n, 'an unaligned address was written to');
});

const strace = spawnSync('strace', ['-V']).status === 0;
test('record=buffered: between the scripted writes nothing else is written', {
  skip: strace ? false : 'strace is not installed',
}, () => {
  const script = `${OPEN}
put $buf "firstsecond"
store u32 $iov $buf
store u32 $iov+4 5
call fd_write $fd $iov 1 $at
mark
store u32 $iov $buf+5
store u32 $iov+4 6
call fd_write $fd $iov 1 $at`;
  const trace = join(scratch, 'trace.txt');
  const calls = '-f -y -s 64 -e trace=write,writev,pwrite64,pwritev,pwritev2 -o'.split(' ');
  const run = spawnNode(scratch, { args: ['nonce=ab record=buffered', script], preopen }, [
    'strace',
    ...calls,
    trace,
  ]);
  assert.equal(run.ends.size, 5, run.stderr);
  const written = readFileSync(trace, 'utf8').matchAll(/write\w*\(\d+<(.*?)>, (.*)/g);
  const ours = [...written]
    .filter(([, path]) => path!.startsWith(scratch))
    .map(([, path, data]) => [path!, data!]);
  assert.equal(ours.length, 3, ours.join('\n'));
  assert.ok(ours[0]![0]!.endsWith('out.txt') && ours[0]![1]!.includes('"first"'));
  assert.ok(ours[1]![0]!.endsWith('out.txt') && ours[1]![1]!.includes('"second"'));
  assert.ok(ours[2]![0]!.endsWith('stderr.txt') && ours[2]![1]!.includes('> {\\"k\\":\\"ab\\",\\"n\\":0'));
});

test('live and buffered records say the same', () => {
  const script =
    'alloc b 65536 16\nfill $b 65536 0xab\nshow $b 65536\nshow $b 65536\nshow $b 65536\ncall sched_yield';
  const live = spawnNode(scratch, { args: ['nonce=ab record=live', script] });
  const buffered = spawnNode(scratch, { args: ['nonce=ab record=buffered', script] });
  const steady = (text: string) => text.split('\n').filter((line) => !line.includes('"n":0,'));
  assert.equal(steady(live.stderr).length, 9);
  assert.deepEqual(steady(live.stderr), steady(buffered.stderr));
});

test('exit and trap: a begin without an end, also from a call, and buffered', () => {
  for (const record of ['live', 'buffered']) {
    const run = (script: string) => spawnNode(scratch, { args: [`nonce=ab record=${record}`, script] });
    for (const script of ['mark\nexit 7', 'mark\ncall proc_exit 7']) {
      const exited = run(script);
      assert.deepEqual([exited.status, exited.begins, [...exited.ends.keys()]], [7, [1, 2], [1]], script);
    }
    const trapped = run('mark\ntrap\nmark');
    assert.deepEqual([trapped.begins, [...trapped.ends.keys()]], [[1, 2], [1]]);
    assert.match(trapped.stderr, /unreachable/);
  }
});
