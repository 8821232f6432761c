/** Guests that are generated: made once, made again where harmed, and never other than their hash says. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadGuests } from '../catalog/guests.ts';
import { makeGuest } from './generatedGuest.ts';
import { temporaryFolder } from './testProcesses.ts';

test('each is what its hash names, in a file that is made once', async (t) => {
  const folder = temporaryFolder(t);
  const generated = [...loadGuests(undefined, folder).values()].filter((guest) => guest.generated);
  assert.deepEqual(
    generated.map((guest) => guest.generated?.sizeBytes),
    [1024, 102_400, 4_194_304],
  );
  for (const guest of generated) await makeGuest(guest, guest.generated!.sizeBytes);
  const [small] = generated;
  assert.ok(small);
  const made = statSync(small.file);
  assert.equal(made.size, 1024);
  await makeGuest(small, 1024);
  assert.equal(statSync(small.file).ino, made.ino);
  writeFileSync(small.file, 'harmed');
  await makeGuest(small, 1024);
  assert.equal(readFileSync(small.file).length, 1024);
  await assert.rejects(makeGuest({ ...small, hash: 'sha256:00' }, 1024), /sized-1k.*not sha256:00/);
  assert.equal(readdirSync(`${folder}/guests`).length, 3);
});
