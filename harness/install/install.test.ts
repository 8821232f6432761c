/** What is taken into the cache, what is refused, and what is said about it. */

import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import type { KnownRelease } from '../contracts/install.ts';
import { readCached } from './cache.ts';
import {
  addApt,
  addPython,
  debianRelease as debian,
  type FakeMachine,
  fakeMachine,
  fakeRuntime,
  merged,
  recipeOf,
  sha256,
  wheelRelease as wheel,
} from './fake-machine.ts';
import { ensureInstalled, type WhatToInstall } from './install.ts';
import { placeRuntime } from './place.ts';
import { waysTo } from './ways.ts';

function install(machine: FakeMachine, ...known: KnownRelease[]) {
  return ensureInstalled('fake', recipeOf(...known), machine.options);
}

function runtimes(machine: FakeMachine) {
  return readdir(path.join(machine.options.cacheDir, 'runtimes'));
}

test('a wheel is unpacked, checked, and kept with its manifest', async (t) => {
  const machine = await fakeMachine(t);
  const content = fakeRuntime('1.2.3');
  const located = await install(machine, wheel(await addPython(machine, content)));
  assert.ok('path' in located);
  assert.equal(located.source, 'cache (Python wheel fake-bin 1.0)');
  const manifest = await readFile(path.join(path.dirname(located.path), 'manifest.json'), 'utf8');
  assert.deepEqual(JSON.parse(manifest), {
    version: '1.2.3',
    source: 'Python wheel fake-bin 1.0',
    files: { fake: sha256(content) },
  });
  assert.deepEqual(await runtimes(machine), ['fake-1.2.3']);
});

