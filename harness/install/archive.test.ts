/** Archives as a hostile host would make them, and harmed ones: nothing of them reaches the disk outside their folder. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { unpackArchive } from './archive.ts';
import { fakeMachine } from './fake-machine.ts';

const WANTED = { executable: 'bin/fake', folders: ['lib'] };

async function start(t: Parameters<typeof fakeMachine>[0]) {
  const machine = await fakeMachine(t);
  await machine.addProgram('sh', 'exec sh "$@"');
  const content = path.join(machine.folder, 'content');
  await mkdir(path.join(content, 'top/bin'), { recursive: true });
  await mkdir(path.join(content, 'top/lib'));
  await writeFile(path.join(content, 'top/bin/fake'), 'runtime');
  await writeFile(path.join(content, 'outside'), 'secret');
  const archive = path.join(machine.folder, 'archive.tar');
  const into = path.join(machine.folder, 'into');
  const pack = (...args: string[]) => execFileSync('tar', ['-cPf', archive, '-C', content, ...args]);
  const unpack = () => unpackArchive(archive, into, WANTED, machine.options);
  return { machine, content, archive, into, pack, unpack };
}

test('only what is wanted is unpacked, with links that stay inside', async (t) => {
  const { content, into, pack, unpack } = await start(t);
  await writeFile(path.join(content, 'top/lib/libfake.so.0'), 'library');
  await symlink('libfake.so.0', path.join(content, 'top/lib/libfake.so'));
  await writeFile(path.join(content, 'top/readme'), '');
  pack('top');
  assert.equal(await unpack(), path.join(into, 'top/'));
  assert.deepEqual((await readdir(path.join(into, 'top'))).sort(), ['bin', 'lib']);
  assert.equal(await readFile(path.join(into, 'top/lib/libfake.so'), 'utf8'), 'library');
});

test('names that leave the folder are refused', async (t) => {
  const { machine, pack, unpack, into } = await start(t);
  for (const rename of [
    's,^outside,../outside,',
    `s,^outside,${machine.folder}/planted,`,
    's,^outside,top/../../x,',
  ]) {
    pack('--transform', rename, 'top', 'outside');
    await assert.rejects(unpack(), /^Error: the archive names ".*", which leaves its folder$/, rename);
  }
  assert.ok(!(await readdir(machine.folder)).includes('planted'));
  assert.ok(!(await readdir(machine.folder)).includes(path.basename(into)));
});

test('links that lead out are refused, symbolic or hard', async (t) => {
  const { content, into, pack, unpack } = await start(t);
  for (const target of ['/etc', '../../../etc/passwd', '../../outside']) {
    const link = path.join(content, 'top/lib/libfake.so');
    await symlink(target, link);
    pack('top');
    execFileSync('rm', [link]);
    await assert.rejects(unpack(), /^Error: the archive's link ".*" leads out of its folder$/, target);
  }
  execFileSync('ln', [path.join(content, 'outside'), path.join(content, 'top/lib/hard')]);
  pack('--transform', 's,^outside,../../outside,RSh', 'outside', 'top/lib/hard', 'top/bin');
  // GNU tar shortens such a target before it lists it; then the link has no file to lead to.
  execFileSync('rm', ['-rf', into]);
  await assert.rejects(unpack(), /leads out of its folder$|^Error: the archive is harmed: /);
  assert.equal((await stat(path.join(content, 'outside'))).nlink, 2);
});

test('what is neither file, folder nor link is refused', async (t) => {
  const { content, pack, unpack } = await start(t);
  execFileSync('mkfifo', [path.join(content, 'top/lib/pipe')]);
  pack('top');
  await assert.rejects(unpack(), /is neither file, folder nor link$/);
});

test('an archive without the executable, a harmed one, and one that is none', async (t) => {
  const { archive, pack, unpack, machine } = await start(t);
  pack('outside');
  await assert.rejects(unpack(), /^Error: the archive holds 0 files bin\/fake, expected one$/);
  await writeFile(archive, 'no archive at all');
  await assert.rejects(unpack(), /^Error: the archive is harmed: /);
  pack('-z', 'top');
  await writeFile(archive, (await readFile(archive)).subarray(0, 60));
  await assert.rejects(unpack(), /^Error: the archive is harmed: /);
  await machine.addProgram('sh', 'PATH=; exec /bin/sh "$@"');
  await assert.rejects(unpack(), /^SourceUnavailable: this machine lacks tar/);
});
