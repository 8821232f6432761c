/** The committed wasm and the committed sources must be those that the lock file names. */

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { disagreements, hashSources, readLock, sourceFiles } from './lock.ts';
import { fixtureId, fixtureNames } from './wat/build.ts';

const guestsDir = import.meta.dirname;
const scratch = mkdtempSync(join(tmpdir(), 'wasimeter-lock-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

for (const guest of readLock(guestsDir).guests) {
  test(`${guest.id}: lock, sources and wasm agree`, () => {
    assert.deepEqual(disagreements(guestsDir, guest), []);
  });
}

test('every probe of the table and every fixture is locked, the probes first', () => {
  const table = JSON.parse(readFileSync(join(guestsDir, 'rust/probes.json'), 'utf8')) as {
    probes: { id: string }[];
  };
  assert.deepEqual(
    readLock(guestsDir).guests.map((guest) => guest.id),
    [
      ...table.probes.map((probe) => probe.id),
      ...fixtureNames(guestsDir).map(({ wasi, name }) => fixtureId(wasi, name)),
    ],
  );
});

test('a changed wasm and a changed source are both told, and how to mend them', () => {
  const guest = readLock(guestsDir).guests[0]!;
  cpSync(join(guestsDir, 'rust'), join(scratch, 'rust'), {
    recursive: true,
    filter: (path) => !path.endsWith('/target'),
  });
  cpSync(join(guestsDir, 'prebuilt'), join(scratch, 'prebuilt'), { recursive: true });
  assert.deepEqual(disagreements(scratch, guest), []);
  writeFileSync(join(scratch, guest.file), 'no wasm');
  const source = sourceFiles(scratch, guest.sources).find((file) => file.endsWith('lib.rs'))!;
  writeFileSync(join(scratch, source), '// changed\n');
  const told = disagreements(scratch, guest);
  assert.equal(told.length, 2);
  assert.match(told[0]!, /probe-p1\.wasm is not the wasm/);
  assert.match(told[1]!, /sources of probe-p1 changed.*npm run guests/);
});

test('line ends do not change the hash, names and contents do', () => {
  const write = (name: string, text: string) => writeFileSync(join(scratch, name), text);
  write('a.rs', 'one\ntwo\n');
  const hash = hashSources(scratch, ['a.rs']);
  write('a.rs', 'one\r\ntwo\r\n');
  assert.equal(hashSources(scratch, ['a.rs']), hash);
  write('b.rs', 'one\ntwo\n');
  assert.notEqual(hashSources(scratch, ['b.rs']), hash);
  write('a.rs', 'one\ntwo');
  assert.notEqual(hashSources(scratch, ['a.rs']), hash);
});
