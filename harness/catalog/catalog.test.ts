/** The catalog: guests only with the bytes that their lock names, and everything found by folder under its own name. */

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { discoverReporters, discoverRunners, discoverSuites } from './discover.ts';
import { loadExpectations } from './expectations.ts';
import { loadGuests } from './guests.ts';

const GUESTS = fileURLToPath(new URL('../../guests/', import.meta.url));

/** A copy of what the guests' lock speaks of. */
function copyOfGuests(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'wasimeter-guests-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['guests.lock.json', 'prebuilt'])
    cpSync(join(GUESTS, name), join(folder, name), { recursive: true });
  return folder;
}
const load = (folder: string) => loadGuests(pathToFileURL(`${folder}/`));

describe('guests', () => {
  test('are those of the lock, each with its file and hash', (t) => {
    const folder = copyOfGuests(t);
    const guests = load(folder);
    assert.ok(guests.size > 0);
    for (const [id, guest] of guests) {
      assert.equal(guest.id, id);
      assert.match(guest.hash, /^sha256:[0-9a-f]{64}$/);
      if (!guest.generated) assert.ok(guest.file.startsWith(folder));
    }
  });

  test('with one byte flipped are refused by name', (t) => {
    const folder = copyOfGuests(t);
    const file = join(folder, 'prebuilt', 'probe-p1.wasm');
    const bytes = readFileSync(file);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(file, bytes);
    assert.throws(() => load(folder), { name: 'UserError', message: /probe-p1\.wasm is not the one/ });
  });

  test('whose lock names a file elsewhere are refused', (t) => {
    const folder = copyOfGuests(t);
    const lock = readFileSync(join(folder, 'guests.lock.json'), 'utf8');
    writeFileSync(join(folder, 'guests.lock.json'), lock.replace('prebuilt/probe-p1', 'prebuilt/../../x'));
    assert.throws(() => load(folder), { name: 'UserError', message: /guests\.lock\.json.*file/ });
  });

  test('that are missing are refused by name', (t) => {
    const folder = copyOfGuests(t);
    rmSync(join(folder, 'prebuilt', 'probe-p1.wasm'));
    assert.throws(() => load(folder), { name: 'UserError', message: /probe-p1\.wasm/ });
  });
});

describe('discovery', () => {
  for (const [folder, discover, file] of [
    ['suites', discoverSuites, 'suite.ts'],
    ['runners', discoverRunners, 'runner.ts'],
    ['reports', discoverReporters, 'reporter.ts'],
  ] as const)
    test(`finds every folder of ${folder} that has a ${file}, under the folder's name`, async () => {
      const base = fileURLToPath(new URL(`../../${folder}/`, import.meta.url));
      const there = readdirSync(base, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && readdirSync(join(base, entry.name)).includes(file))
        .map((entry) => entry.name);
      const found = await discover();
      assert.deepEqual([...found.keys()].toSorted(), there.toSorted());
      for (const [id, item] of found) assert.equal(item.id, id);
    });
});

test('every expectation names a case that there is, once', async () => {
  const suites = await discoverSuites();
  for (const runner of (await discoverRunners()).values()) {
    const expectations = loadExpectations(runner);
    const names = expectations.map((one) => `${one.suite} ${one.wasi} ${one.case}`);
    const limited = expectations.map((one) => JSON.stringify([one.modes, one.versions]));
    const whole = names.map((name, index) => `${name} ${limited[index]}`);
    assert.equal(new Set(whole).size, whole.length, `${runner.id} expects one failure twice`);
    const cases = new Set(
      [...suites.values()].flatMap((suite) =>
        suite.conformance.map((one) => `${suite.id} ${one.wasi} ${one.id}`),
      ),
    );
    assert.deepEqual(
      names.filter((name) => !cases.has(name)),
      [],
      `expectations of ${runner.id} for cases that are gone`,
    );
  }
});
