/** Shell that makes a case's files makes the very files that the harness makes. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { FileTree, HostEntry } from '../contracts/world.ts';
import { makeTree } from '../execute/world/fileTree.ts';
import { lookAt } from '../execute/world/look.ts';
import { filesScript } from './filesScript.ts';
import { repeatCommand } from './repeatCommand.ts';
import { quoted } from './shell.ts';

const scratch = mkdtempSync(join(tmpdir(), 'wasimeter-files-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
const folder = (name: string) => {
  mkdirSync(join(scratch, name), { recursive: true });
  return join(scratch, name);
};
const sh = (script: string, cwd: string) => {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { cwd });
  assert.equal(status, 0, stderr.toString());
  return stdout;
};

const ENTRIES: FileTree = {
  'a file': 'plain',
  "it's": '%d \\n\n\t',
  bytes: new Uint8Array(Array.from({ length: 256 }, (_, index) => index)),
  large: new Uint8Array(Buffer.from('0123456789'.repeat(500))),
  same: 'x'.repeat(100_000),
  empty: '',
  sparse: { kind: 'file', content: 'head', sizeBytes: 2 ** 33 },
  '-n': {
    kind: 'file',
    content: 'x',
    mode: 0o640,
    accessedNs: 1_000_000_001n,
    modifiedNs: 1_700_000_000_123_456_789n,
  },
  folder: { kind: 'directory', mode: 0o750, entries: { 'ünï cödé': 'x', deeper: { kind: 'directory' } } },
  link: { kind: 'symlink', target: "a file/it's $HOME" },
  again: { kind: 'hardlink', to: 'a file' },
  fifo: { kind: 'fifo' },
  socket: { kind: 'socket' },
  raw: { kind: 'file', nameHex: 'ff2527', content: 'no UTF-8' },
};

/** What must be equal: not the times that nobody set, nor inodes. */
const told = ({ path, kind, sizeBytes, mode, links, modifiedNs, sha256, target }: HostEntry) => ({
  ...{ path, kind, links, sha256, target },
  ...(kind === 'directory' ? {} : { sizeBytes }),
  ...(kind === 'symlink' || kind === 'socket' ? {} : { mode }),
  ...(path === '-n' ? { modifiedNs } : {}),
});

const python = spawnSync('python3', ['--version']).status === 0;
test('every kind of entry', { skip: !python && 'sockets are made by python3' }, async () => {
  const ours = folder('ours');
  await makeTree(ours, ENTRIES);
  const shell = folder('shell');
  sh(filesScript({ preopens: [{ guest: '/', entries: ENTRIES }] }).join('\n'), shell);
  assert.deepEqual(
    lookAt(join(shell, 'files/preopen.0')).slice(1).map(told),
    lookAt(ours).slice(1).map(told),
  );
});

test('what stands outside is made beside the preopens, and links lead there by a whole path', () => {
  const cwd = folder('outside');
  const link = { kind: 'symlink', target: 'not yours/secret', absolute: true } as const;
  const outside = { 'not yours': { kind: 'directory', entries: { secret: 'canary' } } } as const;
  sh(filesScript({ preopens: [{ guest: '/', entries: { link } }], outside }).join('\n'), cwd);
  assert.equal(readFileSync(join(cwd, 'files/preopen.0/link'), 'utf8'), 'canary');
  assert.equal(readlinkSync(join(cwd, 'files/preopen.0/link')), join(cwd, 'files/not yours/secret'));
});

test('standard input', () => {
  const cwd = folder('stdin');
  sh(filesScript({ stdin: { kind: 'pipe', content: 'a\0b' } }).join('\n'), cwd);
  assert.equal(readFileSync(join(cwd, 'files/stdin'), 'utf8'), 'a\0b');
});

test('words come back from the shell as they were', () => {
  for (const word of ['', "'", 'a b', '$HOME `x` "y" \\', '*', '\n', '~', '-n'])
    assert.equal(String(sh(`printf %s ${quoted(word)}`, scratch)), word);
});

describe('a repeated command', () => {
  const script = 'cat; printf %s "$A"; test -z "$HOME"';
  const command = { file: '/bin/sh', args: ['-c', script], env: { A: "it's" } };
  const content = 'given';
  for (const stdout of ['file', 'pipe', 'slow-pipe'] as const)
    test(`gets its input, its environment alone, and writes to a ${stdout}`, () => {
      const cwd = folder(`command-${stdout}`);
      const world = { stdin: { kind: 'pipe' as const, content }, stdout };
      sh(filesScript(world).join('\n'), cwd);
      sh(repeatCommand(command, { PATH: '/bin:/usr/bin' }, world), cwd);
      assert.equal(readFileSync(join(cwd, 'stdout'), 'utf8'), "givenit's");
    });

  test('holds the descriptors that it is to inherit', () => {
    const cwd = folder('command-inherits');
    const world = { outside: { secret: 'canary' }, inherits: 'secret' };
    sh(filesScript(world).join('\n'), cwd);
    const reader = { file: '/bin/sh', args: ['-c', 'cat <&3; cat <&9'] };
    sh(repeatCommand(reader, { PATH: '/bin:/usr/bin' }, world), cwd);
    assert.equal(readFileSync(join(cwd, 'stdout'), 'utf8'), 'canarycanary');
  });

  test('has no standard input where the case has none', () => {
    const cwd = folder('command-closed');
    const closed = { file: '/bin/sh', args: ['-c', 'cat <&0 2>/dev/null; echo $?'] };
    sh(repeatCommand(closed, { PATH: '/bin:/usr/bin' }, { stdin: 'closed' }), cwd);
    assert.notEqual(readFileSync(join(cwd, 'stdout'), 'utf8'), '0\n');
  });
});
