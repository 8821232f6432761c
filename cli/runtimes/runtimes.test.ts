/** `wasimeter runtimes` as its users start it, with Wasmtime's releases imitated: install, list, doctor, prune, and their mistakes. */

import assert from 'node:assert/strict';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Platform } from '../../harness/contracts/install.ts';
import { hashFile } from '../../harness/install/hashFile.ts';
import { install as recipe } from '../../runners/wasmtime/recipe.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const VERSION = '77.0.1';

/** A folder to start the command in, and a host that announces one release of Wasmtime: a script that says its version. */
async function workplace(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-runtimes-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, `content/wasmtime-v${VERSION}`), { recursive: true });
  const script = `#!/bin/sh\n[ "$1" = --version ] && echo "wasmtime ${VERSION} (fake)"\n`;
  writeFileSync(join(folder, `content/wasmtime-v${VERSION}/wasmtime`), script, { mode: 0o755 });
  const archive = join(folder, 'archive');
  execFileSync('tar', ['-czf', archive, '-C', join(folder, 'content'), '.']);
  const name = recipe.archives!.assets[`${process.platform}-${process.arch}` as Platform]![0]!;
  const asset = { name: name.replace('{version}', VERSION), digest: `sha256:${await hashFile(archive)}` };
  const server = createServer(({ url = '' }, response) => {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (url === '/archive') response.end(readFileSync(archive));
    else if (url.endsWith(`/repos/bytecodealliance/wasmtime/releases/tags/v${VERSION}`))
      response.end(JSON.stringify({ assets: [{ ...asset, browser_download_url: `${base}/archive` }] }));
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const env = {
    PATH: '/usr/bin:/bin',
    WASIMETER_RELEASES: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
  const command = (args: string[], more: Record<string, string> = {}) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const options = { cwd: folder, env: { ...env, ...more }, timeout: 60_000 };
      const child = execFile(process.execPath, [MAIN, 'runtimes', ...args], options, (_, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
    });
  return { folder, command };
}

test('any version from its release, locked, listed, told broken or sound, and cleared away', async (t) => {
  const { folder, command } = await workplace(t);
  writeFileSync(join(folder, 'bench.config.json'), '{}');
  const installed = await command(['install', `wasmtime@${VERSION}`]);
  assert.equal(installed.code, 0, installed.stderr);
  assert.equal(
    installed.stdout,
    `wasmtime@${VERSION}: Wasmtime ${VERSION} from cache (official release ${VERSION})\n`,
  );
  const lock = JSON.parse(readFileSync(join(folder, 'wasimeter.lock.json'), 'utf8'));
  assert.deepEqual(Object.keys(lock.runtimes.wasmtime), [VERSION]);

  const listed = JSON.parse((await command(['list', '--json'])).stdout);
  const wasmtime = listed.find((one: { id: string }) => one.id === 'wasmtime');
  const [own] = wasmtime.installed;
  assert.deepEqual([own.where, own.version, own.used], ['cache', VERSION, true]);
  assert.deepEqual(wasmtime.absent[0], {
    version: recipe.defaultVersion,
    get: `wasimeter runtimes install wasmtime@${recipe.defaultVersion}`,
  });
  assert.match(
    (await command(['list'])).stdout,
    /^ {2}49\.0\.3 +not installed: wasimeter runtimes install wasmtime@49\.0\.3$/m,
  );

  // The script ends with 1 where a guest should be started.
  const broken = await command(['doctor', 'wasmtime@77', '--json']);
  assert.equal(broken.code, 2);
  const [diagnosis] = JSON.parse(broken.stdout);
  assert.equal(diagnosis.verdict, 'broken');
  assert.match(diagnosis.trouble, /^probe-p1 ended with /);
  const cached = join(folder, `out/cache/runtimes/wasmtime-${VERSION}`);
  writeFileSync(join(cached, 'wasmtime'), '#!/bin/sh\n');
  const harmed = await command(['doctor', 'wasmtime']);
  assert.equal(harmed.code, 2);
  assert.match(
    harmed.stdout,
    /wasmtime is not what was installed; try: wasimeter runtimes install wasmtime@77\.0\.1 --force\n$/,
  );
  const again = await command(['install', `wasmtime@${VERSION}`]);
  assert.match(
    again.stderr,
    /the cached runtime is refused: wasmtime-77\.0\.1\/wasmtime is not what was installed/,
  );

  assert.match((await command(['prune', '--keep-days', '0'])).stdout, /^keep {2}wasmtime-77\.0\.1 .*locked/);
  rmSync(join(folder, 'wasimeter.lock.json'));
  assert.match((await command(['prune', '--keep-days', '1'])).stdout, /^keep .*used within 1 days\n/);
  writeFileSync(join(folder, 'bench.config.json'), '{ "runners": ["wasmtime@77"] }');
  assert.match((await command(['prune', '--keep-days', '0'])).stdout, /^keep .*configuration asks for it\n/);
  writeFileSync(join(folder, 'bench.config.json'), '{}');
  assert.match(
    (await command(['prune', '--keep-days', '0', '--dry-run'])).stdout,
    /^remove .*nobody asks for it\n0 MiB would be freed\n$/,
  );
  assert.ok(existsSync(cached));
  assert.equal((await command(['prune', '--keep-days', '0'])).code, 0);
  assert.ok(!existsSync(cached));
});

test('what can not be had ends with exit code 2 and what to do', async (t) => {
  const { command } = await workplace(t);
  const absent = await command(['install', 'wasmtime@78.0.0']);
  assert.equal(absent.code, 2);
  assert.match(
    absent.stdout,
    /^wasmtime@78\.0\.0: not installed: official release 78\.0\.0: there is no release 78\.0\.0; install Wasmtime from its official releases/,
  );
  const doctor = await command(['doctor', 'wasmtime@78']);
  assert.deepEqual(
    [doctor.code, doctor.stdout],
    [2, 'wasmtime@78: not installed; try: wasimeter runtimes install wasmtime@78\n'],
  );
});

test('mistakes are told in a line', async (t) => {
  const { command } = await workplace(t);
  const mistakes: [string[], RegExp][] = [
    [['install', 'wasmtim'], /unknown runner 'wasmtim' in the command line; did you mean 'wasmtime'\?/],
    [['install', 'wasmtime@../x'], /'wasmtime@\.\.\/x' in the command line is no runner's id/],
    [['install', 'wasmtime@dev'], /'wasmtime@dev': what follows @ must be a version/],
    [['install', 'wasmtime+aott@48'], /unknown mode of wasmtime 'aott'/],
    [['install', 'node'], /node is not brought in by wasimeter/],
    [['install', 'wasmtime', '--source', 'snap'], /Allowed choices are release, wheel, debian, cargo/],
    [['prune', '--keep-days', 'ever'], /a whole number of days, please/],
  ];
  for (const [args, message] of mistakes) {
    const { code, stderr } = await command(args);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, message);
  }
});

test('doctor starts a guest on the Node that runs this', async (t) => {
  const { command } = await workplace(t);
  const { code, stdout } = await command(['doctor', 'node']);
  assert.deepEqual(
    [code, stdout],
    [0, `node ${process.versions.node} (the Node that runs wasimeter): sound\n`],
  );
});

/** A Wasmtime of the user's, which says a version of its own, as `{ id, path }`. */
function ownWasmtime(folder: string, id: string): void {
  const script = '#!/bin/sh\n[ "$1" = --version ] && echo "wasmtime 99.0.0-dev (own)"\n';
  writeFileSync(join(folder, 'own-wasmtime'), script, { mode: 0o755 });
  writeFileSync(
    join(folder, 'bench.config.json'),
    JSON.stringify({ runners: [{ id, path: './own-wasmtime' }], suites: ['./not-there'], profile: 'none' }),
  );
}

test('an executable that the configuration names is the one in use, whatever else is wrong there', async (t) => {
  const { folder, command } = await workplace(t);
  ownWasmtime(folder, 'wasmtime');
  await command(['install', `wasmtime@${VERSION}`]);
  const { stdout, stderr } = await command(['list', '--json']);
  const wasmtime = JSON.parse(stdout || stderr).find((one: { id: string }) => one.id === 'wasmtime');
  assert.deepEqual(
    wasmtime.installed.map(({ where, version, used }: Record<string, unknown>) => [where, version, used]),
    [
      ['named', '99.0.0-dev', true],
      ['cache', VERSION, false],
    ],
  );
  ownWasmtime(folder, 'wasmtime@dev');
  assert.match(
    (await command(['list'])).stdout,
    /^wasmtime@dev .*\n {2}99\.0\.0-dev +bench\.config +in use$/m,
  );
  const { stdout: told } = await command(['doctor', 'wasmtime@dev']);
  assert.match(told, /^wasmtime@dev 99\.0\.0-dev \(bench\.config\): broken; probe-p1 ended with /);
});

test('wasmtime@dev is measured whatever version it says', async (t) => {
  const { folder } = await workplace(t);
  ownWasmtime(folder, 'wasmtime@dev');
  writeFileSync(
    join(folder, 'bench.config.json'),
    JSON.stringify({ runners: [{ id: 'wasmtime@dev', path: './own-wasmtime' }] }),
  );
  const args = ['run', '--suite', 'random', '--profile', 'conformance', '--json'];
  const { stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin' },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const [runner] = JSON.parse(stdout || stderr).runners;
  assert.deepEqual(
    [runner.id, runner.status, runner.version, runner.source],
    ['wasmtime@dev', 'measured', '99.0.0-dev', 'bench.config'],
  );
  assert.equal(runner.sha256, await hashFile(join(folder, 'own-wasmtime')));
});

test('prune touches nothing that is not ours, and an empty WASIMETER_CACHE is none', async (t) => {
  const { folder, command } = await workplace(t);
  const photos = join(folder, 'out/cache/runtimes/my-photos');
  const alike = join(folder, 'out/cache/runtimes/wasmtime-47.0.0');
  const hidden = join(folder, 'out/cache/runtimes/.git');
  for (const one of [photos, alike, hidden, join(folder, 'runtimes/wasmtime-1.0.0')])
    mkdirSync(one, { recursive: true });
  utimesSync(hidden, 1, 1);
  const { stdout } = await command(['prune', '--all', '--json'], { WASIMETER_CACHE: '' });
  const { folders, freedBytes } = JSON.parse(stdout);
  assert.deepEqual(
    folders.map(({ name, remove, why }: Record<string, unknown>) => [name, remove, why]).sort(),
    [
      ['.git', false, "not wasimeter's"],
      ['my-photos', false, "not wasimeter's"],
      ['wasmtime-47.0.0', false, "not wasimeter's"],
    ],
  );
  assert.equal(freedBytes, 0);
  for (const one of [photos, alike, hidden]) assert.ok(existsSync(one), one);
});

test("a bad mirror is nobody's trouble but of who fetches a release", async (t) => {
  const { command } = await workplace(t);
  const env = { WASIMETER_RELEASES: 'http://mirror.invalid' };
  assert.equal((await command(['list'], env)).code, 0);
  const { code, stdout } = await command(['install', `wasmtime@${VERSION}`], env);
  assert.deepEqual([code, /WASIMETER_RELEASES must be an https/.test(stdout)], [2, true]);
});

test('without a bench.config the lock is kept with the runtimes', async (t) => {
  const { folder, command } = await workplace(t);
  assert.equal((await command(['install', `wasmtime@${VERSION}`])).code, 0);
  assert.ok(!existsSync(join(folder, 'wasimeter.lock.json')));
  assert.ok(existsSync(join(folder, 'out/cache/wasimeter.lock.json')));
});

test('a command whose file is missing is not installed, for the reason that its runner gives', async (t) => {
  const { folder, command } = await workplace(t);
  const entry = { id: 'mine', command: ['./my-rt', '{wasm}', '{args}'], wasi: ['p1'] };
  writeFileSync(join(folder, 'bench.config.json'), JSON.stringify({ runners: [entry] }));
  const reason = 'the executable that the configuration names is not there';
  const { code, stdout } = await command(['doctor']);
  assert.equal(code, 0, stdout);
  assert.ok(stdout.includes(`mine: not installed; ${reason}\n`), stdout);
  const { stdout: listed } = await command(['list']);
  assert.ok(listed.includes(`mine (mine)\n  not installed: ${reason}\n`), listed);
});