test('Debian packages come from the mirror of this system and start with their own loader', async (t) => {
  const machine = await fakeMachine(t);
  const located = await install(machine, debian(await addApt(machine, fakeRuntime('2.0.1'))));
  assert.ok('path' in located, JSON.stringify(located));
  assert.equal(located.source, 'cache (Debian sid package fake 2.0.1-1)');
  assert.match(await readFile(located.path, 'utf8'), /ld-linux-x86-64\.so\.2" --library-path/);
  assert.match(
    await readFile(path.join(machine.folder, 'sources.list'), 'utf8'),
    /^deb \[.*signed-by=.*\] http:\/\/mirror\.invalid\/debian sid main\n$/,
  );
  assert.deepEqual(await runtimes(machine), ['fake-2.0.1']);
});

test('every file and link of Debian packages is held, and one more is refused as well', async (t) => {
  const machine = await fakeMachine(t);
  const release = debian(await addApt(machine, fakeRuntime('2.0.1')));
  const located = await install(machine, release);
  assert.ok('path' in located, JSON.stringify(located));
  const folder = path.dirname(located.path);
  const libraries = path.join(folder, 'root/usr/lib/x86_64-linux-gnu');
  const program = path.join(folder, 'root/usr/bin/fake');
  const loader = path.join(libraries, 'ld-linux-x86-64.so.2');
  assert.deepEqual(located.start, { file: loader, args: ['--library-path', libraries, program], program });
  const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'));
  assert.deepEqual(manifest.packages, { fake: '1', libc6: '1' });
  assert.deepEqual(manifest.links, { 'root/usr/lib/x86_64-linux-gnu/libc.so.6': 'ld-linux-x86-64.so.2' });
  const look = async () => {
    const read = await readCached(machine.options.cacheDir, 'fake', '2.0.1', 'fake');
    return read && 'refused' in read ? read.refused : 'sound';
  };
  assert.equal(await look(), 'sound');
  const library = path.join(libraries, 'libc-2.so');
  const content = await readFile(library);
  await writeFile(library, 'other');
  assert.match(await look(), /libc-2\.so is not what was installed$/);
  await writeFile(library, content);
  await symlink('ld-linux-x86-64.so.2', path.join(libraries, 'libmore.so'));
  assert.match(await look(), /libmore\.so was not installed with it$/);
  await rename(path.join(libraries, 'libmore.so'), path.join(libraries, 'libc.so.6'));
  assert.equal(await look(), 'sound');
  await rm(path.join(libraries, 'libc.so.6'));
  await symlink('libc-2.so', path.join(libraries, 'libc.so.6'));
  assert.match(await look(), /libc\.so\.6 is not what was installed$/);
});

test('a runtime is brought in while nothing is measured', async (t) => {
  const machine = await fakeMachine(t);
  const done: string[] = [];
  machine.options.apart = async (work) => {
    done.push('begin');
    const result = await work();
    done.push('end');
    return result;
  };
  const located = await install(machine, wheel(await addPython(machine, fakeRuntime('1.2.3'))));
  assert.ok('path' in located);
  await install(machine, wheel(sha256('it is there')));
  assert.deepEqual(done, ['begin', 'end']);
});

test('a wheel of another hash is refused, and nothing of it stays', async (t) => {
  const machine = await fakeMachine(t);
  const actual = await addPython(machine, fakeRuntime('1.2.3'));
  const expected = sha256('another');
  assert.deepEqual(await install(machine, wheel(expected)), {
    reason: `Python wheel fake-bin 1.0: the wheel's SHA-256 is ${actual}, expected ${expected}`,
    attempts: [`Python wheel fake-bin 1.0: the wheel's SHA-256 is ${actual}, expected ${expected}`],
  });
  assert.deepEqual(await runtimes(machine), []);
});

test('a pinned package of another hash is refused before it is unpacked', async (t) => {
  const machine = await fakeMachine(t);
  await addApt(machine, fakeRuntime('2.0.1'));
  await machine.addProgram('dpkg-deb', `touch ${machine.folder}/unpacked`);
  const failure = await install(machine, debian(sha256('another')));
  assert.ok('reason' in failure);
  assert.match(failure.reason, /fake's SHA-256 is \w{64}, expected \w{64}/);
  assert.ok(!(await readdir(machine.folder)).includes('unpacked'));
});

test('another version than announced is refused', async (t) => {
  const machine = await fakeMachine(t);
  const failure = await install(machine, wheel(await addPython(machine, fakeRuntime('1.2.30'))));
  assert.ok('reason' in failure);
  assert.match(failure.reason, /its --version says "fake 1\.2\.30", expected 1\.2\.3$/);
});

test('sources are tried in order, and each failure is one line without addresses', async (t) => {
  const machine = await fakeMachine(t);
  await machine.addProgram(
    'apt-get',
    "echo 'E: Failed to fetch http://mirror.invalid/debian/dists/sid 404' >&2; exit 100",
  );
  const hash = await addPython(machine, fakeRuntime('1.2.3'));
  const located = await install(machine, merged(debian(hash, '1.2.3'), wheel(hash)));
  assert.ok('path' in located);
  assert.deepEqual(machine.said.slice(0, 3), [
    'fake: fetching Debian sid package fake 2.0.1-1',
    'fake: Debian sid package fake 2.0.1-1: apt-get failed (exit code 100): E: Failed to fetch (address) 404',
    'fake: fetching Python wheel fake-bin 1.0',
  ]);
});

test('without pip, without Debian, and without a source for the platform, the reason says so', async (t) => {
  const machine = await fakeMachine(t);
  await machine.addProgram('python3', "echo '/usr/bin/python3: No module named pip' >&2; exit 1");
  await writeFile(path.join(machine.options.etcDir, 'os-release'), 'ID=fedora\n');
  const failure = await install(machine, merged(wheel('00'), debian('00')));
  assert.deepEqual('attempts' in failure && failure.attempts, [
    'Python wheel fake-bin 1.0: this machine has none of python3 -m pip, pip3, pip',
    'Debian sid package fake 2.0.1-1: this system is not Debian',
  ]);
  machine.options.platform = { os: 'darwin', arch: 'arm64' };
  const elsewhere = await install(machine, wheel('00'));
  assert.equal(
    'reason' in elsewhere && elsewhere.reason,
    'wasimeter has no way to install it on darwin arm64',
  );
});

test('a download that does not end is ended with its descendants', async (t) => {
  const machine = await fakeMachine(t);
  machine.options.downloadTimeoutMs = 300;
  await machine.addProgram('apt-get', `sleep 60 & echo $! > ${machine.folder}/pid; wait`);
  const failure = await install(machine, debian('00'));
  assert.equal(
    'reason' in failure && failure.reason,
    'Debian sid package fake 2.0.1-1: apt-get was ended after 0.3 s',
  );
  const pid = (await readFile(path.join(machine.folder, 'pid'), 'utf8')).trim();
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // Ended, or a zombie that whoever adopted it has not yet collected.
  assert.match(state, /^$|\) Z /);
});

test('a harmed cached runtime is refused, said, and installed anew', async (t) => {
  const machine = await fakeMachine(t);
  const source = wheel(await addPython(machine, fakeRuntime('1.2.3')));
  const first = await install(machine, source);
  assert.ok('path' in first);
  assert.deepEqual(await install(machine, source), first);
  assert.equal(await readFile(path.join(machine.folder, 'downloads'), 'utf8'), 'one\n');

  await writeFile(first.path, '#!/bin/sh\necho "fake 1.2.3"; echo more\n');
  assert.deepEqual(await install(machine, source), first);
  assert.equal(await readFile(first.path, 'utf8'), fakeRuntime('1.2.3'));
  await writeFile(path.join(path.dirname(first.path), 'manifest.json'), '{');
  assert.deepEqual(await install(machine, source), first);
  assert.deepEqual(
    machine.said.filter((line) => line.includes('refused')),
    [
      'fake: the cached runtime is refused: fake-1.2.3/fake is not what was installed',
      'fake: the cached runtime is refused: fake-1.2.3 has no usable manifest',
    ],
  );
  assert.deepEqual(await runtimes(machine), ['fake-1.2.3']);
});

test('installs at the same time all end with the same whole runtime', async (t) => {
  const machine = await fakeMachine(t);
  const source = wheel(await addPython(machine, fakeRuntime('1.2.3')));
  const all = await Promise.all(Array.from({ length: 6 }, () => install(machine, source)));
  for (const located of all) {
    assert.ok('path' in located, JSON.stringify(located));
    assert.equal(located.path, path.join(machine.options.cacheDir, 'runtimes/fake-1.2.3/fake'));
  }
  assert.deepEqual(await runtimes(machine), ['fake-1.2.3']);
});

test('what a killed install left behind is removed, a running one is left alone', async (t) => {
  const machine = await fakeMachine(t);
  const folder = path.join(machine.options.cacheDir, 'runtimes');
  await mkdir(path.join(folder, '.fake-1.2.3.AAAAAA'), { recursive: true });
  await mkdir(path.join(folder, '.fake-1.2.3.BBBBBB'));
  const hoursAgo = new Date(Date.now() - 3 * 60 * 60 * 1000);
  await utimes(path.join(folder, '.fake-1.2.3.AAAAAA'), hoursAgo, hoursAgo);
  // Whoever's it is, it is not ours.
  await mkdir(path.join(folder, '.Trash-1000'));
  await utimes(path.join(folder, '.Trash-1000'), hoursAgo, hoursAgo);
  await install(machine, wheel(await addPython(machine, fakeRuntime('1.2.3'))));
  assert.deepEqual((await runtimes(machine)).sort(), ['.Trash-1000', '.fake-1.2.3.BBBBBB', 'fake-1.2.3']);
});

test('installs by several processes at the same time: the first in place stays, and all use it', async (t) => {
  const machine = await fakeMachine(t);
  const [way] = waysTo(
    '1.2.3',
    'fake',
    recipeOf(wheel(await addPython(machine, fakeRuntime('1.2.3')))),
    machine.options,
  );
  // Other words, so that they do not know of each other, as processes do not.
  const all = await Promise.all(
    Array.from({ length: 6 }, (_, at) =>
      placeRuntime('fake', { ...way!, words: `source ${at}` }, machine.options, false),
    ),
  );
  const file = path.join(machine.options.cacheDir, 'runtimes/fake-1.2.3/fake');
  assert.deepEqual(new Set(all.map((one) => one.path)), new Set([file]));
  assert.equal(await readFile(file, 'utf8'), fakeRuntime('1.2.3'));
  assert.deepEqual(await runtimes(machine), ['fake-1.2.3']);
  assert.equal((await readFile(path.join(machine.folder, 'downloads'), 'utf8')).length, 6 * 4);
});

test('a crate is built only when asked for by name, and its steps are said', async (t) => {
  const machine = await fakeMachine(t);
  const recipe = { ...recipeOf({ version: '1.2.3', sources: [] }), cargo: { crate: 'fake-cli' } };
  const build = (what: WhatToInstall) => ensureInstalled('fake', recipe, machine.options, what);
  assert.match(JSON.stringify(await build({ source: 'cargo' })), /cargo is not on this machine/);
  await machine.addProgram(
    'cargo',
    `echo "$@" > ${machine.folder}/asked; echo '   Compiling wasm v1.0.0' >&2
while [ "$1" != --root ]; do shift; done; mkdir "$2/bin"
version=$(cut -d' ' -f4 ${machine.folder}/asked)
printf '#!/bin/sh\\necho fake %s\\n' "$version" > "$2/bin/fake"; chmod +x "$2/bin/fake"`,
  );
  assert.match(JSON.stringify(await build({})), /has no way to install it on linux x64/);
  const located = await build({ source: 'cargo', release: '3.2.1' });
  assert.ok('path' in located, JSON.stringify(located));
  assert.equal(located.source, 'cache (crate fake-cli 3.2.1)');
  const asked = await readFile(path.join(machine.folder, 'asked'), 'utf8');
  assert.match(asked, /^install fake-cli --version 3\.2\.1 --locked --root \S+ --target-dir \S+\n$/);
  assert.ok(machine.said.includes('cargo: Compiling wasm v1.0.0'));
});

test('a full disk is said as such', async (t) => {
  const machine = await fakeMachine(t);
  await addPython(machine, '');
  await machine.addProgram('python3', "echo 'OSError: [Errno 28] No space left on device' >&2; exit 1");
  const failure = await install(machine, wheel('00'));
  assert.equal('reason' in failure && failure.reason, 'Python wheel fake-bin 1.0: the disk is full');
});
