/** What a release means, and what is newer. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isExact, isVersion, newestFirst, satisfies } from './release.ts';

test('a release is a version or its beginning, by whole numbers', () => {
  assert.ok(satisfies('48.0.2', '48'));
  assert.ok(satisfies('48.0.2', '48.0.2'));
  assert.ok(satisfies('1.35.0 (preview2-shim 0.26.1)', '1.35'));
  assert.ok(satisfies('48.0.2', undefined));
  assert.ok(!satisfies('480.0.2', '48'));
  assert.ok(!satisfies('48.0.20', '48.0.2'));
  assert.ok(!satisfies('48.0.2-rc.1', '48.0.2'));
  assert.ok(satisfies('48.0.2+abc', '48.0.2'));
});

test('newest first, by numbers and not by letters', () => {
  const versions = ['9.0.0', '48.0.2', '48.0.10', '49.0.0-rc.1', '49.0.0', '0.17'];
  assert.deepEqual(versions.toSorted(newestFirst), [
    '49.0.0',
    '49.0.0-rc.1',
    '48.0.10',
    '48.0.2',
    '9.0.0',
    '0.17',
  ]);
});

test('what could leave the cache or an address is no version', () => {
  for (const text of ['48', '48.0', '48.0.2', '0.17.0-rc.1', '48.0.2+abc']) assert.ok(isVersion(text), text);
  for (const text of ['', '..', '1/../..', 'latest', '1.2.3-../x', '1?x', '48@2', 'dev'])
    assert.ok(!isVersion(text), text);
  assert.ok(isExact('48.0.2'));
  assert.ok(isExact('0.17.0-rc.1'));
  assert.ok(!isExact('48.0'));
});
