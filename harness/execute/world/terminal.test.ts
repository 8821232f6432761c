/** A terminal is one for whoever gets it, in both directions, and goes when it is told to. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Stdin, Stdout } from '../../contracts/world.ts';
import { openStreams } from './streams.ts';
import { hasTerminals } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'wasimeter-terminal-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const skip = !(await hasTerminals()) && 'this machine gives no terminals';

/** Runs a shell on these streams; what it wrote to its standard output, if that is a terminal. */
async function shell(script: string, stdin: Stdin, stdout: Stdout) {
  const streams = await openStreams(folder, { stdin, stdout });
  const given = typeof streams.stdin === 'number' ? streams.stdin : 'ignore';
  const child = spawn('sh', ['-c', script], { stdio: [given, streams.stdout ?? 'ignore', 'pipe'] });
  streams.started();
  let said = '';
  child.stderr!.on('data', (bytes) => {
    said += bytes;
  });
  await once(child, 'close');
  const output = await streams.ended();
  return { said, wrote: output && Buffer.from(output.head, 'base64').toString(), size: output?.sizeBytes };
}

const KINDS = 'for one in 0 1; do test -t $one && echo $one >&2; done;';

test('standard input is one: lines come as they were typed, and its end', { skip }, async () => {
  const { said, wrote } = await shell(
    `${KINDS} cat >&2`,
    { kind: 'terminal', content: 'a line\n\x04' },
    'file',
  );
  assert.equal(said, '0\na line\n');
  assert.equal(wrote, undefined);
});

test('standard output is one: bytes come as they were written, however many', { skip }, async () => {
  const { said, wrote, size } = await shell(
    `${KINDS} printf 'a\\nb\\r\\n'; head -c 300000 /dev/zero`,
    'null',
    'terminal',
  );
  assert.equal(said, '1\n');
  assert.equal(wrote?.slice(0, 5), 'a\nb\r\n');
  assert.equal(size, 300_005);
});

test('both are the same one, and what is typed is not echoed', { skip }, async () => {
  const script = `${KINDS} [ /proc/self/fd/0 -ef /proc/self/fd/1 ] && read line; printf "%s!" "$line"`;
  const { said, wrote } = await shell(script, { kind: 'terminal', content: 'hello\n' }, 'terminal');
  assert.equal(said, '0\n1\n');
  assert.equal(wrote, 'hello!');
});

test('none is left when it has ended', { skip }, async () => {
  const { said } = await shell('tty <&1 >&2', 'null', 'terminal');
  assert.match(said, /^\/dev\//);
  assert.equal(existsSync(said.trim()), false);
});
