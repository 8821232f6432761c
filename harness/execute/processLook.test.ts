/** Looks at this very process, whose descriptors are known. */

import assert from 'node:assert/strict';
import { closeSync, openSync } from 'node:fs';
import { test } from 'node:test';
import { until } from '../../test/until.ts';
import { lookAtProcess, watchProcess } from './processLook.ts';

const skip = process.platform !== 'linux' && 'there is no /proc';

test('an open file is one descriptor more, a closed one less', { skip }, () => {
  const count = () => lookAtProcess(process.pid)!.descriptors;
  const before = count();
  const file = openSync('/dev/null', 'r');
  assert.equal(count(), before + 1);
  closeSync(file);
  assert.equal(count(), before);
});

test('threads and memory are told in plausible numbers', { skip }, () => {
  const look = lookAtProcess(process.pid)!;
  assert.ok(look.threads >= 1 && look.threads < 1000);
  assert.ok(look.residentBytes > 2 ** 20 && look.residentBytes < 2 ** 40);
});

test('a process that is not there shows nothing', () => assert.equal(lookAtProcess(2 ** 30), undefined));

test('a watch looks again and again until it is ended', { skip }, async () => {
  const looks = watchProcess(process.pid);
  const seen = looks.seen;
  await until(() => seen.length > 1, 'two looks');
  assert.equal(looks.end(), seen);
});
