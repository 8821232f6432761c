/** Official archives from an imitation of their host: by announced digest, locked, and every way to be refused. */

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { addPython, fakeMachine, fakeRuntime, sha256, wheelRelease } from './fake-machine.ts';
import { addRelease, releaseRecipe, serveReleases } from './fake-releases.ts';
import { ensureInstalled, type WhatToInstall } from './install.ts';

async function start(t: Parameters<typeof fakeMachine>[0]) {
  const machine = await fakeMachine(t);
  const releases = await serveReleases(t, machine);
  const recipe = releaseRecipe();
  const install = (what: WhatToInstall = {}) => ensureInstalled('fake', recipe, machine.options, what);
  const reason = async (what: WhatToInstall = {}) => {
    const result = await install(what);
    assert.ok('reason' in result, JSON.stringify(result));
    return result.reason;
  };
  const lock = async () => JSON.parse(await readFile(machine.options.lockFile!, 'utf8'));
  const add = (version: string, files?: Record<string, string>) =>
    addRelease(machine, releases, version, files ?? { [`fake-${version}/fake`]: fakeRuntime(version) });
  return { machine, releases, recipe, install, reason, lock, add };
}

test('an archive is taken by its announced digest, which is then locked', async (t) => {
  const { releases, install, lock, add } = await start(t);
  await add('1.2.3');
  const located = await install();
  assert.ok('path' in located, JSON.stringify(located));
  assert.equal(located.source, 'cache (official release 1.2.3)');
  assert.equal(await readFile(located.path, 'utf8'), fakeRuntime('1.2.3'));
  const locked = (await lock()).runtimes.fake['1.2.3']['linux-x64'];
  const [name, content] = [...releases.tags.get('v1.2.3')!.files][0]!;
  assert.deepEqual([locked.asset, locked.sha256], [name, sha256(content)]);
});

test('any version can be asked for, a line of versions by the newest that is known, locked or announced', async (t) => {
  const { releases, install, reason, add } = await start(t);
  const versionOf = async (release: string) => {
    const result = await install({ release });
    return 'version' in result ? result.version : result.reason;
  };
  for (const version of ['1.2.3', '50.0.1', '50.0.10', '50.1.0-rc.1', '500.0.0']) await add(version);
  assert.equal(await versionOf('50.0.1'), '50.0.1');
  // 50.0.1 is in the cache now; what is there already is used.
  assert.equal(await versionOf('50'), '50.0.1');
  assert.equal(await versionOf('500'), '500.0.0');
  assert.equal(await versionOf('1.2'), '1.2.3');
  assert.ok(!releases.asked.some((asked) => asked.includes('v50.0.10')));
  await add('60.0.2');
  await add('60.0.10');
  assert.equal(await versionOf('60'), '60.0.10');
  assert.equal(await reason({ release: '99' }), 'release 99: there is no release 99');
  assert.equal(await reason({ release: '99.0.0' }), 'official release 99.0.0: there is no release 99.0.0');
});

test('a digest that is not the locked one is refused, whatever else is well', async (t) => {
  const { machine, install, reason, lock, add } = await start(t);
  await add('1.2.3');
  assert.ok('path' in (await install()));
  const before = await lock();
  await add('1.2.3', { 'fake-1.2.3/fake': `${fakeRuntime('1.2.3')}# replaced\n` });
  assert.match(
    await reason({ force: true }),
    /^official release 1\.2\.3: refused: fake-1\.2\.3-linux\.tar\.gz is announced with SHA-256 \w{64}, but wasimeter\.lock\.json holds \w{64}; if you know why/,
  );
  assert.deepEqual(await lock(), before);
  // The runtime that was there stays.
  const again = await install();
  assert.ok('path' in again);
  assert.equal(await readFile(again.path, 'utf8'), fakeRuntime('1.2.3'));
  assert.ok(!machine.said.some((line) => line.includes('http:')));
});

