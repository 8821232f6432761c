/** Keeping a process on one CPU: the kernel's own lists, and what the kernel says of a process so started. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { randomFrom } from '../stats/random.ts';
import { drawCpu, onCpu, parseCpuList } from './oneCpu.ts';

test('reads CPU lists as the kernel writes them', () => {
  assert.deepEqual(parseCpuList('0-3,8'), [0, 1, 2, 3, 8]);
  assert.deepEqual(parseCpuList('5'), [5]);
  assert.deepEqual(parseCpuList(''), []);
  assert.deepEqual(parseCpuList('x-2'), []);
});

test('a command so started may run on that CPU only', { skip: process.platform !== 'linux' }, () => {
  const cpu = drawCpu(randomFrom(1, 'cpu'));
  assert.ok(cpu !== undefined, 'this machine has taskset');
  const { file, args } = onCpu({ file: 'grep', args: ['Cpus_allowed_list', '/proc/self/status'] }, cpu);
  assert.equal(
    execFileSync(file, args, { encoding: 'utf8' })
      .replace(/^Cpus_allowed_list:/, '')
      .trim(),
    String(cpu),
  );
});
