/** What ends a resumed run before it mixes figures: another version, another build of it, another guest. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameAgain } from './resume.ts';

const found = { version: '48.0.2', mode: 'jit', source: 'PATH', executable: '/rt', sha256: 'a'.repeat(64) };
const header = (more: Partial<typeof found> = {}, hash = 'g1') => ({
  id: 'R1',
  found: { rt: { ...found, ...more } },
  guests: { probe: hash },
});

test('the same goes on, elsewhere found or not', () => {
  sameAgain(header(), header({ executable: '/other/rt' }));
});

test('another version, build or guest does not', () => {
  assert.throws(() => sameAgain(header(), header({ version: '49.0.0' })), {
    name: 'UserError',
    message: 'run R1 began with rt 48.0.2, now it is 49.0.0: start a new run',
  });
  assert.throws(() => sameAgain(header(), header({ sha256: 'b'.repeat(64) })), {
    name: 'UserError',
    message:
      'run R1 began with another build of rt 48.0.2 (SHA-256 aaaaaaaaaaaa, now bbbbbbbbbbbb): start a new run',
  });
  assert.throws(() => sameAgain(header(), header({}, 'g2')), /guest probe was rebuilt/);
});

test('a header of before hashes were noted goes on by version', () => {
  const { sha256: _, ...old } = found;
  sameAgain({ id: 'R1', found: { rt: old }, guests: {} }, header());
});