test('what arrives is not what was announced', async (t) => {
  const { releases, reason, add } = await start(t);
  await add('1.2.3');
  releases.tags.get('v1.2.3')!.digest = `sha256:${sha256('another')}`;
  assert.match(await reason(), /-linux\.tar\.gz's SHA-256 is \w{64}, announced was \w{64}$/);
});

test('a release without digest, without this archive, or announced in nonsense', async (t) => {
  const { releases, reason, add } = await start(t);
  await add('1.2.3');
  releases.tags.get('v1.2.3')!.digest = null;
  assert.match(await reason(), /no SHA-256 is announced for fake-1\.2\.3-linux\.tar\.gz$/);
  releases.tags.get('v1.2.3')!.files.clear();
  assert.match(
    await reason(),
    /the release has no fake-1\.2\.3-new\.tar\.gz or fake-1\.2\.3-linux\.tar\.gz$/,
  );
  releases.instead = (_, response) => response.end('<html>');
  assert.match(await reason(), /answered with something that is no JSON$/);
  releases.instead = (_, response) => response.end('{"assets": [{"name": 7}]}');
  assert.match(await reason(), /answered with something unexpected at assets\.0\.name$/);
});

test('the lock alone is enough where the host announces nothing for now', async (t) => {
  const { releases, install, reason, add } = await start(t);
  await add('1.2.3');
  assert.ok('path' in (await install()));
  const { files } = releases.tags.get('v1.2.3')!;
  releases.instead = (request, response) => {
    if (request.url?.includes('/repos/')) response.writeHead(429).end();
    else response.end([...files.values()][0]);
  };
  assert.ok('path' in (await install({ force: true })));
  releases.instead = (_, response) => response.writeHead(403).end();
  assert.match(await reason({ force: true }), /the host gives nothing more for now \(HTTP 403\)$/);
});

test('a host that does not answer is passed over for the next source, and not asked for the next version', async (t) => {
  const { machine, releases, recipe, install } = await start(t);
  machine.options.releaseAnswerMs = 200;
  releases.instead = () => {};
  recipe.known = [
    wheelRelease(sha256('no wheel')),
    wheelRelease(await addPython(machine, fakeRuntime('1.1.0')), '1.1.0'),
  ];
  const located = await install();
  assert.ok('path' in located);
  assert.equal(located.version, '1.1.0');
  assert.deepEqual(
    machine.said.filter((line) => line.includes('official')),
    [
      'fake: fetching official release 1.2.3',
      "fake: official release 1.2.3: the releases can't be reached: no answer within 0.2 s",
    ],
  );
});

test('libraries keep their place beside the executable, by a start script where it does not find them itself', async (t) => {
  const { recipe, install, add } = await start(t);
  recipe.archives = { ...recipe.archives!, executable: 'bin/fake', libraries: ['lib', 'lib64'] };
  const needy = `#!/bin/sh
[ -n "$LD_LIBRARY_PATH" ] || exit 1
read -r word < "\${LD_LIBRARY_PATH%%:*}/libfake.so"
echo "fake 2.0.0 $word"
`;
  await add('1.2.3', {
    'top/bin/fake': fakeRuntime('1.2.3'),
    'top/lib64/libfake.so': 'x',
    'top/include/fake.h': '',
  });
  await add('2.0.0', { 'bin/fake': needy, 'lib/libfake.so': 'found\n' });
  const alone = await install({ release: '1.2.3' });
  const scripted = await install({ release: '2.0.0' });
  assert.ok('path' in alone && 'path' in scripted, JSON.stringify([alone, scripted]));
  assert.equal(await readFile(alone.path, 'utf8'), fakeRuntime('1.2.3'));
  assert.match(await readFile(scripted.path, 'utf8'), /exec "\$root\/bin\/fake" "\$@"/);
  const manifest = await readFile(path.join(path.dirname(scripted.path), 'manifest.json'), 'utf8');
  assert.deepEqual(Object.keys(JSON.parse(manifest).files), ['fake', 'root/bin/fake', 'root/lib/libfake.so']);
  await writeFile(path.join(path.dirname(scripted.path), 'root/lib/libfake.so'), 'harmed');
  assert.ok('path' in (await install({ release: '2.0.0' })));
});

test('a mirror must be https, or on this machine; nobody else is asked, and nothing but releases needs it', async (t) => {
  const machine = await fakeMachine(t);
  for (const mirror of [
    'http://mirror.invalid',
    'ftp://localhost',
    'mirror',
    'https://a:b@mirror.invalid',
    'https://mirror.invalid/?q',
  ]) {
    const { releases: _, ...options } = machine.options;
    const env = { ...options.env, WASIMETER_RELEASES: mirror };
    const failure = await ensureInstalled('fake', releaseRecipe(), { ...options, env });
    assert.match(
      'reason' in failure ? failure.reason : '',
      /WASIMETER_RELEASES must be an https \S+ without/,
    );
  }
  const releases = await serveReleases(t, machine);
  await addRelease(machine, releases, '1.2.3', { fake: fakeRuntime('1.2.3') });
  machine.options.releases += '/';
  assert.ok('path' in (await ensureInstalled('fake', releaseRecipe(), machine.options)));
});
